package app

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"baimi/domain"
)

// PrivateNotes reads what stands behind the wall of a case, for its mediators alone; the look is logged.
func (u *Cases) PrivateNotes(ctx context.Context, actor domain.Actor, id domain.CaseID) (notes []domain.PrivateNote, err error) {
	_, err = u.look(ctx, actor, id, func(ctx context.Context, c *domain.Case, l accessLine) error {
		if err := c.Behind(actor); err != nil {
			return err
		}
		if notes, err = u.store.PrivateNotes(ctx, actor.Scope(), c); err != nil {
			return err
		}
		return l.write(ctx, domain.AccessDetail)
	})
	return notes, err
}

// NotePrivately writes one.
func (u *Cases) NotePrivately(ctx context.Context, actor domain.Actor, id domain.CaseID, in domain.NewPrivateNote) (note domain.PrivateNote, err error) {
	err = u.behind(ctx, actor, id, func(ctx context.Context, c *domain.Case, a domain.Act) error {
		if note, err = c.NotePrivately(a, in); err != nil {
			return err
		}
		return u.store.AddPrivateNote(ctx, actor.Scope(), c, note)
	})
	return note, err
}

// Waive records that a party lets a note out.
func (u *Cases) Waive(ctx context.Context, actor domain.Actor, id domain.CaseID, note uuid.UUID, in domain.PrivateWaiver) error {
	return u.behind(ctx, actor, id, func(ctx context.Context, c *domain.Case, a domain.Act) error {
		n, err := u.privateNote(ctx, actor, c, note)
		if err != nil {
			return err
		}
		w, err := c.Waive(a, n, in)
		if err != nil {
			return err
		}
		return u.store.AddPrivateWaiver(ctx, actor.Scope(), c, note, w)
	})
}

// OpenNote copies a note into the file, when all parties let it out.
func (u *Cases) OpenNote(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, note uuid.UUID) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(ctx context.Context, c *domain.Case, a domain.Act) error {
		if !open(c, actor, domain.ActionOpenNote) {
			return c.OpenNote(a, domain.PrivateNote{})
		}
		n, err := u.privateNote(ctx, actor, c, note)
		if err != nil {
			return err
		}
		return c.OpenNote(a, n)
	})
}

// behind acts on what stands behind the wall of a locked case. It changes nothing of the case and leaves no event.
func (u *Cases) behind(ctx context.Context, actor domain.Actor, id domain.CaseID, fn func(ctx context.Context, c *domain.Case, a domain.Act) error) error {
	if err := mayOpen(actor, id); err != nil {
		return err
	}
	return u.store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		c, err := u.store.Case(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := c.Behind(actor); err != nil {
			return err
		}
		a, err := u.act(ctx, actor, "")
		if err != nil {
			return err
		}
		return fn(ctx, c, a)
	})
}

func (u *Cases) privateNote(ctx context.Context, actor domain.Actor, c *domain.Case, id uuid.UUID) (domain.PrivateNote, error) {
	notes, err := u.store.PrivateNotes(ctx, actor.Scope(), c)
	if err != nil {
		return domain.PrivateNote{}, err
	}
	i := slices.IndexFunc(notes, func(n domain.PrivateNote) bool { return n.ID == id })
	if i < 0 {
		return domain.PrivateNote{}, domain.NotFound("保密记录")
	}
	return notes[i], nil
}
