package domain_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
)

// said is what is told of a clock of a case up to the end of a day: "2026-10-01 left_7d mediator" each, in order.
func said(c *domain.Case, d domain.Deadline, upTo string) (lines []string, next string) {
	stages, at := c.Stages(d, actOn(today, keeper).Calendar, day(upTo).EndOfDay().Add(-time.Second))
	for _, x := range stages {
		lines = append(lines, fmt.Sprintf("%s %s %s", x.At.In(calendar.Shanghai).Format("2006-01-02"), x.Stage, x.Audience))
	}
	if at != nil {
		next = at.In(calendar.Shanghai).Format("2006-01-02 15:04")
	}
	return lines, next
}

// The days are counted by hand on the State Council's calendar: 1 to 8 October 2026 are a holiday, the 10th is worked.
func TestStagesOfAClock(t *testing.T) {
	for name, x := range map[string]struct {
		life
		rule, upTo, next string
		want             []string
	}{
		"D1 before anything": {life{"02", "2026-09-30", "", "", "", ""}, "D1", "2026-10-08", "2026-10-09 00:00", nil},
		"D1 over 国庆: due on the worked Saturday": {
			life{"02", "2026-09-30", "", "", "", ""},
			"D1", "2026-10-14", "",
			[]string{"2026-10-09 left_1w mediator", "2026-10-11 overdue director", "2026-10-11 overdue mediator", "2026-10-14 overdue_2w judicial_office"},
		},
		"D4, the week before its end": {
			life{"02", "2026-09-14", "2026-09-15", "", "", ""},
			"D4", "2026-10-14", "2026-10-16 00:00",
			[]string{
				"2026-10-08 left_7d mediator", "2026-10-12 left_3d director", "2026-10-12 left_3d mediator",
				"2026-10-14 left_1d director", "2026-10-14 left_1d judicial_office", "2026-10-14 left_1d mediator",
			},
		},
		"D13 counts back from the agreed day": {
			life{"02", "2026-09-01", "2026-09-03", "2026-09-05", "2026-09-20", ""},
			"D13", "2026-09-28", "",
			[]string{
				"2026-09-17 left_3d mediator", "2026-09-21 overdue director", "2026-09-21 overdue mediator", "2026-09-28 overdue_7d judicial_office",
			},
		},
		"D13 due the next day: no reminder of a day before the agreement": {
			life{"02", "2026-09-01", "2026-09-03", "2026-09-19", "2026-09-20", ""}, "D13", "2026-09-20", "2026-09-21 00:00", nil,
		},
		"D17 weekly to the committee, monthly to the office": {
			life{"02", "2026-08-03", "2026-08-03", "2026-08-03", "", "2026-08-03"},
			"D17", "2026-10-03", "2026-10-08 00:00",
			[]string{
				"2026-09-03 overdue director", "2026-09-03 overdue mediator", "2026-09-10 overdue_7d director", "2026-09-10 overdue_7d mediator",
				"2026-09-17 overdue_14d director", "2026-09-17 overdue_14d mediator", "2026-09-24 overdue_21d director", "2026-09-24 overdue_21d mediator",
				"2026-10-01 overdue_28d director", "2026-10-01 overdue_28d mediator", "2026-10-03 overdue_1m judicial_office",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := x.live(t)
			got, next := said(c, *clock(c, x.rule), x.upTo)
			if !slices.Equal(got, x.want) || next != x.next {
				t.Errorf("told:\n%s\nnext %s, want:\n%s\nnext %s", strings.Join(got, "\n"), next, strings.Join(x.want, "\n"), x.next)
			}
		})
	}
}

