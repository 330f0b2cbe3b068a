package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
	"baimi/domain/calendar"
)

// privateNoteRow is a row of private_note.
type privateNoteRow struct {
	County    domain.County `gorm:"primaryKey"`
	CaseID    uuid.UUID     `gorm:"primaryKey"`
	ID        uuid.UUID     `gorm:"primaryKey"`
	Kind      domain.PrivateNoteKind
	PartyNo   *int
	Author    domain.PersonID
	WrittenAt time.Time
	Cipher    []byte
}

// TableName names the table.
func (privateNoteRow) TableName() string { return "private_note" }

func (r privateNoteRow) place() string {
	return fmt.Sprintf("private_note/%d/%s/%s", r.County, r.CaseID, r.ID)
}

// privateWaiverRow is a row of private_waiver.
type privateWaiverRow struct {
	County     domain.County `gorm:"primaryKey"`
	CaseID     uuid.UUID     `gorm:"primaryKey"`
	NoteID     uuid.UUID     `gorm:"primaryKey"`
	PartyNo    int           `gorm:"primaryKey;autoIncrement:false"`
	WaivedOn   calendar.Date
	How        string
	RecordedBy domain.PersonID
}

// TableName names the table.
func (privateWaiverRow) TableName() string { return "private_waiver" }

// behind goes behind the wall inside a case that was read in this transaction, for a person who mediates it.
func (t *transaction) behind(ctx context.Context, c *domain.Case) error {
	for _, m := range c.Mediators {
		if m == t.scope.Person {
			return t.link.text(ctx, "set local app.mediated = '"+c.ID.String()+"'")
		}
	}
	return domain.Errorf(domain.CodeForbidden, "保密记录只供本案调解员使用")
}

// PrivateNotes reads what stands behind the wall of a case that was read under the scope, oldest first.
func (s *Store) PrivateNotes(ctx context.Context, scope domain.Scope, c *domain.Case) ([]domain.PrivateNote, error) {
	var notes []domain.PrivateNote
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		if err := t.behind(ctx, c); err != nil {
			return err
		}
		db := t.db.WithContext(ctx).Where("county = ? and case_id = ?", c.County, c.ID)
		var rows []privateNoteRow
		var waivers []privateWaiverRow
		if err := db.Session(&gorm.Session{}).Order("written_at, id").Find(&rows).Error; err != nil {
			return err
		}
		if err := db.Session(&gorm.Session{}).Order("note_id, party_no").Find(&waivers).Error; err != nil {
			return err
		}
		for _, r := range rows {
			n := domain.PrivateNote{County: r.County, CaseID: r.CaseID, ID: r.ID, Kind: r.Kind, PartyNo: r.PartyNo, Author: r.Author, WrittenAt: r.WrittenAt}
			plain, err := s.keys.Unseal(r.Cipher, r.place())
			if err != nil {
				return fmt.Errorf("decrypt a private note: %w", err)
			}
			if err := n.Text.Open(plain); err != nil {
				return err
			}
			for _, w := range waivers {
				if w.NoteID == r.ID {
					n.Waivers = append(n.Waivers, domain.PrivateWaiver{PartyNo: w.PartyNo, WaivedOn: w.WaivedOn, How: w.How, RecordedBy: w.RecordedBy})
				}
			}
			notes = append(notes, n)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read private notes: %w", translate(err))
	}
	return notes, nil
}

// AddPrivateNote stores a note behind the wall of a case that was read under the scope.
func (s *Store) AddPrivateNote(ctx context.Context, scope domain.Scope, c *domain.Case, n domain.PrivateNote) error {
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		if err := t.behind(ctx, c); err != nil {
			return err
		}
		r := privateNoteRow{County: n.County, CaseID: n.CaseID, ID: n.ID, Kind: n.Kind, PartyNo: n.PartyNo, Author: n.Author, WrittenAt: n.WrittenAt}
		var err error
		if r.Cipher, err = s.keys.Seal(n.Text.Content(), r.place()); err != nil {
			return fmt.Errorf("encrypt a private note: %w", err)
		}
		return t.db.WithContext(ctx).Create(&r).Error
	})
	if err != nil {
		return fmt.Errorf("store a private note: %w", translate(err))
	}
	return nil
}

// AddPrivateWaiver stores a party's consent.
func (s *Store) AddPrivateWaiver(ctx context.Context, scope domain.Scope, c *domain.Case, note uuid.UUID, w domain.PrivateWaiver) error {
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		if err := t.behind(ctx, c); err != nil {
			return err
		}
		return t.db.WithContext(ctx).Create(&privateWaiverRow{
			County: c.County, CaseID: c.ID, NoteID: note, PartyNo: w.PartyNo, WaivedOn: w.WaivedOn, How: w.How, RecordedBy: w.RecordedBy,
		}).Error
	})
	if err != nil {
		return fmt.Errorf("store a waiver: %w", translate(err))
	}
	return nil
}

func resealNotes(s *Store, db *gorm.DB, county domain.County, at *resealCursor, limit int) (int, error) {
	var rows []privateNoteRow
	err := db.Raw(`select * from private_note where county = ? and (case_id, id) > (?, ?)
		and substring(cipher from 2 for 4) <> ? order by case_id, id limit ? for update`,
		county, at.caseID, at.id, keyPrefix(s.keys.State().Primary), limit).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	for _, r := range rows {
		plain, err := s.keys.Unseal(r.Cipher, r.place())
		if err != nil {
			return 0, fmt.Errorf("decrypt a private note: %w", err)
		}
		cipher, err := s.keys.Seal(plain, r.place())
		if err != nil {
			return 0, fmt.Errorf("encrypt a private note: %w", err)
		}
		res := db.Exec("update private_note set cipher = ? where county = ? and case_id = ? and id = ?", cipher, r.County, r.CaseID, r.ID)
		if err := affectedOne(res, "private note"); err != nil {
			return 0, err
		}
		at.caseID, at.id = r.CaseID, r.ID
	}
	return len(rows), nil
}
