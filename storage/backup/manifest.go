package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Format is the version of the folder's layout that we write.
const Format = 1

const manifestFile = "manifest.json"

// Names of the parts, in the order in which they are written.
const (
	partCluster = "cluster"
	partFiles   = "files"
	partKeys    = "keys"
)

// Manifest describes a backup. It is kept in the clear and holds no secret.
type Manifest struct {
	Format  int       `json:"format"`
	Begun   time.Time `json:"begun"`   // all that was committed before is in it
	Major   int       `json:"major"`   // PostgreSQL's major version
	Version string    `json:"version"` // of the program that wrote it
	Parts   []Part    `json:"parts"`
}

// Part is one encrypted archive.
type Part struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`  // as it lies there, encrypted
	SHA256 string `json:"sha256"` // of the same, in hexadecimal
}

// file is the part's name within the backup's folder.
func (p Part) file() string { return p.Name + ".tar.gz.age" }

// Bytes is the size of the whole backup.
func (m Manifest) Bytes() (sum int64) {
	for _, p := range m.Parts {
		sum += p.Bytes
	}
	return sum
}

// part returns the part of that name; its absence is a damage.
func (m Manifest) part(name string) (Part, error) {
	for _, p := range m.Parts {
		if p.Name == name {
			return p, nil
		}
	}
	return Part{}, fmt.Errorf("%w: the manifest knows no part %q", ErrCorrupt, name)
}

// Read returns the manifest of the backup in folder backupDir. ErrNone when
// there is no manifest, ErrFormat when it is newer than we are.
func Read(backupDir string) (Manifest, error) {
	var m Manifest
	b, err := os.ReadFile(filepath.Join(backupDir, manifestFile))
	if errors.Is(err, os.ErrNotExist) {
		return m, fmt.Errorf("%w in %s", ErrNone, backupDir)
	}
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return m, fmt.Errorf("%w: %s: %w", ErrCorrupt, manifestFile, err)
	}
	if m.Format != Format {
		return m, fmt.Errorf("%w: %d, this program knows %d", ErrFormat, m.Format, Format)
	}
	for _, name := range []string{partCluster, partFiles, partKeys} {
		if _, err := m.part(name); err != nil {
			return m, err
		}
	}
	return m, nil
}

func writeManifest(dir string, m Manifest) error {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, manifestFile), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(b, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}
