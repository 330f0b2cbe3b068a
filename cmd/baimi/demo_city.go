package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"baimi/app"
	"baimi/domain"
	"baimi/storage"
)

// cityBuilder makes the demo's areas, organisations and people. It keeps the first error, so that what it builds reads
// as what is there.
type cityBuilder struct {
	store *storage.Store
	hash  string // of the demo's password
	at    time.Time
	err   error
}

// buildCity makes the whole city in one transaction: there is never half of it.
func buildCity(ctx context.Context, store *storage.Store, at time.Time) error {
	hash, err := app.HashPassword(demoPassword)
	if err != nil {
		return err
	}
	b := &cityBuilder{store: store, hash: hash, at: at}
	return store.InTx(ctx, domain.SystemScope(demoCounty, demoAreaPath), func(ctx context.Context) error {
		b.build(ctx)
		return b.err
	})
}

func (b *cityBuilder) build(ctx context.Context) {
	b.err = b.store.AddCounty(ctx, domain.CountyInfo{ID: demoCounty, AreaPath: demoAreaPath, Name: "简阳市"})
	county := b.area(ctx, nil, domain.LevelCounty, "简阳市", demoAreaPath, "GB/T 2260")
	towns := map[string]domain.Area{}
	for _, t := range demoTowns {
		towns[t.name] = b.area(ctx, &county, domain.LevelTown, t.name, t.code, "GB/T 10114")
	}
	bureau := b.org(ctx, nil, domain.OrgBureau, "简阳市司法局", county)
	b.bureau(ctx, bureau, county)
	for i, s := range demoSites {
		b.town(ctx, i, s, bureau, towns[s.town])
	}
}

// bureau makes the county's own offices and the organs it works with.
func (b *cityBuilder) bureau(ctx context.Context, bureau domain.OrgID, county domain.Area) {
	b.staff(ctx, bureau, domain.RoleBureauOfficer, "bureau", "蒋文斌")
	b.staff(ctx, bureau, domain.RoleSystemAdmin, "sysadmin", "吴磊")
	b.staff(ctx, bureau, domain.RoleSecurityAdmin, "secadmin", "郑晓燕")
	b.staff(ctx, bureau, domain.RoleAuditAdmin, "auditor", "孙立平")
	center := b.org(ctx, nil, domain.OrgCenter, "简阳市社会治安综合治理中心", county)
	b.staff(ctx, center, domain.RoleCenterViewer, "center", "高敏")
	court := b.org(ctx, nil, domain.OrgCourt, "简阳市人民法院", county)
	b.staff(ctx, court, domain.RoleConnector, "court", "任志远")
	medical := b.committee(ctx, &bureau, "sector", "简阳市医疗纠纷人民调解委员会", "医调", county)
	b.staff(ctx, medical, domain.RoleCommitteeDirector, "medical-director", "杜鹃")
	b.staff(ctx, medical, domain.RoleMediator, "medical", "梁思远")
}

func (b *cityBuilder) town(ctx context.Context, i int, s demoSite, bureau domain.OrgID, town domain.Area) {
	office := b.org(ctx, &bureau, domain.OrgJudicialOffice, s.short+"司法所", town)
	b.staff(ctx, office, domain.RoleJudicialOfficer, fmt.Sprintf("office%d", i+1), []string{"林静", "徐浩", "马春燕"}[i])
	committee := b.committee(ctx, &office, s.committee, s.town+"人民调解委员会", s.short, town)
	b.staff(ctx, committee, domain.RoleCommitteeDirector, fmt.Sprintf("town%d", i+1), []string{"贾世荣", "宋丽", "余忠诚"}[i])
	if i == 0 {
		b.staff(ctx, committee, domain.RoleMediator, "town-mediator", "夏雨晴")
		station := b.org(ctx, nil, domain.OrgPolice, s.short+"派出所", town)
		b.staff(ctx, station, domain.RoleConnector, "police", "石勇")
		workroom := b.org(ctx, &committee, domain.OrgStationedWorkroom, s.town+"调委会驻派出所人民调解工作室", town)
		b.staff(ctx, workroom, domain.RoleMediator, "workroom", "范立新")
	}
	for _, v := range s.villages {
		b.village(ctx, s, v, committee, town)
	}
}

