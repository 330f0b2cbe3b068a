package bench_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"baimi/domain"
)

// sizes are how many disputes the county has. BENCH_SIZE adds one: BENCH_SIZE=2000000 needs some 10 GB of disk and half an hour.
func sizes(b *testing.B) []int {
	b.Helper()
	list := []int{20_000, 200_000}
	if v := os.Getenv("BENCH_SIZE"); v != "" {
		n, err := strconv.Atoi(v)
		fatal(b, err)
		list = append(slices.DeleteFunc(list, func(x int) bool { return x >= n }), n)
	}
	return list
}

// county is a world of a size with those who read in it.
type county struct {
	*world
	size                    int
	bureau, director, other string
	reads                   []read
}

// read is one kind of question.
type read struct {
	name string
	next request
	want int // the status
}

func newCounty(b *testing.B, size int) *county {
	b.Helper()
	began := time.Now()
	c := &county{world: newWorld(b), size: size}
	c.fill(b, size)
	for _, x := range []struct {
		cookie *string
		login  string
		role   domain.Role
		org    domain.OrgID
	}{
		{&c.bureau, "bureau", domain.RoleBureauOfficer, c.Bureau},
		{&c.director, "director", domain.RoleCommitteeDirector, c.CommitteeA1},
		{&c.other, "other", domain.RoleCommitteeDirector, c.CommitteeB1},
	} {
		c.Hire(b, x.login, x.role, x.org)
		*x.cookie = signIn(b, c.url, x.login)
	}
	note(fmt.Sprintf("%d disputes made", size), "%8.0f s, %s", time.Since(began).Seconds(),
		ask[string](b, c.DB.OwnerURL, "select pg_size_pretty(pg_database_size(current_database()))"))
	c.questions(b)
	return c
}

func (c *county) questions(b *testing.B) {
	b.Helper()
	var page struct {
		Items      []struct{ ID string }
		NextCursor string
	}
	fatal(b, json.Unmarshal(fetch(b, c.url, get(c.director, "/api/v1/cases?pageSize=50")()), &page))
	var details []string
	for _, x := range page.Items {
		details = append(details, "/api/v1/cases/"+x.ID)
	}
	search := func(body string) request { return postPlain("/api/v1/cases/search", c.bureau, []byte(body)) }
	months := "from=" + clock().AddDate(-1, 0, 0).Format("2006-01") + "&to=" + clock().Format("2006-01")
	c.reads = []read{
		{"list, the county", get(c.bureau, "/api/v1/cases?pageSize=20"), 200},
		{"list, one committee", get(c.director, "/api/v1/cases?pageSize=20"), 200},
		{"list, one type and state", get(c.bureau, "/api/v1/cases?pageSize=20&type=02&status=registered"), 200},
		{"detail", get(c.director, details...), 200},
		{"rights: a case of others", get(c.other, details...), 404},
		{"search, a rare word", search(`{"words":"婚姻"}`), 200},
		{"search, a common word", search(`{"words":"邻居"}`), 200},
		{"search, a party", search(`{"party":"李大山"}`), 200},
		{"rates of a year by type", get(c.bureau, "/api/v1/rates?by=type&"+months), 200},
	}
}

// laps asks over a few connections for a time and gives how long each answer took, sorted.
func laps(b *testing.B, url string, x read, long time.Duration) []time.Duration {
	b.Helper()
	var mu sync.Mutex
	var wg sync.WaitGroup
	var took []time.Duration
	until := time.Now().Add(long)
	for range 2 {
		l, err := dial(url)
		fatal(b, err)
		wg.Go(func() {
			defer l.conn.Close() //nolint:errcheck // what was sent was answered
			for time.Now().Before(until) {
				began := time.Now()
				status, err := l.ask(x.next())
				if err != nil || status != x.want {
					b.Errorf("%s: answered %d, %v", x.name, status, err)
					return
				}
				mu.Lock()
				took = append(took, time.Since(began))
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	slices.Sort(took)
	return took
}

// BenchmarkReads asks the same questions in counties of growing size, round by round, and holds the slow hundredth of the largest
// against that of the smallest.
func BenchmarkReads(b *testing.B) {
	b.ReportMetric(0, "ns/op") // the report says more
	say("\nReads as the county grows")
	var counties []*county
	for _, n := range sizes(b) {
		counties = append(counties, newCounty(b, n))
	}
	for i := range counties[0].reads {
		p50, p99 := make([][]float64, len(counties)), make([][]float64, len(counties))
		var growth []float64
		for range rounds() {
			for k, c := range counties {
				took := laps(b, c.url, c.reads[i], length()/2)
				if b.Failed() {
					b.FailNow()
				}
				p50[k] = append(p50[k], ms(percentile(took, 0.5)))
				p99[k] = append(p99[k], ms(percentile(took, 0.99)))
			}
			first, last := p99[0], p99[len(p99)-1]
			growth = append(growth, last[len(last)-1]/first[len(first)-1])
		}
		for k, c := range counties {
			note(fmt.Sprintf("%s, %d", c.reads[i].name, c.size), "%8.1f ms, p99 %.1f ms", median(p50[k]), median(p99[k]))
		}
		aim("  p99 at the largest ÷ at the smallest", median(growth), "≤", 1.5)
	}
	largest := counties[len(counties)-1]
	largest.againstBare(b)
	largest.rollUp(b)
}

// againstBare holds list and detail against echo and pgx asking PostgreSQL the very same.
func (c *county) againstBare(b *testing.B) {
	b.Helper()
	for _, name := range []string{"list, the county", "detail"} {
		i := slices.IndexFunc(c.reads, func(x read) bool { return x.name == name })
		next := c.reads[i].next
		if name == "detail" { // one case alone: what is replayed is about one
			one := next()
			next = func() []byte { return one }
		}
		s := capture(b, c.world, next)
		bare := s.serveBare(b, c.DB.AppURL)
		got := c.interleave(b, []contestant{flooded(b, "service", c.url, 16, next), flooded(b, "echo + pgx", bare, 16, next)})
		trips, statements := s.size()
		note(fmt.Sprintf("%s at 16 connections, requests/s", name), "%8.0f, echo + pgx %.0f; %d statements in %d round trips",
			got.rates[0], got.rates[1], statements, trips)
		aim("  service ÷ echo + pgx of the same SQL", got.shares[1], "≥", 0.6)
		note("  the same by processor time", "%8.2f", got.cheapness[1])
	}
}

// rollUp holds the monthly figures against counting the cases.
func (c *county) rollUp(b *testing.B) {
	b.Helper()
	conn, err := pgx.Connect(b.Context(), c.DB.OwnerURL)
	fatal(b, err)
	defer conn.Close(context.Background()) //nolint:errcheck // nothing is pending
	ask := func(q string) float64 {
		began := time.Now()
		_, err := conn.Exec(b.Context(), q)
		fatal(b, err)
		return ms(time.Since(began))
	}
	var kept, live []float64
	for range rounds() {
		kept = append(kept, ask(`select left(area_path, 9), month, sum(succeeded), sum(failed) from rate_month where county = 1 group by 1, 2`))
		live = append(live, ask(`select left(c.area_path, 9), date_trunc('month', c.registered_at), count(*) filter (where r.bucket = 'succeeded'),
			count(*) filter (where r.bucket = 'failed') from cases c join rate_case r on r.county = c.county and r.case_id = c.id
			where c.county = 1 group by 1, 2`))
	}
	note("rates by town and month", "%8.1f ms from the monthly figures, %.1f ms from the cases", median(kept), median(live))
	aim("  from the cases ÷ from the monthly figures", median(live)/median(kept), "≥", 300)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
