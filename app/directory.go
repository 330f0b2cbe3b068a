package app

import (
	"context"

	"baimi/domain"
	"baimi/domain/calendar"
)

// DirectoryStore is what the directory is read from.
type DirectoryStore interface {
	Tx
	Areas(ctx context.Context, parent *int, q string, on calendar.Date) ([]domain.Area, error)
	Org(ctx context.Context, id domain.OrgID) (domain.Org, error)
	Orgs(ctx context.Context, f domain.OrgFilter) ([]domain.Org, error)
	Points(ctx context.Context, f domain.OrgFilter, on calendar.Date) ([]domain.Point, error)
	Point(ctx context.Context, id domain.OrgID, on calendar.Date) (domain.Point, []domain.PointStatus, error)
	ChangePointStatus(ctx context.Context, id domain.OrgID, s domain.PointStatus) error
	Mediators(ctx context.Context, committee domain.OrgID, on calendar.Date) ([]domain.Staff, error)
	Rooms(ctx context.Context, county domain.County, f domain.RoomFilter) ([]domain.Room, error)
	Room(ctx context.Context, county domain.County, id domain.RoomID) (domain.Room, error)
	AddRoom(ctx context.Context, r domain.Room) (domain.RoomID, error)
	CloseRoom(ctx context.Context, county domain.County, id domain.RoomID, on calendar.Date) error
	DisputeTypes(ctx context.Context) ([]domain.DisputeType, error)
}

// Directory is who and where: areas, organisations, points, mediators. Everybody signed in may read it.
type Directory struct {
	store DirectoryStore
	clock Clock
}

// NewDirectory makes the use cases.
func NewDirectory(store DirectoryStore, clock Clock) *Directory {
	return &Directory{store: store, clock: clock}
}

func (u *Directory) today() calendar.Date { return calendar.DateOf(u.clock.now()) }

// Areas reads the children of an area, or those whose name holds q.
func (u *Directory) Areas(ctx context.Context, parent *int, q string) ([]domain.Area, error) {
	return u.store.Areas(ctx, parent, q, u.today())
}

// Orgs reads a page of organisations; next is the one to go on after, 0 at the end.
func (u *Directory) Orgs(ctx context.Context, f domain.OrgFilter) (rows []domain.Org, next domain.OrgID, err error) {
	size := f.Size
	f.Size++
	if rows, err = u.store.Orgs(ctx, f); err != nil || len(rows) <= size {
		return rows, 0, err
	}
	return rows[:size], rows[size-1].ID, nil
}

// Org reads one organisation.
func (u *Directory) Org(ctx context.Context, id domain.OrgID) (domain.Org, error) {
	return u.store.Org(ctx, id)
}

// Mediators reads who may mediate for the committee that an organisation is or belongs to.
func (u *Directory) Mediators(ctx context.Context, id domain.OrgID) ([]domain.Staff, error) {
	org, err := u.store.Org(ctx, id)
	if err != nil {
		return nil, err
	}
	if org.Committee == nil {
		return nil, nil
	}
	return u.store.Mediators(ctx, *org.Committee, u.today())
}

// Points reads a page of intake points.
func (u *Directory) Points(ctx context.Context, f domain.OrgFilter) (rows []domain.Point, next domain.OrgID, err error) {
	size := f.Size
	f.Size++
	if rows, err = u.store.Points(ctx, f, u.today()); err != nil || len(rows) <= size {
		return rows, 0, err
	}
	return rows[:size], rows[size-1].ID, nil
}

// Point reads an intake point with the history of its status.
func (u *Directory) Point(ctx context.Context, id domain.OrgID) (domain.Point, []domain.PointStatus, error) {
	return u.store.Point(ctx, id, u.today())
}

// farthest is how far ahead a change of a point's status may be announced.
const farthest = 31

// ChangePointStatus opens, pauses or closes an intake point from a day on.
func (u *Directory) ChangePointStatus(ctx context.Context, actor domain.Actor, id domain.OrgID, change domain.PointStatus) (domain.Point, []domain.PointStatus, error) {
	var point domain.Point
	var history []domain.PointStatus
	err := u.store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		org, err := u.store.Org(ctx, id)
		if err != nil {
			return err
		}
		if err := runsPoints(actor, org); err != nil {
			return err
		}
		if org.Kind != domain.OrgPoint {
			return domain.NotFound("受理点")
		}
		if change.ValidFrom.After(u.today().AddDays(farthest)) {
			return invalid([]domain.FieldError{{Pointer: "/from", Code: "too_late", Message: "起始日期最多提前一个月登记"}})
		}
		if err := u.store.ChangePointStatus(ctx, id, change); err != nil {
			return err
		}
		point, history, err = u.store.Point(ctx, id, u.today())
		return err
	})
	return point, history, err
}
