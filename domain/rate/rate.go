package rate

import (
	"fmt"
	"math"
	"math/bits"
)

// MinSample is the least denominator with which a unit may stand in a ranking: below it, order is mostly luck (of points
// that all truly succeed in 98 % of cases, with 20 cases each, most show 100 % and the lowest about 82 %).
const MinSample = 30

// Rate is a rate with what it was computed from. Value and Interval are nil when there is none: nothing was concluded, or
// the counts are negative, as those of a lone restatement are.
type Rate struct {
	Measure     string // the Measure's ID
	Version     int    // the Measure's Version
	Numerator   int64
	Denominator int64
	Value       *float64  // 0 to 1
	Interval    *Interval // Wilson, 95 %
}

// R1 is the success rate of concluded cases, the headline (MeasureR1).
func R1(c Counts) Rate {
	return of(MeasureR1(), c.Succeeded, c.Failed+c.Withdrawn)
}

// R1x is R1 without withdrawals (MeasureR1x).
func R1x(c Counts) Rate {
	return of(MeasureR1x(), c.Succeeded, c.Failed)
}

func of(m Measure, successes, others int64) Rate {
	r := Rate{Measure: m.ID, Version: m.Version, Numerator: successes, Denominator: successes + others}
	if successes >= 0 && others >= 0 && r.Denominator > 0 {
		value, interval := float64(successes)/float64(r.Denominator), Wilson(successes, r.Denominator)
		r.Value, r.Interval = &value, &interval
	}
	return r
}

// Display is the rate in percent with one decimal, "—" when there is none. It is cut off, not rounded: 97.96 % shows 97.9%,
// so that neither 100.0% nor a target such as 98.0% is shown before it is reached. The cut is exact, on the integers.
func (r Rate) Display() string {
	if r.Value == nil {
		return "—"
	}
	return percent(mulDiv(r.Numerator, 1000, r.Denominator))
}

// DisplayInterval is the interval in percent, cut off like Display: 89.5%～99.6%; "—" when there is none.
func (r Rate) DisplayInterval() string {
	if r.Interval == nil {
		return "—"
	}
	return percent(int64(r.Interval.Low*1000)) + "～" + percent(int64(r.Interval.High*1000))
}

// Reaches tells exactly whether the rate is at least a target in thousandths (980 for 98 %). No rate reaches nothing.
func (r Rate) Reaches(permille int64) bool {
	return r.Value != nil && mulDiv(r.Numerator, 1000, r.Denominator) >= permille
}

// Rankable tells whether the denominator is large enough for a ranking.
func (r Rate) Rankable() bool { return r.Value != nil && r.Denominator >= MinSample }

// percent writes thousandths: 979 is 97.9%.
func percent(permille int64) string { return fmt.Sprintf("%d.%d%%", permille/10, permille%10) }

// mulDiv is a·b/c rounded down, for 0 ≤ a ≤ c, 0 ≤ b and 0 < c, without overflow.
func mulDiv(a, b, c int64) int64 {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	quotient, _ := bits.Div64(hi, lo, uint64(c))
	return int64(quotient)
}

// Interval bounds the true rate, 0 to 1.
type Interval struct{ Low, High float64 }

// z is the 97.5 % quantile of the normal distribution: two-sided 95 %.
const z = 1.959963984540054

// Wilson is the score interval of Wilson (1927) at 95 % for successes out of n, 0 ≤ successes ≤ n. Unlike the textbook
// p ± z·√(p(1−p)/n) it stays honest where our rates live: near 100 % and for small n. Without cases (n < 1) it is [0, 1]:
// nothing is known.
func Wilson(successes, n int64) Interval {
	if n < 1 {
		return Interval{0, 1}
	}
	total := float64(n)
	p := float64(successes) / total
	centre := p + z*z/(2*total)
	half := z * math.Sqrt(p*(1-p)/total+z*z/(4*total*total))
	scale := 1 + z*z/total
	i := Interval{Low: (centre - half) / scale, High: (centre + half) / scale}
	// At the ends the formula gives exactly 0 and 1 and reaches p; floating point misses by a hair.
	switch {
	case successes <= 0:
		i.Low = 0
	case successes >= n:
		i.High = 1
	}
	return Interval{Low: min(max(i.Low, 0), p), High: max(min(i.High, 1), p)}
}
