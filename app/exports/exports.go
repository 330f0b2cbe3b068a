package exports

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/domain/exchange"
)

// Store is where exports are kept and what they are made from.
type Store interface {
	app.Tx
	app.AccessWriter
	app.NameStore
	Account(ctx context.Context, id domain.AccountID) (domain.Account, error)
	Assignments(ctx context.Context, person domain.PersonID, on calendar.Date) ([]domain.Assignment, error)
	Org(ctx context.Context, id domain.OrgID) (domain.Org, error)
	Case(ctx context.Context, scope domain.Scope, id domain.CaseID) (*domain.Case, error)
	FullCases(ctx context.Context, scope domain.Scope, f domain.CaseFilter, p domain.Page) ([]*domain.Case, *domain.Cursor, error)

	CreateExport(ctx context.Context, scope domain.Scope, run domain.ExportRun, what domain.ExportWhat) error
	Export(ctx context.Context, scope domain.Scope, id uuid.UUID) (domain.ExportRun, error)
	Exports(ctx context.Context, scope domain.Scope, p domain.Page) ([]domain.ExportRun, *domain.Cursor, error)
	ExportReason(ctx context.Context, scope domain.Scope, run domain.ExportRun) (string, error)
	ExportFilter(ctx context.Context, scope domain.Scope, run domain.ExportRun) (domain.CaseFilter, error)
	FetchExport(ctx context.Context, scope domain.Scope, run domain.ExportRun) ([]byte, error)
	ClaimExport(ctx context.Context, scope domain.Scope, id uuid.UUID, now, deadBefore time.Time) (domain.ExportRun, bool, error)
	UpdateExport(ctx context.Context, scope domain.Scope, run domain.ExportRun, file []byte) error

	Mapping(ctx context.Context, scope domain.Scope, format domain.ExchangeFormat, org domain.OrgID, version int) (domain.MappingVersion, error)
	SetMapping(ctx context.Context, scope domain.Scope, m domain.MappingVersion, was int) error
}

// Queue makes what was asked for, soon and beside the request.
type Queue interface {
	QueueExport(ctx context.Context, county domain.CountyInfo, id uuid.UUID) error
}

// Config is what an installation may decide.
type Config struct {
	Keep time.Duration // how long a file can be fetched
}

// DefaultConfig keeps a file for three days.
func DefaultConfig() Config { return Config{Keep: 72 * time.Hour} }

// Exports are the use cases.
type Exports struct {
	store  Store
	clock  app.Clock
	random io.Reader
	queue  Queue
	names  *app.NameBook
	cfg    Config
}

// New makes the use cases. Without a queue, whoever starts an export also works it.
func New(store Store, clock app.Clock, random io.Reader, queue Queue, cfg Config) *Exports {
	return &Exports{store: store, clock: clock, random: random, queue: queue, names: app.NewNameBook(store, clock), cfg: cfg}
}

// Wish is what somebody asks for.
type Wish struct {
	Format   domain.ExchangeFormat
	File     domain.ExportFile
	Purpose  domain.ExportPurpose
	Reason   string
	Clear    bool
	Extended bool
	Case     *domain.CaseID
	Filter   domain.CaseFilter
}

// aNumber is what a reason does not need: it stands in a log.
var aNumber = regexp.MustCompile(`[0-9][0-9 -]{5,}[0-9]`)

func (w Wish) check() error {
	var faults []domain.FieldError
	switch {
	case strings.TrimSpace(w.Reason) == "":
		faults = append(faults, domain.FieldError{Pointer: "/reason", Code: "required", Message: "请说明导出的理由"})
	case aNumber.MatchString(w.Reason):
		faults = append(faults, domain.FieldError{Pointer: "/reason", Code: "number", Message: "理由中不要填写证件号码、电话等号码"})
	}
	if len(faults) > 0 {
		return &domain.Error{Code: domain.CodeInvalid, Message: "有内容需要改正", Fields: faults}
	}
	return nil
}

