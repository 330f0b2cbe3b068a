package rate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func drawCounts(t *rapid.T, name string) Counts {
	n := rapid.Int64Range(0, 2000)
	return Counts{n.Draw(t, name+" succeeded"), n.Draw(t, name+" failed"), n.Draw(t, name+" withdrawn"), Excluded{
		n.Draw(t, name+" not accepted"), n.Draw(t, name+" withdrawn before"), n.Draw(t, name+" void"), n.Draw(t, name+" imported"), n.Draw(t, name+" transferred"),
	}}
}

func TestR1CountsWithdrawalsAndR1xDoesNot(t *testing.T) { // ruling P7
	c := Counts{Succeeded: 98, Failed: 1, Withdrawn: 1, Excluded: Excluded{5, 4, 3, 2, 1}}
	r, x := R1(c), R1x(c)
	if r.Numerator != 98 || r.Denominator != 100 || r.Display() != "98.0%" || r.Measure != "R1" || r.Version != 1 || c.Total() != r.Denominator {
		t.Errorf("%+v %s", r, r.Display())
	}
	if x.Numerator != 98 || x.Denominator != 99 || x.Display() != "98.9%" || x.Measure != "R1x" {
		t.Errorf("%+v %s", x, x.Display())
	}
	if c.Excluded.Sum() != 15 {
		t.Error(c.Excluded.Sum())
	}
}

func TestPublishedFigures(t *testing.T) { // domain.md 4.3, features.md idea 2
	if r := R1(Counts{Succeeded: 6217, Failed: 6368 - 6217}); r.Display() != "97.6%" { // 黄石 2020
		t.Error(r.Display())
	}
	if r := R1(Counts{Succeeded: 7913, Failed: 8438 - 7913}); r.Display() != "93.7%" { // 丽水 2016, published as 93.78 %
		t.Error(r.Display())
	}
	if r := R1(Counts{Succeeded: 49, Failed: 1}); r.Display() != "98.0%" || r.DisplayInterval() != "89.5%～99.6%" {
		t.Error(r.Display(), r.DisplayInterval())
	}
}

func TestNoCasesIsNoRate(t *testing.T) {
	for _, c := range []Counts{{}, {Excluded: Excluded{NotAccepted: 7}}, {Succeeded: -1}, {Succeeded: 3, Failed: -1}, {Succeeded: -1, Withdrawn: 5}} {
		r := R1(c)
		if r.Value != nil || r.Interval != nil || r.Display() != "—" || r.DisplayInterval() != "—" || r.Reaches(0) || r.Rankable() {
			t.Errorf("%+v: %+v", c, r)
		}
	}
	if r := R1x(Counts{Withdrawn: 3}); r.Value != nil || r.Display() != "—" {
		t.Errorf("%+v", r)
	}
}

func TestDisplayIsCutOffAndNeverRoundsUp(t *testing.T) {
	for _, c := range []struct {
		successes, n int64
		want         string
	}{
		{9796, 10000, "97.9%"},
		{9999, 10000, "99.9%"},
		{999_999_999, 1_000_000_000, "99.9%"},
		{1, 1, "100.0%"},
		{0, 5, "0.0%"},
		{1, 3, "33.3%"},
		{2, 3, "66.6%"},
		{979, 1000, "97.9%"},
		{9799, 10000, "97.9%"},
		{98, 100, "98.0%"},
		{29, 1000, "2.9%"},
		{290, 1000, "29.0%"},
		{math.MaxInt64 - 1, math.MaxInt64, "99.9%"},
	} {
		if got := R1(Counts{Succeeded: c.successes, Failed: c.n - c.successes}).Display(); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.successes, c.n, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 1e12).Draw(t, "n")
		s := n - rapid.Int64Range(0, n).Draw(t, "others")
		r := R1(Counts{Succeeded: s, Withdrawn: n - s})
		shown, err := strconv.ParseFloat(strings.TrimSuffix(r.Display(), "%"), 64)
		if err != nil || shown > *r.Value*100+1e-9 || shown < *r.Value*100-0.1-1e-9 {
			t.Fatalf("%d of %d shows %s", s, n, r.Display())
		}
		if (r.Display() == "100.0%") != (s == n) || (shown >= 98) != (s*100 >= n*98) || r.Reaches(980) != (s*100 >= n*98) {
			t.Fatalf("%d of %d shows %s", s, n, r.Display())
		}
	})
}

func TestIntervalHoldsThePointAndStaysWithinBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 100_000).Draw(t, "n")
		s := rapid.Int64Range(0, n).Draw(t, "s")
		i, p := Wilson(s, n), float64(s)/float64(n)
		if !(0 <= i.Low && i.Low <= p && p <= i.High && i.High <= 1) || i.Low == i.High {
			t.Fatalf("%d of %d: %+v", s, n, i)
		}
		if (i.High == 1) != (s == n) || (i.Low == 0) != (s == 0) {
			t.Fatalf("%d of %d: %+v reaches an end", s, n, i)
		}
		if mirrored := Wilson(n-s, n); math.Abs(mirrored.Low-(1-i.High)) > 1e-12 {
			t.Fatalf("%d of %d: failures have %+v, successes %+v", s, n, mirrored, i)
		}
		if s < n {
			if more := Wilson(s+1, n); more.Low <= i.Low || more.High < i.High || more.High == i.High && i.High < 1 {
				t.Fatalf("%d of %d: %+v, one success more %+v", s, n, i, more)
			}
		}
		if wider := Wilson(s*4, n*4); wider.High-wider.Low >= i.High-i.Low {
			t.Fatalf("%d of %d: four times the cases, no narrower interval", s, n)
		}
	})
	if i := Wilson(0, 0); i != (Interval{0, 1}) {
		t.Error(i)
	}
}

