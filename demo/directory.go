package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"baimi/domain"
	"baimi/storage"
)

// village is a village or neighbourhood with those who mediate in it.
type village struct {
	town      int
	name      string
	urban     bool
	path      string
	code      string
	lon, lat  float64
	groups    []*group
	committee string // name of the organisation
	director  string // sign-ins
	mediators []string
	keepers   []string // of its points
}

// group is a group of villagers with its grid and yard.
type group struct{ name, path, code, yard, building string }

// builder makes the directory row by row.
type builder struct {
	rnd      *rand.Rand
	size     Size
	out      storage.Directory
	ranks    map[int][]storage.PlantedOrg
	villages []*village
	people   int
	helpers  int
	keepers  int
}

// ranks of organisations: each is made after those above it.
const (
	rankCounty = iota
	rankOffice
	rankTown
	rankVillage
	rankGroup
	rankPoint
	rankEnd
)

func newDirectory(rnd *rand.Rand, size Size) *builder {
	b := &builder{rnd: rnd, size: size, ranks: map[int][]storage.PlantedOrg{}}
	b.out.County = domain.CountyInfo{ID: County, AreaPath: AreaPath, Name: "简阳市"}
	b.out.From = since
	b.area(AreaPath, 0, AreaPath, "简阳市", "GB/T 2260")
	names, perTown := villageNames(b.rnd, size.Villages), shares(size.Villages)
	for i, t := range towns {
		path := fmt.Sprintf("%s%03d", AreaPath, i+1)
		b.area(path, 1, t.code, t.name, "GB/T 10114")
		b.town(i, path)
		for n := range perTown[i] {
			b.village(i, n, path, names[len(b.villages)])
		}
	}
	for i, v := range b.villages {
		b.fill(i, v)
	}
	b.county()
	for rank := range rankEnd {
		b.out.Orgs = append(b.out.Orgs, b.ranks[rank])
	}
	return b
}

func (b *builder) area(path string, level int, code, name, source string) {
	b.out.Areas = append(b.out.Areas, storage.PlantedArea{Path: path, Level: level, Code: code, Name: name, Source: source})
}

func (b *builder) org(rank int, parent string, kind domain.OrgKind, name, area string) string {
	name = marked(name)
	b.ranks[rank] = append(b.ranks[rank], storage.PlantedOrg{Name: name, Parent: parent, Kind: string(kind), Area: area})
	return name
}

func (b *builder) committee(rank int, parent, kind, name, short, area string) string {
	name = b.org(rank, parent, domain.OrgCommittee, name, area)
	o := &b.ranks[rank][len(b.ranks[rank])-1]
	o.CommitteeType, o.ShortName, o.FileWord = kind, short, "人调字"
	return name
}

// staff adds somebody; engaged for those who are no members of the committee.
func (b *builder) staff(org string, role domain.Role, login, engagement string) string {
	p := newPerson(b.rnd, 1961, 2001)
	b.people++
	b.out.Staff = append(b.out.Staff, storage.PlantedStaff{
		StaffNo: fmt.Sprintf("YS%05d", b.people), Name: p.name, Sex: p.sex, Login: login, Role: string(role), Org: org, Engagement: engagement,
	})
	return login
}

// sector are the county's committees of a trade, by the type of dispute they take.
var sectors = []struct{ kind, login, name, short string }{
	{"15", "medical", "简阳市医疗纠纷人民调解委员会", "医调"},
	{"16", "traffic", "简阳市道路交通事故人民调解委员会", "交调"},
	{"17", "property", "简阳市物业纠纷人民调解委员会", "物调"},
	{"11", "labour", "简阳市劳动争议人民调解委员会", "劳调"},
	{"14", "consumer", "简阳市消费纠纷人民调解委员会", "消调"},
}

// organs are who sends disputes to the committees.
var organs = []struct {
	login string
	kind  domain.OrgKind
	name  string
}{
	{"court", domain.OrgCourt, "简阳市人民法院"},
	{"petition", domain.OrgPetitionOffice, "简阳市信访局"},
	{"procuratorate", domain.OrgOtherOrgan, "简阳市人民检察院"},
	{"hotline", domain.OrgOtherOrgan, "12345政务服务热线简阳分中心"},
}

