package api

import (
	"baimi/app"
	"baimi/domain"
)

func sessionOf(x domain.MediationSession, n app.Names, v veil) Session {
	out := Session{
		No: int32(x.No), Status: SessionStatus(x.Status), StatusName: x.Status.Name(), Planned: x.Planned, Joint: x.Joint,
		Remote: x.Room != nil && n.Rooms[*x.Room].Remote, Room: int32Of(x.Room), Point: int32Of(x.Point), Place: placeName(x, n, v.text(x.Place)),
		StartsAt: x.StartsAt, EndsAt: x.EndsAt, Mediators: mediatorNames(x, n), Parties: each(x.Parties, same), Came: each(x.Came, same), Representatives: each(x.Representatives, same),
		Invited: some(v.text(x.Invited)), EndReason: reasonOf(x.EndReason, domain.ActionCancelSession), Statements: some(v.text(x.Statements)),
		Verified: some(v.text(x.Verified)), Persuasion: some(v.text(x.Persuasion)), Result: word[SessionResult](x.Result), NextOn: x.NextOn,
		RecordedBy: personName(n, x.RecordedBy), RecordedAt: x.RecordedAt,
	}
	return out
}

func same[T any](v T) T { return v }

func mediatorNames(x domain.MediationSession, n app.Names) []PersonName {
	return each(x.Mediators, func(p domain.PersonID) PersonName { return *personName(n, &p) })
}

// placeName is where a session is, in words: the room with whose it is, the point, or the address.
func placeName(x domain.MediationSession, n app.Names, address string) string {
	switch {
	case x.Room != nil:
		r := n.Rooms[*x.Room]
		return r.OrgName + " " + r.Name
	case x.Point != nil:
		return n.Orgs[*x.Point]
	}
	return address
}

func screeningOf(x domain.Screening, n app.Names, v veil) Screening {
	return Screening{
		No: int32(x.No), PartyNo: int32(x.PartyNo), AskedAt: x.AskedAt, AskedBy: *personName(n, &x.AskedBy), Alone: x.Alone, Safe: x.Safe,
		Advice: words[ScreeningAdvice](x.Advice), Note: some(v.text(x.Note)),
	}
}

// agendaItemOf is a line of the calendar, names and addresses masked for everybody.
func agendaItemOf(x domain.AgendaItem, n app.Names) AgendaItem {
	return AgendaItem{
		CaseId: domain.CaseID{County: x.County, UUID: x.CaseID}.String(), DemandNo: x.DemandNo.Print(), FileNo: x.FileNo, SessionNo: int32(x.No),
		Status: SessionStatus(x.Status), StatusName: x.Status.Name(), TypeName: n.Types[x.Type], Committee: *orgName(n, &x.Committee),
		Joint: x.Joint, Remote: x.Room != nil && n.Rooms[*x.Room].Remote, Place: placeName(x.MediationSession, n, x.Place.Masked()),
		StartsAt: x.StartsAt, EndsAt: x.EndsAt, Mediators: mediatorNames(x.MediationSession, n),
		Parties: each(x.People, func(p domain.PartySummary) PartySummary {
			return PartySummary{Role: PartyRole(p.Role), NameMasked: p.Name.Masked()}
		}),
	}
}

func roomOf(r domain.Room) Room {
	return Room{Id: int32(r.ID), Org: OrganisationName{Id: int32(r.Org), Name: r.OrgName}, Name: r.Name, Remote: r.Remote, OpenedOn: r.OpenedOn, ClosedOn: r.ClosedOn}
}
