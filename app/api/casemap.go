package api

import (
	"time"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
)

// veil decides how personal values show. Who may open a case reads its names and texts; a connected organ (court,
// police) follows what became of its referral and reads neither, since what is said in mediation stays there.
type veil bool

func (v veil) text(s interface {
	Reveal() string
	Masked() string
},
) string {
	if v {
		return s.Masked()
	}
	return s.Reveal()
}

func veilFor(a domain.Actor) veil { return a.Role == domain.RoleConnector }

// caseOf is the one mapper of a case; held says of the clocks that a suspension holds what is left of them.
func caseOf(c *domain.Case, n app.Names, held map[int]string, a domain.Actor, now time.Time) Case {
	v := veilFor(a)
	return Case{
		Id: c.CaseID().String(), Version: int32(c.Version), DemandNo: c.DemandNo.Print(), FileNo: c.FileNo,
		Leg: int32(c.Leg), Round: int32(c.Round), SentFromId: caseRef(c.County, c.SentFrom), PreviousId: caseRef(c.County, c.Previous),
		Status: CaseStatus(c.Status), StatusName: c.Status.Name(), Origin: CaseOrigin(c.Origin), Instant: c.Instant,
		AreaPath: c.AreaPath, AreaName: n.Areas[c.AreaPath], Point: orgName(n, c.Point), Committee: *orgName(n, &c.Committee),
		Mediators: each(c.Mediators, func(p domain.PersonID) PersonName { return *personName(n, &p) }),
		Presiding: personName(n, c.Presiding), Confidentiality: Confidentiality(c.Confidentiality),
		Source: CaseSource(c.Source), Referrer: word[Referrer](c.Referrer), CourtReferral: courtReferralOf(c), Type: c.Type, TypeName: n.Types[c.Type],
		Place: v.text(c.Place), Facts: v.text(c.Facts), Wish: some(v.text(c.Wish)), Amount: money(c.Amount),
		PeopleCount: int32(c.PeopleCount), Risks: words[Risk](c.Risks),
		FoundOn: c.FoundOn, RequestedOn: c.RequestedOn, RequestedHow: RequestedHow(c.RequestedHow), RegisteredAt: c.RegisteredAt,
		RegisteredBy: *personName(n, &c.RegisteredBy), AcceptedOn: c.AcceptedOn, StartedOn: c.StartedOn,
		Outcome: word[Outcome](c.Outcome), ConcludedOn: c.ConcludedOn, EndReason: endReason(c),
		Remedies: words[Remedy](c.Remedies), RemediesToldOn: c.RemediesToldOn, ClosedOn: c.ClosedOn, ClosedBy: personName(n, c.ClosedBy),
		ArchivedOn: c.ArchivedOn, VoidedOn: c.VoidedOn, VoidReason: reasonOf(c.VoidReason, domain.ActionVoid),
		Dismissal: reasonOf(c.Dismissal, domain.ActionDismiss), DismissedOn: c.DismissedOn, Tier: optionalEntry("tier", c.Tier),
		Parties:       each(c.Parties, func(p domain.Party) Party { return partyOf(p, v, calendar.DateOf(now)) }),
		Agreements:    each(c.Agreements, func(g domain.Agreement) Agreement { return agreementOf(c, g, v) }),
		Obligations:   each(c.Obligations, func(o domain.Obligation) Obligation { return obligationOf(o, v) }),
		Performance:   some(ObligationStatus(c.Performance())),
		Urgings:       each(c.Urgings, func(x domain.Urging) Urging { return urgingOf(x, n) }),
		Confirmations: each(c.Confirmations, confirmationOf),
		FollowUps:     each(c.FollowUps, func(f domain.FollowUp) FollowUp { return followUpOf(f, n) }),
		Warnings:      each(c.Warnings(), func(w domain.Warning) Warning { return Warning{Code: w.Code, Text: w.Text, Basis: w.Basis} }),
		Deadlines:     each(c.Deadlines, func(d domain.Deadline) Deadline { return deadlineOf(d, held[d.No], now) }),
		Supplements:   each(c.Supplements, supplementOf),
		Transfers:     each(c.Transfers, func(x domain.Transfer) Transfer { return transferOf(x, n) }),
		Approvals:     each(c.Approvals, func(x domain.Approval) Approval { return approvalOf(x, n) }),
		Pauses:        each(c.Pauses, func(x domain.Pause) Pause { return pauseOf(x, n) }),
		Extensions:    each(c.Extensions, extensionOf),
		LateReason:    optionalEntry("lateReason", c.LateReason), LagDays: int32(c.LagDays()), UnexplainedLag: c.UnexplainedLag(),
		Representatives:  each(c.Representatives, func(r domain.Representative) Representative { return representativeOf(r, v) }),
		Escalations:      each(c.Escalations, func(x domain.Escalation) Escalation { return escalationOf(c, x, n, v) }),
		Sessions:         each(c.Sessions, func(x domain.MediationSession) Session { return sessionOf(x, n, v) }),
		Screenings:       each(c.Screenings, func(x domain.Screening) Screening { return screeningOf(x, n, v) }),
		WaivedNotes:      each(c.WaivedNotes, func(x domain.WaivedNote) WaivedNote { return waivedNoteOf(x, n, v) }),
		Erasures:         each(c.Erasures, erasureOf),
		Attachments:      each(c.Attachments, func(x domain.Attachment) Attachment { return attachmentOf(x, n, v) }),
		Appointments:     each(c.Appointments, func(x domain.Appointment) Appointment { return appointmentOf(x, n) }),
		Recusals:         each(c.Recusals, func(x domain.Recusal) Recusal { return recusalOf(x, n, v) }),
		Invitees:         each(c.Invitees, func(x domain.Invitee) Invitee { return inviteeOf(x, v) }),
		Contacts:         each(c.Contacts, func(x domain.ContactAttempt) ContactAttempt { return contactAttemptOf(x, n, v) }),
		Notices:          each(c.Notices, func(x domain.GivenNotice) GivenNotice { return givenNoticeOf(x, n) }),
		DataConsents:     each(c.DataConsents, func(x domain.DataConsent) DataConsent { return dataConsentOf(x, n) }),
		AvailableActions: each(c.AvailableActions(a), func(m domain.Move) AvailableAction { return actionOf(c, m, now) }),
	}
}