// county makes the bureau and the organs it works with. Its auditor is the last to be made: see Load.
func (b *builder) county() {
	bureau := b.org(rankCounty, "", domain.OrgBureau, "简阳市司法局", AreaPath)
	b.staff(bureau, domain.RoleBureauOfficer, "bureau", "")
	b.staff(bureau, domain.RoleBureauOfficer, "bureau2", "")
	b.staff(bureau, domain.RoleSystemAdmin, "sysadmin", "")
	b.staff(bureau, domain.RoleSecurityAdmin, "secadmin", "")
	b.staff(b.org(rankCounty, "", domain.OrgCenter, "简阳市社会治安综合治理中心", AreaPath), domain.RoleCenterViewer, "center", "")
	for _, o := range organs {
		b.staff(b.org(rankCounty, "", o.kind, o.name, AreaPath), domain.RoleConnector, o.login, "")
	}
	for _, s := range sectors {
		c := b.committee(rankOffice, bureau, "sector", s.name, s.short, AreaPath)
		b.staff(c, domain.RoleCommitteeDirector, s.login+"-director", "member")
		b.staff(c, domain.RoleMediator, s.login, "engaged")
		b.staff(c, domain.RoleMediator, s.login+"2", "engaged")
	}
}

// town makes what a town has: judicial office, committee, police station with a workroom, and a center.
func (b *builder) town(i int, path string) {
	t := towns[i]
	short := shortOf(t.name)
	bureau := marked("简阳市司法局")
	office := b.org(rankOffice, bureau, domain.OrgJudicialOffice, short+"司法所", path)
	b.staff(office, domain.RoleJudicialOfficer, fmt.Sprintf("office%d", i+1), "")
	b.staff(office, domain.RoleJudicialOfficer, fmt.Sprintf("office%d-2", i+1), "")
	kind := "township"
	if urban(t.name) {
		kind = "subdistrict"
	}
	c := b.committee(rankTown, office, kind, t.name+"人民调解委员会", short, path)
	b.staff(c, domain.RoleCommitteeDirector, fmt.Sprintf("town%d", i+1), "member")
	for n, suffix := range []string{"", "-2"} {
		login := fmt.Sprintf("town%d-mediator%s", i+1, suffix)
		b.staff(c, domain.RoleMediator, login, []string{"member", "engaged"}[n])
	}
	police, room, center := "police", "workroom", fmt.Sprintf("center%d", i+1)
	if i > 0 {
		police, room = fmt.Sprintf("police%d", i+1), fmt.Sprintf("workroom%d", i+1)
	}
	b.staff(b.org(rankCounty, "", domain.OrgPolice, short+"派出所", path), domain.RoleConnector, police, "")
	b.staff(b.org(rankCounty, "", domain.OrgCenter, t.name+"社会治安综合治理中心", path), domain.RoleCenterViewer, center, "")
	workroom := b.org(rankVillage, c, domain.OrgStationedWorkroom, t.name+"调委会驻派出所人民调解工作室", path)
	b.staff(workroom, domain.RoleMediator, room, "engaged")
}

// login is a sign-in of the town's.
func login(role string, town int) string { return fmt.Sprintf("%s%d", role, town+1) }

func urban(name string) bool { return strings.HasSuffix(name, "街道") }

func shortOf(name string) string {
	return strings.TrimSuffix(strings.TrimSuffix(name, "街道"), "镇")
}

const madeUp = "演示，自编"

// village makes the area of a village with its committee. Codes from 901 on are in nobody's use.
func (b *builder) village(i, n int, above, stem string) {
	t := towns[i]
	v := &village{town: i, path: fmt.Sprintf("%s%03d", above, n+1), code: fmt.Sprintf("%s%03d", t.code, 901+n), urban: urban(t.name) && n%3 != 2}
	kind, word := "village", "村"
	if v.urban || !urban(t.name) && n == 0 {
		kind, word = "neighbourhood", "社区"
	}
	v.name = stem + word
	v.lon, v.lat = t.lon+(b.rnd.Float64()-0.5)*0.06, t.lat+(b.rnd.Float64()-0.5)*0.05
	b.area(v.path, 2, v.code, marked(v.name), madeUp)
	v.committee = b.committee(rankVillage, marked(t.name+"人民调解委员会"), kind, t.name+v.name+"人民调解委员会", v.name, v.path)
	b.villages = append(b.villages, v)
}

