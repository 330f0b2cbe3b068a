package storagetest

import (
	"context"
	"crypto/rand"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"baimi/domain"
	"baimi/domain/calendar"
)

var hashOnce = sync.OnceValues(func() (string, error) {
	return argon2id.CreateHash(Password, &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
})

// hash is made once with weak parameters: hashing well in each test would be most of its time.
func hash(tb testing.TB) string {
	tb.Helper()
	h, err := hashOnce()
	must(tb, err)
	return h
}

// ActAt is an act of somebody at a time.
func (t *Town) ActAt(tb testing.TB, a domain.Actor, at time.Time) domain.Act {
	tb.Helper()
	cal, err := t.Store.Calendar(tb.Context())
	must(tb, err)
	readers := domain.Readers{}
	if a.Committee != 0 {
		readers, err = t.Store.Confidants(tb.Context(), a.OrgArea, calendar.DateOf(at))
		must(tb, err)
	}
	return domain.Act{Actor: a, At: at, Calendar: cal, Confidants: readers, Random: rand.Reader}
}

// Dispute is a plain quarrel between two neighbours at a point; change what a test is about.
func (t *Town) Dispute(point, committee domain.OrgID, area domain.Area) domain.Registration {
	var at *domain.OrgID
	if point != 0 {
		at = &point
	}
	return domain.Registration{
		Point: at, Committee: committee, AreaPath: area.Path, Source: domain.SourceApplied, Type: "02",
		Confidentiality: domain.Ordinary, Place: area.Name + "三组", Facts: "两家因院墙排水发生争执。", Wish: "恢复排水沟。",
		RequestedOn: calendar.DateOf(Now), RequestedHow: domain.RequestedVisit,
		Parties: []domain.NewParty{
			{Role: domain.Applicant, Kind: domain.Natural, Name: "王小明", Phone: "13800138000", IDNumber: "510185199003070013"},
			{Role: domain.Respondent, Kind: domain.Natural, Name: "李大山", Phone: "13900139000", IDNumber: "510185197501010014"},
		},
	}
}

// Register stores a dispute taken in by somebody.
func (t *Town) Register(tb testing.TB, act domain.Act, in domain.Registration) *domain.Case {
	tb.Helper()
	r, err := domain.Register(act, in)
	must(tb, err)
	must(tb, t.Store.CreateCase(tb.Context(), act.Actor.Scope(), r.Case))
	return r.Case
}

// Change lets a domain method act on a stored case in the actor's scope.
func (t *Town) Change(tb testing.TB, act domain.Act, id domain.CaseID, fn func(ctx context.Context, c *domain.Case) error) *domain.Case {
	tb.Helper()
	c, err := t.Store.UpdateCase(tb.Context(), act.Actor.Scope(), id, fn)
	must(tb, err)
	return c
}

// Accept accepts a case on the day of the act.
func (t *Town) Accept(tb testing.TB, act domain.Act, id domain.CaseID, mediator domain.PersonID) *domain.Case {
	tb.Helper()
	return t.Change(tb, act, id, func(ctx context.Context, c *domain.Case) error {
		n, err := t.Store.NextFileNumber(ctx, act.Actor.Scope(), c.Committee, act.Today().Year())
		if err != nil {
			return err
		}
		return c.Accept(act, domain.Acceptance{On: act.Today(), Mediators: []domain.PersonID{mediator}, Number: n})
	})
}
