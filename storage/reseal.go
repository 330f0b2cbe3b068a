package storage

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// sealedColumn is a column that the keyring seals. A test fails for a column of the schema that is missing here: what is
// not sealed anew is lost with the old key.
type sealedColumn struct {
	table, column string
	// reseal seals the next rows, in the order of their keys, and remembers where it stopped; 0 when it came to the end.
	reseal func(s *Store, db *gorm.DB, county domain.County, at *resealCursor, limit int) (int, error)
}

// resealCursor is where a pass over a table stands.
type resealCursor struct {
	caseID, id   uuid.UUID
	subject, key string
}

var sealedColumns = []sealedColumn{
	{"personal_value", "cipher", resealValues},
	{"attachment_file", "data_key", resealFileKeys},
	{"idempotency", "answer", resealAnswers},
	{"draft", "content", resealDrafts},
	{"private_note", "cipher", resealNotes},
	{"subject_request", "subject", resealSubjects},
	{"import_run", "file", resealRuns("import_run", "file")},
	{"import_run", "errors", resealRuns("import_run", "errors")},
	{"export_run", "file", resealRuns("export_run", "file")},
	{"export_run", "filter", resealRuns("export_run", "filter")},
	{"export_run", "reason", resealRuns("export_run", "reason")},
}

// RotateValues seals everything of a county anew that an older key sealed, and returns how many values that were. It works
// in small transactions, so the service goes on and a run that was killed is taken up by the next. scope is the county's
// system scope; ctx holds no transaction.
func (s *Store) RotateValues(ctx context.Context, scope domain.Scope, limit int) (int, error) {
	total := 0
	for _, c := range sealedColumns {
		var at resealCursor
		for {
			var n int
			err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) (err error) {
				if err := t.link.text(ctx, "set local app.reseal = 'on'"); err != nil { // private notes show to nobody else
					return err
				}
				n, err = c.reseal(s, t.db.WithContext(ctx), scope.County, &at, limit)
				return err
			})
			if err != nil {
				return total, fmt.Errorf("seal %s anew: %w", c.table, err)
			}
			if total += n; n == 0 {
				break
			}
		}
	}
	return total, nil
}

// SealedByOldKeys counts the values of a county that another key than the primary one sealed, by table.
func (s *Store) SealedByOldKeys(ctx context.Context, scope domain.Scope) (map[string]int, error) {
	counts := map[string]int{}
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		if err := t.link.text(ctx, "set local app.reseal = 'on'"); err != nil {
			return err
		}
		for _, c := range sealedColumns {
			var n int
			q := fmt.Sprintf("select count(*) from %[1]s where county = ? and %[2]s is not null and substring(%[2]s from 2 for 4) <> ?", c.table, c.column)
			if err := t.db.WithContext(ctx).Raw(q, scope.County, keyPrefix(s.keys.State().Primary)).Scan(&n).Error; err != nil {
				return fmt.Errorf("count what is sealed in %s: %w", c.table, err)
			}
			if n > 0 {
				counts[c.table] += n
			}
		}
		return nil
	})
	return counts, err
}