func TestWilsonAgreesWithPublishedValues(t *testing.T) { // Newcombe 1998, table I, method 3
	for _, c := range []struct {
		s, n      int64
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		i := Wilson(c.s, c.n)
		if math.Abs(i.Low-c.low) > 5e-5 || math.Abs(i.High-c.high) > 5e-5 {
			t.Errorf("%d of %d: %+v", c.s, c.n, i)
		}
	}
}

func TestRatesAreMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounts(t, "c")
		c.Succeeded++ // so that there is a rate
		better, worse, walked := c, c, c
		better.Succeeded++
		worse.Failed++
		walked.Withdrawn++
		for name, f := range map[string]func(Counts) Rate{"R1": R1, "R1x": R1x} {
			if *f(better).Value < *f(c).Value || *f(worse).Value >= *f(c).Value || f(better).Interval.Low < f(c).Interval.Low {
				t.Fatalf("%s %+v", name, c)
			}
		}
		if *R1(walked).Value >= *R1(c).Value || *R1x(walked).Value != *R1x(c).Value || *R1x(c).Value < *R1(c).Value {
			t.Fatalf("a withdrawal counts in R1 and not in R1x: %+v", c)
		}
		c.Excluded = Excluded{}
		if *R1(c).Value != *R1(Counts{c.Succeeded, c.Failed, c.Withdrawn, Excluded{1, 2, 3, 4, 5}}).Value {
			t.Fatal("an excluded case counts")
		}
	})
}

// One list of cases cut in two anywhere counts as a whole; and the whole lies between its parts.
func TestMergingCountsIsCountingTheUnion(t *testing.T) {
	count := func(endings []int) (c Counts) {
		for _, e := range endings {
			*[]*int64{
				&c.Succeeded, &c.Failed, &c.Withdrawn, &c.Excluded.NotAccepted, &c.Excluded.WithdrawnBefore, &c.Excluded.Void,
				&c.Excluded.Imported, &c.Excluded.Transferred,
			}[e]++
		}
		return c
	}
	rapid.Check(t, func(t *rapid.T) {
		endings := rapid.SliceOf(rapid.IntRange(0, 7)).Draw(t, "endings")
		cut := rapid.IntRange(0, len(endings)).Draw(t, "cut")
		a, b, whole := count(endings[:cut]), count(endings[cut:]), count(endings)
		if a.Add(b) != whole || b.Add(a) != whole || whole.Total()+whole.Excluded.Sum() != int64(len(endings)) {
			t.Fatalf("%+v and %+v are not %+v", a, b, whole)
		}
		ra, rb, r := R1(a), R1(b), R1(whole)
		if ra.Value != nil && rb.Value != nil && (*r.Value < min(*ra.Value, *rb.Value)-1e-12 || *r.Value > max(*ra.Value, *rb.Value)+1e-12) {
			t.Fatalf("%v is not between %v and %v", *r.Value, *ra.Value, *rb.Value)
		}
	})
}

// How often the interval holds the true rate, where our rates live. Seeded: the same numbers each time.
func TestIntervalsCoverTheTruthAsOftenAsTheySay(t *testing.T) {
	rnd := rand.New(rand.NewPCG(20261122, 1))
	const trials = 4000
	for _, truth := range []float64{0.5, 0.7, 0.8, 0.9, 0.95, 0.98} {
		held := 0
		for range trials {
			n := MinSample + rnd.Int64N(470)
			var s int64
			for range n {
				if rnd.Float64() < truth {
					s++
				}
			}
			if i := Wilson(s, n); i.Low <= truth && truth <= i.High {
				held++
			}
		}
		coverage := float64(held) / trials
		t.Logf("truth %.2f: %.1f %% of %d intervals hold it", truth, coverage*100, trials)
		if coverage < 0.93 || coverage > 0.97 {
			t.Errorf("truth %.2f: coverage %.3f", truth, coverage)
		}
	}
}

func TestMeasuresSayWhatTheyMean(t *testing.T) {
	r1, r1x := MeasureR1(), MeasureR1x()
	if r1.ID != "R1" || r1x.ID != "R1x" || r1.Name == r1x.Name || r1.Formula == r1x.Formula {
		t.Errorf("%+v %+v", r1, r1x)
	}
	if len(r1.Excludes) != 5 || len(r1x.Excludes) != 6 || r1x.Excludes[5] != Withdrawn {
		t.Error(fmt.Sprint(r1.Excludes, r1x.Excludes))
	}
	for _, m := range []Measure{r1, r1x} {
		for _, g := range m.Excludes {
			if g.Code == "" || g.Name == "" || g.Why == "" {
				t.Errorf("%s: %+v", m.ID, g)
			}
		}
		if m.Version < 1 || m.EnglishName == "" || m.Attribution == "" {
			t.Errorf("%+v", m)
		}
	}
}
