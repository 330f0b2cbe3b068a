package storagetest

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/files"
)

// Now is the time tests live in: a Wednesday with working days around it.
var Now = time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC) // 10:00 in Shanghai

// Town is a small world for tests: a county with two towns; in the first, two villages with a committee and a point
// each, so that every relation of a reader to a case can be shown.
type Town struct {
	DB       *DB
	Store    *storage.Store
	Keys     *storage.Keyring
	County   domain.County
	FilesDir string // of the attachments

	CountyArea, TownA, TownB, VillageA1, VillageA2, VillageB1 domain.Area

	Bureau, OfficeA, OfficeB, CommitteeTownA, CommitteeA1, CommitteeA2, CommitteeB1 domain.OrgID
	PointA1, PointA1b, PointA2, PointB1, Court, Center                              domain.OrgID
}

// NewTown opens a store on a fresh database, as the service's role, and builds the town.
func NewTown(tb testing.TB) *Town {
	tb.Helper()
	return NewTownOn(tb, New(tb))
}

// NewTownOn builds the town in a given empty database.
func NewTownOn(tb testing.TB, db *DB) *Town {
	tb.Helper()
	keys, err := storage.NewKeyring()
	must(tb, err)
	t := &Town{DB: db, Keys: keys, County: 1}
	t.FilesDir = filepath.Join(tb.TempDir(), "files")
	t.Store = t.Reopen(tb, storage.Options{MaxConnections: 8})
	must(tb, t.Store.AddCounty(tb.Context(), domain.CountyInfo{ID: t.County, AreaPath: "510185", Name: "测试市"}))
	t.areas(tb)
	t.organisations(tb)
	return t
}

// Reopen opens one more store on the town's database.
func (t *Town) Reopen(tb testing.TB, o storage.Options) *storage.Store {
	tb.Helper()
	s, err := storage.Open(tb.Context(), t.DB.AppURL, t.Keys, o)
	must(tb, err)
	tb.Cleanup(s.Close)
	f, err := files.OpenDir(t.FilesDir)
	must(tb, err)
	s.UseFiles(f)
	return s
}

var since = calendar.MustDate(2024, 1, 1)

func (t *Town) areas(tb testing.TB) {
	tb.Helper()
	code := 0
	add := func(parent *domain.Area, level domain.AreaLevel, name string) domain.Area {
		n := storage.NewArea{County: t.County, Level: level, Name: name, Source: "测试", From: since}
		code++
		n.Code = fmt.Sprintf("510185%06d", code)
		if parent == nil {
			n.Path, n.Code = "510185", "510185"
		} else {
			n.Parent = &parent.ID
		}
		a, err := t.Store.AddArea(tb.Context(), n)
		must(tb, err)
		return a
	}
	t.CountyArea = add(nil, domain.LevelCounty, "测试市")
	t.TownA = add(&t.CountyArea, domain.LevelTown, "甲镇")
	t.TownB = add(&t.CountyArea, domain.LevelTown, "乙镇")
	t.VillageA1 = add(&t.TownA, domain.LevelVillage, "甲一村")
	t.VillageA2 = add(&t.TownA, domain.LevelVillage, "甲二村")
	t.VillageB1 = add(&t.TownB, domain.LevelVillage, "乙一村")
}

func (t *Town) organisations(tb testing.TB) {
	tb.Helper()
	org := func(parent domain.OrgID, kind domain.OrgKind, name string, area domain.Area, committee string) domain.OrgID {
		n := storage.NewOrg{Kind: kind, Name: name, Area: area.ID, From: since}
		if parent != 0 {
			n.Parent = &parent
		}
		if committee != "" {
			word := "人调字"
			n.CommitteeType, n.ShortName, n.FileWord = &committee, &name, &word
		}
		id, err := t.Store.AddOrg(tb.Context(), n)
		must(tb, err)
		if kind == domain.OrgPoint {
			must(tb, t.Store.AddPoint(tb.Context(), id, storage.NewPoint{Address: name + "1号", Hours: "每天8:00—18:00", OpenFrom: since}))
		}
		return id
	}
	t.Bureau = org(0, domain.OrgBureau, "司法局", t.CountyArea, "")
	t.OfficeA = org(t.Bureau, domain.OrgJudicialOffice, "甲司法所", t.TownA, "")
	t.OfficeB = org(t.Bureau, domain.OrgJudicialOffice, "乙司法所", t.TownB, "")
	t.CommitteeTownA = org(t.OfficeA, domain.OrgCommittee, "甲镇", t.TownA, "township")
	t.CommitteeA1 = org(t.CommitteeTownA, domain.OrgCommittee, "甲一", t.VillageA1, "village")
	t.CommitteeA2 = org(t.CommitteeTownA, domain.OrgCommittee, "甲二", t.VillageA2, "village")
	t.CommitteeB1 = org(t.OfficeB, domain.OrgCommittee, "乙一", t.VillageB1, "village")
	t.PointA1 = org(t.CommitteeA1, domain.OrgPoint, "甲一受理点", t.VillageA1, "")
	t.PointA1b = org(t.CommitteeA1, domain.OrgPoint, "甲一受理点之二", t.VillageA1, "")
	t.PointA2 = org(t.CommitteeA2, domain.OrgPoint, "甲二受理点", t.VillageA2, "")
	t.PointB1 = org(t.CommitteeB1, domain.OrgPoint, "乙一受理点", t.VillageB1, "")
	t.Court = org(0, domain.OrgCourt, "法院", t.CountyArea, "")
	t.Center = org(0, domain.OrgCenter, "综治中心", t.CountyArea, "")
}

// Password of every account that Hire makes.
const Password = "test-password-1"

// Hire gives a new person a role and a sign-in of the given name, and returns who that is.
func (t *Town) Hire(tb testing.TB, login string, role domain.Role, org domain.OrgID) domain.Actor {
	tb.Helper()
	id, err := t.Store.AddStaff(tb.Context(), storage.NewStaff{
		Name: "工作人员" + login, Login: login, PasswordHash: hash(tb), Role: role, Org: org, From: since, At: Now,
	})
	must(tb, err)
	account, err := t.Store.Account(tb.Context(), id)
	must(tb, err)
	assignments, err := t.Store.Assignments(tb.Context(), account.Person, calendar.DateOf(Now))
	must(tb, err)
	return assignments[0].Actor(account, domain.ViaSession)
}

// Act is an act of somebody at Now, with the calendar of the database and good randomness.
func (t *Town) Act(tb testing.TB, a domain.Actor) domain.Act {
	tb.Helper()
	return t.ActAt(tb, a, Now)
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// Do runs fn in a transaction of a scope.
func (t *Town) Do(tb testing.TB, scope domain.Scope, fn func(ctx context.Context) error) {
	tb.Helper()
	must(tb, t.Store.InTx(tb.Context(), scope, fn))
}
