package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// value is what a setting is set to, and where that came from.
type value struct {
	text   string
	source string // default, flag, environment, or the name of a file
}

// readSettings collects the values: flags win over NAME_FILE, that over the environment, that over the file, that over
// the defaults. All mistakes are told at once.
func readSettings(vars map[string]string, file string, flags map[string]string) (map[string]value, error) {
	values := map[string]value{}
	for _, s := range settings {
		if s.fallback != "" {
			values[s.name] = value{s.fallback, "default"}
		}
	}
	file = cmp.Or(file, vars["BAIMI_CONFIG"])
	errs := []error{readFile(values, file), readEnvironment(values, vars)}
	for name, text := range flags {
		values[name] = value{text, "command line"}
	}
	return values, errors.Join(errs...)
}

func readEnvironment(values map[string]value, vars map[string]string) error {
	var errs []error
	for _, s := range settings {
		if text := vars[s.name]; text != "" {
			values[s.name] = value{text, "environment"}
		}
		path := vars[s.name+"_FILE"]
		switch {
		case !s.secret || path == "":
		case vars[s.name] != "":
			errs = append(errs, fmt.Errorf("%s and %s_FILE are both set: keep one of them", s.name, s.name))
		default:
			text, err := secretFile(path)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s_FILE: %w", s.name, err))
			}
			values[s.name] = value{text, path + " (" + s.name + "_FILE)"}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(vars)) {
		if strings.HasPrefix(name, "BAIMI_") && !knownName(name) {
			errs = append(errs, fmt.Errorf("environment: %s", unknown(name)))
		}
	}
	return errors.Join(errs...)
}

// secretFile reads a secret as an orchestrator mounts it: one value, perhaps with a newline behind it.
func secretFile(path string) (string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	text := strings.TrimRight(string(b), "\r\n")
	if text == "" {
		return "", fmt.Errorf("%s is empty", path)
	}
	return text, nil
}

// readFile reads lines NAME=value. Quotes are not special; # begins a comment at the start of a line only.
func readFile(values map[string]value, path string) error {
	if path == "" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("file of settings: %w", err)
	}
	defer f.Close() //nolint:errcheck // read only
	var errs []error
	seen := map[string]bool{}
	lines := bufio.NewScanner(f)
	for no := 1; lines.Scan(); no++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, text, ok := strings.Cut(line, "=")
		name, text = strings.TrimSpace(name), strings.TrimSpace(text)
		_, known := findSetting(name)
		switch {
		case !ok:
			errs = append(errs, fmt.Errorf("%s line %d: not of the form NAME=value", path, no))
		case !known:
			errs = append(errs, fmt.Errorf("%s line %d: %s", path, no, unknown(name)))
		case seen[name]:
			errs = append(errs, fmt.Errorf("%s line %d: %s is set a second time", path, no, name))
		case text != "":
			values[name] = value{text, path}
		}
		seen[name] = true
	}
	return errors.Join(append(errs, lines.Err())...)
}

func knownName(name string) bool {
	if slices.Contains(notSettings, name) || strings.HasPrefix(name, "BAIMI_TEST_") {
		return true
	}
	if _, ok := findSetting(name); ok {
		return true
	}
	base, isFile := strings.CutSuffix(name, "_FILE")
	s, ok := findSetting(base)
	return isFile && ok && s.secret
}

// unknown names the mistake, and the setting that was probably meant.
func unknown(name string) string {
	if s, ok := findSetting(strings.TrimSuffix(name, "_FILE")); ok {
		return fmt.Sprintf("%s: %s is no secret and is not read from a file; set %s itself", name, s.name, s.name)
	}
	best, distance := "", len(name)/2
	for _, s := range settings {
		if d := editDistance(name, s.name); d < distance {
			best, distance = s.name, d
		}
	}
	if best == "" {
		return fmt.Sprintf("there is no setting %s; `baimi config show` lists all", name)
	}
	return fmt.Sprintf("there is no setting %s; did you mean %s?", name, best)
}

// editDistance counts the letters to add, drop or change between two names.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := before
			if a[i-1] != b[j-1] {
				change++
			}
			before = row[j]
			row[j] = min(change, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
