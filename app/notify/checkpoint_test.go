package notify_test

import (
	"crypto/rand"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baimi/app/notify"
	"baimi/domain/ledger"
)

// note signs a checkpoint of county 1.
func note(t *testing.T, size int64, root byte) string {
	t.Helper()
	private, _, err := ledger.NewKey("test", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	by, _, err := ledger.ParsePrivate(private)
	if err != nil {
		t.Fatal(err)
	}
	c := ledger.Checkpoint{County: 1, Size: size, At: time.Date(2026, 11, 22, 15, 40, 0, 0, time.UTC)}
	c.Root[0] = root
	text, err := ledger.Sign(c, by)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestACheckpointIsDroppedOnceAndNeverOverwritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out := notify.Checkpoints{Dir: dir}
	first := note(t, 7, 1)
	for range 2 {
		if err := out.Send(t.Context(), first); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Send(t.Context(), note(t, 7, 2)); err == nil {
		t.Error("a different checkpoint of the same size was taken")
	}
	got, err := os.ReadFile(filepath.Join(dir, "baimi-1-7.txt"))
	if err != nil || string(got) != first {
		t.Errorf("file: %q, %v", got, err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left in the folder: %v, %v", left, err)
	}
	if err := out.Send(t.Context(), "no checkpoint at all"); err == nil {
		t.Error("nonsense was sent")
	}
	if err := (notify.Checkpoints{Dir: filepath.Join(dir, "missing")}).Send(t.Context(), first); err == nil {
		t.Error("a missing folder was no error")
	}
}

func TestACheckpointIsPosted(t *testing.T) {
	t.Parallel()
	status := http.StatusNoContent
	var body, key string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		body, key = string(b), r.Header.Get("Idempotency-Key")
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	out := notify.Checkpoints{Webhook: server.URL + "/secret-token"}
	text := note(t, 9, 1)
	if err := out.Send(t.Context(), text); err != nil || body != text || key != "baimi-1-9" {
		t.Errorf("%v, key %q, body %q", err, key, body)
	}
	for _, status = range []int{http.StatusInternalServerError, http.StatusFound} {
		if err := out.Send(t.Context(), text); err == nil {
			t.Errorf("status %d was taken for a delivery", status)
		}
	}
	server.Close()
	if err := out.Send(t.Context(), text); err == nil || strings.Contains(err.Error(), "secret-token") {
		t.Errorf("unreachable: %v", err)
	}
}