// village goes down to the building, with a committee, a group and two points.
func (b *cityBuilder) village(ctx context.Context, s demoSite, v demoVillage, above domain.OrgID, town domain.Area) {
	const made = "演示，自编"
	area := b.area(ctx, &town, domain.LevelVillage, v.name, town.Code+v.code, made)
	group := b.area(ctx, &area, domain.LevelGroup, v.name+"1组", area.Code+"001", made)
	grid := b.area(ctx, &group, domain.LevelGrid, v.name+"第1网格", group.Code+"001", made)
	yard := b.area(ctx, &grid, domain.LevelCourtyard, v.courtyard, grid.Code+"001", made)
	building := b.area(ctx, &yard, domain.LevelBuilding, v.courtyard+"1栋", yard.Code+"001", made)

	committee := b.committee(ctx, &above, s.below, s.town+v.name+"人民调解委员会", v.name, area)
	b.staff(ctx, committee, domain.RoleCommitteeDirector, v.director.login, v.director.name)
	if v.mediator.login != "" {
		b.staff(ctx, committee, domain.RoleMediator, v.mediator.login, v.mediator.name)
	}
	team := b.org(ctx, &committee, domain.OrgGroup, v.name+"1组调解小组", group)
	first := b.point(ctx, team, v.courtyard+"矛盾纠纷受理点", building, s.town+v.name+v.courtyard+"1栋1层", v.lon+0.0008, v.lat-0.0005)
	b.point(ctx, committee, v.name+"矛盾纠纷受理点", area, s.town+v.centreName+"一楼", v.lon, v.lat)
	if v.keeper.login != "" {
		b.staff(ctx, first, domain.RolePointKeeper, v.keeper.login, v.keeper.name)
	}
}

func (b *cityBuilder) area(ctx context.Context, parent *domain.Area, level domain.AreaLevel, name, code, source string) domain.Area {
	n := storage.NewArea{County: demoCounty, Level: level, Name: name, Code: code, Source: source, From: demoSince}
	if parent == nil {
		n.Path = demoAreaPath
	} else {
		n.Parent = &parent.ID
	}
	return keep(b, func() (domain.Area, error) { return b.store.AddArea(ctx, n) })
}

func (b *cityBuilder) org(ctx context.Context, parent *domain.OrgID, kind domain.OrgKind, name string, area domain.Area) domain.OrgID {
	n := storage.NewOrg{Parent: parent, Kind: kind, Name: demoName(name), Area: area.ID, From: demoSince}
	return keep(b, func() (domain.OrgID, error) { return b.store.AddOrg(ctx, n) })
}

func (b *cityBuilder) committee(ctx context.Context, parent *domain.OrgID, kind, name, short string, area domain.Area) domain.OrgID {
	word := "人调字"
	n := storage.NewOrg{
		Parent: parent, Kind: domain.OrgCommittee, CommitteeType: &kind, Name: demoName(name), ShortName: &short, FileWord: &word,
		Area: area.ID, From: demoSince,
	}
	return keep(b, func() (domain.OrgID, error) { return b.store.AddOrg(ctx, n) })
}

func (b *cityBuilder) point(ctx context.Context, parent domain.OrgID, name string, area domain.Area, address string, lon, lat float64) domain.OrgID {
	org := b.org(ctx, &parent, domain.OrgPoint, name, area)
	accuracy, origin := 10, "演示，地图取点"
	n := storage.NewPoint{
		Address: address, Hours: "周一至周日 08:30-18:00", Longitude: &lon, Latitude: &lat, AccuracyM: &accuracy, Origin: &origin,
		OpenFrom: demoSince,
	}
	keep(b, func() (struct{}, error) { return struct{}{}, b.store.AddPoint(ctx, org, n) })
	return org
}

func (b *cityBuilder) staff(ctx context.Context, org domain.OrgID, role domain.Role, login, name string) {
	n := storage.NewStaff{Name: name, Login: login, PasswordHash: b.hash, Role: role, Org: org, From: demoSince, At: b.at}
	keep(b, func() (domain.AccountID, error) { return b.store.AddStaff(ctx, n) })
}

// demoName marks what looks like a real office.
func demoName(name string) string {
	if strings.Contains(name, demoMark) {
		return name
	}
	return name + "（" + demoMark + "）"
}

// keep does one thing unless something went wrong before.
func keep[T any](b *cityBuilder, do func() (T, error)) (v T) {
	if b.err == nil {
		v, b.err = do()
	}
	return v
}
