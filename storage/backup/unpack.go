package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// outlet is where the entries of an archive go whose names begin with prefix.
type outlet struct {
	prefix   string // "" for all
	root     *os.Root
	uid, gid int // -1 leaves the owner
}

// unpack writes an archive below roots, which no entry can leave: a name that
// tries to, or an entry that is neither file nor folder, is damage. Names in
// small are handed over instead of written. Files are 0600, folders 0700, and
// on disk when it returns. Without outlets it only reads to the end.
func unpack(ctx context.Context, r io.Reader, outlets []outlet, small map[string]*bytes.Buffer) error {
	tr := tar.NewReader(r)
	for {
		h, err := tr.Next()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, io.EOF):
			// the encryption's own end is behind the archive's: a cut shows there
			_, err := io.Copy(io.Discard, r)
			return damaged(err)
		case err != nil:
			return damaged(err)
		}
		name := path.Clean(h.Name)
		if !filepath.IsLocal(name) || (h.Typeflag != tar.TypeReg && h.Typeflag != tar.TypeDir) {
			return fmt.Errorf("%w: entry %q (kind %q) has no place in a backup", ErrCorrupt, h.Name, h.Typeflag)
		}
		if b, wanted := small[name]; wanted {
			_, err = io.Copy(b, io.LimitReader(tr, 1<<20))
		} else {
			err = place(name, h, tr, outlets)
		}
		if err != nil {
			return fmt.Errorf("entry %s: %w", name, err)
		}
	}
}

func damaged(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrCorrupt, err)
}

// place writes one entry into the outlet for it.
func place(name string, h *tar.Header, content io.Reader, outlets []outlet) error {
	for _, o := range outlets {
		rel, ok := within(name, o.prefix)
		if !ok {
			continue
		}
		if h.Typeflag == tar.TypeDir {
			return o.dir(rel)
		}
		if parent := path.Dir(rel); parent != "." {
			if err := o.dir(parent); err != nil {
				return err
			}
		}
		return o.file(rel, h, content)
	}
	if len(outlets) > 0 {
		return fmt.Errorf("%w: no such entry is expected", ErrCorrupt)
	}
	_, err := io.Copy(io.Discard, content)
	return damaged(err)
}

// within returns name's path below prefix.
func within(name, prefix string) (string, bool) {
	if prefix == "" {
		return name, true
	}
	return strings.CutPrefix(name, prefix+"/")
}

// dir makes a folder and those above it, each for the right owner.
func (o outlet) dir(name string) error {
	if name == "." {
		return nil
	}
	if err := o.dir(path.Dir(name)); err != nil {
		return err
	}
	err := o.root.Mkdir(name, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return o.root.Chown(name, o.uid, o.gid)
}

func (o outlet) file(name string, h *tar.Header, content io.Reader) error {
	f, err := o.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	if err == nil {
		err = errors.Join(f.Chown(o.uid, o.gid), f.Sync())
	}
	if err = errors.Join(err, f.Close()); err == nil && !h.ModTime.IsZero() {
		err = o.root.Chtimes(name, h.ModTime, h.ModTime)
	}
	return err
}
