package exports

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/domain/exchange"
)

const (
	// pageCases is how many cases are read in one transaction, with their lines in the access log.
	pageCases = 50
	// MostCases bounds a file: its rows are held in memory.
	MostCases = 20_000
	// dead is how long a run may give no sign of life before another worker takes it over.
	dead = 2 * time.Minute
)

// Work makes the file of an export that waits. ok is false while the run is not there yet or another worker is at it.
func (u *Exports) Work(ctx context.Context, county domain.CountyInfo, id uuid.UUID) (run domain.ExportRun, ok bool, err error) {
	scope := domain.SystemScope(county.ID, county.AreaPath)
	now := u.now()
	if run, ok, err = u.store.ClaimExport(ctx, scope, id, now, now.Add(-dead)); err != nil || !ok {
		return run, ok, err
	}
	file, failure := u.make(ctx, scope, &run)
	end := u.now()
	run.FinishedAt, run.BeatAt = &end, &end
	if failure != nil {
		run.State, run.Detail = domain.ExportFailed, "导出中断，请重新导出"
		var refused *domain.Error
		if errors.As(failure, &refused) {
			run.Detail = refused.Message
		}
		// whatever became of ctx, the run is no longer at work
		return run, true, errors.Join(unlessRefused(failure), u.store.UpdateExport(context.WithoutCancel(ctx), scope, run, nil))
	}
	sum := sha256.Sum256(file)
	run.State, run.FileHash, run.FileSize = domain.ExportDone, sum[:], len(file)
	return run, true, u.store.UpdateExport(ctx, scope, run, file)
}

// unlessRefused is an error of ours; a refusal is told to whoever asked.
func unlessRefused(err error) error {
	if domain.CodeOf(err) != "" {
		return nil
	}
	return err
}

// job is an export at work.
type job struct {
	u       *Exports
	run     *domain.ExportRun
	by      domain.Actor
	reason  string
	format  exchange.Format
	items   []exchange.Item
	mapping exchange.Mapping
	sheet   sheet
	orgs    map[domain.OrgID]domain.Org
}

func (u *Exports) make(ctx context.Context, system domain.Scope, run *domain.ExportRun) ([]byte, error) {
	by, err := u.owner(ctx, *run)
	if err != nil {
		return nil, err
	}
	j := &job{u: u, run: run, by: by, orgs: map[domain.OrgID]domain.Org{}}
	if j.format, err = exchange.Of(run.Format); err != nil {
		return nil, err
	}
	j.items = j.format.Columns(run.Extended)
	if j.mapping, err = u.mapping(ctx, by, j.format); err != nil {
		return nil, err
	}
	if j.reason, err = u.store.ExportReason(ctx, system, *run); err != nil {
		return nil, err
	}
	filter, err := u.store.ExportFilter(ctx, system, *run)
	if err != nil {
		return nil, err
	}
	page := domain.Page{Size: pageCases}
	for {
		next, err := j.page(ctx, filter, page)
		if err != nil {
			return nil, err
		}
		beat := u.now()
		run.Rows, run.Unmapped, run.BeatAt = len(j.sheet.rows), len(j.sheet.complaints), &beat
		if next == nil {
			break
		}
		if run.Rows > MostCases {
			return nil, domain.Errorf(domain.CodeInvalid, "超过%d件案件，请缩小范围，分几次导出", MostCases)
		}
		page.After = next
		if err := u.store.UpdateExport(ctx, system, *run, nil); err != nil {
			return nil, err
		}
	}
	return j.file()
}

// owner is who asked, as he is now: a role that has ended since, or a sign-in that was closed, takes nothing out.
func (u *Exports) owner(ctx context.Context, run domain.ExportRun) (domain.Actor, error) {
	gone := domain.Errorf(domain.CodeForbidden, "导出人的岗位已经变动，请重新登录后再导出")
	account, err := u.store.Account(ctx, run.Account)
	if err != nil {
		return domain.Actor{}, err
	}
	held, err := u.store.Assignments(ctx, run.Person, calendar.DateOf(u.now()))
	if err != nil {
		return domain.Actor{}, err
	}
	i := slices.IndexFunc(held, func(a domain.Assignment) bool { return a.ID == run.Assignment })
	if i < 0 || account.DisabledAt != nil || account.Person != run.Person {
		return domain.Actor{}, gone
	}
	by := held[i].Actor(account, run.Via)
	by.Request = run.Request
	return by, by.MayExport(run.CaseID != nil, run.Clear, run.Purpose)
}

