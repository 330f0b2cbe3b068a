package backup

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const nameLayout = "20060102T150405Z"

// Create writes a new backup of src into a folder of its own in dir, which is
// created when missing, and returns its manifest; the folder is Path(dir, now).
// Nothing that looks like a backup is there before it is complete and on disk.
//
// Errors: ErrNoPassphrase, ErrBusy, ErrTablespaces, ErrKeysChanged, os.ErrExist
// when there is a backup of the same second, or what the cluster or the disk said.
func Create(ctx context.Context, src Source, dir, passphrase string, now time.Time) (Manifest, error) {
	if passphrase == "" {
		return Manifest{}, ErrNoPassphrase
	}
	if err := src.check(dir); err != nil {
		return Manifest{}, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Manifest{}, err
	}
	unlock, err := lockBackups(dir)
	if err != nil {
		return Manifest{}, err
	}
	defer unlock()
	final := Path(dir, now)
	if _, err := os.Lstat(final); !errors.Is(err, os.ErrNotExist) {
		return Manifest{}, fmt.Errorf("%s: %w", final, os.ErrExist)
	}
	partial, err := newPartial(dir)
	if err != nil {
		return Manifest{}, err
	}
	m, err := src.write(ctx, partial, passphrase, now)
	if err == nil {
		err = publish(partial, final)
	}
	if err != nil {
		return Manifest{}, errors.Join(err, os.RemoveAll(partial))
	}
	return m, nil
}

// Path is the folder of the backup begun at now.
func Path(dir string, now time.Time) string {
	return filepath.Join(dir, now.UTC().Format(nameLayout))
}

// newPartial also clears away what an interrupted backup left: we hold the lock.
func newPartial(dir string) (string, error) {
	const prefix = ".partial-"
	if err := removeAllWith(prefix, dir); err != nil {
		return "", err
	}
	partial := filepath.Join(dir, prefix+strings.ToLower(rand.Text())[:10])
	return partial, os.Mkdir(partial, 0o700)
}

// publish makes a written backup visible, durably.
func publish(partial, final string) error {
	if err := syncDir(partial); err != nil {
		return err
	}
	if err := os.Rename(partial, final); err != nil {
		return err
	}
	return syncDir(filepath.Dir(final))
}

// write fills a folder. The order matters: rows speak of files and are sealed
// with keys, so both are read after the cluster.
func (src Source) write(ctx context.Context, dir, passphrase string, now time.Time) (Manifest, error) {
	m := Manifest{Format: Format, Begun: now.UTC(), Version: src.Version}
	keys, err := src.keyArchive(ctx)
	if err != nil {
		return m, err
	}
	part := func(name string, fill func(*meter) error) error {
		w, err := createPart(dir, name, passphrase, src.workFactor)
		if err != nil {
			return err
		}
		if err := fill(&meter{to: w, part: name, report: src.Progress}); err != nil {
			return errors.Join(fmt.Errorf("back up %s: %w", name, err), w.file.Close())
		}
		p, err := w.finish()
		m.Parts = append(m.Parts, p)
		return err
	}
	cluster := func(to *meter) (err error) {
		m.Major, err = src.cluster(ctx, to)
		return err
	}
	if err := part(partCluster, cluster); err != nil {
		return m, err
	}
	if err := part(partFiles, func(to *meter) error { return src.files(ctx, to) }); err != nil {
		return m, err
	}
	if err := part(partKeys, func(to *meter) error { return src.keys(ctx, to, keys, m.Parts) }); err != nil {
		return m, err
	}
	return m, writeManifest(dir, m)
}
