package imports

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"baimi/app/sheets"
	"baimi/domain"
	"baimi/domain/calendar"
)

const (
	// batchRows is how many rows are written in one transaction.
	batchRows = 500
	// dead is how long a run may give no sign of life before another worker takes it over. Rows that were written stay
	// written, and come out as the same.
	dead = 2 * time.Minute
)

// Work checks the rows of a run that waits, and writes the good ones unless it is dry. It returns whether there was
// anything to do; ok is false while the run is not there yet or another worker is at it.
func (u *Imports) Work(ctx context.Context, county domain.CountyInfo, id uuid.UUID) (run domain.ImportRun, logins []string, ok bool, err error) {
	scope := domain.SystemScope(county.ID, county.AreaPath)
	now := u.now()
	if run, ok, err = u.store.ClaimImport(ctx, scope, id, now, now.Add(-dead)); err != nil || !ok {
		return run, nil, ok, err
	}
	logins, failure := u.work(ctx, scope, &run)
	if failure != nil {
		run.State, run.Detail = domain.ImportFailed, "导入中断，请重新上传同一个文件；已经保存的行不会重复添加"
		if domain.CodeOf(failure) != "" {
			run.Detail = messageOf(failure)
		}
		end := u.now()
		run.FinishedAt = &end
		// whatever became of ctx, the run is no longer at work
		if err := u.store.UpdateImport(context.WithoutCancel(ctx), scope, run); err != nil {
			return run, logins, true, err
		}
	}
	return run, logins, true, failure
}

func (u *Imports) work(ctx context.Context, scope domain.Scope, run *domain.ImportRun) ([]string, error) {
	k, err := kindOf(run.Kind)
	if err != nil {
		return nil, err
	}
	file, err := u.store.ImportFile(ctx, scope, run.ID)
	if err != nil {
		return nil, err
	}
	sheet, err := sheets.Read(file)
	if err != nil {
		return nil, err
	}
	rows, err := u.plan(ctx, scope, k, sheet, *run)
	if err != nil {
		return nil, err
	}
	run.Rows, run.Bad = len(rows), count(rows, bad)
	run.Done = run.Bad
	var logins []string
	if run.Dry {
		run.Done = len(rows)
	} else {
		if logins, err = u.write(ctx, scope, run, rows); err != nil {
			return logins, err
		}
	}
	run.Added, run.Changed, run.Same, run.Bad = count(rows, added), count(rows, changed), count(rows, same), count(rows, bad)
	end := u.now()
	run.State, run.FinishedAt, run.Done = domain.ImportDone, &end, len(rows)
	back, err := k.back(sheet, rows)
	if err != nil {
		return logins, err
	}
	run.HasErrors = len(back) > 0
	return logins, u.store.FinishImport(ctx, scope, *run, back)
}

// back is the file with its bad rows, nothing when there are none.
func (k *kind) back(sheet sheets.Sheet, rows []*row) ([]byte, error) {
	if count(rows, bad) == 0 {
		return nil, nil
	}
	var out bytes.Buffer
	err := k.returned(&out, sheet, rows)
	return out.Bytes(), err
}

// plan says of every row what it would do, and writes nothing.
func (u *Imports) plan(ctx context.Context, scope domain.Scope, k *kind, sheet sheets.Sheet, run domain.ImportRun) ([]*row, error) {
	now := u.now()
	today := calendar.DateOf(now)
	rows, err := k.read(sheet, today)
	if err != nil {
		return nil, err
	}
	records, err := u.store.DirectoryRecords(ctx, scope.County, today)
	if err != nil {
		return nil, err
	}
	p := newPlanner(run.By(scope.Area), today, records)
	if k.code.PastFiles() {
		if run.Committee != nil {
			p.takes = *run.Committee
		}
		if err := u.prepareFiles(ctx, scope, k, p, rows, now); err != nil {
			return nil, err
		}
	}
	k.plan(p, rows)
	return rows, p.failed
}

