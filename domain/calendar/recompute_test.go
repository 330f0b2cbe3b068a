package calendar

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The notice for 2027 arrives: the Spring Festival gets days in exchange.
func notice2027(t *testing.T) *Calendar {
	t.Helper()
	c := recent(t)
	entries := slices.Collect(func(yield func(Entry) bool) {
		for _, e := range c.entries {
			if e.Day.Year() < 2027 && !yield(e) {
				return
			}
		}
	})
	for d := MustDate(2027, 2, 5); !d.After(MustDate(2027, 2, 11)); d = d.AddDays(1) {
		entries = append(entries, Entry{Day: d, Name: "春节"})
	}
	entries = append(entries, Entry{Day: MustDate(2027, 1, 1), Name: "元旦"}, Entry{Day: MustDate(2027, 2, 14), Name: "春节", Working: true})
	published, err := New("2027.1", entries)
	if err != nil {
		t.Fatal(err)
	}
	return published
}

func TestANewNoticeIsTriedOnWhatIsStored(t *testing.T) {
	was := World{recent(t), Standard()}
	is := World{notice2027(t), Standard()}
	days := func(e Event, d string) map[Event]Date { return map[Event]Date{e: day(t, d)} }
	stored := []Stored{
		{ID: "unmoved", Rule: Key{Code: "D1"}, Days: days(Requested, "2026-11-20")},
		{ID: "receipt", Rule: Key{Code: "D1"}, Days: days(Requested, "2027-02-04")},
		{ID: "month", Facts: &Facts{Applied, NoReferral, "02", false}, Days: days(Accepted, "2027-01-10")},
		{ID: "sunday", Facts: &Facts{Applied, NoReferral, "02", false}, Days: days(Accepted, "2027-01-14")},
		{ID: "paused", Rule: Key{Code: "D8"}, Days: days(Accepted, "2027-01-20"), Pauses: []Span{paused(t, "2027-01-25 - appraisal")}},
		{ID: "alarm", Rule: Key{Code: "D16"}, Since: day(t, "2027-02-05").StartOfDay().Add(time.Hour)},
	}
	want := []string{
		"receipt：2027年2月11日改为2027年2月15日，推后4日",
		"month：2027年2月10日改为2027年2月12日，推后2日",
		"sunday：2027年2月15日改为2027年2月14日，提前1日",
	}
	changes := Recompute(stored, was, is)
	got := make([]string, len(changes))
	for i, c := range changes {
		got[i] = c.String()
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	if why := strings.Join(changes[0].Why, "；"); why != "2027年2月9日至11日由工作日改为春节放假；2027年2月14日由周末改为春节调休上班" {
		t.Error(why)
	}
}

func TestAChangedRuleIsTriedOnWhatIsStored(t *testing.T) {
	other := Standard()
	other.Version = "2027.1"
	for i := range other.Rules {
		if other.Rules[i].Code == "D1" {
			other.Rules[i].Term.Length = 5
		}
	}
	// This county lets the labour statute win over the court's referral.
	labour := []string{"10", "11"}
	for i := range other.Routes {
		if other.Routes[i].Referrals[0] != NoReferral {
			other.Routes[i].Types, other.Routes[i].Except = labour, true
		}
	}
	other.Routes = append(other.Routes, Route{Sources: []Source{Referred}, Referrals: []Referral{Delegated, EntrustedOrdinary, EntrustedSummary}, Types: labour, Rule: Key{Code: "D7"}})
	if err := other.Check(); err != nil {
		t.Fatal(err)
	}
	was, is := World{recent(t), Standard()}, World{recent(t), other}
	delegated := Facts{Referred, Delegated, "10", false}
	known := map[Event]Date{ApplicationArrived: day(t, "2026-11-02"), PapersSignedFor: day(t, "2026-11-04"), Requested: day(t, "2026-11-02")}
	changes := Recompute([]Stored{
		{ID: "a", Rule: Key{Code: "D1"}, Days: known}, {ID: "b", Facts: &delegated, Days: known}, {ID: "c", Facts: &delegated}, {ID: "d", Rule: Key{Code: "D17"}, Days: map[Event]Date{Closed: day(t, "2026-11-02")}},
	}, was, is)
	if len(changes) != 3 || changes[0].String() != "a：2026年11月5日改为2026年11月9日，推后4日" {
		t.Fatal(changes)
	}
	if got := changes[1].String(); got != "b：2026年12月4日改为2026年11月17日，提前17日" || !slices.Contains(changes[1].Why, "适用的规则由D5/offline改为D7") {
		t.Error(got, changes[1].Why)
	}
	if !strings.Contains(changes[2].String(), "没有起算日") {
		t.Error(changes[2])
	}
}

func TestNothingChangesBetweenEqualWorlds(t *testing.T) {
	forEachSchedule(t, func(t *rapid.T, c *Calendar, entries []Entry, k Clock) {
		if k.Term.Unit == Hour {
			return
		}
		book := Rulebook{Version: "drawn", Rules: []Rule{{Code: "D4", Term: k.Term, From: Accepted, Pauses: k.Policy.Pauses, Extends: k.Policy.Extends}}}
		s := Stored{ID: "x", Rule: Key{Code: "D4"}, Days: map[Event]Date{Accepted: k.Start}, Pauses: k.Pauses, Extensions: k.Extensions}
		was, is := World{c, book}, World{build(t, entries), book}
		if changes := Recompute([]Stored{s}, was, is); len(changes) > 0 {
			t.Fatal(changes)
		}
		// A holiday more: a change is reported exactly when the two counts differ, and never as earlier.
		extra := k.Start.AddDays(rapid.IntRange(0, 90).Draw(t, "extra"))
		with := slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.Day == extra })
		is.Calendar = build(t, append(with, Entry{Day: extra, Name: "新假日"}))
		before, after := mustCount(t, was.Calendar, k), mustCount(t, is.Calendar, k)
		changes := Recompute([]Stored{s}, was, is)
		differ := before.DueOn != after.DueOn || before.Suspended != nil && before.Suspended.String() != after.Suspended.String()
		if (len(changes) > 0) != differ || len(changes) > 0 && changes[0].Days < 0 {
			t.Fatalf("%v: %s, %s", changes, before.DueOn, after.DueOn)
		}
		if len(changes) > 0 && changes[0].Old.Result.Suspended == nil && len(changes[0].Why) == 0 {
			t.Fatalf("%v without a reason", changes)
		}
	})
}
