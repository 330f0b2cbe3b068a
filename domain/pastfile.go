package domain

import (
	"slices"

	"github.com/shopspring/decimal"

	"baimi/domain/calendar"
)

// PastFile is a file of a ledger kept before this system (ruling P6): what the ledger says, and nothing made up for what it
// leaves out. It keeps its number.
type PastFile struct {
	Committee       OrgID
	AreaPath        string
	Number          FileNumber
	Type            string
	Source          Source
	Referrer        *Referrer
	Confidentiality Confidentiality
	Place           string
	Facts           string
	Amount          *decimal.Decimal
	PeopleCount     int // 0 counts the parties
	RequestedOn     calendar.Date
	AcceptedOn      calendar.Date
	ConcludedOn     calendar.Date
	ArchivedOn      calendar.Date
	Outcome         Outcome
	Mediators       []PersonID // those who are known here; a ledger may name others
	Parties         []NewParty
}

// FilePast makes an archived case of a past file, in one event. It runs no clock, counts in no rate and cannot be mediated
// anew; it can be found, opened, and taken up again by a new case.
func FilePast(a Act, in PastFile) (*Case, error) {
	c := &Case{
		County: a.Actor.County, Status: StatusArchived, Origin: OriginImported, Leg: 1, Round: 1,
		FileYear: &in.Number.Year, FileSeq: &in.Number.Seq, FileNo: &in.Number.Text,
		AcceptedOn: &in.AcceptedOn, ConcludedOn: &in.ConcludedOn, Outcome: &in.Outcome,
		ClosedOn: &in.ConcludedOn, ClosedBy: &a.Actor.Person, ArchivedOn: &in.ArchivedOn,
	}
	c.takeIn(Registration{Committee: in.Committee, AreaPath: in.AreaPath})
	if a.Actor.ReadOnly || !c.has(a.Actor, MoveOf(ActionImport).By...) {
		return nil, Errorf(CodeForbidden, "历史台账由司法局导入")
	}
	if err := c.identify(a); err != nil {
		return nil, err
	}
	if len(in.Mediators) > 0 {
		c.Mediators, c.Presiding = IDs[PersonID](in.Mediators), &in.Mediators[0]
	}
	var p problems
	in.check(&p, a)
	_, err := c.fillFields(a, &p, Registration{
		Source: in.Source, Referrer: in.Referrer, Type: in.Type, Confidentiality: in.Confidentiality, Place: in.Place, Facts: in.Facts,
		Amount: in.Amount, PeopleCount: in.PeopleCount, RequestedOn: in.RequestedOn, RequestedHow: RequestedPaper, Parties: in.Parties,
	})
	if err != nil {
		return nil, err
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	// whoever brings in a ledger is no reader of its private files
	c.Readers = slices.DeleteFunc(c.Readers, func(x PersonID) bool { return x == a.Actor.Person && !slices.Contains(c.Mediators, x) })
	return c, c.record(a, string(ActionImport), nil, in.ArchivedOn, []byte("{}"))
}

func (in PastFile) check(p *problems, a Act) {
	checkDay(p, "/acceptedOn", "受理日期", in.AcceptedOn, a.Today(), &in.RequestedOn, "申请日期")
	checkDay(p, "/concludedOn", "结案日期", in.ConcludedOn, a.Today(), &in.AcceptedOn, "受理日期")
	checkDay(p, "/archivedOn", "归档日期", in.ArchivedOn, a.Today(), &in.ConcludedOn, "结案日期")
	ended := []Outcome{OutcomeAgreed, OutcomeFailed, OutcomeWithdrawn}
	p.require(slices.Contains(ended, in.Outcome), "/outcome", "历史卷宗的调解结果应为成功、不成或者撤回")
	p.require(in.Number.Text != "" && in.Number.Seq > 0 && in.Number.Year > 0, "/fileNo", "请填写卷号")
	p.require(!slices.Contains(in.Mediators, a.Actor.Person), "/mediators", "导入人不能是该案的调解员")
}

// FiledCase is a file number that is taken, with what tells two files apart.
type FiledCase struct {
	Committee   OrgID
	FileYear    int
	FileSeq     int
	FileNo      string
	Origin      Origin
	Type        string
	Outcome     *Outcome
	AcceptedOn  *calendar.Date
	ConcludedOn *calendar.Date
	ArchivedOn  *calendar.Date
}
