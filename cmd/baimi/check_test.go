package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A clean installation is clean; a change behind the service's back is named, also one made with every right there is,
// when a checkpoint was kept elsewhere.
func TestCheckFindsWhatWasChangedBehindTheService(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	out := filepath.Join(w.dir, "elsewhere")
	if err := os.Mkdir(out, 0o700); err != nil {
		t.Fatal(err)
	}
	w.vars["BAIMI_CHECKPOINT_DIR"] = out
	w.start(t, "run")
	if code, _, stderr := w.baimi(t, "job", "checkpoint"); code != 0 {
		t.Fatal(stderr)
	}
	files, err := filepath.Glob(filepath.Join(out, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no checkpoint left: %v", err)
	}
	newest := files[len(files)-1]
	code, stdout, stderr := w.baimi(t, "check", "--checkpoint", newest)
	if code != 0 || !strings.HasSuffix(stdout, "\nbad: 0\n") || !strings.Contains(stdout, "extends the checkpoint") {
		t.Fatalf("clean: exit %d\n%s%s", code, stdout, stderr)
	}
	run(t, w.super(t), "update event set reason = 'typing_error' where kind = 'accept' and seq = 2 and case_id = (select min(case_id::text)::uuid from event where kind = 'accept' and seq = 2)")
	code, stdout, _ = w.baimi(t, "check", "--checkpoint", newest)
	if code == 0 || !strings.Contains(stdout, "chain") || strings.HasSuffix(stdout, "\nbad: 0\n") {
		t.Errorf("changed: exit %d\n%s", code, stdout)
	}
	if code, _, stderr := w.baimi(t, "check", "--checkpoint", filepath.Join(out, "missing.txt")); code == 0 {
		t.Errorf("a missing checkpoint was no error: %s", stderr)
	}
}