// prepareFiles reads what past files are compared with: the numbers that their committees have given in those years, and for
// those of another system which of its codes is which of ours.
func (u *Imports) prepareFiles(ctx context.Context, scope domain.Scope, k *kind, p *planner, rows []*row, now time.Time) error {
	p.at, p.random, p.readers = now, u.random, map[string]domain.Readers{}
	p.reader = func(area string) domain.Readers {
		readers, err := u.store.Confidants(ctx, area, p.today)
		if err != nil {
			p.failed = err
		}
		return readers
	}
	committees := map[domain.OrgID]bool{}
	first, last := p.today.Year(), 0
	for _, r := range rows {
		quiet := &row{values: r.values} // what is wrong with a number or a name is told when its row is read
		o := p.orgs[r.values["committee"]]
		if k.format != nil {
			quiet.fileNumber(*k.format)
			o = p.takingCommittee(quiet, *k.format)
		}
		if o != nil {
			committees[o.ID] = true
		}
		if n := quiet.number(); n.Year > 0 {
			first, last = min(first, n.Year), max(last, n.Year)
		}
	}
	if k.format != nil {
		set, err := u.store.Mapping(ctx, scope, k.format.Code, 0, 0)
		if err != nil {
			return err
		}
		p.mapping = k.format.NewMapping(set.Entries)
	}
	var err error
	p.filed, err = u.store.FiledCases(ctx, scope, slices.Sorted(maps.Keys(committees)), first, last)
	return err
}

func count(rows []*row, o outcome) (n int) {
	for _, r := range rows {
		if r.outcome == o {
			n++
		}
	}
	return n
}

// write writes the rows that are new or change something, what others hang on first.
func (u *Imports) write(ctx context.Context, scope domain.Scope, run *domain.ImportRun, rows []*row) ([]string, error) {
	todo := slices.DeleteFunc(slices.Clone(rows), func(r *row) bool { return r.apply == nil || r.outcome != added && r.outcome != changed })
	slices.SortStableFunc(todo, func(a, b *row) int { return cmp.Compare(a.depth, b.depth) })
	run.Done = len(rows) - len(todo)
	run.Same = count(rows, same)
	var logins []string
	written, plans := 0, batchRows
	for batch := range slices.Chunk(todo, batchRows) {
		if written >= plans { // the checks of foreign keys keep their plan, which may have been made for an empty table
			plans = 4 * written
			if err := u.store.RefreshStatistics(ctx); err != nil {
				return logins, err
			}
		}
		written += len(batch)
		w := &writer{store: u.store, scope: scope, county: scope.County, at: u.now(), by: run.By(scope.Area), random: u.random}
		err := u.batch(ctx, scope, run, w, batch)
		if domain.CodeOf(err) != "" && domain.CodeOf(err) != domain.CodeUnavailable {
			// somebody else has changed what a row goes by: find out which
			w.logins, w.lines = nil, nil
			err = u.oneByOne(ctx, scope, run, w, batch)
		}
		if err != nil {
			return logins, err
		}
		logins = append(logins, w.logins...)
	}
	return logins, nil
}

// batch writes rows in one transaction, together with how far the run has come.
func (u *Imports) batch(ctx context.Context, scope domain.Scope, run *domain.ImportRun, w *writer, rows []*row) error {
	next := *run
	err := u.store.InTx(ctx, scope, func(ctx context.Context) error {
		if err := u.store.LockAreas(ctx, scope.County); err != nil {
			return err
		}
		w.ctx, w.lines, w.files = ctx, nil, nil
		for _, r := range rows {
			if err := r.apply(w); err != nil {
				return err
			}
		}
		if err := u.store.LogAccounts(ctx, scope, w.lines); err != nil {
			return err
		}
		if err := u.store.CreatePastFiles(ctx, scope, w.files); err != nil {
			return err
		}
		tally(&next, rows)
		beat := u.now()
		next.BeatAt = &beat
		return u.store.UpdateImport(ctx, scope, next)
	})
	if err == nil {
		*run = next
	}
	return err
}

func (u *Imports) oneByOne(ctx context.Context, scope domain.Scope, run *domain.ImportRun, w *writer, rows []*row) error {
	for _, r := range rows {
		err := u.batch(ctx, scope, run, w, []*row{r})
		if domain.CodeOf(err) == "" && err != nil || domain.CodeOf(err) == domain.CodeUnavailable {
			return err
		}
		if err != nil {
			r.outcome = bad
			r.problems = append(r.problems, "未能保存："+messageOf(err))
			run.Done++
			run.Bad++
		}
	}
	return nil
}

func tally(run *domain.ImportRun, rows []*row) {
	run.Done += len(rows)
	run.Added += count(rows, added)
	run.Changed += count(rows, changed)
}
