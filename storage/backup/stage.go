package backup

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"baimi/storage/pgembed"
)

const stagePrefix = ".restore-"

// stage is where a backup is unpacked: beside or within the places it is meant
// for, so that moving it there copies nothing. The folders of files and keys
// may be mount points, hence within.
type stage struct {
	target   Target
	manifest Manifest
	name     string
	cluster  string   // staged folders
	files    string   //
	keys     string   //
	password string   // staged file
	created  []string // folders that were not there before
}

func newStage(t Target, m Manifest) *stage {
	name := stagePrefix + strings.ToLower(rand.Text())[:8]
	return &stage{
		target: t, manifest: m, name: name,
		cluster:  filepath.Join(t.Dir, name+"-cluster"),
		password: filepath.Join(t.Dir, name+"-password"),
		files:    filepath.Join(t.Files, name),
		keys:     filepath.Join(t.Keys, name),
	}
}

// clearStale removes what an interrupted restore left. We hold the data folder.
func (st *stage) clearStale() error {
	for _, dir := range []string{st.target.Dir, st.target.Files, st.target.Keys} {
		if err := removeAllWith(stagePrefix, dir); err != nil {
			return err
		}
	}
	return nil
}

func (st *stage) unpack(ctx context.Context, backupDir, passphrase string) error {
	uid, gid, err := pgembed.Owner(st.target.RunAs)
	if err != nil {
		return err
	}
	var password, seal bytes.Buffer
	small := map[string]*bytes.Buffer{passwordName: &password, sealName: &seal}
	trees := []struct {
		part, dir string
		to        outlet
		small     map[string]*bytes.Buffer
	}{
		{partCluster, st.cluster, outlet{uid: uid, gid: gid}, nil},
		{partFiles, st.files, outlet{prefix: filesPrefix, uid: -1, gid: -1}, nil},
		{partKeys, st.keys, outlet{prefix: keysPrefix, uid: -1, gid: -1}, small},
	}
	for _, tree := range trees {
		part, err := st.manifest.part(tree.part)
		if err != nil {
			return err
		}
		if err := st.makeDir(tree.dir); err != nil {
			return err
		}
		r, err := openPart(backupDir, part, passphrase)
		if err != nil {
			return err
		}
		err = st.tree(ctx, r, part, tree.dir, tree.to, tree.small)
		_ = r.Close() // read only
		if err != nil {
			return fmt.Errorf("restore %s: %w", part.Name, err)
		}
	}
	if password.Len() == 0 {
		return nil // a cluster that was not ours to open
	}
	return writeFile(st.password, password.Bytes())
}

// tree unpacks one part into dir, which goes to the owner as well.
func (st *stage) tree(ctx context.Context, r io.Reader, part Part, dir string, to outlet, small map[string]*bytes.Buffer) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close() //nolint:errcheck // a handle only
	to.root = root
	if err := root.Chown(".", to.uid, to.gid); err != nil {
		return err
	}
	count := &meter{to: io.Discard, part: part.Name, report: st.target.Progress}
	defer count.finish()
	if err := unpack(ctx, io.TeeReader(r, count), []outlet{to}, small); err != nil {
		return err
	}
	return syncDirs(dir)
}

// makeDir remembers which folders it made.
func (st *stage) makeDir(dir string) error {
	parent := filepath.Dir(dir)
	if _, err := os.Lstat(parent); errors.Is(err, os.ErrNotExist) {
		if err := st.makeDir(parent); err != nil {
			return err
		}
		st.created = append(st.created, parent)
	}
	return os.Mkdir(dir, 0o700)
}

// cleanup removes what is still staged and, after a failure, the folders that
// were made for it.
func (st *stage) cleanup(failed bool) (err error) {
	for _, path := range []string{st.cluster, st.files, st.keys, st.password} {
		err = errors.Join(err, os.RemoveAll(path))
	}
	if failed {
		for _, dir := range slices.Backward(st.created) {
			_ = os.Remove(dir) // one that is not empty is somebody's by now
		}
	}
	return err
}

func writeFile(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}
