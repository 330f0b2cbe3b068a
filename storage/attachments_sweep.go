package storage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/storage/files"
)

// fileGrace is how long bytes may lie without a row, and a file that was brought without being attached: somebody may still
// be at it.
const fileGrace = 24 * time.Hour

// sweepPage is how many objects are asked for at a time.
const sweepPage = 500

// SweepFiles takes away what nobody can get at: files that were brought and never attached, and bytes that no row speaks of
// or whose key was erased. scope is the county's system scope.
func (s *Store) SweepFiles(ctx context.Context, scope domain.Scope, now time.Time) (int, error) {
	if s.files == nil {
		return 0, errNoFiles
	}
	old := now.Add(-fileGrace)
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		return t.db.WithContext(ctx).Exec(`delete from attachment_file f where f.county = ? and f.brought_at < ? and not exists (
			select from attachment a where a.county = f.county and a.case_id = f.case_id and a.file = f.id)`, scope.County, old).Error
	})
	if err != nil {
		return 0, fmt.Errorf("sweep files: %w", translate(err))
	}
	gone := 0
	err = s.eachPage(ctx, scope, func(page map[string]files.Object, kept map[string]attachmentFile) error {
		for _, name := range slices.Sorted(maps.Keys(page)) {
			row, known := kept[name]
			if known && row.ErasedAt == nil || !known && page[name].Changed.After(old) {
				continue
			}
			if err := s.files.Delete(ctx, name); err != nil {
				return err
			}
			gone++
		}
		return nil
	})
	return gone, err
}

// eachPage walks the county's objects with the rows that speak of them, by the objects' names.
func (s *Store) eachPage(ctx context.Context, scope domain.Scope, see func(page map[string]files.Object, rows map[string]attachmentFile) error) error {
	page := map[string]files.Object{}
	full := func() error {
		rows, err := s.filesNamed(ctx, scope, page)
		if err == nil {
			err = see(page, rows)
		}
		clear(page)
		return err
	}
	for o, err := range s.files.List(ctx, fmt.Sprintf("%d/", scope.County)) {
		if err != nil {
			return err
		}
		if page[o.Name] = o; len(page) >= sweepPage {
			if err := full(); err != nil {
				return err
			}
		}
	}
	return full()
}

// filesNamed reads the rows of the files whose parts bear the names of objects.
func (s *Store) filesNamed(ctx context.Context, scope domain.Scope, page map[string]files.Object) (map[string]attachmentFile, error) {
	ids := map[uuid.UUID]bool{}
	for name := range page {
		if parts := strings.Split(name, "/"); len(parts) == 3 {
			if id, err := uuid.Parse(parts[1]); err == nil {
				ids[id] = true
			}
		}
	}
	named := map[string]attachmentFile{}
	if len(ids) == 0 {
		return named, nil
	}
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		var rows []attachmentFile
		if err := t.db.WithContext(ctx).Where("county = ? and id in ?", scope.County, slices.Collect(maps.Keys(ids))).Find(&rows).Error; err != nil {
			return fmt.Errorf("read files: %w", err)
		}
		for _, r := range rows {
			for _, part := range r.parts() {
				named[r.object(part)] = r
			}
		}
		return nil
	})
	return named, err
}

// FileSummary counts what CheckFiles looked at.
type FileSummary struct{ Files, Objects, Erased, Bad int }

// String is one line that ends in what matters.
func (s FileSummary) String() string {
	return fmt.Sprintf("%d files (%d erased), %d objects in the file store, bad: %d", s.Files, s.Erased, s.Objects, s.Bad)
}

// CheckFiles reads every file of a county again: each part that a row speaks of is there, opens, and is what its SHA-256
// says; and nothing else lies in the store for longer than the sweep leaves it. scope is the county's system scope.
func (s *Store) CheckFiles(ctx context.Context, scope domain.Scope, now time.Time, report func(Finding)) (sum FileSummary, err error) {
	if s.files == nil {
		return sum, errNoFiles
	}
	found := func(where, format string, args ...any) {
		sum.Bad++
		report(Finding{Kind: FoundFile, Where: where, What: fmt.Sprintf(format, args...)})
	}
	var at attachmentFile
	for {
		var rows []attachmentFile
		err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
			return t.db.WithContext(ctx).Where("county = ? and (case_id, id) > (?, ?)", scope.County, at.CaseID, at.ID).Order("case_id, id").Limit(sweepPage).Find(&rows).Error
		})
		if err != nil {
			return sum, fmt.Errorf("read files: %w", err)
		}
		if len(rows) == 0 {
			break
		}
		for _, at = range rows {
			sum.Files++
			if at.ErasedAt != nil {
				sum.Erased++
				continue
			}
			where := domain.CaseID{County: at.County, UUID: at.CaseID}.String()
			for _, part := range at.parts() {
				switch _, err := s.readPart(ctx, at, part); {
				case errors.Is(err, files.ErrMissing):
					found(where, "the %s of file %s is not in the file store", part, at.ID)
				case err != nil:
					found(where, "the %s of file %s cannot be opened, or is not the one whose SHA-256 was kept", part, at.ID)
				}
			}
		}
	}
	old := now.Add(-2 * fileGrace)
	err = s.eachPage(ctx, scope, func(page map[string]files.Object, rows map[string]attachmentFile) error {
		for _, name := range slices.Sorted(maps.Keys(page)) {
			sum.Objects++
			if row, known := rows[name]; (!known || row.ErasedAt != nil && row.ErasedAt.Before(old)) && page[name].Changed.Before(old) {
				found("object "+name, "lies in the file store and belongs to nothing")
			}
		}
		return nil
	})
	return sum, err
}