// WaitForOlder waits until no transaction of the service is open that began before now: from then on nobody seals by the
// keys that were in force before.
func (s *Store) WaitForOlder(ctx context.Context) error {
	var since time.Time
	if err := s.conn(ctx).Raw("select clock_timestamp()").Scan(&since).Error; err != nil {
		return fmt.Errorf("wait for older transactions: %w", err)
	}
	for {
		var n int
		err := s.conn(ctx).Raw(`select count(*) from pg_stat_activity
			where datname = current_database() and usename = current_user and pid <> pg_backend_pid() and xact_start < ?`, since).Scan(&n).Error
		if err != nil || n == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// ErrStillSealed says that an old key cannot go: something would be lost with it.
var ErrStillSealed = fmt.Errorf("values are still sealed by an old key: run `baimi keys rotate` again")

func resealValues(s *Store, db *gorm.DB, county domain.County, at *resealCursor, limit int) (int, error) {
	var rows []personalValue
	err := db.Raw(`select * from personal_value where county = ? and (case_id, id) > (?, ?) and cipher is not null
		and substring(cipher from 2 for 4) <> ? order by case_id, id limit ? for update`,
		county, at.caseID, at.id, keyPrefix(s.keys.State().Primary), limit).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	args := make([]any, 0, 4*len(rows)+1)
	for _, v := range rows {
		content, err := s.keys.Unseal(v.Cipher, v.place())
		if err != nil {
			return 0, fmt.Errorf("open personal value %s: %w", v.ID, err)
		}
		sealed, err := s.keys.Seal(content, v.place())
		if err != nil {
			return 0, fmt.Errorf("seal personal value %s: %w", v.ID, err)
		}
		var blind any // null, and not an empty index
		if len(content) > saltLength && blindIndexed[v.Kind] {
			if blind, err = s.keys.Blind(v.Kind, string(content[saltLength:])); err != nil {
				return 0, fmt.Errorf("blind index: %w", err)
			}
		}
		args = append(args, v.CaseID, v.ID, sealed, blind)
		at.caseID, at.id = v.CaseID, v.ID
	}
	values := strings.Repeat(", (?::uuid, ?::uuid, ?::bytea, ?::bytea)", len(rows))[2:]
	return len(rows), db.Exec(`update personal_value v set cipher = n.cipher, blind = n.blind
		from (values `+values+`) as n (case_id, id, cipher, blind)
		where v.county = ? and v.case_id = n.case_id and v.id = n.id`, append(args, county)...).Error
}

func resealAnswers(s *Store, db *gorm.DB, county domain.County, at *resealCursor, limit int) (int, error) {
	var rows []idempotency
	err := db.Raw(`select * from idempotency where county = ? and (subject, key) > (?, ?) and substring(answer from 2 for 4) <> ?
		order by subject, key limit ? for update`, county, at.subject, at.key, keyPrefix(s.keys.State().Primary), limit).Scan(&rows).Error
	if err != nil {
		return 0, err
	}
	for _, x := range rows {
		plain, err := s.keys.Unseal(x.Answer, x.place())
		if err != nil {
			return 0, fmt.Errorf("open an answer: %w", err)
		}
		if x.Answer, err = s.keys.Seal(plain, x.place()); err != nil {
			return 0, fmt.Errorf("seal an answer: %w", err)
		}
		res := db.Exec("update idempotency set answer = ? where county = ? and subject = ? and key = ?", x.Answer, county, x.Subject, x.Key)
		if err := affectedOne(res, "stored answer"); err != nil {
			return 0, err
		}
		at.subject, at.key = x.Subject, x.Key
	}
	return len(rows), nil
}

func resealSubjects(s *Store, db *gorm.DB, county domain.County, at *resealCursor, limit int) (int, error) {
	var rows []subjectRow
	err := db.Raw(`select * from subject_request where county = ? and id > ? and substring(subject from 2 for 4) <> ?
		order by id limit ? for update`, county, at.id, keyPrefix(s.keys.State().Primary), limit).Scan(&rows).Error
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		open, err := s.openSubject(r)
		if err != nil {
			return 0, err
		}
		if err := s.sealSubject(&r, open.Subject); err != nil {
			return 0, err
		}
		res := db.Exec("update subject_request set subject = ?, blind = ? where county = ? and id = ?", r.Sealed, r.Blind, county, r.ID)
		if err := affectedOne(res, "request"); err != nil {
			return 0, err
		}
		at.id = r.ID
	}
	return len(rows), nil
}

// resealRuns seals what runs of imports and exports hold anew, one at a time: their files can be large.
func resealRuns(table, column string) func(s *Store, db *gorm.DB, county domain.County, at *resealCursor, limit int) (int, error) {
	return func(s *Store, db *gorm.DB, county domain.County, at *resealCursor, _ int) (int, error) {
		var rows []struct {
			ID     uuid.UUID
			Sealed []byte
		}
		err := db.Raw("select id, "+column+" as sealed from "+table+" where county = ? and id > ? and "+column+" is not null and substring("+
			column+" from 2 for 4) <> ? order by id limit 1 for update", county, at.id, keyPrefix(s.keys.State().Primary)).Scan(&rows).Error
		if err != nil || len(rows) == 0 {
			return 0, err
		}
		r := rows[0]
		place := runPlace(table, county, r.ID, column)
		plain, err := s.keys.Unseal(r.Sealed, place)
		if err != nil {
			return 0, fmt.Errorf("open a file: %w", err)
		}
		if r.Sealed, err = s.keys.Seal(plain, place); err != nil {
			return 0, fmt.Errorf("seal a file: %w", err)
		}
		at.id = r.ID
		res := db.Exec("update "+table+" set "+column+" = ? where county = ? and id = ?", r.Sealed, county, r.ID)
		return 1, affectedOne(res, table)
	}
}

// runPlace binds what is sealed of a run to its row and column.
func runPlace(table string, county domain.County, id uuid.UUID, column string) string {
	return fmt.Sprintf("%s/%d/%s/%s", table, county, id, column)
}
