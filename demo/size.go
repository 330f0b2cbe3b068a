package demo

import (
	"baimi/domain"
	"baimi/domain/calendar"
)

// What the demo is known by.
const (
	County   = domain.County(1)
	AreaPath = "510185"
	Mark     = "演示"
	Password = "baimi-demo-2026" // of every demo account; they exist only where somebody asked for the demo
)

// since is before anything that the demo tells of.
var since = calendar.MustDate(2020, 1, 1)

// Days is how far back the disputes go.
const Days = 730

// Size is how much of the city is made. The 22 towns are always there.
type Size struct {
	Name     string
	Villages int
	Points   int // one for each village and one for each group below
	Keepers  int // of them, how many have a keeper of their own
	Helpers  int // further mediators of villages
	Disputes int
}

// Small is for a first look and for tests; City is the product's own ground truth (domain.md 0.3).
var (
	Small = Size{Name: "small", Villages: 44, Points: 132, Keepers: 44, Helpers: 10, Disputes: 400}
	City  = Size{Name: "city", Villages: 291, Points: 1579, Keepers: 1579, Helpers: 510, Disputes: 20000}
)

// Sizes are those that can be asked for.
var Sizes = []Size{Small, City}

// town is one of the 22, with its real code. Where it lies is roughly right; how it differs from the others is made up.
type town struct {
	code, name string
	lon, lat   float64
	weight     int     // how many villages and disputes it has, beside the others
	fails      float64 // how often mediation fails there, 1 on average
}

var towns = []town{
	{"510185001", "简城街道", 104.547, 30.411, 11, 1.1},
	{"510185002", "射洪坝街道", 104.556, 30.392, 10, 0.8},
	{"510185003", "新市街道", 104.505, 30.437, 6, 1.4},
	{"510185005", "东溪街道", 104.582, 30.428, 6, 0.7},
	{"510185006", "平泉街道", 104.601, 30.357, 5, 1.0},
	{"510185007", "石桥街道", 104.521, 30.452, 6, 1.2},
	{"510185008", "赤水街道", 104.612, 30.405, 5, 0.5},
	{"510185102", "杨家镇", 104.402, 30.378, 3, 0.9},
	{"510185106", "禾丰镇", 104.403, 30.315, 5, 0.6},
	{"510185107", "云龙镇", 104.623, 30.519, 4, 1.3},
	{"510185108", "三星镇", 104.441, 30.347, 3, 0.8},
	{"510185113", "镇金镇", 104.362, 30.251, 5, 1.7},
	{"510185114", "石钟镇", 104.518, 30.521, 4, 0.9},
	{"510185115", "施家镇", 104.702, 30.468, 4, 0.4},
	{"510185116", "三合镇", 104.681, 30.419, 4, 1.0},
	{"510185117", "平武镇", 104.651, 30.301, 3, 2.2},
	{"510185119", "踏水镇", 104.718, 30.512, 4, 0.7},
	{"510185120", "江源镇", 104.563, 30.331, 4, 1.1},
	{"510185121", "涌泉镇", 104.752, 30.379, 4, 0.9},
	{"510185125", "青龙镇", 104.471, 30.297, 4, 1.5},
	{"510185129", "宏缘镇", 104.719, 30.581, 4, 0.6},
	{"510185130", "雷家镇", 104.798, 30.479, 3, 1.2},
}

// shares deals n things out among the towns by weight, at least one each, all of them.
func shares(n int) []int {
	total, dealt := 0, 0
	for _, t := range towns {
		total += t.weight
	}
	out := make([]int, len(towns))
	for i, t := range towns {
		out[i] = max(1, n*t.weight/total)
		dealt += out[i]
	}
	for i := 0; dealt < n; i = (i + 1) % len(out) {
		out[i]++
		dealt++
	}
	for i := 0; dealt > n; i = (i + 1) % len(out) {
		if out[i] > 1 {
			out[i]--
			dealt--
		}
	}
	return out
}
