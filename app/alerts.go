package app

import (
	"context"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
)

// AlertStore is what the use cases about alerts need.
type AlertStore interface {
	Alerts(ctx context.Context, scope domain.Scope, f domain.AlertFilter, now time.Time, p domain.Page) ([]domain.AlertSummary, *domain.Cursor, error)
	CountAlerts(ctx context.Context, scope domain.Scope, f domain.AlertFilter, now time.Time) ([]domain.AlertCount, error)
	ChangeAlert(ctx context.Context, scope domain.Scope, r domain.AlertReader, id domain.AlertID,
		change func(ctx context.Context, x *domain.Alert) error) (domain.AlertSummary, error)
	SharesAlert(ctx context.Context, x domain.Alert, person domain.PersonID, on calendar.Date) (bool, error)
}

// Alerts are the use cases about what people are told (domain.md 2.6).
type Alerts struct {
	store AlertStore
	clock Clock
}

// NewAlerts makes the use cases.
func NewAlerts(store AlertStore, clock Clock) *Alerts { return &Alerts{store: store, clock: clock} }

// List reads a page of the alerts that tell the actor, the most urgent first.
func (u *Alerts) List(ctx context.Context, actor domain.Actor, f domain.AlertFilter, p domain.Page) ([]domain.AlertSummary, *domain.Cursor, error) {
	if err := seesCases(actor); err != nil {
		return nil, nil, err
	}
	f.Reader = actor.AlertReader()
	return u.store.Alerts(ctx, actor.Scope(), f, u.clock.now(), p)
}

// Count counts the actor's open alerts by kind and level, for the badge and the morning's digest.
func (u *Alerts) Count(ctx context.Context, actor domain.Actor) ([]domain.AlertCount, error) {
	if err := seesCases(actor); err != nil {
		return nil, err
	}
	return u.store.CountAlerts(ctx, actor.Scope(), domain.AlertFilter{State: domain.AlertOpen, Reader: actor.AlertReader()}, u.clock.now())
}

// Acknowledge notes who has taken note of an alert.
func (u *Alerts) Acknowledge(ctx context.Context, actor domain.Actor, id domain.AlertID) (domain.AlertSummary, error) {
	return u.change(ctx, actor, id, func(_ context.Context, x *domain.Alert, now time.Time) error {
		return x.Acknowledge(actor.Person, now)
	})
}

// Snooze puts an alert off for a reason.
func (u *Alerts) Snooze(ctx context.Context, actor domain.Actor, id domain.AlertID, until time.Time, reason string) (domain.AlertSummary, error) {
	return u.change(ctx, actor, id, func(_ context.Context, x *domain.Alert, now time.Time) error {
		return x.Snooze(actor.Person, now, until, reason)
	})
}

// HandOver gives an alert to a colleague of the same capacity.
func (u *Alerts) HandOver(ctx context.Context, actor domain.Actor, id domain.AlertID, to domain.PersonID) (domain.AlertSummary, error) {
	return u.change(ctx, actor, id, func(ctx context.Context, x *domain.Alert, now time.Time) error {
		shares, err := u.store.SharesAlert(ctx, *x, to, calendar.DateOf(now))
		if err != nil {
			return err
		}
		if !shares {
			return invalid([]domain.FieldError{{Pointer: "/to", Code: "person", Message: "只能移交给本单位相同身份的同事"}})
		}
		return x.HandOver(actor.Person, to, now)
	})
}

func (u *Alerts) change(ctx context.Context, actor domain.Actor, id domain.AlertID, do func(ctx context.Context, x *domain.Alert, now time.Time) error) (domain.AlertSummary, error) {
	if err := seesTo(actor); err != nil {
		return domain.AlertSummary{}, err
	}
	if id.County != actor.County {
		return domain.AlertSummary{}, domain.NotFound("提醒")
	}
	return u.store.ChangeAlert(ctx, actor.Scope(), actor.AlertReader(), id, func(ctx context.Context, x *domain.Alert) error {
		return do(ctx, x, u.clock.now())
	})
}
