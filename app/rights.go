package app

import (
	"slices"

	"baimi/domain"
)

// Here stand the rights that are not about one case's moves; those are in domain's table of moves, and what is visible
// at all is the scope's matter.

// seesCases keeps out the roles that have no case to see (administrators, the centre's screen).
func seesCases(a domain.Actor) error {
	if !a.Scope().SeesCases() {
		return domain.Errorf(domain.CodeForbidden, "您的身份（%s）不能查看案件", a.Role.Name())
	}
	return nil
}

// handlesCases is for what is done about cases beside their moves.
func handlesCases(a domain.Actor) error {
	roles := []domain.Role{
		domain.RolePointKeeper, domain.RoleMediator, domain.RoleCommitteeDirector, domain.RoleJudicialOfficer, domain.RoleBureauOfficer,
	}
	if !slices.Contains(roles, a.Role) {
		return domain.Errorf(domain.CodeForbidden, "您的身份（%s）不能办理案件", a.Role.Name())
	}
	return writes(a)
}

// seesTo is for acting on alerts: those whom the matrix of domain.md 2.6 tells.
func seesTo(a domain.Actor) error {
	if a.Audience() == "" {
		return domain.Errorf(domain.CodeForbidden, "提醒由调解员、调委会主任、司法所或者司法局办理")
	}
	return handlesCases(a)
}

// figures is the area whose rates the actor may read. Members of a committee read those of their committee alone,
// wherever in the county its cases are; own says so.
func figures(a domain.Actor) (area string, own bool, err error) {
	if area := a.Scope().StatArea; area != "" {
		return area, false, nil
	}
	member := a.Role == domain.RoleMediator || a.Role == domain.RoleCommitteeDirector
	if member && a.Committee != 0 && a.Org == a.Committee && len(a.OrgArea) >= countyPath {
		return a.OrgArea[:countyPath], true, nil
	}
	return "", false, domain.Errorf(domain.CodeForbidden, "您的身份（%s）不能查看统计数据", a.Role.Name())
}

// countyPath is the length of a county's area path.
const countyPath = 6

// runsPoints is for opening and closing intake points: the bureau and the judicial office of their area.
func runsPoints(a domain.Actor, point domain.Org) error {
	official := a.Role == domain.RoleBureauOfficer || a.Role == domain.RoleJudicialOfficer
	if !official || a.County != point.County || !domain.Within(point.AreaPath, a.OrgArea) {
		return domain.Errorf(domain.CodeForbidden, "受理点的启停由司法局或者所在地司法所办理")
	}
	return writes(a)
}

// runsRooms is for the rooms that sessions book: the director of the committee they belong to, the judicial office and the
// bureau of its area.
func runsRooms(a domain.Actor, owner domain.Org) error {
	official := a.Role == domain.RoleBureauOfficer || a.Role == domain.RoleJudicialOfficer
	own := a.Role == domain.RoleCommitteeDirector && owner.Committee != nil && *owner.Committee == a.Org
	if a.County != owner.County || !own && (!official || !domain.Within(owner.AreaPath, a.OrgArea)) {
		return domain.Errorf(domain.CodeForbidden, "调解室由所属调委会主任、所在地司法所或者司法局维护")
	}
	return writes(a)
}

// SetsUp is for the directory of the county, areas, organisations, points and people, where files and mergers bring it in:
// its system administrator, and whoever has the machine.
func SetsUp(a domain.Actor) error {
	if a.Role != domain.RoleSystemAdmin && a.Via != domain.ViaSystem {
		return domain.Errorf(domain.CodeForbidden, "区划、机构、受理点和人员由系统管理员维护")
	}
	return writes(a)
}

func writes(a domain.Actor) error {
	if a.ReadOnly {
		return domain.Errorf(domain.CodeForbidden, "该令牌只能查看，不能办理")
	}
	return nil
}

// audits is for reading the logs.
func audits(a domain.Actor) error {
	if a.Role != domain.RoleAuditAdmin {
		return domain.Errorf(domain.CodeForbidden, "审计日志只供审计管理员查看")
	}
	return nil
}

// takesIn is for the drafts of intake: those who may register.
func takesIn(a domain.Actor) error {
	if a.Role != domain.RolePointKeeper && a.Role != domain.RoleMediator && a.Role != domain.RoleCommitteeDirector {
		return domain.Errorf(domain.CodeForbidden, "您的身份（%s）不登记纠纷，没有草稿", a.Role.Name())
	}
	return nil
}
