// Package baimi_test keeps the table of rooms in docs true: which package may
// import which, and how long a file may grow.
package baimi_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "baimi"

// room is what a package may import of ours, beside itself. Its tests may
// import that too, and what tests says.
type room struct {
	may   []string
	tests []string
}

// anything is for main alone, which wires all the others.
const anything = "*"

// rooms holds every package, by its path below the module. Arrows point at
// domain; app and storage do not know each other; cmd alone knows all. A new
// package gets its line here, in the same commit.
var rooms = map[string]room{
	"":          {}, // this test
	"cmd/baimi": {may: []string{anything}},

	"demo": {may: with(words, "storage", "app/forms"), tests: realDatabase},

	"domain":          {may: []string{"domain/calendar", "domain/rate"}},
	"domain/calendar": {},
	"domain/ledger":   {},
	"domain/rate":     {},
	"domain/exchange": {may: []string{"domain", "domain/calendar"}},

	"migrations":      {tests: []string{"storage/storagetest"}},
	"openapi":         {},
	"openapi/answers": {},

	"storage":                    {may: with(words, "migrations", "storage/files"), tests: realDatabase},
	"storage/files":              {},
	"storage/pgembed":            {},
	"storage/backup":             {may: []string{"storage/pgembed"}, tests: realDatabase},
	"storage/storagetest":        {may: with(words, "migrations", "storage", "storage/files", "storage/pgembed")},
	"storage/storagetest/withpg": {may: []string{"storage/pgembed", "storage/storagetest"}},

	"app":          {may: words, tests: realDatabase},
	"app/api":      {may: with(words, "app", "app/evidence", "app/exports", "app/forms", "app/imports", "app/sheets", "openapi"), tests: with(realDatabase, "app/jobs")},
	"app/evidence": {may: words},
	"app/exports":  {may: with(words, "app", "app/sheets"), tests: with(realDatabase, "app/imports")},
	"app/forms":    {may: words, tests: []string{"app"}},
	"app/imports":  {may: with(words, "app", "app/sheets"), tests: realDatabase},
	"app/jobs":     {may: with(words, "app"), tests: realDatabase},
	"app/public":   {may: with(words, "app")},
	"app/sheets":   {may: words},
	"app/notify":   {may: words},
	"app/web":      {},

	"bench": {tests: []string{anything}},
}

// words are the field's words and rules, which every room may speak of.
var words = []string{"domain", "domain/calendar", "domain/exchange", "domain/ledger", "domain/rate"}

// realDatabase: tests run the real thing, on a database of their own.
var realDatabase = with(words, "migrations", "storage", "storage/pgembed", "storage/storagetest")

func with(rooms []string, more ...string) []string { return slices.Concat(rooms, more) }

// goPackage is what we read of `go list -json`.
type goPackage struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func TestRoomsImportOnlyWhatTheyMay(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range listPackages(t) {
		name := below(p.ImportPath)
		seen[name] = true
		r, known := rooms[name]
		if !known {
			t.Errorf("package %s is not in the table of rooms (house_test.go): say what it may import", p.ImportPath)
			continue
		}
		for _, other := range forbidden(name, p.Imports, r.may) {
			t.Errorf("%s imports %s, which the table of rooms does not allow; allowed are %v", name, other, r.may)
		}
		mayInTests := slices.Concat(r.may, r.tests)
		for _, other := range forbidden(name, slices.Concat(p.TestImports, p.XTestImports), mayInTests) {
			t.Errorf("the tests of %s import %s; allowed are %v", name, other, mayInTests)
		}
	}
	for name := range rooms {
		if !seen[name] {
			t.Errorf("the table of rooms (house_test.go) holds %q, a package that is not there", name)
		}
	}
}

func TestForbiddenImportsAreFound(t *testing.T) {
	got := forbidden("app", []string{"fmt", "baimi/domain", "baimi/storage", "baimi/app", "baimi/storage"}, []string{"domain"})
	if want := []string{"storage"}; !slices.Equal(got, want) {
		t.Errorf("forbidden = %v, want %v", got, want)
	}
	if got := forbidden("cmd/baimi", []string{"baimi/storage"}, []string{anything}); len(got) != 0 {
		t.Errorf("cmd may import everything, yet %v was refused", got)
	}
}

// forbidden returns our packages among imports that may does not hold, once each.
func forbidden(name string, imports, may []string) []string {
	if slices.Contains(may, anything) {
		return nil
	}
	var out []string
	for _, path := range imports {
		other := below(path)
		ours := path == module || strings.HasPrefix(path, module+"/")
		if ours && other != name && !slices.Contains(may, other) && !slices.Contains(out, other) {
			out = append(out, other)
		}
	}
	return out
}

// below returns an import path's part below the module, "" for the module itself.
func below(importPath string) string {
	return strings.TrimPrefix(strings.TrimPrefix(importPath, module), "/")
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &stderr)
	}
	var packages []goPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		switch err := dec.Decode(&p); {
		case errors.Is(err, io.EOF):
			return packages
		case err != nil:
			t.Fatalf("go list: %v", err)
		}
		packages = append(packages, p)
	}
}

// maxLines is how long a file of hand-written Go may grow before it is time to
// look for its second subject.
const maxLines = 400

// longFiles are the exceptions, each with its reason.
var longFiles = map[string]string{}

// The walk also opens every file of ours, by which the go command knows that
// this package's tests are to run again when any of them changes.
func TestFilesHaveOneSubject(t *testing.T) {
	long := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != "." && skipped(entry.Name()):
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(path) != ".go":
			return nil
		}
		lines, generated, err := measure(path)
		if err != nil || generated || lines <= maxLines {
			return err
		}
		path = filepath.ToSlash(path)
		long[path] = true
		if longFiles[path] == "" {
			t.Errorf("%s has %d lines, more than %d: give its second subject a file, or list it in house_test.go with the reason",
				path, lines, maxLines)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for path := range longFiles {
		if !long[path] {
			t.Errorf("house_test.go lists %s as long; it is not (any more)", path)
		}
	}
}

func skipped(dir string) bool {
	return strings.HasPrefix(dir, ".") || dir == "node_modules" || dir == "bin"
}

var generatedMark = regexp.MustCompile(`^// Code generated .* DO NOT EDIT\.$`)

func measure(path string) (lines int, generated bool, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, false, err
	}
	for scanner := bufio.NewScanner(bytes.NewReader(text)); scanner.Scan(); {
		generated = generated || generatedMark.Match(scanner.Bytes())
		if strings.HasPrefix(scanner.Text(), "package ") {
			break
		}
	}
	return bytes.Count(text, []byte{'\n'}), generated, nil
}
