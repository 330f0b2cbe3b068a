package domain

import (
	"time"

	"baimi/domain/calendar"
	"baimi/domain/rate"
)

// Bucket is where a case counts in the month's figures: in the rate, or under a named exclusion.
type Bucket string

// The buckets (ruling P7).
const (
	BucketSucceeded       Bucket = "succeeded"
	BucketFailed          Bucket = "failed"
	BucketWithdrawn       Bucket = "withdrawn" // after acceptance
	BucketNotAccepted     Bucket = "not_accepted"
	BucketWithdrawnBefore Bucket = "withdrawn_before_acceptance"
	BucketTransferred     Bucket = "transferred" // the receiver counts it
	BucketVoid            Bucket = "void"
	BucketImported        Bucket = "imported"
)

// Buckets lists the buckets in the order of their columns.
var Buckets = []Bucket{
	BucketSucceeded, BucketFailed, BucketWithdrawn, BucketNotAccepted, BucketWithdrawnBefore, BucketTransferred, BucketVoid, BucketImported,
}

// Contribution is what a case adds to the figures: one, in a month, at a place, of a kind.
type Contribution struct {
	Month     calendar.Date // its first day
	AreaPath  string
	Committee OrgID
	Type      string
	Source    Source
	Bucket    Bucket
}

// Contribution is what the case counts as now; ok is false while it has not ended. It is attributed to the day the
// mediation ended, not to the day it was typed in.
func (c *Case) Contribution() (x Contribution, ok bool) {
	on := c.ConcludedOn
	if c.Status == StatusVoid && on == nil {
		on = c.VoidedOn
	}
	if on == nil {
		return x, false
	}
	x = Contribution{
		Month: calendar.MustDate(on.Year(), on.Month(), 1), AreaPath: c.AreaPath, Committee: c.Committee,
		Type: c.Type, Source: c.Source, Bucket: c.bucket(),
	}
	return x, true
}

func (c *Case) bucket() Bucket {
	switch {
	case c.Status == StatusVoid:
		return BucketVoid
	case c.Origin == OriginImported:
		return BucketImported
	case *c.Outcome == OutcomeAgreed:
		return BucketSucceeded
	case *c.Outcome == OutcomeFailed:
		return BucketFailed
	case *c.Outcome == OutcomeNotAccepted:
		return BucketNotAccepted
	case *c.Outcome == OutcomeTransferred:
		return BucketTransferred
	case c.AcceptedOn == nil:
		return BucketWithdrawnBefore
	}
	return BucketWithdrawn
}

// JobRates names the job that counts what happened into the monthly figures; a rate is as of its last run.
const JobRates = "rates"

// Tick is a planned time of a job.
type Tick struct {
	Job string
	At  time.Time
}

// MonthCounts is the figures of a month, of an area or, split, of one of its parts.
type MonthCounts struct {
	Month    calendar.Date
	AreaPath string
	Code     string // of the type or the source, when the figures are split by one
	Counts   rate.Counts
}

// RateSplit is what figures are split by.
type RateSplit string

// The splits.
const (
	SplitByArea   RateSplit = "area"   // the areas directly below
	SplitByType   RateSplit = "type"   // the ministry's types of disputes
	SplitBySource RateSplit = "source" // how they came in
)
