package app

import (
	"context"
	"time"

	"baimi/domain"
)

// AlertStore is what the use cases about alerts need.
type AlertStore interface {
	Case(ctx context.Context, scope domain.Scope, id domain.CaseID) (*domain.Case, error)
	Alerts(ctx context.Context, scope domain.Scope, openOnly bool, p domain.Page) ([]domain.Alert, *domain.Cursor, error)
	AcknowledgeAlert(ctx context.Context, scope domain.Scope, key domain.AlertKey, by domain.PersonID, at time.Time) (domain.Alert, error)
}

// Alerts are the use cases about clocks that have run out.
type Alerts struct {
	store AlertStore
	clock Clock
}

// NewAlerts makes the use cases.
func NewAlerts(store AlertStore, clock Clock) *Alerts { return &Alerts{store: store, clock: clock} }

// List reads a page of alerts about the cases the actor sees.
func (u *Alerts) List(ctx context.Context, actor domain.Actor, openOnly bool, p domain.Page) ([]domain.Alert, *domain.Cursor, error) {
	if err := seesCases(actor); err != nil {
		return nil, nil, err
	}
	return u.store.Alerts(ctx, actor.Scope(), openOnly, p)
}

// Acknowledge notes who has seen to an alert.
func (u *Alerts) Acknowledge(ctx context.Context, actor domain.Actor, key domain.AlertKey) (domain.Alert, error) {
	if err := mayOpen(actor, key.Case); err != nil {
		return domain.Alert{}, err
	}
	if refusal := seesTo(actor); refusal != nil {
		// only who sees the case learns that the right is missing
		if _, err := u.store.Case(ctx, actor.Scope(), key.Case); err != nil {
			return domain.Alert{}, err
		}
		return domain.Alert{}, refusal
	}
	return u.store.AcknowledgeAlert(ctx, actor.Scope(), key, actor.Person, u.clock.now())
}
