package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"baimi/storage/pgembed"
)

const (
	intakes = 500
	hands   = 16
)

// storm is many hands sending intakes, each with a key of its own, and sending again until one is answered.
type storm struct {
	base    atomic.Pointer[string]
	cookie  string
	done    atomic.Int64
	retries atomic.Int64
	answers sync.Map // key -> demand number
}

// send tries once; ok is false when the answer was lost or refused for now.
func (s *storm) send(t *testing.T, key string) (ok bool) {
	t.Helper()
	body, err := json.Marshal(map[string]any{
		"on": today(t), "type": "02", "place": "演示三组", "facts": "第" + key + "件：两家为晾衣滴水吵架。", "terms": "当场道歉。",
		"parties": []map[string]string{{"role": "applicant", "kind": "natural", "name": "王小明"}, {"role": "respondent", "kind": "natural", "name": "李大山"}},
	})
	if err != nil {
		t.Error(err)
		return true
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, *s.base.Load()+"/api/v1/cases/instant-settlements", bytes.NewReader(body))
	if err != nil {
		t.Error(err)
		return true
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", "intake-"+key)
	req.Header.Set("Cookie", s.cookie)
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= http.StatusInternalServerError || res.StatusCode == http.StatusConflict {
		return false
	}
	var answer struct{ Case struct{ DemandNo string } }
	if err := json.Unmarshal(raw, &answer); err != nil || res.StatusCode != http.StatusCreated {
		t.Errorf("intake %s: %d %s", key, res.StatusCode, raw)
		return true
	}
	s.answers.Store(key, answer.Case.DemandNo)
	return true
}

func (s *storm) run(t *testing.T) {
	t.Helper()
	var wg sync.WaitGroup
	next := atomic.Int64{}
	for range hands {
		wg.Go(func() {
			for n := next.Add(1); n <= intakes; n = next.Add(1) {
				for !s.send(t, strconv.FormatInt(n, 10)) {
					if t.Context().Err() != nil {
						return
					}
					s.retries.Add(1)
					time.Sleep(20 * time.Millisecond)
				}
				s.done.Add(1)
			}
		})
	}
	wg.Wait()
}

func today(t *testing.T) string {
	t.Helper()
	return time.Now().In(time.FixedZone("CST", 8*60*60)).Format("2006-01-02")
}

// TestFiveHundredIntakesThroughThreeKills kills the service twice and PostgreSQL once, all with SIGKILL, while 500
// intakes are being sent with retries: none is lost, none doubled, and the file numbers have no gap.
func TestFiveHundredIntakesThroughThreeKills(t *testing.T) {
	t.Parallel()
	w := seeded(t, "BAIMI_RATE_ACCOUNT", "0")
	p := w.start(t, "run")
	c := signIn(t, p.url, "mediator1")
	s := &storm{cookie: c.cookie}
	s.base.Store(&p.url)
	before := w.count(t, "select count(*) from cases")
	finished := make(chan struct{})
	go func() { defer close(finished); s.run(t) }()
	for i, at := range []int64{intakes / 5, intakes / 2, intakes * 4 / 5} {
		for s.done.Load() < at {
			select {
			case <-finished:
				t.Fatal("the storm ended early")
			case <-time.After(5 * time.Millisecond):
			}
		}
		if i == 1 {
			w.killPostgres(t) // the service brings it up again by itself
			continue
		}
		if err := p.end(t, syscall.SIGKILL); err == nil {
			t.Fatal("not killed")
		}
		p = w.start(t, "run")
		s.base.Store(&p.url)
	}
	<-finished
	numbers := map[any]bool{}
	s.answers.Range(func(_, no any) bool { numbers[no] = true; return true })
	if len(numbers) != intakes {
		t.Errorf("%d different demand numbers answered, want %d", len(numbers), intakes)
	}
	if n := w.count(t, "select count(*) from cases") - before; n != intakes {
		t.Errorf("%d cases stored, want %d", n, intakes)
	}
	gaps := w.count(t, `select count(*) from (select committee, file_year, max(file_seq) - count(*) as gap
		from cases where file_seq is not null group by 1, 2) x where gap <> 0`)
	if gaps != 0 {
		t.Errorf("%d committees with gaps in their file numbers", gaps)
	}
	t.Logf("%d intakes, %d retries, lost %d, doubled %d", intakes, s.retries.Load(), intakes-len(numbers), w.count(t, "select count(*) from cases")-before-intakes)
}

// super is the superuser's URL of the running cluster.
func (w *world) super(t *testing.T) string {
	t.Helper()
	url, err := pgembed.RunningDSN(filepath.Join(w.dir, "data", "pg"), "baimi")
	if err != nil {
		t.Fatal(err)
	}
	return url
}

func (w *world) count(t *testing.T, q string) int {
	t.Helper()
	n, err := strconv.Atoi(lines(t, w.super(t), "select ("+q+")::text")[0])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// killPostgres kills the postmaster itself, whose number stands in the first line of its lock file.
func (w *world) killPostgres(t *testing.T) {
	t.Helper()
	first := lines(t, w.super(t), "select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)")[0]
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(fmt.Errorf("kill %d: %w", pid, err))
	}
}
