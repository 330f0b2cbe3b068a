package app

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"baimi/domain"
)

// DraftStore keeps intake forms that are still being typed.
type DraftStore interface {
	Tx
	Drafts(ctx context.Context, scope domain.Scope, limit int) ([]domain.IntakeDraft, error)
	Draft(ctx context.Context, scope domain.Scope, id uuid.UUID) (*domain.IntakeDraft, error)
	UpdateDraft(ctx context.Context, scope domain.Scope, id uuid.UUID, change func(was *domain.IntakeDraft) (*domain.IntakeDraft, error)) (*domain.IntakeDraft, error)
}

// Drafts are the use cases about one's own drafts.
type Drafts struct {
	store DraftStore
	clock Clock
}

// NewDrafts makes the use cases.
func NewDrafts(store DraftStore, clock Clock) *Drafts { return &Drafts{store: store, clock: clock} }

// mostDrafts is how many a list shows.
const mostDrafts = 100

// List reads one's own open drafts, last saved first.
func (u *Drafts) List(ctx context.Context, actor domain.Actor) ([]domain.IntakeDraft, error) {
	if err := takesIn(actor); err != nil {
		return nil, err
	}
	return u.store.Drafts(ctx, actor.Scope(), mostDrafts)
}

// Get opens one.
func (u *Drafts) Get(ctx context.Context, actor domain.Actor, id uuid.UUID) (*domain.IntakeDraft, error) {
	if err := takesIn(actor); err != nil {
		return nil, err
	}
	return u.store.Draft(ctx, actor.Scope(), id)
}

// Save keeps a form, new or known. ifMatch is the version the page saw, 0 when it does not say.
func (u *Drafts) Save(ctx context.Context, actor domain.Actor, id uuid.UUID, ifMatch int, content json.RawMessage) (*domain.IntakeDraft, error) {
	if err := takesIn(actor); err != nil {
		return nil, err
	}
	return u.store.UpdateDraft(ctx, actor.Scope(), id, func(was *domain.IntakeDraft) (*domain.IntakeDraft, error) {
		return domain.SaveDraft(u.act(actor), was, id, ifMatch, content)
	})
}

// Discard forgets one.
func (u *Drafts) Discard(ctx context.Context, actor domain.Actor, id uuid.UUID, ifMatch int) error {
	if err := takesIn(actor); err != nil {
		return err
	}
	_, err := u.store.UpdateDraft(ctx, actor.Scope(), id, known(func(d *domain.IntakeDraft) error { return d.Discard(u.act(actor), ifMatch) }))
	return err
}

func (u *Drafts) act(actor domain.Actor) domain.Act {
	return domain.Act{Actor: actor, At: u.clock.now()}
}

// known is a change of a draft that is there.
func known(change func(d *domain.IntakeDraft) error) func(*domain.IntakeDraft) (*domain.IntakeDraft, error) {
	return func(was *domain.IntakeDraft) (*domain.IntakeDraft, error) {
		if was == nil {
			return nil, domain.NotFound("草稿")
		}
		d := *was
		return &d, change(&d)
	}
}

// endDraft marks the draft as the case it became, in the transaction that makes the case.
func (u *Cases) endDraft(ctx context.Context, a domain.Act, id *uuid.UUID, c *domain.Case) error {
	if id == nil {
		return nil
	}
	_, err := u.store.UpdateDraft(ctx, a.Actor.Scope(), *id, known(func(d *domain.IntakeDraft) error { return d.Registered(a, c) }))
	return err
}
