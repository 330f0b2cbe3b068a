package domain

import "slices"

// Scope is what a reader may see; every store method takes one. It is the first wall around the cases, and the
// settings of the second (row-level security) are made from it.
type Scope struct {
	County   County
	Area     string   // all cases below this area path; "" for none
	Former   []string // the areas merged into the reader's own: their cases and figures show with its own
	Gone     []string // the areas that went from it, or from those, to others: theirs do not
	Orgs     []OrgID  // the cases these organisations have a part in
	StatArea string   // aggregated figures below this area path; "" for none
	Directs  OrgID    // opens the private cases in which the committee this person directs has a part; 0 for none
	Imports  bool     // the runs of imports
	Person   PersonID // opens the confidential cases that name this person as a reader
	Subject  string   // owner of idempotency keys
	Audience Audience // opens the red alerts that reach this audience past confidentiality; "" for none
	System   bool     // a job of this county: reads whatever confidentiality
	Audit    bool     // reads the logs of the county, and no case
}

// SystemScope is the scope of the county's own jobs.
func SystemScope(county County, area string) Scope {
	return Scope{County: county, Area: area, StatArea: area, System: true}
}

// OrdinaryScope shows every ordinary case of a county and no other, since it names no person; for questions whose answers
// leave nothing of a case but where it is.
func OrdinaryScope(county County, area string) Scope {
	return Scope{County: county, Area: area}
}

// Equal tells whether two scopes show the same rows.
func (s Scope) Equal(o Scope) bool {
	return s.County == o.County && s.Area == o.Area && s.StatArea == o.StatArea && s.Person == o.Person && s.Directs == o.Directs &&
		s.Subject == o.Subject && s.System == o.System && s.Audit == o.Audit && s.Imports == o.Imports && s.Audience == o.Audience && slices.Equal(s.Orgs, o.Orgs) &&
		slices.Equal(s.Former, o.Former) && slices.Equal(s.Gone, o.Gone)
}

// SeesCases tells whether the scope can show any case at all.
func (s Scope) SeesCases() bool { return s.Area != "" || len(s.Orgs) > 0 }

// Within tells whether area path p lies at or below path top.
func Within(p, top string) bool { return top != "" && len(p) >= len(top) && p[:len(top)] == top }

// WithinAny tells whether area path p lies at or below one of these.
func WithinAny(p string, tops []string) bool {
	return slices.ContainsFunc(tops, func(top string) bool { return Within(p, top) })
}

// Districts are the areas a reader's own has become through mergers: itself and what was merged into it, without what
// has since gone to others. Cases keep the path they were registered under, so this is asked of that path.
type Districts struct {
	In  []string // the area itself first; empty for none
	Out []string
}

// Hold tells whether a place lies in the districts.
func (d Districts) Hold(path string) bool { return WithinAny(path, d.In) && !WithinAny(path, d.Out) }

// Former are the areas merged into the first.
func (d Districts) Former() []string {
	if len(d.In) == 0 {
		return nil
	}
	return d.In[1:]
}

// CaseDistricts are those all of whose cases the scope shows.
func (s Scope) CaseDistricts() Districts { return districts(s.Area, s.Former, s.Gone) }

// FigureDistricts are those whose figures the scope shows.
func (s Scope) FigureDistricts() Districts { return districts(s.StatArea, s.Former, s.Gone) }

func districts(own string, former, gone []string) Districts {
	if own == "" {
		return Districts{}
	}
	return Districts{In: append([]string{own}, former...), Out: gone}
}

// Sees applies the scope to one case; storage says the same in SQL.
func (s Scope) Sees(c *Case) bool {
	if c.County != s.County {
		return false
	}
	part := s.CaseDistricts().Hold(c.AreaPath)
	for _, o := range s.Orgs {
		part = part || slices.Contains(c.Orgs, o)
	}
	return part && (s.System || c.Confidentiality == Ordinary || slices.Contains(c.Readers, s.Person) ||
		c.Confidentiality == Private && slices.Contains(c.Orgs, s.Directs))
}
