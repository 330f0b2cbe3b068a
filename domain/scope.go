package domain

import "slices"

// Scope is what a reader may see; every store method takes one. It is the first wall around the cases, and the
// settings of the second (row-level security) are made from it.
type Scope struct {
	County   County
	Area     string   // all cases below this area path; "" for none
	Orgs     []OrgID  // the cases these organisations have a part in
	StatArea string   // aggregated figures below this area path; "" for none
	Directs  OrgID    // opens the private cases of the committee this person directs; 0 for none
	Person   PersonID // opens the confidential cases that name this person as a reader
	Subject  string   // owner of idempotency keys
	System   bool     // a job of this county: reads whatever confidentiality
	Audit    bool     // reads the logs of the county, and no case
}

// SystemScope is the scope of the county's own jobs.
func SystemScope(county County, area string) Scope {
	return Scope{County: county, Area: area, StatArea: area, System: true}
}

// Equal tells whether two scopes show the same rows.
func (s Scope) Equal(o Scope) bool {
	return s.County == o.County && s.Area == o.Area && s.StatArea == o.StatArea && s.Person == o.Person && s.Directs == o.Directs &&
		s.Subject == o.Subject && s.System == o.System && s.Audit == o.Audit && slices.Equal(s.Orgs, o.Orgs)
}

// SeesCases tells whether the scope can show any case at all.
func (s Scope) SeesCases() bool { return s.Area != "" || len(s.Orgs) > 0 }

// Within tells whether area path p lies at or below path top.
func Within(p, top string) bool { return top != "" && len(p) >= len(top) && p[:len(top)] == top }

// Sees applies the scope to one case; storage says the same in SQL.
func (s Scope) Sees(c *Case) bool {
	if c.County != s.County {
		return false
	}
	part := Within(c.AreaPath, s.Area)
	for _, o := range s.Orgs {
		part = part || slices.Contains(c.Orgs, o)
	}
	return part && (s.System || c.Confidentiality == Ordinary || slices.Contains(c.Readers, s.Person) ||
		c.Confidentiality == Private && s.Directs == c.Committee)
}
