package imports

import (
	"io"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/domain/exchange"
)

// planner holds what is there, by the names that files use, and what the file itself adds to it.
type planner struct {
	by       domain.Actor // who brings the file
	today    calendar.Date
	areas    map[string]*area
	paths    map[int]*area
	children map[*area]int
	orgs     map[string]*org
	orgByID  map[domain.OrgID]*org
	records  domain.DirectoryRecords

	// of a ledger
	at      time.Time
	random  io.Reader
	filed   []domain.FiledCase // the numbers that are taken
	mapping exchange.Mapping
	takes   domain.OrgID // the committee for what has none here; 0 for none
	failed  error
	readers map[string]domain.Readers        // of private files, by area
	reader  func(area string) domain.Readers // reads one
}

// confidants are who may open a private file beside its mediators and director.
func (p *planner) confidants(in domain.PastFile) domain.Readers {
	if in.Confidentiality == domain.Ordinary {
		return domain.Readers{}
	}
	x, ok := p.readers[in.AreaPath]
	if !ok {
		x = p.reader(in.AreaPath)
		p.readers[in.AreaPath] = x
	}
	return x
}

// area is an area that is there, or that a row of the file makes; then its number comes when it is written.
type area struct {
	domain.AreaRecord
	above *area
	by    *row // the row that makes it
}

// org is an organisation likewise.
type org struct {
	domain.OrgRecord
	area  *area
	above *org
	by    *row
}

func newPlanner(by domain.Actor, today calendar.Date, records domain.DirectoryRecords) *planner {
	p := &planner{
		by: by, today: today, records: records,
		areas: map[string]*area{}, paths: map[int]*area{}, children: map[*area]int{},
		orgs: map[string]*org{}, orgByID: map[domain.OrgID]*org{},
	}
	for _, a := range records.Areas {
		x := &area{AreaRecord: a}
		p.areas[a.Code], p.paths[a.ID] = x, x
	}
	for _, x := range p.paths {
		if x.Parent != nil {
			x.above = p.paths[*x.Parent]
		}
	}
	for _, o := range records.Orgs {
		x := &org{OrgRecord: o, area: p.paths[o.Area]}
		p.orgByID[o.ID] = x
		if o.Code != nil {
			p.orgs[*o.Code] = x
		}
	}
	for _, x := range p.orgByID {
		if x.Parent != nil {
			x.above = p.orgByID[*x.Parent]
		}
	}
	return p
}

// areaFor finds the area that a column names.
func (p *planner) areaFor(r *row, header, code string) *area {
	if code == "" {
		return nil
	}
	a := p.areas[code]
	switch {
	case a == nil:
		r.refuse(header, "没有代码为%s的区划，请先导入区划，或者核对代码", code)
	case a.by != nil && !a.by.ok():
		r.refuse(header, "代码为%s的区划在第%d行，那一行有误，请先改正", code, a.by.no)
	default:
		return a
	}
	return nil
}

// orgFor finds the organisation that a column names.
func (p *planner) orgFor(r *row, header, code string) *org {
	if code == "" {
		return nil
	}
	o := p.orgs[code]
	switch {
	case o == nil:
		r.refuse(header, "没有编号为%s的机构，请先导入机构，或者核对编号", code)
	case o.by != nil && !o.by.ok():
		r.refuse(header, "编号为%s的机构在第%d行，那一行有误，请先改正", code, o.by.no)
	case o.ValidTo != nil && !o.ValidTo.After(p.today):
		r.refuse(header, "“%s”已于%s撤销", o.Name, *o.ValidTo)
	default:
		return o
	}
	return nil
}

// once refuses the second row of the same key. It returns the first.
func once(seen map[string]*row, r *row, header, key string) bool {
	if key == "" {
		return true
	}
	if first, ok := seen[key]; ok {
		r.refuse(header, "与第%d行重复", first.no)
		return false
	}
	seen[key] = r
	return true
}

// settle says what a row does that nothing is wrong with.
func (r *row) settle(fresh bool, apply func(w *writer) error) {
	switch {
	case !r.ok():
		r.outcome = bad
	case fresh:
		r.outcome, r.apply = added, apply
	case len(r.changes) > 0:
		r.outcome, r.apply = changed, apply
	default:
		r.outcome = same
	}
}

func deref[T any](p *T) T {
	var zero T
	if p == nil {
		return zero
	}
	return *p
}

func dateText(d *calendar.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}