// Start takes a wish; the file is made beside the request.
func (u *Exports) Start(ctx context.Context, actor domain.Actor, w Wish) (domain.ExportRun, error) {
	var run domain.ExportRun
	if err := actor.MayExport(w.Case != nil, w.Clear, w.Purpose); err != nil {
		return run, err
	}
	if _, err := exchange.Of(w.Format); err != nil {
		return run, err
	}
	if err := w.check(); err != nil {
		return run, err
	}
	id, err := uuid.NewRandomFromReader(u.random)
	if err != nil {
		return run, fmt.Errorf("number an export: %w", err)
	}
	now := u.now()
	run = domain.ExportRun{
		County: actor.County, ID: id, No: number(now, id), Owner: actor.Scope().Subject, Format: w.Format, FileType: w.File, Extended: w.Extended,
		Clear: w.Clear, Purpose: w.Purpose, State: domain.ExportWaiting, Account: actor.Account, Person: actor.Person, Assignment: actor.Assignment,
		Role: actor.Role, Org: actor.Org, Via: actor.Via, Request: actor.Request, RequestedAt: now, ExpiresAt: now.Add(u.cfg.Keep),
	}
	err = u.store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		if w.Case != nil {
			if w.Case.County != actor.County {
				return domain.NotFound("案件")
			}
			c, err := u.store.Case(ctx, actor.Scope(), *w.Case)
			if err != nil {
				return err
			}
			run.CaseID = &c.ID
		}
		return u.store.CreateExport(ctx, actor.Scope(), run, domain.ExportWhat{Filter: w.Filter, Reason: strings.TrimSpace(w.Reason)})
	})
	if err != nil || u.queue == nil {
		return run, err
	}
	return run, u.queue.QueueExport(ctx, domain.CountyInfo{ID: actor.County, AreaPath: actor.OrgArea[:6]}, id)
}

// number is what stands on the file: the day, and enough of the id to find the record.
func number(at time.Time, id uuid.UUID) string {
	return fmt.Sprintf("E%s-%s", strings.ReplaceAll(calendar.DateOf(at).String(), "-", ""), strings.ToUpper(id.String()[:8]))
}

// reads is for the records: one's own, and all of the county to the audit administrator.
func reads(a domain.Actor) error {
	if a.Role == domain.RoleAuditAdmin {
		return nil
	}
	return a.MaySeeExports()
}

// Get reads a run with its reason.
func (u *Exports) Get(ctx context.Context, actor domain.Actor, id uuid.UUID) (run domain.ExportRun, reason string, err error) {
	if err := reads(actor); err != nil {
		return run, "", err
	}
	err = u.store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		if run, err = u.store.Export(ctx, actor.Scope(), id); err != nil {
			return err
		}
		reason, err = u.store.ExportReason(ctx, actor.Scope(), run)
		return err
	})
	return run, reason, err
}

// List reads a page of runs, the newest first.
func (u *Exports) List(ctx context.Context, actor domain.Actor, p domain.Page) ([]domain.ExportRun, *domain.Cursor, error) {
	if err := reads(actor); err != nil {
		return nil, nil, err
	}
	return u.store.Exports(ctx, actor.Scope(), p)
}

// Fetch gives the file to whoever made it, in the role in which he made it, and logs that it was fetched.
func (u *Exports) Fetch(ctx context.Context, actor domain.Actor, id uuid.UUID) (run domain.ExportRun, file []byte, err error) {
	if err := actor.MaySeeExports(); err != nil {
		return run, nil, err
	}
	now := u.now()
	err = u.store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		if run, err = u.store.Export(ctx, actor.Scope(), id); err != nil {
			return err
		}
		switch run.StateAt(now) {
		case domain.ExportDone:
		case domain.ExportExpired:
			return domain.Errorf(domain.CodeGone, "文件已过期清除，请重新导出")
		case domain.ExportFailed:
			return domain.Errorf(domain.CodeGuard, "这次导出没有完成，没有文件")
		default:
			return domain.Errorf(domain.CodeNotOpen, "文件还在生成，请稍后再下载")
		}
		if file, err = u.store.FetchExport(ctx, actor.Scope(), run); err != nil {
			return err
		}
		return app.LogAccess(ctx, u.store, u.random, actor, domain.AccessDownload, now, func(l *domain.Access) {
			l.Count, l.Reason = &run.Rows, string(run.Purpose)
		})
	})
	return run, file, err
}

// now is the clock's time to the microsecond, which is what the database keeps.
func (u *Exports) now() time.Time { return u.clock().UTC().Truncate(time.Microsecond) }
