package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Source is what is backed up.
type Source struct {
	// DSN is the superuser's address of the running cluster, any database.
	DSN string
	// Password is the path of the cluster's password file (pgembed.PasswordFile).
	Password string
	// Keys is the folder of the service's keys, or one key file.
	Keys string
	// Files is the folder of the attachments; it need not exist yet.
	Files string
	// Version is the program's, for the manifest.
	Version string
	// Progress hears of the parts cluster, files and keys.
	Progress Progress

	workFactor int // of scrypt, for tests; age's when 0: about a second a part
}

// check refuses a backup that would contain itself.
func (src Source) check(dir string) error {
	to, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	for _, from := range []string{src.Files, src.Keys} {
		if from == "" {
			continue
		}
		from, err := filepath.Abs(from)
		if err != nil {
			return err
		}
		if rel, err := filepath.Rel(from, to); err == nil && filepath.IsLocal(rel) {
			return fmt.Errorf("backups in %s would contain themselves: it lies within %s", to, from)
		}
	}
	return nil
}

func (src Source) cluster(ctx context.Context, to *meter) (major int, err error) {
	conn, major, err := connectReplication(ctx, src.DSN)
	if err != nil {
		return 0, err
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // also ends a backup that failed half way
	return major, baseBackup(ctx, conn, to)
}

func (src Source) files(ctx context.Context, to *meter) error {
	defer to.finish()
	tw := tar.NewWriter(to)
	if err := packTree(ctx, tw, src.Files, filesPrefix); err != nil {
		return err
	}
	return tw.Close()
}

// sealName is the entry of the keys that says what the other parts hash to. It
// is encrypted, so that nobody without the passphrase can put parts of two
// backups together.
const (
	sealName     = "seal.json"
	passwordName = "password"
	keysPrefix   = "keys"
	filesPrefix  = "files"
)

func (src Source) keys(ctx context.Context, to *meter, before []byte, others []Part) error {
	defer to.finish()
	after, err := src.keyArchive(ctx)
	if err != nil {
		return err
	}
	if sha256.Sum256(before) != sha256.Sum256(after) {
		return ErrKeysChanged
	}
	seal, err := json.Marshal(others)
	if err != nil {
		return err
	}
	tw := tar.NewWriter(to)
	if err := packBytes(tw, sealName, seal); err != nil {
		return err
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	_, err = to.Write(after) // the rest of the archive, with its end
	return err
}

// keyArchive is small: it is held in memory, to be compared.
func (src Source) keyArchive(ctx context.Context) ([]byte, error) {
	var b bytes.Buffer
	tw := tar.NewWriter(&b)
	if src.Password != "" {
		password, err := os.ReadFile(src.Password)
		if err != nil {
			return nil, err
		}
		if err := packBytes(tw, passwordName, password); err != nil {
			return nil, err
		}
	}
	if err := packTree(ctx, tw, src.Keys, keysPrefix); err != nil {
		return nil, err
	}
	err := tw.Close()
	return b.Bytes(), err
}
