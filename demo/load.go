package demo

import (
	"context"
	"math/rand/v2"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
)

// last is the sign-in that is made last: without it a demo was cut short.
const last = "auditor"

// Phase is what Load is at, for whoever watches.
type Phase struct {
	Name        string
	Done, Total int
}

// Made is what Load has made.
type Made struct {
	Areas, Orgs, Points, People, Disputes, Cases int
}

// Load fills an empty database with a city of a size as of a time. passwordHash is that of Password.
func Load(ctx context.Context, store *storage.Store, size Size, at time.Time, passwordHash string, watch func(Phase)) (Made, error) {
	var made Made
	days, err := store.Calendar(ctx)
	if err != nil {
		return made, err
	}
	watch(Phase{Name: "directory"})
	b := newDirectory(rand.New(rand.NewPCG(510185, 0)), size) //nolint:gosec // the same city every time; nothing secret is drawn from it
	b.out.At, b.out.PasswordHash = at, passwordHash
	planted, err := store.Plant(ctx, b.out)
	if err != nil {
		return made, err
	}
	made = Made{Areas: len(b.out.Areas), Orgs: len(planted.Orgs), Points: len(b.out.Points), People: len(b.out.Staff) + 1}
	watch(Phase{Name: "plans"})
	w := newWorld(b, planted, days, at)
	if w.rooms, err = openRooms(ctx, store, b, planted); err != nil {
		return made, err
	}
	plans := makePlans(w)
	made.Disputes = len(plans)
	made.Cases, err = playAll(ctx, store, plans, func(done int) { watch(Phase{"disputes", done, len(plans)}) })
	if err != nil {
		return made, err
	}
	return made, store.InTx(ctx, domain.SystemScope(County, AreaPath), func(ctx context.Context) error {
		return store.PlantStaff(ctx, b.auditor(), planted)
	})
}

// auditor is a directory of the one who is made last.
func (b *builder) auditor() storage.Directory {
	b.out.Staff = nil
	b.staff(marked("简阳市司法局"), domain.RoleAuditAdmin, last, "")
	return b.out
}

// Is tells whether a database holds a demo, and whether that was made to its end.
func Is(ctx context.Context, store *storage.Store, on calendar.Date) (found, whole bool, err error) {
	villages, err := store.Areas(ctx, nil, Mark, on)
	if err != nil || len(villages) == 0 {
		return false, false, err
	}
	accounts, err := store.Accounts(ctx)
	if err != nil {
		return false, false, err
	}
	for _, a := range accounts {
		found = found || a.Login == "keeper1"
		whole = whole || a.Login == last
	}
	return found, whole, nil
}
