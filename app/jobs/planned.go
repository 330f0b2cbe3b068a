package jobs

import (
	"time"

	"github.com/robfig/cron/v3"
)

// shanghai is where the schedules are read; China keeps one time without daylight saving.
var shanghai = time.FixedZone("CST", 8*60*60)

// lastPlanned is the latest time at or before now that a schedule names. A tick is known by it and not by the clock
// that fired it, so that two replicas with clocks a little apart mean the same tick.
func lastPlanned(s cron.Schedule, now time.Time) (time.Time, bool) {
	now = now.In(shanghai)
	for _, back := range []time.Duration{2 * time.Minute, 2 * time.Hour, 48 * time.Hour, 32 * 24 * time.Hour, 367 * 24 * time.Hour} {
		t := s.Next(now.Add(-back))
		if t.IsZero() || t.After(now) {
			continue
		}
		for next := s.Next(t); !next.IsZero() && !next.After(now); next = s.Next(t) {
			t = next
		}
		return t, true
	}
	return time.Time{}, false
}