// page takes some cases out: what is read and what the access log says of it are one transaction.
func (j *job) page(ctx context.Context, f domain.CaseFilter, p domain.Page) (next *domain.Cursor, err error) {
	scope := j.by.Scope()
	err = j.u.store.InTx(ctx, scope, func(ctx context.Context) error {
		var cases []*domain.Case
		if j.run.CaseID != nil {
			c, err := j.u.store.Case(ctx, scope, domain.CaseID{County: j.run.County, UUID: *j.run.CaseID})
			if err != nil {
				return err
			}
			cases = []*domain.Case{c}
		} else if cases, next, err = j.u.store.FullCases(ctx, scope, f, p); err != nil {
			return err
		}
		if f.Party != nil {
			found := len(cases)
			err := app.LogAccess(ctx, j.u.store, j.u.random, j.by, domain.AccessSearchPerson, j.u.now(), func(l *domain.Access) { l.Count = &found })
			if err != nil {
				return err
			}
		}
		for _, c := range cases {
			if err := j.add(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
	return next, err
}

// add puts a case into the file, and writes that it went out.
func (j *job) add(ctx context.Context, c *domain.Case) error {
	if c.Confidentiality != domain.Ordinary && !j.carriesLevel() {
		j.run.Withheld++ // whoever gets it would not know that it is confidential
		return nil
	}
	v, err := j.view(ctx, c)
	if err != nil {
		return err
	}
	values, complaints := v.Row(j.items, j.mapping)
	j.sheet.rows = append(j.sheet.rows, values)
	for _, x := range complaints {
		j.sheet.complaints = append(j.sheet.complaints, complaint{row: len(j.sheet.rows), number: numberOf(c), Complaint: x})
	}
	return j.log(ctx, c, v.Clear)
}

// log writes that a case went out, and which of its masked values went out in the clear.
func (j *job) log(ctx context.Context, c *domain.Case, clear bool) error {
	line := func(what domain.AccessKind, fields ...domain.PartyField) error {
		return app.LogAccess(ctx, j.u.store, j.u.random, j.by, what, j.u.now(), func(l *domain.Access) {
			*l = l.Of(c)
			l.Reason, l.Fields = string(j.run.Purpose), domain.FieldWords(fields)
		})
	}
	if err := line(domain.AccessExport); err != nil || !clear {
		return err
	}
	var fields []domain.PartyField
	for _, x := range j.items {
		switch x.Field {
		case exchange.FieldIDNumber:
			fields = append(fields, domain.FieldIDNumber)
		case exchange.FieldAddress:
			fields = append(fields, domain.FieldAddress)
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return line(domain.AccessUnmask, fields...)
}

// carriesLevel tells whether the columns say how confidential a case is.
func (j *job) carriesLevel() bool {
	return slices.ContainsFunc(j.items, func(x exchange.Item) bool { return x.Field == exchange.FieldLevel })
}

func numberOf(c *domain.Case) string {
	if c.FileNo != nil {
		return *c.FileNo
	}
	return c.DemandNo.Print()
}

// view is a case with the names beside it.
func (j *job) view(ctx context.Context, c *domain.Case) (*exchange.View, error) {
	org, ok := j.orgs[c.Committee]
	if !ok {
		var err error
		if org, err = j.u.store.Org(ctx, c.Committee); err != nil {
			return nil, err
		}
		j.orgs[c.Committee] = org
	}
	v := &exchange.View{
		Case: c, Committee: org.Name, TypeName: exchange.ListCaseType.Label(c.Type), Reason: app.EndReason(c),
		Clear: j.run.Clear && c.MayReveal(j.by) && !c.Stopped(), // who had the use of his data stopped goes out masked
	}
	if org.CommitteeType != nil {
		v.CommitteeType = *org.CommitteeType
	}
	if c.Presiding == nil {
		return v, nil
	}
	names, err := j.u.names.OfStaff(ctx, []domain.PersonID{*c.Presiding})
	v.Mediator = names.People[*c.Presiding]
	return v, err
}
