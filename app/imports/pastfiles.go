package imports

import (
	"errors"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
)

// fileKey is what a past file is known by.
type fileKey struct {
	committee domain.OrgID
	year, seq int
}

func planLedger(p *planner, rows []*row) {
	byNo, _ := p.persons()
	p.planFiles(rows, func(r *row) (domain.PastFile, bool) { return p.pastFile(r, byNo) },
		func(_ *row, in domain.PastFile) (*domain.Case, error) { return domain.FilePast(p.act(in), in) })
}

// planFiles says of each row of past files what it would do: read makes the file of a row, file the case of it.
func (p *planner) planFiles(rows []*row, read func(r *row) (domain.PastFile, bool), file func(r *row, in domain.PastFile) (*domain.Case, error)) {
	taken := map[fileKey]domain.FiledCase{}
	for _, f := range p.filed {
		taken[fileKey{f.Committee, f.FileYear, f.FileSeq}] = f
	}
	seen := map[fileKey]*row{}
	for _, r := range rows {
		in, ok := read(r)
		if !ok {
			r.settle(false, nil)
			continue
		}
		k := fileKey{in.Committee, in.Number.Year, in.Number.Seq}
		if first := seen[k]; first != nil {
			r.refuse("卷号", "与第%d行是同一个卷号", first.no)
			r.settle(false, nil)
			continue
		}
		seen[k] = r
		old, there := taken[k]
		switch differs := sameFile(old, in); {
		case !there:
		case old.Origin != domain.OriginImported:
			r.refuse("卷号", "这个卷号是系统里办理的案件（%s），请核对", old.FileNo)
		case len(differs) > 0:
			r.refuse("卷号", "已经导入过，但%s与系统里的不同；已归档的卷宗不在这里改动，请核对", strings.Join(differs, "、"))
		default:
			r.settle(false, nil)
			continue
		}
		var c *domain.Case
		if r.ok() {
			var err error
			var refused *domain.Error
			c, err = file(r, in)
			switch {
			case errors.As(err, &refused):
				r.refuseFields(refused)
			case err != nil:
				r.problems = append(r.problems, "未能读取，请核对这一行")
			}
		}
		r.settle(true, func(w *writer) error {
			w.files = append(w.files, c)
			return nil
		})
	}
}

// act is the bringing in of a ledger, with the reader that a private file has.
func (p *planner) act(in domain.PastFile) domain.Act {
	return domain.Act{Actor: p.by, At: p.at, Random: p.random, Confidants: p.confidants(in)}
}

// pastFile reads what a row says of a past file.
func (p *planner) pastFile(r *row, byNo map[string]*person) (in domain.PastFile, ok bool) {
	in.Number = r.number()
	committee := p.committee(r)
	in.Type, in.Outcome = r.values["type"], domain.Outcome(r.values["outcome"])
	in.Source, in.Confidentiality = domain.SourceApplied, domain.Ordinary
	if s := r.values["source"]; s != "" {
		in.Source = domain.Source(s)
	}
	if l := r.values["level"]; l != "" {
		in.Confidentiality = domain.Confidentiality(l)
	}
	if s := r.values["referrer"]; s != "" {
		referrer := domain.Referrer(s)
		in.Referrer = &referrer
	}
	in.AcceptedOn, in.ConcludedOn = r.date("accepted"), r.date("concluded")
	in.RequestedOn, in.ArchivedOn = r.dateOr("requested", in.AcceptedOn), r.dateOr("archived", in.ConcludedOn)
	in.Parties = append(r.parties(domain.Applicant, "applicant", "申请人"), r.parties(domain.Respondent, "respondent", "被申请人")...)
	in.Facts = r.facts()
	in.Mediators = p.mediators(r, byNo)
	if s := r.values["amount"]; s != "" {
		if amount, err := decimal.NewFromString(s); err == nil {
			in.Amount = &amount
		}
	}
	in.PeopleCount, _ = strconv.Atoi(r.values["count"])
	area := committee.areaOf()
	if code := r.values["area"]; code != "" {
		area = p.areaFor(r, "区划代码", code)
	}
	if !r.ok() {
		return in, false
	}
	if area == nil {
		r.refuse("区划代码", "调委会所在的区划已经撤并，请填写区划代码")
		return in, false
	}
	in.Committee, in.AreaPath, in.Place = committee.ID, area.Path, r.values["place"]
	if in.Place == "" {
		in.Place = area.Name
	}
	return in, true
}

func (o *org) areaOf() *area {
	if o == nil {
		return nil
	}
	return o.area
}

func (p *planner) committee(r *row) *org {
	code := r.values["committee"]
	if code == "" {
		return nil
	}
	// a committee may have been closed since
	o := p.orgs[code]
	switch {
	case o == nil:
		r.refuse("调委会编号", "没有编号为%s的机构，请先导入机构，或者核对编号", code)
	case o.Kind != domain.OrgCommittee:
		r.refuse("调委会编号", "“%s”不是人民调解委员会", o.Name)
	}
	return o
}

// mediators are those of the badge numbers.
func (p *planner) mediators(r *row, byNo map[string]*person) []domain.PersonID {
	var ids []domain.PersonID
	for _, no := range list(r.values["mediators"]) {
		x := byNo[strings.ToUpper(halfWidth(no))]
		if x == nil {
			r.refuse("调解员编号", "没有编号为%s的人员；人员表里没有的，请在“调解员”填写姓名", no)
			continue
		}
		ids = append(ids, x.ID)
	}
	return ids
}

// facts is what happened, with what else the ledger says in words.
func (r *row) facts() string {
	text := r.values["facts"]
	if s := r.values["terms"]; s != "" {
		text += "\n协议内容：" + s
	}
	if s := r.values["mediatorNames"]; s != "" {
		text += "\n调解员：" + s
	}
	return text
}

func (r *row) dateOr(key string, other calendar.Date) calendar.Date {
	if r.values[key] == "" {
		return other
	}
	return r.date(key)
}
