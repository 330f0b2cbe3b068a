package bench_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// rounds of interleaved runs, of which the median counts, and how long each run is. A look while one works needs less.
func rounds() int { return fromEnv("BENCH_ROUNDS", 5) }

func length() time.Duration { return time.Duration(fromEnv("BENCH_SECONDS", 4)) * time.Second }

func fromEnv(name string, otherwise int) int {
	n := otherwise
	if v := os.Getenv(name); v != "" {
		if _, err := fmt.Sscan(v, &n); err != nil {
			panic(name + ": " + err.Error())
		}
	}
	return n
}

// contestant is one of those that are compared.
type contestant struct {
	name string
	run  func() float64
}

// interleave lets each run in turn, round by round, and gives the median of each and that of its ratio to the first, taken within
// a round: what disturbs the machine disturbs both.
func interleave(b *testing.B, list []contestant) (medians, ratios []float64) {
	b.Helper()
	figures := make([][]float64, len(list))
	shares := make([][]float64, len(list))
	for range rounds() {
		for i, c := range list {
			figures[i] = append(figures[i], c.run())
			if b.Failed() {
				b.FailNow()
			}
		}
		for i := range list {
			k := len(figures[i]) - 1
			shares[i] = append(shares[i], figures[0][k]/figures[i][k])
		}
	}
	for i := range list {
		medians, ratios = append(medians, median(figures[i])), append(ratios, median(shares[i]))
	}
	return medians, ratios
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	if n := len(v); n%2 == 0 {
		return (v[n/2-1] + v[n/2]) / 2
	}
	return v[len(v)/2]
}

// say prints a line of the report.
func say(format string, args ...any) { fmt.Printf(format+"\n", args...) }

// aim prints a ratio beside what was aimed at.
func aim(what string, got float64, sign string, want float64) {
	reached := got >= want
	if sign == "≤" {
		reached = got <= want
	}
	word := "not reached"
	if reached {
		word = "reached"
	}
	say("  %s %8.2f   aim %s %g: %s", pad(what, 58), got, sign, want, word)
}

// note prints a figure that has no aim.
func note(what, format string, args ...any) { say("  "+pad(what, 58)+" "+format, args...) }

// pad counts signs, not bytes.
func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-len([]rune(s)))) }
