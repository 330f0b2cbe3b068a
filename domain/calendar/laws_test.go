package calendar

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// forEachSchedule checks a law on as many random schedules as the proof of the engine, each on a calendar of its own lot.
func forEachSchedule(t *testing.T, law func(*rapid.T, *Calendar, []Entry, Clock)) {
	t.Helper()
	each := max(1, perCheck(t)/10)
	rapid.Check(t, func(t *rapid.T) {
		entries := drawCalendar(t)
		c := build(t, entries)
		for range each {
			law(t, c, entries, drawClock(t))
		}
	})
}

// end is what of a result a party sees.
func end(r Result) []any { return []any{r.DueOn, r.DueAt, r.Suspended, r.Nominal} }

func TestAHolidayMoreNeverEndsAnyClockEarlier(t *testing.T) {
	forEachSchedule(t, func(t *rapid.T, c *Calendar, entries []Entry, k Clock) {
		before := mustCount(t, c, k)
		extra := later(before.DueOn, k.start()).AddDays(rapid.IntRange(-20, 5).Draw(t, "extra"))
		with := slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.Day == extra })
		with = append(with, Entry{Day: extra, Name: "新假日"})
		if after := mustCount(t, build(t, with), k); instant(after) < instant(before) {
			t.Fatalf("%+v: %s, with the holiday %s only %s", k, before.DueOn, extra, after.DueOn)
		}
	})
}

func TestAnEmptyPauseChangesNothing(t *testing.T) {
	forEachSchedule(t, func(t *rapid.T, c *Calendar, _ []Entry, k Clock) {
		before := mustCount(t, c, k)
		day := around(t, k, "empty")
		k.Pauses = append(slices.Clone(k.Pauses), Span{day, day, rapid.SampledFrom(Reasons).Draw(t, "of")})
		if after := mustCount(t, c, k); !reflect.DeepEqual(end(before), end(after)) {
			t.Fatalf("%+v: %v, then %v", k, end(before), end(after))
		}
	})
}

func TestAPauseThatTheRuleDoesNotCountChangesNothing(t *testing.T) {
	forEachSchedule(t, func(t *rapid.T, c *Calendar, _ []Entry, k Clock) {
		before := mustCount(t, c, k)
		s := drawPause(t, k)
		if _, counts := k.Policy.pause(s.Reason); counts {
			return
		}
		k.Pauses = append(slices.Clone(k.Pauses), s)
		if after := mustCount(t, c, k); !reflect.DeepEqual(end(before), end(after)) {
			t.Fatalf("%+v: %v, then %v", k, end(before), end(after))
		}
	})
}

func TestAPauseOutsideTheRunningTimeChangesNothing(t *testing.T) {
	forEachSchedule(t, func(t *rapid.T, c *Calendar, _ []Entry, k Clock) {
		before := mustCount(t, c, k)
		length := rapid.IntRange(0, 30).Draw(t, "of")
		outside := Span{From: before.DueOn, To: before.DueOn.AddDays(length), Reason: Appraisal}
		if before.Suspended != nil || rapid.Bool().Draw(t, "before") {
			over := k.start() // for hours the rest of the first day runs
			if k.Term.Unit == Hour {
				over = over.AddDays(-1)
			}
			outside.From, outside.To = over.AddDays(-length), over
		}
		k.Pauses = append(slices.Clone(k.Pauses), outside)
		after := mustCount(t, c, k)
		if !reflect.DeepEqual(end(before), end(after)) {
			t.Fatalf("%+v: %v, then %v", k, end(before), end(after))
		}
	})
}

func TestAPauseOfNDaysMovesACalendarClockByNDays(t *testing.T) {
	forEachSchedule(t, func(t *rapid.T, c *Calendar, _ []Entry, k Clock) {
		if k.Term.Unit == Hour || k.Term.Unit == WorkingDay || k.Term.Length == 0 {
			return
		}
		k.Extensions, k.Pauses, k.Policy = nil, nil, Policy{Pauses: []PauseRule{{Reason: Appraisal}}}
		before := mustCount(t, c, k).Nominal
		from := k.Start.AddDays(rapid.IntRange(0, k.Start.DaysUntil(before)-1).Draw(t, "inside"))
		n := rapid.IntRange(0, 60).Draw(t, "of")
		k.Pauses = []Span{{from, from.AddDays(n), Appraisal}}
		if after := mustCount(t, c, k).Nominal; before.DaysUntil(after) != n {
			t.Fatalf("%+v: %s, then %s", k, before, after)
		}
	})
}

