package app

import (
	"context"
	"fmt"
	"slices"

	"baimi/domain"
	"baimi/domain/calendar"
)

// MergerStore is what mergers of areas are made with.
type MergerStore interface {
	Tx
	LockAreas(ctx context.Context, county domain.County) error
	AreaByCode(ctx context.Context, code string, on calendar.Date) (domain.Area, error)
	MergeAreas(ctx context.Context, m domain.Merger, fresh *domain.NewArea) (domain.Merger, error)
	Mergers(ctx context.Context, county domain.County) ([]domain.Merger, error)
}

// Mergers are the use cases about areas becoming part of others.
type Mergers struct {
	store MergerStore
	clock Clock
}

// NewMergers makes the use cases.
func NewMergers(store MergerStore, clock Clock) *Mergers { return &Mergers{store: store, clock: clock} }

// MergerInput says which areas become part of which, by the codes they bear today. Name is for a successor that is made
// by the merger: then Into is its code, and it lies beside the first of the merged.
type MergerInput struct {
	On     calendar.Date
	From   []string
	Into   string
	Name   string
	Source string
}

// Merge makes the merger. Present rights follow at once: whoever oversees the successor oversees the cases of the merged.
func (u *Mergers) Merge(ctx context.Context, actor domain.Actor, in MergerInput) (domain.Merger, error) {
	if err := SetsUp(actor); err != nil {
		return domain.Merger{}, err
	}
	var made domain.Merger
	err := u.store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		if err := u.store.LockAreas(ctx, actor.County); err != nil {
			return err
		}
		now := u.clock.now()
		today := calendar.DateOf(now)
		from, err := u.merged(ctx, actor, in.From, today)
		if err != nil {
			return err
		}
		into, fresh, err := u.successor(ctx, actor, in, from, today)
		if err != nil {
			return err
		}
		if err := domain.CheckMerger(into, from, in.On, today); err != nil {
			return err
		}
		m := domain.Merger{County: actor.County, OnDay: in.On, IntoArea: into.ID, Source: in.Source, MergedAt: now}
		for _, a := range from {
			m.FromAreas = append(m.FromAreas, int32(a.ID))
		}
		if actor.Person != 0 {
			m.MergedBy = &actor.Person
		}
		made, err = u.store.MergeAreas(ctx, m, fresh)
		return err
	})
	return made, err
}

// List reads the county's mergers, the newest first.
func (u *Mergers) List(ctx context.Context, actor domain.Actor) ([]domain.Merger, error) {
	if err := SetsUp(actor); err != nil {
		return nil, err
	}
	return u.store.Mergers(ctx, actor.County)
}

// merged reads the areas that are to go.
func (u *Mergers) merged(ctx context.Context, actor domain.Actor, codes []string, today calendar.Date) ([]domain.Area, error) {
	var from []domain.Area
	var wrong []domain.FieldError
	for i, code := range codes {
		a, err := u.store.AreaByCode(ctx, code, today)
		switch {
		case domain.CodeOf(err) == domain.CodeNotFound, err == nil && a.County != actor.County:
			wrong = append(wrong, domain.FieldError{
				Pointer: fmt.Sprintf("/from/%d", i), Code: "area", Message: "本县（市、区）没有这个代码的区域，或者已经撤并",
			})
		case err != nil:
			return nil, err
		default:
			from = append(from, a)
		}
	}
	return from, invalid(wrong)
}

// successor reads the area that stays, or prepares the one that begins with the merger, beside the first of the merged. The
// new one may take over the code of one of them.
func (u *Mergers) successor(ctx context.Context, actor domain.Actor, in MergerInput, from []domain.Area, today calendar.Date) (
	domain.Area, *domain.NewArea, error,
) {
	into, err := u.store.AreaByCode(ctx, in.Into, today)
	found := err == nil
	if err != nil && domain.CodeOf(err) != domain.CodeNotFound {
		return into, nil, err
	}
	gone := slices.ContainsFunc(from, func(a domain.Area) bool { return a.ID == into.ID })
	refuse := func(code, message string) (domain.Area, *domain.NewArea, error) {
		return into, nil, invalid([]domain.FieldError{{Pointer: "/into", Code: code, Message: message}})
	}
	switch {
	case in.Name == "" && (!found || into.County != actor.County):
		return refuse("area", "本县（市、区）没有这个代码的区域；如果是新设的区域，请同时填写名称")
	case in.Name == "":
		return into, nil, nil
	case found && !gone:
		return refuse("taken", "这个代码已由“"+into.Name+"”使用")
	case len(from) == 0 || from[0].Parent == nil:
		return refuse("area", "请填写被撤并的区域")
	}
	first := from[0]
	fresh := &domain.NewArea{
		County: actor.County, Parent: first.Parent, Level: first.Level, Name: in.Name, Code: in.Into, Source: in.Source, From: in.On,
	}
	return domain.Area{County: fresh.County, Level: fresh.Level, Name: fresh.Name, Code: fresh.Code}, fresh, nil
}
