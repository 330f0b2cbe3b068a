package jobs

import (
	"testing"
	"time"

	"github.com/robfig/cron/v3"
	"pgregory.net/rapid"
)

func TestLastPlannedIsTheTimeTheScheduleNames(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 10, 17, 42, 123, shanghai)
	for spec, want := range map[string]string{
		"* * * * *":    "2026-11-22 10:17",
		"17 * * * *":   "2026-11-22 10:17",
		"18 * * * *":   "2026-11-22 09:18",
		"30 3 * * *":   "2026-11-22 03:30",
		"0 23 * * *":   "2026-11-21 23:00",
		"0 0 5 * *":    "2026-11-05 00:00",
		"0 0 1 1 *":    "2026-01-01 00:00",
		"*/10 * * * 6": "2026-11-21 23:50",
	} {
		s, err := cron.ParseStandard(spec)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := lastPlanned(s, now)
		if !ok || got.Format("2006-01-02 15:04") != want {
			t.Errorf("%s: %s, want %s", spec, got, want)
		}
	}
}

// Clocks a few seconds apart mean the same tick, unless the planned time lies between them.
func TestLastPlannedDoesNotFollowTheClock(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		spec := rapid.SampledFrom([]string{"* * * * *", "*/7 * * * *", "17 * * * *", "5 4 * * *"}).Draw(t, "schedule")
		s, err := cron.ParseStandard(spec)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "now"), 0)
		at, ok := lastPlanned(s, now)
		if !ok || at.After(now) || !s.Next(at).After(now) {
			t.Fatalf("%s at %s: planned %s, next %s", spec, now, at, s.Next(at))
		}
	})
}
