package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strconv"

	"baimi/storage"
)

// openKeys loads the keys of personal values. Keys are made only for a database that holds no personal value yet: fresh
// keys beside old values would look like a working service whose records nobody can read.
func openKeys(ctx context.Context, cfg Config, url string) (keys *storage.Keyring, fresh bool, err error) {
	dir := cfg.KeysDir
	keys, err = storage.LoadKeyring(dir)
	if err == nil || !errors.Is(err, storage.ErrNoKeyring) {
		return keys, false, err
	}
	if err := refuseLostKeys(ctx, dir, url); err != nil {
		return nil, false, err
	}
	if keys, err = storage.NewKeyring(); err != nil {
		return nil, false, err
	}
	if err := makeDataDir(cfg); err != nil {
		return nil, false, err
	}
	if err := keys.Save(dir); err != nil {
		return nil, false, err
	}
	return keys, true, syncFolder(dir)
}

// refuseLostKeys is for a folder without keys: is it a new installation, or have they been lost?
func refuseLostKeys(ctx context.Context, dir, url string) error {
	holds, err := holdsPersonalValues(ctx, url)
	if err == nil && holds {
		err = fmt.Errorf("the keys are missing from %s and the database holds personal values: restore them from the backup (BAIMI_KEYS_DIR says where they are looked for)", dir)
	}
	return err
}

// syncFolder makes new names in a folder outlast a power cut.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// holdsPersonalValues asks county by county, as the system, because row-level security shows nothing otherwise.
func holdsPersonalValues(ctx context.Context, url string) (bool, error) {
	db, err := openPlain(ctx, url)
	if err != nil {
		return false, err
	}
	defer db.Close() //nolint:errcheck // nothing is pending
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return false, fmt.Errorf("look for personal values: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // it only read
	var counties []int
	if err := scanInts(ctx, tx, &counties); err != nil {
		return false, fmt.Errorf("look for personal values: %w", err)
	}
	for _, county := range counties {
		const look = `select set_config('app.county', $1, true), set_config('app.system', 'on', true)`
		if _, err := tx.ExecContext(ctx, look, strconv.Itoa(county)); err != nil {
			return false, fmt.Errorf("look for personal values: %w", err)
		}
		var holds bool
		if err := tx.QueryRowContext(ctx, "select exists (select from personal_value where county = $1)", county).Scan(&holds); err != nil {
			return false, fmt.Errorf("look for personal values: %w", err)
		}
		if holds {
			return true, nil
		}
	}
	return false, nil
}

func scanInts(ctx context.Context, tx *sql.Tx, into *[]int) error {
	rows, err := tx.QueryContext(ctx, "select id from county order by id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return err
		}
		*into = append(*into, n)
	}
	return rows.Err()
}
