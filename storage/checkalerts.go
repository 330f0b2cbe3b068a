package storage

import (
	"slices"

	"baimi/domain"
)

// checkAlerts holds the alerts of a case to the matrix, both ways: what had to be told was, to whom it had to be, and nothing
// else; what has nothing more to tell is resolved, and the rest is not.
func (k *checker) checkAlerts(c *domain.Case, b *checkBatch, where string) {
	alerts := b.alerts[c.ID]
	for _, a := range alerts {
		k.sum.Alerts++
		k.checkAlert(c, a, where)
		switch {
		case a.Kind == domain.KindClock:
			k.checkClockAlert(c, a, alerts, where)
		case a.Kind == domain.KindHighRisk:
			k.checkHappening(c, a, where)
		case c.Over() && a.State != domain.AlertResolved && len(b.untold[c.ID]) == 0:
			k.found(FoundAlert, where, "the alert %s of a case that is over asks for something still", a.Kind)
		}
	}
	for _, d := range c.Deadlines {
		k.checkTold(c, d, alerts, where)
	}
	for _, h := range c.Happenings() {
		for _, t := range h.Told(k.now) {
			if !slices.ContainsFunc(alerts, func(a domain.Alert) bool { return sameTold(a, t) }) {
				k.found(FoundAlert, where, "%s %d: nobody told the %s", h.Kind, h.About, t.Audience)
			}
		}
	}
}

func sameTold(a domain.Alert, t domain.Told) bool {
	return a.Kind == t.Kind && a.Stage == t.Stage && a.About == t.About && a.Audience == t.Audience && a.DueOn == t.DueOn
}

// checkAlert holds what every alert copies from its case, and its name to its key.
func (k *checker) checkAlert(c *domain.Case, a domain.Alert, where string) {
	if a.AreaPath != c.AreaPath || a.Committee != c.Committee || a.Confidentiality != c.Confidentiality ||
		!slices.Equal(a.Orgs, c.Orgs) || !slices.Equal(a.Readers, c.Readers) || !slices.Equal(a.Mediators, c.Mediators) {
		k.found(FoundAlert, where, "the alert %s %s shows to others than the case, or tells others", a.Kind, a.Stage)
	}
	if a.ID != a.KeyID() {
		k.found(FoundAlert, where, "the alert %s %s %d of the %s bears the name of another", a.Kind, a.Stage, a.About, a.Audience)
	}
	waits := a.State != domain.AlertAcknowledged && a.State != domain.AlertResolved
	if a.Level > domain.NoticeLevel && a.Audience.Up() != "" && waits && (a.EscalateAt == nil) == (a.EscalatedAt == nil) {
		k.found(FoundAlert, where, "the alert %s %s of the %s neither went up nor will", a.Kind, a.Stage, a.Audience)
	}
}

// checkClockAlert holds an alert to the clock it tells of: its stage must be one that the matrix tells this audience, or
// one that went up to it; and it is resolved exactly when the clock stopped or moved, or a later stage was told.
func (k *checker) checkClockAlert(c *domain.Case, a domain.Alert, alerts []domain.Alert, where string) {
	i := slices.IndexFunc(c.Deadlines, func(d domain.Deadline) bool { return d.No == a.About })
	if i < 0 {
		k.found(FoundAlert, where, "an alert of clock %d, which is not there", a.About)
		return
	}
	d := c.Deadlines[i]
	if a.Rule != d.Rule {
		k.found(FoundAlert, where, "the alert of clock %d tells of %s, the clock is %s", d.No, a.Rule, d.Rule)
	}
	later := slices.ContainsFunc(alerts, func(b domain.Alert) bool {
		return b.Kind == a.Kind && b.About == a.About && b.Audience == a.Audience && b.DueOn == a.DueOn && b.StageAt.After(a.StageAt)
	})
	over := !d.Running() || d.DueAt == nil || d.DueOn != a.DueOn || later
	if over != (a.State == domain.AlertResolved) {
		k.found(FoundAlert, where, "the alert %s of clock %d to the %s is %s; it has nothing more to tell: %v", a.Stage, d.No, a.Audience, a.State, over)
	}
	if d.DueOn != a.DueOn || d.DueAt == nil {
		return // of an end that the clock no longer has
	}
	d.EndedOn = nil
	stages, _ := c.Stages(d, k.calendar, a.StageAt)
	told := slices.ContainsFunc(stages, func(t domain.Told) bool {
		return t.Stage == a.Stage && t.At.Equal(a.StageAt) && t.Level == a.Level && (t.Audience == a.Audience || a.EscalatedFrom != nil)
	})
	// a clock that ended under another calendar had its stages by that one
	if !told && d.CalendarVersion == k.calendar.Version() {
		k.found(FoundAlert, where, "the alert of clock %d tells the %s of %s at %s, which the matrix does not", d.No, a.Audience, a.Stage, moment(&a.StageAt))
	}
}

// checkTold holds a clock to what should have been told of it.
func (k *checker) checkTold(c *domain.Case, d domain.Deadline, alerts []domain.Alert, where string) {
	if !d.Running() || d.DueAt == nil {
		if d.NextStageAt != nil {
			k.found(FoundAlert, where, "clock %d does not run and is to be told of", d.No)
		}
		return
	}
	upTo := k.now
	for _, a := range alerts {
		if a.Kind == domain.KindClock && a.About == d.No && a.StageAt.After(upTo) {
			upTo = a.StageAt // the job ran as of a later time than is checked
		}
	}
	stages, first := c.Stages(d, k.calendar, upTo)
	for _, t := range stages {
		if slices.ContainsFunc(alerts, func(a domain.Alert) bool { return sameTold(a, t) }) {
			continue
		}
		if t.At.Before(k.now.Add(-alertGrace)) {
			k.found(FoundAlert, where, "clock %d (%s): nobody told the %s of %s at %s", d.No, d.Rule, t.Audience, t.Stage, moment(&t.At))
		}
		if t.At.Before(deref(first)) || first == nil {
			first = &t.At
		}
	}
	if first != nil && (d.NextStageAt == nil || d.NextStageAt.After(*first)) {
		k.found(FoundAlert, where, "clock %d (%s) is to be told of at %s, noted is %s", d.No, d.Rule, moment(first), moment(d.NextStageAt))
	}
}

// checkHappening holds an alert of what happened to the case as it stands.
func (k *checker) checkHappening(c *domain.Case, a domain.Alert, where string) {
	stands := slices.Contains(c.Happenings(), domain.Happening{Kind: a.Kind, About: a.About, On: a.DueOn})
	if stands == (a.State == domain.AlertResolved) {
		k.found(FoundAlert, where, "the alert %s %d to the %s is %s; it stands: %v", a.Kind, a.About, a.Audience, a.State, stands)
	}
}
