package storagetest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// clone copies the template under a new name. FILE_COPY is twice as fast as
// the default for a small database.
func (c *cluster) clone(ctx context.Context) (string, error) {
	template, err := c.template()
	if err != nil {
		return "", err
	}
	name := "t_" + strings.ToLower(rand.Text())
	q := fmt.Sprintf("create database %s template %s strategy file_copy",
		pgx.Identifier{name}.Sanitize(), pgx.Identifier{template}.Sanitize())
	return name, c.exec(ctx, q)
}

func (c *cluster) drop(ctx context.Context, name string) error {
	return c.exec(ctx, "drop database if exists "+pgx.Identifier{name}.Sanitize()+" with (force)")
}

const (
	objectInUse = "55006" // somebody is just copying the template, or leaving it
	fileMissing = "58P01" // a copy of files met another being dropped; seen once, under load
	retries     = 250
	retryPause  = 20 * time.Millisecond
)

// exec runs q on a connection of its own, again while the template is busy.
func (c *cluster) exec(ctx context.Context, q string) error {
	conn, err := pgx.Connect(ctx, c.admin.String())
	if err != nil {
		return err
	}
	defer conn.Close(ctx) //nolint:errcheck // nothing is pending
	for i := 0; ; i++ {
		_, err = conn.Exec(ctx, q)
		var pg *pgconn.PgError
		if !errors.As(err, &pg) || (pg.Code != objectInUse && pg.Code != fileMissing) || i == retries {
			break
		}
		time.Sleep(retryPause)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", q, err)
	}
	return nil
}
