package storage

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
	"baimi/domain/calendar"
)

// EraseValues erases personal values of one case for good, with an event that says whose, on what ground and by whom. The
// chain, the figures and the file stay. The scope is the county's system scope when who asks may not open the case himself;
// the act says who it was.
func (s *Store) EraseValues(ctx context.Context, scope domain.Scope, a domain.Act, id domain.CaseID, in domain.Erasing) (*domain.Case, error) {
	return s.UpdateCase(ctx, scope, id, func(ctx context.Context, c *domain.Case) error {
		history, err := s.CaseEvents(ctx, scope, id)
		if err != nil {
			return err
		}
		return c.Erase(a, in, history)
	})
}

// forgetValues drops the texts that the case's new erasures name, with their indexes; what is left says that there was
// something, and on what ground it went.
func forgetValues(db *gorm.DB, before, c *domain.Case) error {
	for _, x := range c.Erasures[len(before.Erasures):] {
		at := c.NewEvents[len(c.NewEvents)-1].RecordedAt
		res := db.Exec(`update personal_value set cipher = null, blind = null, erased_at = ?, erased_ground = ?
			where county = ? and case_id = ? and id in ? and erased_at is null`, at, x.Ground, c.County, c.ID, anys(x.Refs))
		if err := affected(res, int64(len(x.Refs)), "personal value"); err != nil {
			return err
		}
		if x.Texts || x.PartyNo != nil { // what was told in confidence goes too, though who erases never sees it
			if err := db.Exec("select forget_private_notes(?, ?, ?)", c.County, c.ID, x.PartyNo).Error; err != nil {
				return err
			}
		}
	}
	return nil
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, x := range list {
		out[i] = x
	}
	return out
}

// PersonInCases finds the parties and representatives with a certificate's number, whatever its kind, in every case of the
// county. It goes by the blind index; scope is the county's system scope.
func (s *Store) PersonInCases(ctx context.Context, scope domain.Scope, idNumber string) ([]domain.PersonInCase, error) {
	var rows []struct {
		CaseID           uuid.UUID
		Status           domain.Status
		FileNo           *string
		PartyNo          int
		RepresentativeNo int
		StoppedOn        *calendar.Date
	}
	blinds, err := s.keys.Blinds("id_number", idNumber)
	if err != nil {
		return nil, err
	}
	var found []domain.PersonInCase
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		err := t.db.WithContext(ctx).Raw(`
			with v as (select case_id, id from personal_value where county = @county and kind = 'id_number' and blind in @blinds),
			who as (
				select p.case_id, p.no as party_no, 0 as representative_no, p.stopped_on from v join party p
					on p.county = @county and p.case_id = v.case_id and p.id_number_ref = v.id
				union all
				select r.case_id, 0, r.no, null from v join representative r
					on r.county = @county and r.case_id = v.case_id and r.id_number_ref = v.id)
			select who.*, c.status, c.file_no from who join cases c on c.county = @county and c.id = who.case_id
			order by c.registered_at, c.id, party_no, representative_no`,
			map[string]any{"county": scope.County, "blinds": blinds}).Scan(&rows).Error
		if err != nil {
			return fmt.Errorf("look for a person: %w", err)
		}
		for _, r := range rows {
			found = append(found, domain.PersonInCase{
				Case: domain.CaseID{County: scope.County, UUID: r.CaseID}, Status: r.Status, FileNo: r.FileNo, PartyNo: r.PartyNo,
				RepresentativeNo: r.RepresentativeNo, StoppedOn: r.StoppedOn,
			})
		}
		return nil
	})
	return found, err
}
