package pgembed

import (
	"cmp"
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// search says which binaries are wanted.
type search struct {
	explicit string // the only folder to look in, when set
	dataDir  string // may hold a bundle, when set
	major    int    // wanted major version; 0 for the first found
	enter    func(dir string) error
}

// FindBin returns the folder that holds postgres and initdb, and their major
// version. It looks in explicit alone when that is set, else in $PG_BINDIR
// alone when that is set, else beside the executable, in the usual places of
// Debian, Red Hat and macOS (newest first), where pg_config and PATH point,
// and last in the bundles that `make` unpacks below the working directory.
// The error is ErrNoBinaries.
func FindBin(ctx context.Context, explicit string) (dir string, major int, err error) {
	return find(ctx, search{explicit: explicit})
}

// FindMajor is FindBin for one major version, for a cluster that exists. The
// error is ErrOtherMajor when there are only binaries of others; dir is the
// data folder that the message names, and may hold a bundle.
func FindMajor(ctx context.Context, explicit, dir string, major int) (string, error) {
	bin, _, err := find(ctx, search{explicit: explicit, dataDir: dir, major: major})
	return bin, err
}

func find(ctx context.Context, want search) (string, int, error) {
	var tried []string
	var majors []int
	for _, dir := range candidates(ctx, want) {
		major, err := probe(ctx, dir)
		if err == nil && want.enter != nil {
			err = want.enter(dir)
		}
		switch {
		case ctx.Err() != nil:
			return "", 0, ctx.Err()
		case err != nil:
			tried = append(tried, fmt.Sprintf("%s: %v", dir, err))
		case major < MinMajor:
			tried = append(tried, fmt.Sprintf("%s: version %d is too old", dir, major))
		case want.major != 0 && major != want.major:
			majors = append(majors, major)
		default:
			return dir, major, nil
		}
	}
	if len(majors) > 0 {
		return "", 0, otherMajor(want.dataDir, want.major, describe(majors))
	}
	return "", 0, noBinaries(tried)
}

// probe asks the server in dir for its major version.
func probe(ctx context.Context, dir string) (int, error) {
	for _, name := range []string{"initdb", "postgres"} {
		if _, err := exec.LookPath(filepath.Join(dir, name)); err != nil {
			return 0, fmt.Errorf("no %s", name)
		}
	}
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(out)) // postgres (PostgreSQL) 15.18 (Debian …)
	if len(fields) < 3 || numberIn(fields[2]) == 0 {
		return 0, fmt.Errorf("odd version %q", out)
	}
	return numberIn(fields[2]), nil
}

// numberIn returns the first number in s, 0 without one.
func numberIn(s string) int {
	digits := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if len(digits) == 0 {
		return 0
	}
	n, err := strconv.Atoi(digits[0])
	if err != nil {
		return 0 // longer than an int: no version
	}
	return n
}

func describe(majors []int) string {
	slices.SortFunc(majors, func(a, b int) int { return cmp.Compare(b, a) })
	var names []string
	for _, m := range slices.Compact(majors) {
		names = append(names, "PostgreSQL "+strconv.Itoa(m))
	}
	return strings.Join(names, ", ")
}