// What a clock notes is never later than what it has to tell, and a stopped or held clock notes nothing.
func TestAClockNotesWhenItTellsNext(t *testing.T) {
	c := life{"02", "2026-09-14", "2026-09-15", "", "", ""}.live(t)
	d := clock(c, "D4")
	if d.NextStageAt == nil || !d.NextStageAt.Equal(day("2026-10-08").StartOfDay()) {
		t.Fatalf("noted %v", d.NextStageAt)
	}
	if d1 := clock(c, "D1"); d1.NextStageAt != nil {
		t.Errorf("a stopped clock notes %v", d1.NextStageAt)
	}
	on := day("2026-09-16")
	a := actOn(on, director)
	a.Reason = "appraisal"
	must(t, c.Suspend(a, on))
	if d := clock(c, "D4"); d.NextStageAt != nil {
		t.Errorf("a held clock notes %v", d.NextStageAt)
	}
	must(t, c.Resume(actOn(day("2026-09-20"), own), day("2026-09-20")))
	if d := clock(c, "D4"); !d.NextStageAt.Equal(d.DueOn.AddDays(-7).StartOfDay()) {
		t.Errorf("a clock that goes on to %s notes %v", d.DueOn, d.NextStageAt)
	}
}

func TestDutiesAndRights(t *testing.T) {
	for rule, duty := range map[string]bool{
		"D1": true, "D2": true, "D3": true, "D4": true, "D5": true, "D6": true, "D7": true, "D8": true, "D9": false, "D10": false, "D11": false,
		"D12": false, "D13": true, "D14": false, "D15": true, "D16": true, "D17": true, "D18": true, "D19": false, "D20": false,
	} {
		if domain.Duty(rule) != duty {
			t.Errorf("%s: a duty: %v", rule, !duty)
		}
	}
	for _, r := range calendar.Standard().Rules { // nobody is late with a right
		c := takeIn(t)
		d := *clock(c, "D1")
		d.Rule, d.Variant = r.Code, r.Variant
		lines, _ := said(c, d, "2027-12-31")
		if over := strings.Contains(strings.Join(lines, "\n"), "overdue"); over != domain.Duty(r.Code) {
			t.Errorf("%s is told to be overdue: %v", r.Key(), over)
		}
	}
}

func TestWhatADisputeIsToldFor(t *testing.T) {
	p := domain.DefaultAlertPolicy()
	half := decimal.NewFromInt(500_000)
	for name, x := range map[string]struct {
		people int
		amount int64
		kin    domain.Kin
		limit  *decimal.Decimal
		want   string
	}{
		"small":                       {2, 400_000, domain.Kin{}, &half, ""},
		"ten people":                  {10, 0, domain.Kin{}, nil, "many_people director, many_people judicial_office"},
		"thirty":                      {30, 0, domain.Kin{}, nil, "many_people director, many_people judicial_office, many_people bureau"},
		"the sum":                     {2, 500_000, domain.Kin{}, &half, "large_amount director, large_amount judicial_office"},
		"no threshold for sums":       {2, 900_000, domain.Kin{}, nil, ""},
		"an earlier case of the same": {2, 0, domain.Kin{Cases: 1}, nil, "same_parties mediator, same_parties director, same_parties judicial_office"},
		"the second clue":             {2, 0, domain.Kin{Clues: 1}, nil, ""},
		"the third clue":              {2, 0, domain.Kin{Clues: 2}, nil, "clue_cluster mediator, clue_cluster director, clue_cluster judicial_office"},
	} {
		c := takeIn(t)
		sum := decimal.NewFromInt(x.amount)
		c.PeopleCount, c.Amount, p.Amount = x.people, &sum, x.limit
		var got []string
		for _, a := range p.Facts(c, x.kin) {
			got = append(got, string(a.Kind)+" "+string(a.Audience))
		}
		if strings.Join(got, ", ") != x.want {
			t.Errorf("%s: %v", name, got)
		}
		on := today
		c.VoidedOn = &on
		if len(p.Facts(c, x.kin)) > 0 {
			t.Errorf("%s: a void case tells something", name)
		}
	}
}

func TestStageNames(t *testing.T) {
	for stage, name := range map[domain.Stage]string{
		"left_7d": "还剩7日", "left_1w": "还剩1个工作日", "overdue": "已超期", "overdue_2w": "已超期2个工作日", "overdue_14d": "已超期14日", "overdue_1m": "已超期1个月", "arose": "发生",
	} {
		if got := stage.Name(); got != name {
			t.Errorf("%s: %s", stage, got)
		}
	}
}
