package api

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
)

func TestCursorGoesRound(t *testing.T) {
	t.Parallel()
	in := &domain.Cursor{At: time.Date(2026, 3, 2, 1, 2, 3, 456789000, time.UTC), ID: uuid.MustParse("0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f"), No: 7}
	out, err := readCursor(cursorAlerts, writeCursor(cursorAlerts, in))
	if err != nil || *out != *in {
		t.Errorf("%v %v", out, err)
	}
	if id, err := readOrgCursor(cursorOrgs, writeOrgCursor(cursorOrgs, 4711)); err != nil || id != 4711 {
		t.Errorf("%d %v", id, err)
	}
	if writeCursor(cursorCases, nil) != nil || writeOrgCursor(cursorOrgs, 0) != nil {
		t.Error("the last page has no cursor")
	}
}

func TestCursorOfAnotherListOrNoneIsRefused(t *testing.T) {
	t.Parallel()
	good := *writeCursor(cursorCases, &domain.Cursor{At: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), ID: uuid.New()})
	ancient := *writeCursor(cursorCases, &domain.Cursor{At: time.UnixMicro(-1 << 62), ID: uuid.New()})
	high := *writeCursor(cursorCases, &domain.Cursor{At: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), ID: uuid.New(), No: 32768})
	higher := *writeCursor(cursorCases, &domain.Cursor{At: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), ID: uuid.New(), No: -1})
	for _, text := range []string{"x", good[:10], good + "AA", "AAAA", ancient, high, higher, strings.Repeat("A", 200), base64.RawURLEncoding.EncodeToString([]byte("a"))} {
		if _, err := readCursor(cursorCases, &text); domain.CodeOf(err) != codeBadRequest {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := readCursor(cursorAlerts, &good); err == nil {
		t.Error("a cursor of cases passed for one of alerts")
	}
	for _, text := range []string{"", "bw", "b_____8", good} {
		if _, err := readOrgCursor(cursorOrgs, &text); err == nil {
			t.Errorf("%q passed", text)
		}
	}
}

func TestIfMatch(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{`"3"`: 3, `W/"12"`: 12} {
		if got := version(&in); got != want {
			t.Errorf("%s: %d", in, got)
		}
	}
	if version(nil) != 0 || *etag(5) != `"5"` {
		t.Error("tags")
	}
}
