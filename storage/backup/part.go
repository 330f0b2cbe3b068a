package backup

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"
)

// partWriter compresses and encrypts one archive into a file:
// caller → gzip → age → file and hash.
type partWriter struct {
	name string
	file *os.File
	buf  *bufio.Writer
	sum  hash.Hash
	age  io.WriteCloser
	gzip *gzip.Writer
}

func createPart(dir, name, passphrase string, workFactor int) (*partWriter, error) {
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, err
	}
	if workFactor != 0 {
		to.SetWorkFactor(workFactor)
	}
	p := &partWriter{name: name, sum: sha256.New()}
	p.file, err = os.OpenFile(filepath.Join(dir, Part{Name: name}.file()), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	p.buf = bufio.NewWriterSize(io.MultiWriter(p.file, p.sum), 1<<18)
	if p.age, err = age.Encrypt(p.buf, to); err != nil {
		return nil, errors.Join(err, p.file.Close())
	}
	// speed: the cluster serves on the same machine meanwhile
	if p.gzip, err = gzip.NewWriterLevel(p.age, gzip.BestSpeed); err != nil {
		return nil, errors.Join(err, p.file.Close())
	}
	return p, nil
}

func (p *partWriter) Write(b []byte) (int, error) { return p.gzip.Write(b) }

// finish closes the archive, on disk when it returns.
func (p *partWriter) finish() (Part, error) {
	for _, step := range []func() error{p.gzip.Close, p.age.Close, p.buf.Flush, p.file.Sync} {
		if err := step(); err != nil {
			return Part{}, errors.Join(err, p.file.Close())
		}
	}
	info, err := p.file.Stat()
	if err := errors.Join(err, p.file.Close()); err != nil {
		return Part{}, err
	}
	return Part{Name: p.name, Bytes: info.Size(), SHA256: hex.EncodeToString(p.sum.Sum(nil))}, nil
}

// partReader is the way back.
type partReader struct {
	*gzip.Reader
	file *os.File
}

// openPart decrypts a part. The error is ErrWrongPassphrase or ErrCorrupt.
func openPart(backupDir string, part Part, passphrase string) (*partReader, error) {
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, ErrNoPassphrase // the only error it knows
	}
	f, err := os.Open(filepath.Join(backupDir, part.file()))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	plain, err := age.Decrypt(bufio.NewReaderSize(f, 1<<18), id)
	var mismatch *age.NoIdentityMatchError
	switch {
	case errors.As(err, &mismatch):
		return nil, errors.Join(ErrWrongPassphrase, f.Close())
	case err != nil:
		return nil, errors.Join(fmt.Errorf("%w: part %s: %w", ErrCorrupt, part.Name, err), f.Close())
	}
	unzipped, err := gzip.NewReader(plain)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w: part %s: %w", ErrCorrupt, part.Name, err), f.Close())
	}
	return &partReader{unzipped, f}, nil
}

func (p *partReader) Close() error { return errors.Join(p.Reader.Close(), p.file.Close()) }

// checkHash compares a part with the manifest, without the passphrase.
func checkHash(backupDir string, part Part, report Progress) error {
	f, err := os.Open(filepath.Join(backupDir, part.file()))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	defer f.Close() //nolint:errcheck // read only
	sum := sha256.New()
	m := &meter{to: sum, part: part.Name, report: report, total: part.Bytes}
	n, err := io.Copy(m, f)
	if err != nil {
		return fmt.Errorf("read part %s: %w", part.Name, err)
	}
	if n != part.Bytes || hex.EncodeToString(sum.Sum(nil)) != part.SHA256 {
		return fmt.Errorf("%w: part %s is not the one that was written", ErrCorrupt, part.Name)
	}
	return nil
}
