package backup

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Entry is a complete backup in a folder of backups.
type Entry struct {
	Manifest Manifest
	Path     string
}

// List returns the complete backups in dir, the newest first. One that was
// interrupted, or has lost a part, is not complete. A dir that does not exist
// holds none. Contents are not read: see Verify.
func List(dir string) ([]Entry, error) {
	folders, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var found []Entry
	for _, f := range folders {
		path := filepath.Join(dir, f.Name())
		if !f.IsDir() || strings.HasPrefix(f.Name(), ".") {
			continue
		}
		if m, err := Read(path); err == nil && hasAllParts(path, m) {
			found = append(found, Entry{m, path})
		}
	}
	slices.SortFunc(found, func(a, b Entry) int { return b.Manifest.Begun.Compare(a.Manifest.Begun) })
	return found, nil
}

// Latest returns the newest complete backup in dir and its folder. The error
// is ErrNone when there is none.
func Latest(dir string) (Manifest, string, error) {
	all, err := List(dir)
	if err != nil {
		return Manifest{}, "", err
	}
	if len(all) == 0 {
		return Manifest{}, "", fmt.Errorf("%w in %s", ErrNone, dir)
	}
	return all[0].Manifest, all[0].Path, nil
}

func hasAllParts(path string, m Manifest) bool {
	for _, p := range m.Parts {
		info, err := os.Stat(filepath.Join(path, p.file()))
		if err != nil || info.Size() != p.Bytes {
			return false
		}
	}
	return true
}
