package calendar

import (
	"flag"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// perCheck is how many schedules one drawn calendar serves, so that an ordinary run counts 10,000 of them and the long
// proof (-rapid.checks=10000) 100,000.
func perCheck(tb testing.TB) int {
	tb.Helper()
	checks, err := strconv.Atoi(flag.Lookup("rapid.checks").Value.String())
	if err != nil {
		tb.Fatal(err)
	}
	return max(10, 10_000/max(1, checks))
}

// The proof of the engine: on random schedules it ends on the day, or in the minute, to which the clerk comes.
func TestCountEqualsTheClerk(t *testing.T) {
	schedules, suspended, each, began := map[Unit]int{}, 0, perCheck(t), time.Now()
	rapid.Check(t, func(t *rapid.T) {
		entries := drawCalendar(t)
		c := build(t, entries)
		for range each {
			k := drawClock(t)
			r := mustCount(t, c, k)
			clerk := newClerk(entries, k)
			want, got := 0, 0
			if k.Term.Unit == Hour {
				want, got = clerk.minute(), int(r.DueAt.Unix()/60)+8*60
			} else {
				want, got = clerk.last(), number(r.DueOn)
			}
			if r.Suspended != nil {
				got = never
				suspended++
			}
			if got != want {
				t.Fatalf("%+v\ncounted %d, the clerk %d\n%s", k, got, want, strings.Join(r.Trace, "\n"))
			}
			checkResult(t, c, k, r)
			schedules[k.Term.Unit]++
		}
	})
	total := 0
	for _, n := range schedules {
		total += n
	}
	t.Logf("%d schedules equal the clerk's, %d of them suspended, in %.1f s: %v", total, suspended, time.Since(began).Seconds(), schedules)
}

// checkResult holds for every result, whatever was counted.
func checkResult(t *rapid.T, c *Calendar, k Clock, r Result) {
	t.Helper()
	whole := strings.Join(r.Trace, "\n")
	if r.Suspended != nil {
		if !r.DueOn.IsZero() || !r.DueAt.IsZero() || !strings.Contains(whole, r.Suspended.String()) {
			t.Fatalf("suspended and due: %+v", r)
		}
		return
	}
	if k.Term.Unit != Hour && !r.DueAt.Equal(r.DueOn.EndOfDay()) || r.DueOn.Before(r.Nominal) || r.Nominal.Before(k.start()) && k.Term.Length > 0 {
		t.Fatalf("%+v", r)
	}
	if !strings.Contains(whole, "截止时间为"+DateOf(r.DueAt.Add(-time.Second)).Chinese()) && k.Term.Unit != Hour {
		t.Fatalf("the trace ends elsewhere: %s", whole)
	}
	if k.Term.Rolls && !c.working(r.DueOn) {
		t.Fatalf("ends on the rest day %s", r.DueOn)
	}
	if r.Provisional != (len(r.Assumed) > 0) || r.Provisional != strings.Contains(whole, "尚未录入") {
		t.Fatalf("provisional %v, assumed %v\n%s", r.Provisional, r.Assumed, whole)
	}
	if strict, err := c.CountStrictly(k); (err == nil) != (len(r.Assumed) == 0) || err == nil && strict.DueOn != r.DueOn {
		t.Fatalf("strictly %s, %v; else %s, assuming %v", strict.DueOn, err, r.DueOn, r.Assumed)
	}
}
