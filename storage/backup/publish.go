package backup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"baimi/storage/pgembed"
)

// move is one path on its way from the stage into place.
type move struct{ from, to string }

// publish puts everything into place, or takes back what it moved. The
// password comes last: without it pgembed refuses a cluster, so that a restore
// cut short by a power failure starts nowhere.
func (st *stage) publish() error {
	moves, err := st.moves()
	if err != nil {
		return err
	}
	var moved []move
	for _, mv := range moves {
		if err = moveNew(mv); err != nil {
			break
		}
		moved = append(moved, mv)
	}
	if err == nil {
		return nil
	}
	err = fmt.Errorf("move into place: %w", err)
	for _, mv := range moved {
		err = errors.Join(err, os.RemoveAll(mv.to))
	}
	return err
}

func (st *stage) moves() ([]move, error) {
	moves := []move{{st.cluster, pgembed.ClusterDir(st.target.Dir, st.manifest.Major)}}
	for _, staged := range []string{st.files, st.keys} {
		entries, err := os.ReadDir(staged)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			moves = append(moves, move{filepath.Join(staged, e.Name()), filepath.Join(filepath.Dir(staged), e.Name())})
		}
	}
	if _, err := os.Lstat(st.password); err == nil {
		moves = append(moves, move{st.password, pgembed.PasswordFile(st.target.Dir)})
	}
	return moves, nil
}

// moveNew never moves onto something.
func moveNew(mv move) error {
	if _, err := os.Lstat(mv.to); !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w: %s", ErrNotEmpty, mv.to)
	}
	if err := os.Rename(mv.from, mv.to); err != nil {
		return err
	}
	return syncDir(filepath.Dir(mv.to))
}
