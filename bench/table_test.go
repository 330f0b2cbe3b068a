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

// contestant is one of those that are compared; run gives requests a second, and how many there were in all.
type contestant struct {
	name string
	run  func() (rate, requests float64)
}

// contest is what came of it: the median of each, and of the first's share in each, taken within a round, because what disturbs the
// machine disturbs both. Where others work on the machine too, they take from a program of two threads more than from sixteen
// processes of PostgreSQL; the share in processor time does not see them.
type contest struct {
	rates, cpu        []float64 // requests a second; microseconds of processor time for one
	shares, cheapness []float64
}

// interleave lets each run in turn, round by round.
func (w *world) interleave(b *testing.B, list []contestant) contest {
	b.Helper()
	rates, cpus := make([][]float64, len(list)), make([][]float64, len(list))
	shares, cheap := make([][]float64, len(list)), make([][]float64, len(list))
	for k := range rounds() {
		for i, c := range list {
			began := w.cpu(b)
			rate, n := c.run()
			if b.Failed() {
				b.FailNow()
			}
			rates[i] = append(rates[i], rate)
			cpus[i] = append(cpus[i], w.cpu(b).since(began)/n)
			shares[i] = append(shares[i], rates[0][k]/rates[i][k])
			cheap[i] = append(cheap[i], cpus[i][k]/cpus[0][k])
		}
	}
	var out contest
	for i := range list {
		out.rates, out.cpu = append(out.rates, median(rates[i])), append(out.cpu, median(cpus[i]))
		out.shares, out.cheapness = append(out.shares, median(shares[i])), append(out.cheapness, median(cheap[i]))
	}
	return out
}

// flooded is a contestant behind a port.
func flooded(b *testing.B, name, url string, n int, next request) contestant {
	b.Helper()
	return contestant{name, func() (float64, float64) {
		rate := flood(b, url, n, length(), next)
		return rate, rate * length().Seconds()
	}}
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
