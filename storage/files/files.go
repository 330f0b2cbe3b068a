// Package files keeps the bytes of attachments: on this machine's disk, or in a store that speaks S3. It knows names and
// bytes only; what they are, whose, and by which key they open is the database's to say.
package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	"gocloud.dev/gcerrors"
)

// ErrMissing says that there is no such object.
var ErrMissing = errors.New("no such object in the file store")

// Store is a place where objects lie under names of letters, digits, slashes, dots and dashes.
type Store struct {
	bucket *blob.Bucket
	where  string
	dir    string // of a store on disk
}

// Object is one of them, without its content.
type Object struct {
	Name    string
	Size    int64
	Changed time.Time
}

// OpenDir opens a store in a folder of this machine, which is made when missing.
func OpenDir(dir string) (*Store, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("folder of the attachments: %w", err)
	}
	bucket, err := fileblob.OpenBucket(abs, &fileblob.Options{
		CreateDir: true, DirFileMode: 0o700, NoTempDir: true, Metadata: fileblob.MetadataDontWrite,
	})
	if err != nil {
		return nil, fmt.Errorf("folder of the attachments %s: %w", abs, err)
	}
	return &Store{bucket: bucket, where: abs, dir: abs}, nil
}

// Where says in words for people where the objects lie.
func (s *Store) Where() string { return s.where }

// Close ends its connections.
func (s *Store) Close() error { return s.bucket.Close() }

// Put stores an object durably, or not at all.
func (s *Store) Put(ctx context.Context, name string, content []byte) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // before Close this takes back what was begun
	w, err := s.bucket.NewWriter(ctx, name, &blob.WriterOptions{ContentType: "application/octet-stream", DisableContentTypeDetection: true})
	if err != nil {
		return fmt.Errorf("store %s: %w", name, err)
	}
	if _, err := w.Write(content); err != nil {
		cancel()
		return errors.Join(fmt.Errorf("store %s: %w", name, err), ignoreCanceled(w.Close()))
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("store %s: %w", name, err)
	}
	return s.settle(name)
}

func ignoreCanceled(err error) error {
	if errors.Is(err, context.Canceled) || gcerrors.Code(err) == gcerrors.Canceled {
		return nil
	}
	return err
}

// settle forces what was written on disk through the machine's caches, and its folder entries: the row that will speak of
// it survives a power cut, so the file must too.
func (s *Store) settle(name string) error {
	if s.dir == "" {
		return nil
	}
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.Chmod(path, 0o600); err != nil {
		return fmt.Errorf("store %s: %w", name, err)
	}
	for at := path; len(at) >= len(s.dir); at = filepath.Dir(at) {
		f, err := os.Open(at)
		if err != nil {
			return fmt.Errorf("store %s: %w", name, err)
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return fmt.Errorf("store %s: %w", name, err)
		}
	}
	return nil
}

// Get reads an object; ErrMissing when it is not there.
func (s *Store) Get(ctx context.Context, name string) ([]byte, error) {
	content, err := s.bucket.ReadAll(ctx, name)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, fmt.Errorf("%w: %s", ErrMissing, name)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return content, nil
}

// Delete takes an object away; that it is gone already is fine.
func (s *Store) Delete(ctx context.Context, name string) error {
	err := s.bucket.Delete(ctx, name)
	if err == nil && s.dir != "" { // a folder that is empty now goes too; one that is not stays
		_ = os.Remove(filepath.Dir(filepath.Join(s.dir, filepath.FromSlash(name))))
	}
	if err != nil && gcerrors.Code(err) != gcerrors.NotFound && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete %s: %w", name, err)
	}
	return nil
}

// List walks the objects whose names begin with a prefix, in the order of their names.
func (s *Store) List(ctx context.Context, prefix string) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		it := s.bucket.List(&blob.ListOptions{Prefix: prefix})
		for {
			o, err := it.Next(ctx)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Object{}, fmt.Errorf("list the file store: %w", err))
				return
			}
			if !yield(Object{Name: o.Key, Size: o.Size, Changed: o.ModTime}, nil) {
				return
			}
		}
	}
}

// probe is what Probe writes; no county has its name.
const probe = "probe/"

// Probe writes, reads and takes away a small object: what a service needs to be able to do. mark makes its name its own.
func (s *Store) Probe(ctx context.Context, mark string) error {
	name := probe + mark
	if err := s.Put(ctx, name, []byte(mark)); err != nil {
		return err
	}
	got, err := s.Get(ctx, name)
	if err == nil && string(got) != mark {
		err = fmt.Errorf("the file store gave back something else than was stored")
	}
	return errors.Join(err, s.Delete(ctx, name))
}
