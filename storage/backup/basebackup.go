package backup

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
)

// connectReplication opens a session that speaks the replication protocol.
func connectReplication(ctx context.Context, dsn string) (*pgconn.PgConn, int, error) {
	cfg, err := pgconn.ParseConfig(dsn)
	if err != nil {
		return nil, 0, errors.New("the cluster's address is no DSN") // the cause would quote the password
	}
	cfg.RuntimeParams["replication"] = "true"
	conn, err := pgconn.ConnectConfig(ctx, cfg)
	if err != nil {
		return nil, 0, err
	}
	major, err := strconv.Atoi(leadingDigits(conn.ParameterStatus("server_version")))
	if err != nil || major < 15 {
		err = fmt.Errorf("PostgreSQL %s cannot be backed up: 15 or newer is needed", conn.ParameterStatus("server_version"))
		return nil, 0, errors.Join(err, conn.Close(ctx))
	}
	return conn, major, nil
}

func leadingDigits(s string) string {
	end := 0
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	return s[:end]
}

// slotCommand keeps the WAL from being recycled until it is in the backup,
// however long that takes. The slot is temporary: it ends with the session.
func slotCommand() string {
	name := "baimi_backup_" + strings.ToLower(rand.Text())[:8]
	return "CREATE_REPLICATION_SLOT " + name + " TEMPORARY PHYSICAL (RESERVE_WAL)"
}

// PostgreSQL verifies its pages' checksums on the way. Our own hash stands in
// for its manifest.
const command = `BASE_BACKUP (LABEL 'baimi', PROGRESS, CHECKPOINT 'fast', WAL, MANIFEST 'no')`

// baseBackup writes the cluster's folder as a tar, in the format of PostgreSQL
// 15 and later. https://www.postgresql.org/docs/15/protocol-replication.html
func baseBackup(ctx context.Context, conn *pgconn.PgConn, to *meter) error {
	if err := conn.Exec(ctx, slotCommand()).Close(); err != nil {
		return fmt.Errorf("reserve WAL: %w", err)
	}
	conn.Frontend().SendQuery(&pgproto3.Query{String: command})
	if err := conn.Frontend().Flush(); err != nil {
		return err
	}
	archives := &archiveStream{to: to}
	for {
		msg, err := conn.ReceiveMessage(ctx)
		if err != nil {
			return err
		}
		switch msg := msg.(type) {
		case *pgproto3.DataRow:
			err = archives.row(msg.Values)
		case *pgproto3.CopyData:
			err = archives.data(msg.Data)
		case *pgproto3.ErrorResponse:
			err = pgconn.ErrorResponseToPgError(msg)
		case *pgproto3.ReadyForQuery:
			return archives.end()
		}
		if err != nil {
			return err // the session is closed by whoever opened it
		}
	}
}

// archiveStream understands what BASE_BACKUP answers: a row with the start of
// the WAL, a row for each tablespace (one: the cluster's folder, its id null),
// the archives as copied data, a row with the WAL's end.
type archiveStream struct {
	to   *meter
	rows int
	open bool
}

func (a *archiveStream) row(values [][]byte) error {
	a.rows++
	if a.rows == 1 || a.open || len(values) != 3 {
		return nil
	}
	if values[0] != nil {
		return fmt.Errorf("%w: %s", ErrTablespaces, values[1])
	}
	kilobytes, err := strconv.ParseInt(string(values[2]), 10, 64)
	if err == nil {
		a.to.total = kilobytes << 10 // an estimate, for the progress only
	}
	return nil
}

// data takes one message; its first byte tells its kind.
func (a *archiveStream) data(b []byte) error {
	if len(b) == 0 {
		return errors.New("base backup: empty message")
	}
	switch kind, rest := b[0], b[1:]; kind {
	case 'n': // a new archive: its name and its tablespace's folder
		name, _, _ := bytes.Cut(rest, []byte{0})
		if a.open {
			return fmt.Errorf("%w: archive %s", ErrTablespaces, name)
		}
		a.open = true
		return nil
	case 'd':
		if !a.open {
			return errors.New("base backup: data of no archive")
		}
		_, err := a.to.Write(rest)
		return err
	case 'p': // progress, of which we keep our own count
		if len(rest) != binary.Size(uint64(0)) {
			return errors.New("base backup: odd progress message")
		}
		return nil
	default:
		return fmt.Errorf("base backup: unknown message %q", kind)
	}
}

func (a *archiveStream) end() error {
	if !a.open {
		return io.ErrUnexpectedEOF
	}
	a.to.finish()
	return nil
}
