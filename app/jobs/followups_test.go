package jobs_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"baimi/app/jobs"
	"baimi/domain"
	"baimi/storage/storagetest"
)

// TestTheJobPlansWhatIsMissing: a further attempt after one that reached nobody, of a private case too, and a plan that is
// not there at all. A second run plans
// nothing more.
func TestTheJobPlansWhatIsMissing(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	mediator := w.Hire(t, "mediator", domain.RoleMediator, w.CommitteeA1)
	system := domain.SystemScope(w.County, "510185")
	act := w.Act(t, mediator)
	shaken := func(level domain.Confidentiality, tried bool) domain.CaseID {
		in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
		in.Confidentiality = level
		id := w.Register(t, act, in).CaseID()
		w.Accept(t, act, id, mediator.Person)
		on := act.Today()
		for _, step := range []func(c *domain.Case) error{
			func(c *domain.Case) error {
				return c.Start(act, on, []domain.Notice{{PartyNo: 1, How: "oral", On: on}, {PartyNo: 2, How: "oral", On: on}}, []int{1, 2})
			},
			func(c *domain.Case) error {
				return c.AgreeOrally(act, domain.Terms{On: on, Text: "握手言和。", NoPerformance: true})
			},
			func(c *domain.Case) error {
				if !tried {
					return nil
				}
				return c.RecordFollowUp(act, 1, domain.Visit{On: on, How: domain.ByPhone})
			},
		} {
			w.Change(t, act, id, func(_ context.Context, c *domain.Case) error { return step(c) })
		}
		return id
	}
	tried := []domain.CaseID{shaken(domain.Ordinary, true), shaken(domain.Private, true)}
	shaken(domain.Ordinary, false) // its visit is planned
	bare := shaken(domain.Ordinary, false)
	owner, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	if _, err := owner.Exec(t.Context(), "delete from follow_up where case_id = $1", bare.UUID); err != nil {
		t.Fatal(err)
	}
	run, err := jobs.New(w.Store, w.Store.Pool(), func() time.Time { return storagetest.Now }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"3 cases with visits planned", "0 cases with visits planned"} {
		if got, err := run.RunOnce(t.Context(), "follow-ups", storagetest.Now); err != nil || got != want {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
	for _, id := range tried {
		c, err := w.Store.Case(t.Context(), system, id)
		if err != nil {
			t.Fatal(err)
		}
		if f := c.FollowUps[len(c.FollowUps)-1]; len(c.FollowUps) != 2 || f.Attempt != 2 || f.Status != domain.FollowUpPlanned || c.Deadlines[len(c.Deadlines)-1].Variant != "again" {
			t.Errorf("%+v %+v", c.FollowUps, c.Deadlines)
		}
	}
}
