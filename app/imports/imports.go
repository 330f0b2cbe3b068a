package imports

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"time"

	"github.com/google/uuid"

	"baimi/app"
	"baimi/app/sheets"
	"baimi/domain"
	"baimi/domain/calendar"
)

// Store is what files are compared with and written to.
type Store interface {
	app.Tx
	Counties(ctx context.Context) ([]domain.CountyInfo, error)
	AddCounty(ctx context.Context, c domain.CountyInfo) error
	LockAreas(ctx context.Context, county domain.County) error
	DirectoryRecords(ctx context.Context, county domain.County, today calendar.Date) (domain.DirectoryRecords, error)
	AddArea(ctx context.Context, n domain.NewArea) (domain.Area, error)
	SetAreaCode(ctx context.Context, n domain.NewAreaCode) error
	SaveOrg(ctx context.Context, county domain.County, o domain.OrgRecord) (domain.OrgID, error)
	SavePoint(ctx context.Context, p domain.PointRecord, fresh bool, from calendar.Date) error
	SavePerson(ctx context.Context, county domain.County, p domain.PersonRecord) (domain.PersonID, error)
	SaveAssignment(ctx context.Context, a domain.AssignmentRecord) (domain.AssignmentID, error)
	OpenAccount(ctx context.Context, person domain.PersonID, login string, at time.Time) (domain.AccountID, error)
	LogAccounts(ctx context.Context, scope domain.Scope, lines []domain.AccountEvent) error

	Org(ctx context.Context, id domain.OrgID) (domain.Org, error)
	Mapping(ctx context.Context, scope domain.Scope, format domain.ExchangeFormat, org domain.OrgID, version int) (domain.MappingVersion, error)
	FiledCases(ctx context.Context, scope domain.Scope, committees []domain.OrgID, from, to int) ([]domain.FiledCase, error)
	CreatePastFiles(ctx context.Context, scope domain.Scope, cases []*domain.Case) error
	Confidants(ctx context.Context, areaPath string, on calendar.Date) (domain.Readers, error)

	CreateImport(ctx context.Context, scope domain.Scope, run domain.ImportRun, file []byte) error
	Import(ctx context.Context, scope domain.Scope, id uuid.UUID) (domain.ImportRun, error)
	Imports(ctx context.Context, scope domain.Scope, p domain.Page) ([]domain.ImportRun, *domain.Cursor, error)
	ImportFile(ctx context.Context, scope domain.Scope, id uuid.UUID) ([]byte, error)
	ImportErrors(ctx context.Context, scope domain.Scope, id uuid.UUID) ([]byte, error)
	RefreshStatistics(ctx context.Context) error
	UpdateImport(ctx context.Context, scope domain.Scope, run domain.ImportRun) error
	FinishImport(ctx context.Context, scope domain.Scope, run domain.ImportRun, errors []byte) error
	ClaimImport(ctx context.Context, scope domain.Scope, id uuid.UUID, now, deadBefore time.Time) (domain.ImportRun, bool, error)
}

// Queue works off what was uploaded, soon and beside the request that brought it.
type Queue interface {
	QueueImport(ctx context.Context, county domain.CountyInfo, id uuid.UUID) error
}

// Imports are the use cases.
type Imports struct {
	store  Store
	clock  app.Clock
	random io.Reader
	queue  Queue
}

// New makes the use cases. Without a queue, whoever starts a run also works it.
func New(store Store, clock app.Clock, random io.Reader, queue Queue) *Imports {
	return &Imports{store: store, clock: clock, random: random, queue: queue}
}

// Upload is a file that somebody brings.
type Upload struct {
	Kind domain.ImportKind
	Name string
	File []byte
	Dry  bool
	// Committee takes cases of another system whose own committee is not known here; 0 for none.
	Committee domain.OrgID
}

// may keeps the directory to the system administrator; people and their roles (which of them it may give, each row is asked)
// and past files to the bureau; and all to whoever has the machine, past files in the name of somebody of the bureau.
func may(a domain.Actor, kind domain.ImportKind) error {
	if _, err := kindOf(kind); err != nil {
		return err
	}
	bureaus := kind == domain.ImportPeople || kind.PastFiles()
	switch {
	case kind.PastFiles() && a.Person == 0:
		return domain.Errorf(domain.CodeForbidden, "历史台账和案件须以一名司法局工作人员的名义导入")
	case !bureaus || a.Via == domain.ViaSystem:
		return app.SetsUp(a)
	case a.Role != domain.RoleBureauOfficer:
		return domain.Errorf(domain.CodeForbidden, "人员、岗位、历史台账和案件由司法局导入")
	}
	return a.MayCreateAccounts()
}

