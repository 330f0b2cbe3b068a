package jobs_test

import (
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// found is an alert as it stands in the database.
type found struct {
	told
	rule, state, resolution string
	gone                    bool // it went up from another
	at, raised              time.Time
	ended                   time.Time // acknowledged or resolved; zero while it waits
	snoozed                 time.Time
}

func (o *outage) alerts() []found {
	o.t.Helper()
	var all []found
	each(o.t, o.db, `select case_id::text, kind, stage, audience, about, due_on - date '1970-01-01', rule, state, coalesce(resolution, ''), escalated_from is not null,
			stage_at, raised_at, coalesce(least(acknowledged_at, resolved_at), 'epoch'), coalesce(snoozed_until, 'epoch') from alert`, func(r pgx.Rows) error {
		var x found
		err := r.Scan(&x.caseID, &x.kind, &x.stage, &x.audience, &x.no, &x.due, &x.rule, &x.state, &x.resolution, &x.gone, &x.at, &x.raised, &x.ended, &x.snoozed)
		all = append(all, x)
		return err
	})
	return all
}

// compare holds the alerts to the rules written by hand. Of clocks that run each alert that was due is there; of others only
// what had been due, at its time; nothing is there twice, which the key sees to.
func (o *outage) compare(last bool) {
	o.t.Helper()
	now := o.clock()
	o.hand.read(o.t, o.db)
	is := map[told]found{}
	for _, x := range o.alerts() {
		if _, twice := is[x.told]; twice {
			o.t.Errorf("%+v is there twice", x.told)
		}
		is[x.told] = x
	}
	for _, c := range o.hand.clocks {
		if !c.runs || o.held[c.caseID] {
			continue
		}
		for want := range o.hand.due(c, now.Truncate(time.Minute)) {
			if _, ok := is[want]; !ok {
				o.t.Errorf("nobody was told %+v (%s)", want, c.rule)
			}
			o.settled++
		}
	}
	o.compareFacts(is)
	for x, a := range is {
		switch {
		case a.gone:
			o.checkGone(is, a)
		case a.kind == "clock":
			if at, ok := o.ever[x]; !ok || !at.Equal(a.at) {
				o.t.Errorf("told of %+v at %s, which never was to be told (%v, %s)", x, a.at, ok, at)
			}
			if a.raised.Before(a.at) {
				o.t.Errorf("%+v was told before its time", x)
			}
		}
		o.checkUp(is, a, now)
	}
	if last {
		o.compareState(is)
	}
}

// compareFacts holds the alerts of what cases are.
func (o *outage) compareFacts(is map[told]found) {
	arrived := map[string]int{}
	var order []string
	each(o.t, o.db, "select id::text, requested_on - date '1970-01-01' from cases order by registered_at, id", func(r pgx.Rows) error {
		var id string
		var day int
		err := r.Scan(&id, &day)
		arrived[id], order = day, append(order, id)
		return err
	})
	may := map[told]bool{}
	want := func(x told, must bool) {
		may[x] = true
		if _, ok := is[x]; must && !ok && !o.held[x.caseID] {
			o.t.Errorf("nobody was told %+v", x)
		}
	}
	for i, id := range order {
		c := o.hand.cases[id]
		live := c
		live.over = false
		for _, x := range o.hand.facts(id, live, arrived[id]) {
			want(x, !c.over)
		}
		again := slices.ContainsFunc(order[:i], func(before string) bool {
			a, b := o.folk[id], o.folk[before]
			return !o.secret[id] && !o.secret[before] && (a == b || a[0] == b[1] && a[1] == b[0])
		})
		if again {
			for _, audience := range []string{"mediator", "director", "judicial_office"} {
				want(told{id, "same_parties", "arose", audience, 0, arrived[id]}, !c.over)
			}
		}
	}
	for x, a := range is {
		if a.kind != "clock" && !a.gone && !may[x] {
			o.t.Errorf("told of %+v, which is not so", x)
		}
	}
}

// checkGone holds an alert that went up to the one it went up from.
func (o *outage) checkGone(is map[told]found, a found) {
	below := a.told
	below.audience = map[string]string{"director": "mediator", "judicial_office": "director", "bureau": "judicial_office"}[a.audience]
	from, ok := is[below]
	if !ok {
		o.t.Errorf("%+v went up from nobody", a.told)
		return
	}
	_, at, goes := o.hand.goesUp(below, from.rule, from.raised)
	if !goes || a.raised.Before(at) {
		o.t.Errorf("%+v went up at %s, it may not before %s (%v)", a.told, a.raised, at, goes)
	}
}

// checkUp looks whether what lay too long went up. Who put an alert off won that time.
func (o *outage) checkUp(is map[told]found, a found, now time.Time) {
	to, at, goes := o.hand.goesUp(a.told, a.rule, a.raised)
	if a.snoozed.After(at) {
		at = a.snoozed
	}
	// the escalation runs with each tick here, and the ticks of quiet are minutes apart
	if !goes || a.ended.Unix() != 0 || !at.Before(now.Add(-2*time.Minute)) || o.held[a.caseID] {
		return
	}
	up := a.told
	up.audience = to
	if _, ok := is[up]; !ok {
		o.t.Errorf("%+v lies since %s and did not go up at %s", a.told, a.raised, at)
	}
}

// compareState holds what became of alerts of clocks: those with nothing more to tell are resolved, the others wait.
func (o *outage) compareState(is map[told]found) {
	clocks := map[told]handClock{}
	for _, c := range o.hand.clocks {
		clocks[told{caseID: c.caseID, no: c.no}] = c
	}
	newest := map[told]time.Time{}
	for x, a := range is {
		x.stage = ""
		if a.at.After(newest[x]) {
			newest[x] = a.at
		}
	}
	for x, a := range is {
		if x.kind != "clock" {
			continue
		}
		c := clocks[told{caseID: x.caseID, no: x.no}]
		stem := x
		stem.stage = ""
		over := !c.runs || c.paused || c.due != x.due || newest[stem].After(a.at)
		if over != (a.state == "resolved") {
			o.t.Errorf("%+v is %s (%s); it has nothing more to tell: %v", x, a.state, a.resolution, over)
		}
	}
}

// TestHandRulesKnowTheMonths keeps the oracle honest where it counts by hand.
func TestHandRulesKnowTheMonths(t *testing.T) {
	t.Parallel()
	day := func(s string) int {
		at, err := time.Parse("2006-01-02", s)
		fatal(t, err)
		return int(at.Unix() / 86400)
	}
	for _, x := range []struct {
		from, to string
		want     int
	}{
		{"2026-08-31", "2026-09-30", 1},
		{"2026-08-31", "2026-10-30", 0},
		{"2026-08-31", "2026-10-31", 2},
		{"2026-12-15", "2027-01-15", 1},
		{"2026-12-15", "2027-01-14", 0},
		{"2026-12-15", "2026-12-15", 0},
		{"2027-01-31", "2027-02-28", 1},
	} {
		if got := months(day(x.from), day(x.to)); got != x.want {
			t.Errorf("%s to %s: %d months, want %d", x.from, x.to, got, x.want)
		}
	}
}
