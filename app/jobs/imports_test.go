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

// worked is a reader of files that is not there at first, as when the request that brought the file has not ended yet.
type worked struct {
	missing int
	calls   chan uuid.UUID
}

func (w *worked) Work(_ context.Context, county domain.CountyInfo, id uuid.UUID) (domain.ImportRun, []string, bool, error) {
	w.calls <- id
	if w.missing--; w.missing >= 0 {
		return domain.ImportRun{}, nil, false, nil
	}
	return domain.ImportRun{County: county.ID, ID: id, State: domain.ImportDone}, nil, true, nil
}

func TestAQueuedImportIsWorkedOnceItIsThere(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	run, err := jobs.New(w.Store, w.Store.Pool(), time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	use := &worked{missing: 1, calls: make(chan uuid.UUID, 10)}
	run.WorkImports(use)
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
	for range 2 {
		select {
		case got := <-use.calls:
			if got != id {
				t.Errorf("worked %s, queued %s", got, id)
			}
		case <-time.After(time.Minute):
			t.Fatal("the import was not worked")
		}
	}
}
