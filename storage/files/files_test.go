package files_test

import (
	"bytes"
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"baimi/storage/files"
)

// stores opens one of each kind, empty: a folder, and a bucket on a server that speaks S3.
func stores(t *testing.T) map[string]*files.Store {
	t.Helper()
	dir, err := files.OpenDir(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	bucket, err := files.OpenS3(t.Context(), settings(t))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*files.Store{"disk": dir, "s3": bucket}
	t.Cleanup(func() {
		for _, s := range all {
			_ = s.Close()
		}
	})
	return all
}

// settings are those of a server that answers on a port of its own.
func settings(t *testing.T) files.S3 {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("evidence"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(backend).Server())
	t.Cleanup(server.Close)
	return files.S3{Bucket: "evidence", Endpoint: server.URL, Region: "cn", AccessKey: "key", SecretKey: "secret", Prefix: "baimi"}
}

func names(t *testing.T, s *files.Store, prefix string) []string {
	t.Helper()
	var all []string
	for o, err := range s.List(t.Context(), prefix) {
		if err != nil {
			t.Fatal(err)
		}
		if o.Size == 0 || o.Changed.IsZero() {
			t.Errorf("%+v", o)
		}
		all = append(all, o.Name)
	}
	return all
}

func TestBothStoresKeepWhatTheyAreGiven(t *testing.T) {
	t.Parallel()
	for kind, s := range stores(t) {
		content := bytes.Repeat([]byte("材料\x00\xff"), 1<<17) // more than one part of a buffer
		for _, name := range []string{"1/a/original", "1/a/rendition", "12/b/original"} {
			if err := s.Put(t.Context(), name, content); err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
		}
		got, err := s.Get(t.Context(), "1/a/original")
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("%s: %d bytes, %v", kind, len(got), err)
		}
		if got := names(t, s, "1/"); !slices.Equal(got, []string{"1/a/original", "1/a/rendition"}) {
			t.Errorf("%s: %v", kind, got)
		}
		for range 2 { // what is gone may go again
			if err := s.Delete(t.Context(), "1/a/original"); err != nil {
				t.Errorf("%s: %v", kind, err)
			}
		}
		if _, err := s.Get(t.Context(), "1/a/original"); !errors.Is(err, files.ErrMissing) {
			t.Errorf("%s: %v", kind, err)
		}
		if err := s.Probe(t.Context(), "try"); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if got := names(t, s, ""); !slices.Equal(got, []string{"1/a/rendition", "12/b/original"}) {
			t.Errorf("%s: %v", kind, got)
		}
	}
}

func TestWhatWasBrokenOffIsNotThere(t *testing.T) {
	t.Parallel()
	for kind, s := range stores(t) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Put(ctx, "1/a/original", []byte("x")); err == nil {
			t.Errorf("%s: stored all the same", kind)
		}
		if got := names(t, s, ""); len(got) > 0 {
			t.Errorf("%s: left %v", kind, got)
		}
	}
}

func TestFilesOnDiskAreForTheServiceAlone(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "files")
	s, err := files.OpenDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Put(t.Context(), "1/a/original", []byte("x")); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, filepath.Join(dir, "1", "a"), filepath.Join(dir, "1", "a", "original")} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v %v", path, info, err)
		}
	}
}

func TestBadSettingsAreToldInWords(t *testing.T) {
	t.Parallel()
	good := settings(t)
	for what, change := range map[string]func(*files.S3){
		"no bucket is named":                 func(x *files.S3) { x.Bucket = "" },
		"access key or its secret":           func(x *files.S3) { x.SecretKey = "" },
		"endpoint is no address":             func(x *files.S3) { x.Endpoint = "evidence" },
		"there is no such bucket":            func(x *files.S3) { x.Bucket = "other" },
		"cannot be reached":                  func(x *files.S3) { x.Endpoint = "http://127.0.0.1:1" },
		"the endpoint is no address such as": func(x *files.S3) { x.Endpoint += "/evidence" },
	} {
		bad := good
		change(&bad)
		_, err := files.OpenS3(t.Context(), bad)
		if err == nil || !strings.Contains(err.Error(), what) || strings.Contains(err.Error(), good.SecretKey+"\"") {
			t.Errorf("%s: %v", what, err)
		}
	}
}
