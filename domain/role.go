package domain

// Role is what somebody may be in an organisation (domain.md 5.2).
type Role string

// The roles. The three administrators are apart from one another and see no case (三员分立).
const (
	RolePointKeeper       Role = "point_keeper"       // 受理点信息员
	RoleMediator          Role = "mediator"           // 人民调解员
	RoleCommitteeDirector Role = "committee_director" // 调委会主任
	RoleJudicialOfficer   Role = "judicial_officer"   // 司法所工作人员
	RoleBureauOfficer     Role = "bureau_officer"     // 司法局工作人员
	RoleCenterViewer      Role = "center_viewer"      // 综治中心看板
	RoleConnector         Role = "connector"          // 法院、公安、信访等对接账号
	RoleSystemAdmin       Role = "system_admin"       // 系统管理员
	RoleSecurityAdmin     Role = "security_admin"     // 安全管理员
	RoleAuditAdmin        Role = "audit_admin"        // 审计管理员
	RoleSystem            Role = "system"             // the county's own jobs; nobody holds it
)

// Roles lists every role with its Chinese name, in the order people know them.
var Roles = []struct {
	Role Role
	Name string
}{
	{RolePointKeeper, "受理点信息员"},
	{RoleMediator, "人民调解员"},
	{RoleCommitteeDirector, "调委会主任"},
	{RoleJudicialOfficer, "司法所工作人员"},
	{RoleBureauOfficer, "司法局工作人员"},
	{RoleCenterViewer, "综治中心看板"},
	{RoleConnector, "对接单位"},
	{RoleSystemAdmin, "系统管理员"},
	{RoleSecurityAdmin, "安全管理员"},
	{RoleAuditAdmin, "审计管理员"},
}

// Name is the role's Chinese name.
func (r Role) Name() string {
	for _, x := range Roles {
		if x.Role == r {
			return x.Name
		}
	}
	return string(r)
}

// oversees tells whether the role reads all cases of its organisation's area.
func (r Role) oversees() bool { return r == RoleJudicialOfficer || r == RoleBureauOfficer }

// takesPart tells whether the role reads the cases its organisation has a part in.
func (r Role) takesPart() bool {
	switch r {
	case RolePointKeeper, RoleMediator, RoleCommitteeDirector, RoleConnector:
		return true
	}
	return false
}

// imports tells whether the role brings in files: the system administrator the directory, the bureau its people.
func (r Role) imports() bool { return r == RoleSystemAdmin || r == RoleBureauOfficer }

// seesFigures tells whether the role reads the aggregated figures of its organisation's area.
func (r Role) seesFigures() bool { return r.oversees() || r == RoleCenterViewer }
