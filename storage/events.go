package storage

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"baimi/domain"
)

// consumerRate works events into the monthly figures.
const consumerRate = "rate"

// consumers are all who work in every event.
var consumers = []string{consumerRate, consumerAlert, consumerSeal}

// eventTodo is an event that a consumer has still to work in.
type eventTodo struct {
	County   domain.County `gorm:"primaryKey"`
	Consumer string        `gorm:"primaryKey"`
	CaseID   uuid.UUID     `gorm:"primaryKey"`
	Seq      int           `gorm:"primaryKey;autoIncrement:false"`
}

// TableName names the table.
func (eventTodo) TableName() string { return "event_todo" }

// CaseEvents reads what happened to a case, oldest first.
func (s *Store) CaseEvents(ctx context.Context, scope domain.Scope, id domain.CaseID) ([]domain.Event, error) {
	var events []domain.Event
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		var seen []uuid.UUID
		db := t.db.WithContext(ctx)
		err := db.Model(&domain.Case{}).Scopes(s.visible(scope)).
			Where("cases.county = ? and cases.id = ?", id.County, id.UUID).Pluck("id", &seen).Error
		if err != nil {
			return fmt.Errorf("read a case: %w", err)
		}
		if len(seen) == 0 {
			return domain.NotFound("案件")
		}
		if err := t.show(ctx, seen...); err != nil {
			return err
		}
		return db.Where("county = ? and case_id = ?", id.County, id.UUID).Order("seq").Find(&events).Error
	})
	return events, err
}
