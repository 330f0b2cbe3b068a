package domain_test

import (
	"strings"
	"testing"

	"baimi/domain"
	"baimi/domain/calendar"
)

// more is the calendar of the tests with days of a notice put in.
func more(t *testing.T, version string, days ...string) *calendar.Calendar {
	t.Helper()
	entries, err := calendar.ReadNotice(strings.NewReader(strings.Join(days, "\n")))
	must(t, err)
	c, err := act(keeper).Calendar.With(version, entries)
	must(t, err)
	return c
}

func TestACalendarIsTriedOnTheClocksOfACase(t *testing.T) {
	c := at(t, domain.StatusAgreedWritten)
	days := act(keeper).Calendar
	if changes := c.Tried(days, days); len(changes) > 0 {
		t.Errorf("nothing changed, yet %v", changes)
	}
	changes, err := c.Recounted(days)
	must(t, err)
	if len(changes) > 0 {
		t.Errorf("%v", changes)
	}
	var rolls domain.Deadline // D13 does not
	for _, d := range c.Deadlines {
		if d.Rolls {
			rolls = d
		}
	}
	holiday := more(t, "2099.1", rolls.DueOn.String()+",放假,试验节")
	changes = c.Tried(days, holiday)
	if len(changes) == 0 {
		t.Fatal("a holiday on its last day moved nothing")
	}
	found := false
	for _, x := range changes {
		found = found || x.Deadline.No == rolls.No && x.Days > 0 && strings.Contains(x.Line(c), "试验节放假") &&
			strings.HasPrefix(x.Line(c), c.DemandNo.Print()+" "+rolls.Name()+"（"+rolls.Rule+"）") && strings.Contains(x.Line(c), "推后")
	}
	if !found {
		t.Errorf("%+v", changes)
	}
	stored, err := c.Recounted(holiday)
	must(t, err)
	if len(stored) != len(changes) || !strings.Contains(stored[0].Line(c), "工作日历由版本"+days.Version()+"改为版本2099.1") {
		t.Errorf("%+v", stored)
	}
}

func TestAHeldClockIsTriedAsItStands(t *testing.T) {
	c := at(t, domain.StatusSuspended)
	days := act(keeper).Calendar
	held, err := c.Held(days)
	must(t, err)
	if len(held) != 1 || !c.Standing() {
		t.Fatalf("%v", held)
	}
	for no, text := range held {
		if !strings.HasPrefix(text, "中止中，尚余") || c.Deadlines[no-1].DueAt != nil {
			t.Errorf("%d: %s", no, text)
		}
	}
	far := more(t, "2099.1", "2027-10-08,放假,试验节")
	changes, err := c.Recounted(far)
	must(t, err)
	if len(changes) > 0 {
		t.Errorf("%+v", changes)
	}
	if c := at(t, domain.StatusMediating); c.Standing() {
		t.Error("a running case stands")
	}
}
