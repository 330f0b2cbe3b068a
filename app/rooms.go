package app

import (
	"context"

	"baimi/domain"
	"baimi/domain/calendar"
)

// Rooms lists the rooms of the actor's county.
func (u *Directory) Rooms(ctx context.Context, actor domain.Actor, f domain.RoomFilter) ([]domain.Room, error) {
	return u.store.Rooms(ctx, actor.County, f)
}

// AddRoom opens a room of an organisation from today on.
func (u *Directory) AddRoom(ctx context.Context, actor domain.Actor, org domain.OrgID, name string, remote bool) (domain.Room, error) {
	var out domain.Room
	err := u.store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		o, err := u.store.Org(ctx, org)
		if err != nil {
			return err
		}
		if err := runsRooms(actor, o); err != nil {
			return err
		}
		id, err := u.store.AddRoom(ctx, domain.Room{County: actor.County, Org: org, Name: name, Remote: remote, OpenedOn: u.today()})
		if err != nil {
			return err
		}
		out, err = u.store.Room(ctx, actor.County, id)
		return err
	})
	return out, err
}

// CloseRoom ends the use of a room from a day on, today at the earliest.
func (u *Directory) CloseRoom(ctx context.Context, actor domain.Actor, id domain.RoomID, on calendar.Date) (domain.Room, error) {
	var out domain.Room
	err := u.store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		room, err := u.store.Room(ctx, actor.County, id)
		if err != nil {
			return err
		}
		o, err := u.store.Org(ctx, room.Org)
		if err != nil {
			return err
		}
		if err := runsRooms(actor, o); err != nil {
			return err
		}
		switch {
		case room.ClosedOn != nil:
			return domain.Errorf(domain.CodeGuard, "该调解室已经停用")
		case on.Before(u.today()):
			return invalid([]domain.FieldError{{Pointer: "/on", Code: "too_early", Message: "停用日期不能早于今天"}})
		}
		if err := u.store.CloseRoom(ctx, actor.County, id, on); err != nil {
			return err
		}
		out, err = u.store.Room(ctx, actor.County, id)
		return err
	})
	return out, err
}
