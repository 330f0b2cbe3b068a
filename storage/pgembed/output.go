package pgembed

import (
	"bufio"
	"context"
	"log/slog"
	"os"
	"strings"
	"sync"
)

const tailLines = 30

// tail keeps the last lines of a child for the error message.
type tail struct {
	mu    sync.Mutex
	lines []string
}

func (t *tail) add(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lines = append(t.lines, line)
	if len(t.lines) > tailLines {
		t.lines = t.lines[1:]
	}
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join(t.lines, "\n")
}

// last is the newest line.
func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.lines) == 0 {
		return ""
	}
	return t.lines[len(t.lines)-1]
}

// pump carries PostgreSQL's lines into our log until the pipe ends.
func (s *Server) pump(out *os.File, keep *tail) {
	defer out.Close() //nolint:errcheck // read only
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		keep.add(lines.Text())
		level := slog.LevelDebug
		if strings.Contains(lines.Text(), " FATAL: ") || strings.Contains(lines.Text(), " PANIC: ") {
			level = slog.LevelWarn
		}
		s.cfg.Log.Log(context.Background(), level, "postgres", "line", lines.Text()) //nolint:forbidigo // a server outlives every caller
	}
}
