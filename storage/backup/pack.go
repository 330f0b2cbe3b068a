package backup

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// packTree adds what lies below dir, as prefix/…; dir may also be one file, or
// not exist. Folders and plain files only: anything else would be lost without
// a word.
func packTree(ctx context.Context, tw *tar.Writer, dir, prefix string) error {
	info, err := os.Stat(dir)
	switch {
	case dir == "" || errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	base, start := dir, "."
	if !info.IsDir() {
		base, start = filepath.Dir(dir), filepath.Base(dir)
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		return err
	}
	defer root.Close() //nolint:errcheck // read only
	return fs.WalkDir(root.FS(), start, func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, fs.ErrNotExist):
			return nil // removed meanwhile
		case err != nil:
			return err
		case name == ".":
			return nil
		}
		return packOne(tw, root, name, path.Join(prefix, name), d)
	})
}

func packOne(tw *tar.Writer, root *os.Root, name, as string, d fs.DirEntry) error {
	if d.IsDir() {
		return tw.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: as + "/", Mode: 0o700})
	}
	if !d.Type().IsRegular() {
		return fmt.Errorf("%s is neither a file nor a folder and cannot be backed up", filepath.Join(root.Name(), name))
	}
	f, err := root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // removed meanwhile
	}
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // read only
	info, err := f.Stat()
	if err != nil {
		return err
	}
	header := &tar.Header{Typeflag: tar.TypeReg, Name: as, Mode: 0o600, Size: info.Size(), ModTime: info.ModTime()}
	if err := tw.WriteHeader(header); err != nil {
		return err
	}
	// as long as it was: a file that grows meanwhile is not to break the archive
	if _, err := io.CopyN(tw, f, info.Size()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// packBytes adds one small file.
func packBytes(tw *tar.Writer, name string, content []byte) error {
	err := tw.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: 0o600, Size: int64(len(content))})
	if err != nil {
		return err
	}
	_, err = tw.Write(content)
	return err
}
