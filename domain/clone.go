package domain

import "slices"

// Clone copies the case deeply enough that changing one leaves the other as it was; events are not copied.
func (c *Case) Clone() *Case {
	o := *c
	o.Orgs, o.Mediators, o.Readers = slices.Clone(c.Orgs), slices.Clone(c.Mediators), slices.Clone(c.Readers)
	o.Risks, o.Remedies = slices.Clone(c.Risks), slices.Clone(c.Remedies)
	o.Parties, o.Obligations, o.Deadlines = slices.Clone(c.Parties), slices.Clone(c.Obligations), slices.Clone(c.Deadlines)
	o.Supplements, o.Transfers, o.Approvals = slices.Clone(c.Supplements), slices.Clone(c.Transfers), slices.Clone(c.Approvals)
	o.Pauses, o.Extensions = slices.Clone(c.Pauses), slices.Clone(c.Extensions)
	o.Escalations, o.Reports = slices.Clone(c.Escalations), slices.Clone(c.Reports)
	o.Representatives, o.Erasures = slices.Clone(c.Representatives), slices.Clone(c.Erasures)
	o.Appointments, o.Recusals, o.Invitees = slices.Clone(c.Appointments), slices.Clone(c.Recusals), slices.Clone(c.Invitees)
	o.Contacts, o.Notices, o.DataConsents = slices.Clone(c.Contacts), slices.Clone(c.Notices), slices.Clone(c.DataConsents)
	o.Sessions, o.Bookings, o.Screenings = slices.Clone(c.Sessions), slices.Clone(c.Bookings), slices.Clone(c.Screenings)
	o.WaivedNotes = slices.Clone(c.WaivedNotes)
	o.Agreements = slices.Clone(c.Agreements)
	for i := range o.Agreements {
		o.Agreements[i].Signatures = slices.Clone(c.Agreements[i].Signatures)
	}
	o.Urgings, o.Confirmations, o.FollowUps = slices.Clone(c.Urgings), slices.Clone(c.Confirmations), slices.Clone(c.FollowUps)
	for i := range o.Confirmations {
		o.Confirmations[i].Applicants = slices.Clone(c.Confirmations[i].Applicants)
	}
	o.Attachments, o.Archived = slices.Clone(c.Attachments), slices.Clone(c.Archived)
	o.NewEvents = nil
	return &o
}
