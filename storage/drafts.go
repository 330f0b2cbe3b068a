package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"baimi/domain"
)

// draftRow is a row of draft.
type draftRow struct {
	County  domain.County `gorm:"primaryKey"`
	ID      uuid.UUID     `gorm:"primaryKey"`
	Owner   domain.PersonID
	Org     domain.OrgID
	Status  domain.DraftStatus
	Version int
	SavedAt time.Time
	Content []byte
	CaseID  *uuid.UUID
}

// TableName names the table.
func (draftRow) TableName() string { return "draft" }

func (r draftRow) place() string { return fmt.Sprintf("draft/%d/%s/%d", r.County, r.ID, r.Owner) }

func (s *Store) draftRow(d *domain.IntakeDraft) (draftRow, error) {
	r := draftRow{County: d.County, ID: d.ID, Owner: d.Owner, Org: d.Org, Status: d.Status, Version: d.Version, SavedAt: d.SavedAt, CaseID: d.Case}
	if d.Content == nil {
		return r, nil
	}
	var err error
	if r.Content, err = s.keys.Seal(d.Content, r.place()); err != nil {
		return r, fmt.Errorf("encrypt a draft: %w", err)
	}
	return r, nil
}

func (s *Store) openDraft(r draftRow) (*domain.IntakeDraft, error) {
	d := domain.IntakeDraft{County: r.County, ID: r.ID, Owner: r.Owner, Org: r.Org, Status: r.Status, Version: r.Version, SavedAt: r.SavedAt, Case: r.CaseID}
	if r.Content == nil {
		return &d, nil
	}
	plain, err := s.keys.Unseal(r.Content, r.place())
	if err != nil {
		return nil, fmt.Errorf("decrypt a draft: %w", err)
	}
	d.Content = json.RawMessage(plain)
	return &d, nil
}

// ownDrafts is the first wall around drafts: their owner's alone.
func (s *Store) ownDrafts(db *gorm.DB, scope domain.Scope) *gorm.DB {
	db = db.Where("county = ?", scope.County)
	if s.secondWallOnly || scope.System {
		return db
	}
	return db.Where("owner = ?", scope.Person)
}

// Drafts are the reader's own drafts that are still open, last saved first.
func (s *Store) Drafts(ctx context.Context, scope domain.Scope, limit int) ([]domain.IntakeDraft, error) {
	list := []domain.IntakeDraft{}
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		var rows []draftRow
		err := s.ownDrafts(t.db.WithContext(ctx), scope).Where("status = 'draft'").Order("saved_at desc, id desc").Limit(limit).Find(&rows).Error
		if err != nil {
			return fmt.Errorf("list drafts: %w", err)
		}
		for _, r := range rows {
			d, err := s.openDraft(r)
			if err != nil {
				return err
			}
			list = append(list, *d)
		}
		return nil
	})
	return list, err
}

// Draft opens one of the reader's own drafts.
func (s *Store) Draft(ctx context.Context, scope domain.Scope, id uuid.UUID) (*domain.IntakeDraft, error) {
	var d *domain.IntakeDraft
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) (err error) {
		d, err = s.readDraft(t.db.WithContext(ctx), scope, id)
		return err
	})
	return d, err
}

func (s *Store) readDraft(db *gorm.DB, scope domain.Scope, id uuid.UUID) (*domain.IntakeDraft, error) {
	var r draftRow
	err := s.ownDrafts(db, scope).Where("id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, domain.NotFound("草稿")
	}
	if err != nil {
		return nil, fmt.Errorf("read a draft: %w", err)
	}
	return s.openDraft(r)
}

// UpdateDraft locks a draft, lets change act on it and stores it; change gets nil for one that is not there, and may give
// a new one.
func (s *Store) UpdateDraft(ctx context.Context, scope domain.Scope, id uuid.UUID,
	change func(was *domain.IntakeDraft) (*domain.IntakeDraft, error),
) (*domain.IntakeDraft, error) {
	var d *domain.IntakeDraft
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		was, err := s.readDraft(db.Clauses(clause.Locking{Strength: "UPDATE"}), scope, id)
		if err != nil && domain.CodeOf(err) != domain.CodeNotFound {
			return err
		}
		if d, err = change(was); err != nil {
			return err
		}
		r, err := s.draftRow(d)
		if err != nil {
			return err
		}
		if was != nil {
			return affectedOne(db.Model(&r).Select("*").Omit("county", "id").Updates(&r), "draft")
		}
		res := db.Clauses(clause.OnConflict{DoNothing: true}).Create(&r)
		if res.Error == nil && res.RowsAffected == 0 { // somebody else's, or one's own from another window in this moment
			return domain.Errorf(domain.CodeExists, "该草稿编号已被使用，请重新打开表单")
		}
		return translate(res.Error)
	})
	return d, err
}

// SweepDrafts discards the drafts nobody has touched since a time, and forgets the ended ones of before; it returns how
// many were discarded.
func (s *Store) SweepDrafts(ctx context.Context, scope domain.Scope, before, now time.Time) (int, error) {
	var n int64
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		if err := db.Exec("delete from draft where county = ? and status <> 'draft' and saved_at < ?", scope.County, before).Error; err != nil {
			return fmt.Errorf("sweep drafts: %w", err)
		}
		res := db.Exec(`update draft set status = 'discarded', content = null, version = version + 1, saved_at = ?
			where county = ? and status = 'draft' and saved_at < ?`, now, scope.County, before)
		n = res.RowsAffected
		return res.Error
	})
	return int(n), err
}

func resealDrafts(s *Store, db *gorm.DB, county domain.County, at *resealCursor, limit int) (int, error) {
	var rows []draftRow
	err := db.Raw(`select * from draft where county = ? and id > ? and content is not null and substring(content from 2 for 4) <> ?
		order by id limit ? for update`, county, at.id, keyPrefix(s.keys.State().Primary), limit).Scan(&rows).Error
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		plain, err := s.keys.Unseal(r.Content, r.place())
		if err != nil {
			return 0, fmt.Errorf("open a draft: %w", err)
		}
		if r.Content, err = s.keys.Seal(plain, r.place()); err != nil {
			return 0, fmt.Errorf("seal a draft: %w", err)
		}
		if err := affectedOne(db.Exec("update draft set content = ? where county = ? and id = ?", r.Content, county, r.ID), "draft"); err != nil {
			return 0, err
		}
		at.id = r.ID
	}
	return len(rows), nil
}