func orgName(n app.Names, id *domain.OrgID) *OrganisationName {
	if id == nil {
		return nil
	}
	return &OrganisationName{Id: int32(*id), Name: n.Orgs[*id]}
}

func personName(n app.Names, id *domain.PersonID) *PersonName {
	if id == nil {
		return nil
	}
	return &PersonName{Id: int64(*id), Name: n.People[*id]}
}

// endReason labels the reason from the list of the move that ended the case.
func endReason(c *domain.Case) *DictionaryEntry {
	if c.Outcome == nil {
		return nil
	}
	switch *c.Outcome {
	case domain.OutcomeNotAccepted:
		return reasonOf(c.EndReason, domain.ActionDecline)
	case domain.OutcomeWithdrawn:
		return reasonOf(c.EndReason, domain.ActionWithdraw)
	}
	return reasonOf(c.EndReason, domain.ActionFail)
}

func reasonOf(code *string, action domain.Action) *DictionaryEntry {
	if code == nil || *code == "" {
		return nil
	}
	return &DictionaryEntry{Code: *code, Label: app.ReasonLabel(*code, app.ReasonLists[action])}
}

func partyOf(p domain.Party, v veil, today calendar.Date) Party {
	out := Party{
		PartyNo: int32(p.No), Role: PartyRole(p.Role), Kind: PartyKind(p.Kind), Name: v.text(p.Name), IdType: p.IDType,
		IdNumberMasked: some(p.IDNumber.Masked()), PhoneMasked: some(p.Phone.Masked()), AddressMasked: some(p.Address.Masked()),
		Sex: int32Of(p.Sex), Consent: Consent(p.Consent), ConsentOn: p.ConsentOn,
		Capacity: LegalCapacity(p.Capacity), Guarded: p.Guarded(today), BirthMasked: some(p.Birth.Masked()), IdAbsent: word[IdAbsence](p.IDAbsent), StoppedOn: p.StoppedOn,
		Ethnicity: ethnicityOf(p, v), Occupation: some(v.text(p.Occupation)), Workplace: some(v.text(p.Workplace)),
	}
	if age, ok := p.AgeOn(today); ok && !bool(v) {
		out.Age = ptr(int32(age))
	}
	return out
}

func deadlineOf(d domain.Deadline, held string, now time.Time) Deadline {
	return Deadline{
		DeadlineNo: int32(d.No), Rule: d.Rule, Name: d.Name(), Subject: word[DeadlineSubject](some(d.Subject())), About: int32Of(d.About), StartsOn: d.StartsOn, StartsAt: d.StartsAt,
		Length: int32(d.Length), Unit: DeadlineUnit(d.Unit), DueOn: some(d.DueOn), DueAt: d.DueAt, EndedOn: d.EndedOn, Held: some(held),
		Meaning: ClockMeaning(d.Meaning()),
		Overdue: d.OverdueAt(now), Expired: d.ExpiredAt(now), CalendarVersion: d.CalendarVersion, Provisional: d.Provisional,
	}
}

func actionOf(c *domain.Case, m domain.Move, now time.Time) AvailableAction {
	missing := each(c.Missing(m.Action, calendar.DateOf(now)), func(l domain.Lack) string { return l.Text })
	return AvailableAction{Action: Action(m.Action), Label: m.Label, Needs: m.Needs, Basis: m.Basis, Missing: missing}
}

// summaryOf is a row of a list, names masked for everybody.
func summaryOf(x domain.CaseSummary, n app.Names, now time.Time) CaseSummary {
	return CaseSummary{
		Id: x.CaseID().String(), DemandNo: x.DemandNo.Print(), FileNo: x.FileNo, Status: CaseStatus(x.Status), StatusName: x.Status.Name(),
		Type: x.Type, TypeName: n.Types[x.Type], Source: CaseSource(x.Source), Instant: x.Instant, AreaPath: x.AreaPath,
		Committee: *orgName(n, &x.Committee), Presiding: personName(n, x.Presiding), RequestedOn: x.RequestedOn,
		RegisteredAt: x.RegisteredAt, ConcludedOn: x.ConcludedOn, NextDueOn: x.NextDueOn,
		Overdue: x.NextDueAt != nil && !now.Before(*x.NextDueAt),
		Parties: each(x.Parties, func(p domain.PartySummary) PartySummary {
			return PartySummary{Role: PartyRole(p.Role), NameMasked: p.Name.Masked()}
		}),
	}
}