func TestSplittingAPauseChangesNothing(t *testing.T) {
	forEachSchedule(t, func(t *rapid.T, c *Calendar, _ []Entry, k Clock) {
		k.Pauses = append(k.Pauses, drawPause(t, k))
		before := mustCount(t, c, k)
		var parts []Span
		for _, s := range k.Pauses {
			length := 40
			if !s.Open() {
				length = s.From.DaysUntil(s.To)
			}
			at := s.From.AddDays(rapid.IntRange(0, length).Draw(t, "at"))
			parts = append(parts, Span{at, s.To, s.Reason}, Span{s.From, at, s.Reason})
		}
		k.Pauses = parts
		if after := mustCount(t, c, k); !reflect.DeepEqual(end(before), end(after)) {
			t.Fatalf("%+v: %v, then %v", k, end(before), end(after))
		}
	})
}

func TestTheOrderOfPausesAndExtensionsIsIrrelevant(t *testing.T) {
	forEachSchedule(t, func(t *rapid.T, c *Calendar, _ []Entry, k Clock) {
		before := mustCount(t, c, k)
		if len(k.Pauses) > 1 {
			k.Pauses = rapid.Permutation(k.Pauses).Draw(t, "pauses")
		}
		if len(k.Extensions) > 1 {
			k.Extensions = rapid.Permutation(k.Extensions).Draw(t, "extensions")
		}
		if after := mustCount(t, c, k); !reflect.DeepEqual(before, after) {
			t.Fatalf("%+v: %+v, then %+v", k, before, after)
		}
	})
}

// An agreement more makes no date earlier; nor does a pause.
func TestExtensionsAndPausesOnlyLengthen(t *testing.T) {
	forEachSchedule(t, func(t *rapid.T, c *Calendar, _ []Entry, k Clock) {
		if k.Policy.Extends.AtMost.Length > 0 {
			k.Policy.Extends.AtMost = Term{} // where one only counts, an earlier shorter one takes the place of a longer
		}
		before := mustCount(t, c, k)
		more := k
		more.Extensions = append(slices.Clone(k.Extensions), drawExtension(t, k))
		if after := mustCount(t, c, more); instant(after) < instant(before) {
			t.Fatalf("%+v: %s, extended only %s", more, before.DueOn, after.DueOn)
		}
		more = k
		more.Pauses = append(slices.Clone(k.Pauses), drawPause(t, k))
		if after := mustCount(t, c, more); instant(after) < instant(before) {
			t.Fatalf("%+v: %s, paused only %s", more, before.DueOn, after.DueOn)
		}
	})
}

// What is left while a pause lasts is what is counted when it ends: closing the open pauses on any later day gives the day
// that counting the rest from there gives.
func TestWhatIsLeftIsCountedAfterThePause(t *testing.T) {
	forEachSchedule(t, func(t *rapid.T, c *Calendar, _ []Entry, k Clock) {
		r := mustCount(t, c, k)
		if r.Suspended == nil {
			return
		}
		end := later(r.Suspended.Since, k.start())
		closed := k
		for _, e := range k.Extensions {
			end = later(end, e.AgreedOn)
		}
		for _, s := range k.Pauses {
			end = later(end, later(s.From, s.To))
		}
		end = end.AddDays(rapid.IntRange(0, 20).Draw(t, "lasts"))
		closed.Pauses = slices.Clone(k.Pauses)
		for i := range closed.Pauses {
			if closed.Pauses[i].Open() {
				closed.Pauses[i].To = end
			}
		}
		after := mustCount(t, c, closed)
		if k.Term.Unit == Hour {
			from := end.EndOfDay()
			if k.Since.After(from) {
				from = k.Since
			}
			if !after.DueAt.Equal(from.Add(r.Suspended.Time)) {
				t.Fatalf("%+v: %s after %s, but %s", closed, r.Suspended, end, after.DueAt)
			}
			return
		}
		if want := resumed(t, c, k, r.Suspended, end); after.DueOn != want {
			t.Fatalf("%+v: %s after %s is %s, but %s", closed, r.Suspended, end, want, after.DueOn)
		}
	})
}

func resumed(t *rapid.T, c *Calendar, k Clock, s *Suspension, end Date) Date {
	var last Date
	for _, left := range s.Left {
		day := end
		for _, term := range left {
			day = mustCount(t, c, Clock{Start: day, Term: term}).DueOn
		}
		last = later(last, day)
	}
	if len(s.Left) == 1 && len(s.Left[0]) == 1 && s.Left[0][0].Length == 0 {
		last = end.AddDays(1) // over but for the move: the first working day after the pause
	}
	return mustCount(t, c, Clock{Start: last, Term: Term{0, Day, k.Term.Rolls}}).DueOn
}
