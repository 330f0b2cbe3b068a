package jobs_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"baimi/storage/storagetest"
)

// The rules of domain.md 2.6, written down a second time by hand and day by day: nothing here reads the matrix, the stages or
// the calendar package of the service.

// dayOf is the number of a day in Shanghai.
func dayOf(t time.Time) int { return int((t.Unix() + 8*3600) / 86400) }

// midnight is when a day begins.
func midnight(day int) time.Time { return time.Unix(int64(day)*86400-8*3600, 0).UTC() }

// handClock is a clock as it stands in the database.
type handClock struct {
	caseID, rule string
	no, due      int // due: the day
	began        int // reminders are of days after it
	dueAt        time.Time
	runs, paused bool
	ended        int // the day; 0 while it runs
}

// handCase is what of a case matters here.
type handCase struct {
	people int
	amount float64
	over   bool
}

type hand struct {
	working map[int]bool // days that differ from the week
	clocks  []handClock
	cases   map[string]handCase
}

// read takes the clocks and cases out of the database, past all policies.
func (h *hand) read(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	h.working, h.clocks, h.cases = map[int]bool{}, nil, map[string]handCase{}
	each(t, conn, "select (day - date '1970-01-01')::int, working from calendar_day", func(r pgx.Rows) error {
		var d int
		var works bool
		err := r.Scan(&d, &works)
		h.working[d] = works
		return err
	})
	each(t, conn, `select d.case_id::text, d.rule, d.no, coalesce(d.due_on - date '1970-01-01', 0), coalesce(d.due_at, 'epoch'),
			coalesce((select g.agreed_on from obligation o join agreement g on g.case_id = o.case_id and g.no = o.agreement_no
				where d.rule = 'D13' and o.case_id = d.case_id and o.no = d.about), d.starts_on) - date '1970-01-01',
			d.ended_on is null, d.due_on is null, coalesce(d.ended_on - date '1970-01-01', 0)
		from deadline d`, func(r pgx.Rows) error {
		var c handClock
		err := r.Scan(&c.caseID, &c.rule, &c.no, &c.due, &c.dueAt, &c.began, &c.runs, &c.paused, &c.ended)
		h.clocks = append(h.clocks, c)
		return err
	})
	each(t, conn, `select id::text, people_count, coalesce(amount, 0)::float8, closed_on is not null or voided_on is not null from cases`, func(r pgx.Rows) error {
		var id string
		var c handCase
		err := r.Scan(&id, &c.people, &c.amount, &c.over)
		h.cases[id] = c
		return err
	})
}

func superuser(t *testing.T, w *storagetest.Town) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	fatal(t, err)
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}

func each(t *testing.T, conn *pgx.Conn, q string, scan func(pgx.Rows) error) {
	t.Helper()
	rows, err := conn.Query(t.Context(), q)
	fatal(t, err)
	defer rows.Close()
	for rows.Next() {
		fatal(t, scan(rows))
	}
	fatal(t, rows.Err())
}

func (h *hand) works(day int) bool {
	if w, ok := h.working[day]; ok {
		return w
	}
	weekday := (day + 4) % 7 // day 0 was a Thursday
	return weekday != 0 && weekday != 6
}

// workedBetween counts the working days after one day and before another.
func (h *hand) workedBetween(a, b int) (n int) {
	for d := a + 1; d < b; d++ {
		if h.works(d) {
			n++
		}
	}
	return n
}

// told names an alert: case, clock, stage, audience and due day.
type told struct {
	caseID, kind, stage, audience string
	no, due                       int
}