// fill makes a village's groups and points, and its people.
func (b *builder) fill(i int, v *village) {
	v.director = b.staff(v.committee, domain.RoleCommitteeDirector, fmt.Sprintf("director%d", i+1), "member")
	v.mediators = []string{b.staff(v.committee, domain.RoleMediator, fmt.Sprintf("mediator%d", i+1), "member")}
	for ; b.helpers*b.size.Villages < b.size.Helpers*(i+1); b.helpers++ { // spread evenly over the villages
		login := fmt.Sprintf("helper%d", b.helpers+1)
		v.mediators = append(v.mediators, b.staff(v.committee, domain.RoleMediator, login, "engaged"))
	}
	t := towns[v.town]
	b.point(v, v.committee, v.name+"矛盾纠纷受理点", v.path, t.name+v.name+"党群服务中心一楼", v.lon, v.lat)
	groups := (b.size.Points-b.size.Villages)*(i+1)/b.size.Villages - (b.size.Points-b.size.Villages)*i/b.size.Villages
	for n := range groups {
		b.group(v, n)
	}
}

func (b *builder) group(v *village, n int) {
	g := &group{name: fmt.Sprintf("%s%d组", v.name, n+1), path: fmt.Sprintf("%s%03d", v.path, n+1), code: fmt.Sprintf("%s%03d", v.code, n+1)}
	g.yard = pick(b.rnd, []string{"大湾林盘", "黄葛林盘", "石坝院子", "老屋院子", "竹林院子", "新湾聚居点", "堰塘湾院子"})
	if v.urban {
		g.yard = pick(b.rnd, []string{"东门小区", "老车站院落", "棉纺厂宿舍", "滨江花园", "城南安置小区", "河西院落", "锦绣家园", "粮站宿舍"})
	}
	g.building = fmt.Sprintf("%s%d栋", g.yard, 1+b.rnd.IntN(6))
	b.area(g.path, 3, g.code, g.name, madeUp)
	b.area(g.path+"001", 4, g.code+"001", fmt.Sprintf("%s第%d网格", v.name, n+1), madeUp)
	b.area(g.path+"001001", 5, g.code+"001001", g.yard, madeUp)
	b.area(g.path+"001001001", 6, g.code+"001001001", g.building, madeUp)
	v.groups = append(v.groups, g)
	team := b.org(rankGroup, v.committee, domain.OrgGroup, towns[v.town].name+g.name+"调解小组", g.path)
	lon, lat := v.lon+(b.rnd.Float64()-0.5)*0.02, v.lat+(b.rnd.Float64()-0.5)*0.02
	b.point(v, team, g.name+g.yard+"矛盾纠纷受理点", g.path+"001001001", towns[v.town].name+g.name+g.building+"1层", lon, lat)
}

// point makes an intake point. Every thirtieth was read off a coarse map: worse than 50 m counts as unknown (ruling P20).
func (b *builder) point(v *village, parent, name, area, address string, lon, lat float64) {
	org := b.org(rankPoint, parent, domain.OrgPoint, name, area)
	accuracy := 3 + b.rnd.IntN(20)
	if b.rnd.IntN(30) == 0 {
		accuracy = 60 + b.rnd.IntN(100)
	}
	b.out.Points = append(b.out.Points, storage.PlantedPoint{
		Org: org, Address: address, Hours: "周一至周日 08:30-18:00", Longitude: round6(lon), Latitude: round6(lat), AccuracyM: accuracy,
		Origin: "演示，估取（CGCS2000）",
	})
	if b.keepers*b.size.Points >= b.size.Keepers*len(b.out.Points) { // spread evenly over the points
		return
	}
	b.keepers++
	v.keepers = append(v.keepers, b.staff(org, domain.RolePointKeeper, fmt.Sprintf("keeper%d", b.keepers), ""))
}

func round6(x float64) float64 { return float64(int(x*1e6+0.5)) / 1e6 }
