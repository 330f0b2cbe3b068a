package jobs_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"baimi/app/jobs"
	"baimi/domain"
	"baimi/storage/storagetest"
)

// worked is a run that is not there at first, as when the request that brought the file has not ended yet: then it is, but was not
// when it was claimed.
type worked struct {
	missing int
	state   domain.ImportState
	calls   chan uuid.UUID
}

func (w *worked) Work(_ context.Context, county domain.CountyInfo, id uuid.UUID) (domain.ImportRun, []string, bool, error) {
	w.calls <- id
	if w.missing--; w.missing >= 0 {
		return domain.ImportRun{State: w.state}, nil, false, nil
	}
	return domain.ImportRun{County: county.ID, ID: id, State: domain.ImportDone}, nil, true, nil
}

func TestAQueuedImportIsWorkedOnceItIsThere(t *testing.T) {
	t.Parallel()
	for _, state := range []domain.ImportState{"", domain.ImportWaiting, domain.ImportRunning} {
		t.Run("seen as "+string(state), func(t *testing.T) { t.Parallel(); workedInTheEnd(t, state) })
	}
}

func workedInTheEnd(t *testing.T, state domain.ImportState) {
	t.Helper()
	w := storagetest.NewTown(t)
	run, err := jobs.New(w.Store, w.Store.Pool(), time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	use := &worked{missing: 1, state: state, calls: make(chan uuid.UUID, 10)}
	out := &taken{worked{missing: 1, state: state, calls: make(chan uuid.UUID, 10)}}
	run.WorkImports(use)
	run.WorkExports(out)
	if err := run.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run.Stop(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	id := uuid.New()
	if err := run.QueueImport(t.Context(), domain.CountyInfo{ID: w.County, AreaPath: "510185"}, id); err != nil {
		t.Fatal(err)
	}
	if err := run.QueueExport(t.Context(), domain.CountyInfo{ID: w.County, AreaPath: "510185"}, id); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for what, calls := range map[string]chan uuid.UUID{"import": use.calls, "export": out.calls} {
			select {
			case got := <-calls:
				if got != id {
					t.Errorf("worked %s, queued %s", got, id)
				}
			case <-time.After(time.Minute):
				t.Fatalf("the %s was not worked", what)
			}
		}
	}
}

// taken is the same for an export.
type taken struct{ worked }

func (w *taken) Work(ctx context.Context, county domain.CountyInfo, id uuid.UUID) (domain.ExportRun, bool, error) {
	run, _, ok, err := w.worked.Work(ctx, county, id)
	return domain.ExportRun{County: run.County, ID: run.ID, State: domain.ExportState(run.State)}, ok, err
}