// due is what had to be told of a clock by a moment, and since when.
func (h *hand) due(c handClock, now time.Time) map[told]time.Time {
	all := map[told]time.Time{}
	tell := func(at time.Time, stage string, to ...string) {
		for _, audience := range to {
			if !at.After(now) {
				all[told{c.caseID, "clock", stage, audience, c.no, c.due}] = at
			}
		}
	}
	if c.paused {
		return all
	}
	for d := min(c.due, c.began) - 1; d <= dayOf(now); d++ {
		at, past, remind := midnight(d), d-1-c.due, d > c.began
		switch c.rule {
		case "D1", "D2", "D3":
			if remind && d < c.due && h.works(d) && h.workedBetween(d, c.due) == 0 {
				tell(at, "left_1w", "mediator")
			}
			if past == 0 {
				tell(at, "overdue", "mediator", "director")
			}
			if past > 0 && h.works(d-1) && h.workedBetween(c.due, d) == 2 {
				tell(at, "overdue_2w", "judicial_office")
			}
		case "D4", "D5", "D6", "D7", "D8", "D18":
			switch {
			case remind && c.due-d == 7:
				tell(at, "left_7d", "mediator")
			case remind && c.due-d == 3:
				tell(at, "left_3d", "mediator", "director")
			case remind && c.due-d == 1:
				tell(at, "left_1d", "mediator", "director", "judicial_office")
			case past == 0:
				tell(at, "overdue", "mediator", "director", "judicial_office")
			case past == 7:
				tell(at, "overdue_7d", "bureau")
			}
		case "D10":
			switch {
			case remind && c.due-d == 10:
				tell(at, "left_10d", "mediator")
			case remind && c.due-d == 3:
				tell(at, "left_3d", "mediator", "director")
			}
		case "D9", "D11":
			if remind && c.due-d == 1 {
				tell(at, "left_1d", "mediator")
			}
		case "D12", "D14":
			if remind && c.due-d == 3 {
				tell(at, "left_3d", "mediator")
			}
		case "D13":
			switch {
			case remind && c.due-d == 3:
				tell(at, "left_3d", "mediator")
			case past == 0:
				tell(at, "overdue", "mediator", "director")
			case past == 7:
				tell(at, "overdue_7d", "judicial_office")
			}
		case "D15":
			switch past {
			case 0:
				tell(at, "overdue", "mediator", "director")
			case 7:
				tell(at, "overdue_7d", "judicial_office")
			}
		case "D17":
			switch {
			case past == 0:
				tell(at, "overdue", "mediator", "director")
			case past > 0 && past%7 == 0:
				tell(at, fmt.Sprintf("overdue_%dd", past), "mediator", "director")
			}
			if n := months(c.due, d-1); n > 0 {
				tell(at, fmt.Sprintf("overdue_%dm", n), "judicial_office")
			}
		}
	}
	if c.rule == "D16" {
		tell(c.dueAt, "overdue", "director", "judicial_office", "bureau")
	}
	return all
}

// months is how many months after one day another is, to the day; 0 when it is not. A month without that day ends on its last.
func months(from, to int) int {
	a, b := midnight(from).Add(8*time.Hour), midnight(to).Add(8*time.Hour)
	last := b.AddDate(0, 0, 1).Day() == 1
	if b.Day() != a.Day() && (!last || b.Day() > a.Day()) {
		return 0
	}
	return max(0, (b.Year()-a.Year())*12+int(b.Month())-int(a.Month()))
}

// facts is what had to be told of a case for its size.
func (h *hand) facts(caseID string, c handCase, arrived int) (all []told) {
	tell := func(kind string, to ...string) {
		for _, audience := range to {
			all = append(all, told{caseID, kind, "arose", audience, 0, arrived})
		}
	}
	switch {
	case c.over:
		return nil
	case c.people >= 30:
		tell("many_people", "director", "judicial_office", "bureau")
	case c.people >= 10:
		tell("many_people", "director", "judicial_office")
	}
	if c.amount >= outageAmount {
		tell("large_amount", "director", "judicial_office")
	}
	return all
}

// goesUp is when an alert that nobody acknowledged goes to the next audience, and to whom; ok is false when it does not.
func (h *hand) goesUp(x told, rule string, raised time.Time) (to string, at time.Time, ok bool) {
	to = map[string]string{"mediator": "director", "director": "judicial_office", "judicial_office": "bureau"}[x.audience]
	warns := x.kind == "clock" && len(x.stage) >= 7 && x.stage[:7] == "overdue" && rule != "D17" || x.kind == "many_people" || x.kind == "large_amount"
	switch {
	case to == "" || !warns:
		return "", at, false
	case rule == "D16":
		return to, raised.Add(2 * time.Hour), true
	}
	d := dayOf(raised)
	for n := 0; n < 2; {
		if d++; h.works(d) {
			n++
		}
	}
	return to, midnight(d + 1), true
}
