package bench_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// request makes the bytes of one request. It is called for each, because an intake's key is of one request alone.
type request func() []byte

// post is a JSON request in somebody's session, with a key of its own.
func post(path, cookie string, body []byte) request {
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nCookie: %s\r\nContent-Length: %d\r\nIdempotency-Key: ",
		path, cookie, len(body))
	return func() []byte {
		return slices.Concat([]byte(head), []byte(key()), []byte("\r\n\r\n"), body)
	}
}

// postPlain is a JSON request that takes no key.
func postPlain(path, cookie string, body []byte) request {
	req := fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nCookie: %s\r\nContent-Length: %d\r\n\r\n%s",
		path, cookie, len(body), body)
	return func() []byte { return req }
}

// get is a reading request in somebody's session; paths are taken in turn.
func get(cookie string, paths ...string) request {
	var mu sync.Mutex
	i := 0
	return func() []byte {
		mu.Lock()
		p := paths[i%len(paths)]
		i++
		mu.Unlock()
		return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: bench\r\nCookie: %s\r\n\r\n", p, cookie)
	}
}

// line is one connection that stays open. It writes HTTP by hand, to leave the two cores to what is measured.
type line struct {
	conn net.Conn
	in   *bufio.Reader
}

func dial(url string) (*line, error) {
	conn, err := (&net.Dialer{}).Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		return nil, err
	}
	return &line{conn, bufio.NewReaderSize(conn, 16<<10)}, nil
}

func (l *line) ask(req []byte) (status int, err error) {
	if _, err := l.conn.Write(req); err != nil {
		return 0, err
	}
	res, err := http.ReadResponse(l.in, nil)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}

// fetch asks once and gives the whole answer.
func fetch(b *testing.B, url string, req []byte) []byte {
	b.Helper()
	l, err := dial(url)
	fatal(b, err)
	defer l.conn.Close() //nolint:errcheck // an answer was read
	_, err = l.conn.Write(req)
	fatal(b, err)
	res, err := http.ReadResponse(l.in, nil)
	fatal(b, err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	fatal(b, err)
	if res.StatusCode/100 != 2 {
		b.Fatalf("%s: %s %s", req[:bytes.IndexByte(req, '\r')], res.Status, body)
	}
	return body
}

// flood keeps n requests in flight for a time and gives how many a second were answered.
func flood(b *testing.B, url string, n int, long time.Duration, next request) float64 {
	b.Helper()
	var total int
	var mu sync.Mutex
	var wg sync.WaitGroup
	began := time.Now()
	for range n {
		wg.Go(func() {
			done, err := pound(url, began.Add(long), next)
			if err != nil {
				b.Error(err)
			}
			mu.Lock()
			total += done
			mu.Unlock()
		})
	}
	wg.Wait()
	return float64(total) / time.Since(began).Seconds()
}

func pound(url string, until time.Time, next request) (done int, err error) {
	l, err := dial(url)
	if err != nil {
		return 0, err
	}
	defer l.conn.Close() //nolint:errcheck // what was sent was answered
	for time.Now().Before(until) {
		status, err := l.ask(next())
		if err != nil {
			return done, err
		}
		if status/100 != 2 {
			return done, fmt.Errorf("answered %d", status)
		}
		done++
	}
	return done, nil
}

// pace sends requests at a fixed rate, whatever the answers do, and gives how long each took from the moment it was due:
// a queue that builds up is not hidden by a client that waits.
func pace(b *testing.B, url string, rate float64, long time.Duration, next request) []time.Duration {
	b.Helper()
	const lines = 64
	n := int(rate * long.Seconds())
	due := make(chan time.Time, n)
	took := make([]time.Duration, 0, n)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range lines {
		l, err := dial(url)
		fatal(b, err)
		wg.Go(func() {
			defer l.conn.Close() //nolint:errcheck // what was sent was answered
			for at := range due {
				status, err := l.ask(next())
				if err != nil || status/100 != 2 {
					b.Errorf("answered %d, %v", status, err)
					return
				}
				mu.Lock()
				took = append(took, time.Since(at))
				mu.Unlock()
			}
		})
	}
	began := time.Now()
	for i := range n {
		at := began.Add(time.Duration(float64(i) / rate * float64(time.Second)))
		time.Sleep(time.Until(at))
		due <- at
	}
	close(due)
	wg.Wait()
	slices.Sort(took)
	return took
}

// percentile of sorted times.
func percentile(sorted []time.Duration, p float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))]
}
