package app

import (
	"context"
	"io"

	"baimi/domain"
	"baimi/domain/calendar"
)

// EraseStore is what erasing needs.
type EraseStore interface {
	PersonInCases(ctx context.Context, scope domain.Scope, idNumber string) ([]domain.PersonInCase, error)
	EraseValues(ctx context.Context, scope domain.Scope, a domain.Act, id domain.CaseID, in domain.Erasing) (*domain.Case, error)
	Calendar(ctx context.Context) (*calendar.Calendar, error)
}

// Eraser erases personal values for good.
type Eraser struct {
	store EraseStore
	clock Clock
	rnd   io.Reader
}

// NewEraser makes the use case.
func NewEraser(store EraseStore, clock Clock, rnd io.Reader) *Eraser {
	return &Eraser{store: store, clock: clock, rnd: rnd}
}

// ErasedPerson is what became of a person's values.
type ErasedPerson struct {
	Done []domain.PersonInCase
	Kept []KeptValues // what could not be erased: in cases that are worked on, in files that must be kept
}

// KeptValues is a person's place in a case that keeps his values, and why.
type KeptValues struct {
	domain.PersonInCase
	Why error
}

// Person erases the values of whoever has a certificate's number from all cases of a county that let it be done, each with an
// event of its own. Each case is a transaction of its own: what is erased stays so if a later one fails, and running it again
// goes on. scope is the county's system scope; actor is who answers for it.
func (u *Eraser) Person(ctx context.Context, actor domain.Actor, scope domain.Scope, idNumber string, ground domain.ErasureGround) (ErasedPerson, error) {
	var out ErasedPerson
	days, err := u.store.Calendar(ctx)
	if err != nil {
		return out, err
	}
	now := u.clock.now()
	found, err := u.find(ctx, scope, idNumber, calendar.DateOf(now))
	if err != nil {
		return out, err
	}
	for _, x := range found {
		if why := x.Fulfils(domain.SubjectErase, ground); why != nil {
			out.Kept = append(out.Kept, KeptValues{x, why})
			continue
		}
		a := domain.Act{Actor: actor, At: u.clock.now(), Calendar: days, Random: u.rnd}
		in := domain.Erasing{PartyNo: x.PartyNo, RepresentativeNo: x.RepresentativeNo, Ground: ground}
		if _, err := u.store.EraseValues(ctx, scope, a, x.Case, in); err != nil {
			return out, err
		}
		out.Done = append(out.Done, x)
	}
	return out, nil
}

// find looks for the number as it would be stored, and as it was typed.
func (u *Eraser) find(ctx context.Context, scope domain.Scope, typed string, today calendar.Date) ([]domain.PersonInCase, error) {
	numbers := []string{domain.CleanText(typed)}
	if id, err := domain.ParseIDNumber(typed, today); err == nil && id.Number != numbers[0] {
		numbers = append(numbers, id.Number)
	}
	var all []domain.PersonInCase
	for _, n := range numbers {
		found, err := u.store.PersonInCases(ctx, scope, n)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}
