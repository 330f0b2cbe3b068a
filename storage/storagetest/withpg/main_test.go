package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"baimi/storage/storagetest"
)

func TestVariablesAreStoragetests(t *testing.T) {
	if urlEnv != storagetest.URLEnv || throwawayEnv != storagetest.ThrowawayEnv {
		t.Error("storagetest reads other variables")
	}
}

func TestExitCodeIsTheCommands(t *testing.T) {
	for script, want := range map[string]int{
		"exit 0":     0,
		"exit 7":     7,
		"kill -9 $$": 128 + 9,
		`test -n "$TEST_DATABASE_URL" && test -n "$BAIMI_TEST_THROWAWAY"`: 0,
	} {
		code, err := run(t.Context(), []string{"--", "sh", "-c", script})
		if code != want || err != nil {
			t.Errorf("%s: code %d, want %d (%v)", script, code, want, err)
		}
	}
	if code, err := run(t.Context(), []string{"/no/such/command"}); code != failed || err == nil {
		t.Errorf("code %d, %v", code, err)
	}
	if code, err := run(t.Context(), nil); code != failed || err == nil {
		t.Errorf("code %d, %v", code, err)
	}
}

// A signal is the command's: it may tidy up, and the server goes after it.
func TestSignalsReachTheCommand(t *testing.T) {
	dir := t.TempDir()
	url := filepath.Join(dir, "url")
	go func() {
		for {
			if b, err := os.ReadFile(url); err == nil && len(b) > 0 {
				_ = syscall.Kill(os.Getpid(), syscall.SIGTERM)
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	code, err := run(t.Context(), []string{"sh", "-c", "trap 'exit 42' TERM; echo $TEST_DATABASE_URL >" + url + "; while :; do sleep 0.05; done"})
	if code != 42 || err != nil {
		t.Errorf("code %d, %v", code, err)
	}
	b, err := os.ReadFile(url)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(b), "host=")
	socket, _, _ := strings.Cut(strings.ReplaceAll(rest, "%2F", "/"), "&")
	if _, err := os.Stat(socket); socket == "" || !os.IsNotExist(err) {
		t.Errorf("the server's folder %s is still there", socket)
	}
}
