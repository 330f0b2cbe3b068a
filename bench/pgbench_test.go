package bench_test

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"baimi/storage/pgembed"
)

// pgbench is the program with a script, ready to run.
type pgbench struct {
	program, file, url, password string
}

// newPgbench writes the script for pgbench: the same statements, prepared, in the same trips. Parameters that are the same each
// time stand in the text; where an id or a number must be another, it is made of a number that pgbench draws.
func newPgbench(b *testing.B, s script, appURL string) *pgbench {
	b.Helper()
	program := findPgbench()
	if program == "" {
		return nil
	}
	conn, err := pgx.Connect(b.Context(), appURL)
	fatal(b, err)
	defer conn.Close(b.Context()) //nolint:errcheck // nothing is pending
	var text strings.Builder
	text.WriteString("\\set n random(100000000000, 999999999999)\n")
	for _, t := range s.trips {
		var lines []string
		for _, m := range t {
			lines = append(lines, s.lines(b, conn, m)...)
		}
		if len(lines) > 1 {
			lines = append(append([]string{"\\startpipeline"}, lines...), "\\endpipeline")
		}
		text.WriteString(strings.Join(lines, "\n") + "\n")
	}
	dir, err := os.MkdirTemp("", "baimi-pgbench-")
	fatal(b, err)
	b.Cleanup(func() { _ = os.RemoveAll(dir) })
	p := &pgbench{program: program, file: filepath.Join(dir, "intake.sql")}
	fatal(b, os.WriteFile(p.file, []byte(text.String()), 0o600))
	u, err := url.Parse(appURL)
	fatal(b, err)
	p.password, _ = u.User.Password()
	u.User = url.User(u.User.Username())
	p.url = u.String()
	return p
}

func findPgbench() string {
	dir, _, err := pgembed.FindBin(context.Background(), "")
	if err != nil {
		return ""
	}
	p := filepath.Join(dir, "pgbench")
	if _, err := os.Stat(p); err != nil {
		return ""
	}
	return p
}

var setting = regexp.MustCompile(`(?i)^set local ([a-z_.]+) = '([^']*)'$`)

// lines are a statement as pgbench reads it, one line each. It would send `set` with a drawn value in it as text, so that becomes the
// function that does the same.
func (s script) lines(b *testing.B, conn *pgx.Conn, m message) []string {
	b.Helper()
	if !m.simple {
		return []string{oneLine(s.inline(b, conn, m)) + ";"}
	}
	var out []string
	for q := range strings.SplitSeq(m.sql, ";") {
		q = strings.TrimSpace(q)
		if q == "" {
			continue
		}
		if x := setting.FindStringSubmatch(q); x != nil && s.drawn(x[2]) {
			q = fmt.Sprintf("select set_config('%s', %s, true)", x[1], s.quoted(x[2]))
		}
		out = append(out, oneLine(q)+";")
	}
	return out
}

var placeholder = regexp.MustCompile(`\$([0-9]+)`)

// inline puts a statement's parameters into its text, as literals of their types.
func (s script) inline(b *testing.B, conn *pgx.Conn, m message) string {
	b.Helper()
	d, err := conn.Prepare(b.Context(), m.sql, m.sql)
	fatal(b, err)
	return placeholder.ReplaceAllStringFunc(m.sql, func(p string) string {
		i, err := strconv.Atoi(p[1:])
		fatal(b, err)
		return s.literal(b, conn.TypeMap(), d.ParamOIDs[i-1], format(m.formats, i-1), m.params[i-1])
	})
}

func format(formats []int16, i int) int16 {
	switch len(formats) {
	case 0:
		return pgtype.TextFormatCode
	case 1:
		return formats[0]
	}
	return formats[i]
}

func (s script) literal(b *testing.B, types *pgtype.Map, oid uint32, format int16, v []byte) string {
	b.Helper()
	t, ok := types.TypeForOID(oid)
	if !ok {
		b.Fatalf("a parameter of an unknown type %d", oid)
	}
	if v == nil {
		return "null::" + t.Name
	}
	if format == pgtype.BinaryFormatCode {
		value, err := t.Codec.DecodeValue(types, oid, format, v)
		fatal(b, err)
		v, err = types.Encode(oid, pgtype.TextFormatCode, value, nil)
		fatal(b, err)
	}
	name := t.Name
	if strings.HasPrefix(name, "_") {
		name = name[1:] + "[]"
	}
	return s.quoted(string(v)) + "::" + name
}

// quoted is a literal, with what must be unique drawn by pgbench, which takes a colon and a word for a variable: a colon is written
// by its code.
func (s script) quoted(v string) string {
	parts := []string{v}
	for _, u := range s.unique {
		var next []string
		for i, p := range parts {
			if i%2 == 1 {
				next = append(next, p)
				continue
			}
			for j, piece := range strings.Split(p, u.text) {
				if j > 0 {
					next = append(next, u.sql)
				}
				next = append(next, piece)
			}
		}
		parts = next
	}
	for i := 0; i < len(parts); i += 2 {
		parts[i] = "E'" + strings.NewReplacer(`\`, `\\`, "'", `\'`, ":", `\x3A`).Replace(parts[i]) + "'"
	}
	return "(" + strings.Join(parts, "||") + ")"
}

// drawn tells whether a value has in it what must be another each time.
func (s script) drawn(v string) bool {
	return slices.ContainsFunc(s.unique, func(u unique) bool { return strings.Contains(v, u.text) })
}

func oneLine(q string) string { return strings.Join(strings.Fields(q), " ") }

var progress = regexp.MustCompile(`progress: [0-9.]+ s, ([0-9.]+) tps`)

// warming is how many seconds pgbench's new connections get to prepare their statements; those of the pools have done so.
const warming = 3

var processed = regexp.MustCompile(`actually processed: ([0-9]+)`)

// run gives transactions a second at n connections, and how many there were with those of the warming.
func (p *pgbench) run(b *testing.B, n int, long time.Duration) (rate, all float64) {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), p.program, "-n", "-M", "prepared", "-c", strconv.Itoa(n), "-j", "2", "-P", "1",
		"-T", strconv.Itoa(warming+int(long.Seconds())), "-f", p.file, p.url)
	cmd.Env = append(os.Environ(), "PGPASSWORD="+p.password)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	seconds := progress.FindAllSubmatch(stderr.Bytes(), -1)
	total := processed.FindSubmatch(out)
	if err != nil || len(seconds) <= warming || total == nil {
		b.Fatalf("pgbench: %v\n%s%.2000s", err, out, &stderr)
	}
	var sum float64
	for _, x := range seconds[warming:] {
		v, err := strconv.ParseFloat(string(x[1]), 64)
		fatal(b, err)
		sum += v
	}
	all, err = strconv.ParseFloat(string(total[1]), 64)
	fatal(b, err)
	return sum / float64(len(seconds)-warming), all
}