// reads is for the records of runs, which hold no rows of the files.
func reads(a domain.Actor) error {
	if !a.Scope().Imports && a.Via != domain.ViaSystem {
		return domain.Errorf(domain.CodeForbidden, "您的身份（%s）不能查看导入记录", a.Role.Name())
	}
	return nil
}

// scopeOf is what the actor sees of the runs: the command line, all.
func scopeOf(a domain.Actor) domain.Scope {
	if a.Via == domain.ViaSystem {
		return domain.SystemScope(a.County, a.OrgArea)
	}
	return a.Scope()
}

// Start takes a file in: one that cannot be read, or lacks a column, is refused at once; its rows are worked through later.
func (u *Imports) Start(ctx context.Context, actor domain.Actor, in Upload) (domain.ImportRun, error) {
	var run domain.ImportRun
	if err := may(actor, in.Kind); err != nil {
		return run, err
	}
	k, err := kindOf(in.Kind)
	if err != nil {
		return run, err
	}
	sheet, err := sheets.Read(in.File)
	if err != nil {
		return run, err
	}
	now := u.now()
	if _, err := k.read(sheet, calendar.DateOf(now)); err != nil {
		return run, err
	}
	id, err := uuid.NewRandomFromReader(u.random)
	if err != nil {
		return run, err
	}
	committee, err := u.taking(ctx, actor, k, in.Committee)
	if err != nil {
		return run, err
	}
	sum := sha256.Sum256(in.File)
	run = domain.ImportRun{
		County: actor.County, ID: id, Kind: in.Kind, Dry: in.Dry, State: domain.ImportWaiting, FileName: in.Name, FileHash: sum[:],
		Format: string(sheet.Format), RequestedAt: now, Rows: len(sheet.Rows),
		Role: actor.Role, Via: actor.Via, Committee: committee,
	}
	if actor.Person != 0 {
		run.RequestedBy, run.RequestedAs = &actor.Person, &actor.Assignment
	}
	err = u.store.InTx(ctx, scopeOf(actor), func(ctx context.Context) error {
		return u.store.CreateImport(ctx, scopeOf(actor), run, in.File)
	})
	if err != nil || u.queue == nil {
		return run, err
	}
	return run, u.queue.QueueImport(ctx, domain.CountyInfo{ID: actor.County, AreaPath: actor.OrgArea[:6]}, id)
}

// taking asks whether an organisation can take cases of another system.
func (u *Imports) taking(ctx context.Context, actor domain.Actor, k *kind, id domain.OrgID) (*domain.OrgID, error) {
	if id == 0 {
		return nil, nil //nolint:nilnil // nobody was named, which is no fault
	}
	if k.format == nil {
		return nil, invalidFile("“%s”不指定承接的调委会", k.title)
	}
	o, err := u.store.Org(ctx, id)
	if err != nil {
		return nil, err
	}
	if o.County != actor.County || o.Kind != domain.OrgCommittee {
		return nil, domain.NotFound("调委会")
	}
	return &id, nil
}

// Get reads a run.
func (u *Imports) Get(ctx context.Context, actor domain.Actor, id uuid.UUID) (domain.ImportRun, error) {
	if err := reads(actor); err != nil {
		return domain.ImportRun{}, err
	}
	return u.store.Import(ctx, scopeOf(actor), id)
}

// List reads a page of the county's runs, the newest first.
func (u *Imports) List(ctx context.Context, actor domain.Actor, p domain.Page) ([]domain.ImportRun, *domain.Cursor, error) {
	if err := reads(actor); err != nil {
		return nil, nil, err
	}
	return u.store.Imports(ctx, scopeOf(actor), p)
}

// Errors reads the file with the bad rows of a run, in the format in which the file came.
func (u *Imports) Errors(ctx context.Context, actor domain.Actor, id uuid.UUID) (sheets.Format, []byte, error) {
	run, err := u.Get(ctx, actor, id)
	if err != nil {
		return "", nil, err
	}
	if err := may(actor, run.Kind); err != nil {
		return "", nil, err
	}
	if !run.HasErrors {
		return "", nil, domain.NotFound("问题文件")
	}
	file, err := u.store.ImportErrors(ctx, scopeOf(actor), id)
	return sheets.Format(run.Format), file, err
}

// Template is an empty file of a kind to fill in.
func Template(code domain.ImportKind) ([]byte, error) {
	k, err := kindOf(code)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = k.template(&out)
	return out.Bytes(), err
}

// now is the clock's time to the microsecond, which is what the database keeps and an event's hash covers.
func (u *Imports) now() time.Time { return u.clock().UTC().Truncate(time.Microsecond) }
