package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"baimi/app/jobs"
	"baimi/domain"
	"baimi/storage/storagetest"
)

// troubled is a store of three counties, the second of which fails.
type troubled struct {
	jobs.Store
	asked []domain.County
}

var errTrouble = errors.New("trouble")

func (*troubled) Counties(context.Context) ([]domain.CountyInfo, error) {
	return []domain.CountyInfo{{ID: 1, AreaPath: "510185"}, {ID: 2, AreaPath: "510104"}, {ID: 3, AreaPath: "510105"}}, nil
}

func (s *troubled) FoldRates(_ context.Context, scope domain.Scope, _ int) (int, error) {
	asked := len(s.asked) > 0 && s.asked[len(s.asked)-1] == scope.County
	if !asked {
		s.asked = append(s.asked, scope.County)
	}
	switch {
	case asked && scope.County == 2:
		return 0, errTrouble
	case asked:
		return 0, nil
	}
	return 10 * int(scope.County), nil
}

func TestTheTroubleOfOneCountyIsNotTheOthers(t *testing.T) {
	t.Parallel()
	s := &troubled{}
	r, err := jobs.New(s, storagetest.NewTown(t).Store.Pool(), time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.RunOnce(t.Context(), "rates", storagetest.Now)
	if !errors.Is(err, errTrouble) || got != "60 events worked in" || len(s.asked) != 3 {
		t.Errorf("%q, %v, counties %v", got, err, s.asked)
	}
	s.asked = nil
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := r.RunOnce(stopped, "rates", storagetest.Now); len(s.asked) != 1 {
		t.Errorf("a job that was told to stop went on to counties %v (%v)", s.asked, err)
	}
}
