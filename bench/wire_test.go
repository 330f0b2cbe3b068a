package bench_test

import (
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// message is one statement as it went to PostgreSQL.
type message struct {
	sql           string
	simple        bool // sent as text, not prepared
	params        [][]byte
	formats       []int16 // of the parameters
	resultFormats []int16
}

// trip is what was sent before the answer was waited for.
type trip []message

// wire stands between a store and PostgreSQL and notes the statements that pass, so that others can run the very same SQL.
type wire struct {
	appURL string // the database by way of the wire

	mu       sync.Mutex
	on       bool
	prepared map[string]string
	trips    []trip
	open     trip
}

func newWire(b *testing.B, appURL string) *wire {
	b.Helper()
	u, err := url.Parse(appURL)
	fatal(b, err)
	q := u.Query()
	to := filepath.Join(q.Get("host"), ".s.PGSQL."+q.Get("port"))
	dir, err := os.MkdirTemp("", "baimi-wire-")
	fatal(b, err)
	b.Cleanup(func() { _ = os.RemoveAll(dir) })
	l, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL."+q.Get("port")))
	fatal(b, err)
	b.Cleanup(func() { _ = l.Close() })
	q.Set("host", dir)
	u.RawQuery = q.Encode()
	w := &wire{appURL: u.String(), prepared: map[string]string{}}
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("unix", to)
			if err != nil {
				_ = from.Close()
				return
			}
			go func() { _, _ = io.Copy(from, server); _ = from.Close() }()
			go func() { _ = w.pass(from, server); _ = server.Close() }()
		}
	}()
	return w
}

// pass hands on what a client says, and reads it on the way.
func (w *wire) pass(from io.Reader, to io.Writer) error {
	for first := true; ; first = false {
		head := make([]byte, 5)
		if first { // the start-up message has no type
			head = head[:4]
		}
		if _, err := io.ReadFull(from, head); err != nil {
			return err
		}
		body := make([]byte, binary.BigEndian.Uint32(head[len(head)-4:])-4)
		if _, err := io.ReadFull(from, body); err != nil {
			return err
		}
		if !first {
			if err := w.note(head[0], body); err != nil {
				return err
			}
		}
		if _, err := to.Write(append(head, body...)); err != nil {
			return err
		}
	}
}

func (w *wire) note(kind byte, body []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch kind {
	case 'P':
		var m pgproto3.Parse
		if err := m.Decode(body); err != nil {
			return err
		}
		w.prepared[m.Name] = m.Query
	case 'B':
		var m pgproto3.Bind
		if err := m.Decode(body); err != nil {
			return err
		}
		x := message{sql: w.prepared[m.PreparedStatement]}
		x.formats = slices.Clone(m.ParameterFormatCodes)
		x.resultFormats = slices.Clone(m.ResultFormatCodes)
		for _, p := range m.Parameters {
			if p != nil {
				p = append([]byte{}, p...)
			}
			x.params = append(x.params, p)
		}
		w.open = append(w.open, x)
	case 'Q':
		var m pgproto3.Query
		if err := m.Decode(body); err != nil {
			return err
		}
		w.open = append(w.open, message{sql: m.String, simple: true})
		w.end()
	case 'S':
		w.end()
	}
	return nil
}

func (w *wire) end() {
	if w.on && len(w.open) > 0 {
		w.trips = append(w.trips, w.open)
	}
	w.open = nil
}

// during notes what passes while fn runs.
func (w *wire) during(fn func()) []trip {
	w.mu.Lock()
	w.on, w.trips = true, nil
	w.mu.Unlock()
	fn()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.on = false
	return w.trips
}
