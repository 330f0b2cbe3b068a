package domain

import "slices"

// Clone copies the case deeply enough that changing one leaves the other as it was; events are not copied.
func (c *Case) Clone() *Case {
	o := *c
	o.Orgs, o.Mediators, o.Readers = slices.Clone(c.Orgs), slices.Clone(c.Mediators), slices.Clone(c.Readers)
	o.Risks, o.Remedies = slices.Clone(c.Risks), slices.Clone(c.Remedies)
	o.Parties, o.Obligations, o.Deadlines = slices.Clone(c.Parties), slices.Clone(c.Obligations), slices.Clone(c.Deadlines)
	o.Agreements = slices.Clone(c.Agreements)
	for i := range o.Agreements {
		o.Agreements[i].Signatures = slices.Clone(c.Agreements[i].Signatures)
	}
	o.NewEvents = nil
	return &o
}
