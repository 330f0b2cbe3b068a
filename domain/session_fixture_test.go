package domain_test

import (
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
)

// meeting is a session tomorrow morning in the village's house.
func meeting() domain.SessionPlan {
	from := tomorrow.StartOfDay().Add(9 * time.Hour)
	return domain.SessionPlan{
		Joint: true, Place: domain.SessionPlace{Address: "甲一村三组村民活动室"}, StartsAt: from, EndsAt: from.Add(2 * time.Hour), Invited: "赵大爷、钱婶",
	}
}

// round is the record of a round that nobody planned.
func round(on calendar.Date) domain.SessionRecord {
	from := on.StartOfDay().Add(8 * time.Hour)
	return domain.SessionRecord{
		Held: true, Joint: true, Place: domain.SessionPlace{Address: "甲一村三组村民活动室"}, StartsAt: from, EndsAt: from.Add(time.Hour),
		Parties: []int{1, 2}, RightsTold: true, Statements: "王小明说排水沟被填，李大山不认可。", Verified: "到现场看过。", Persuasion: "讲邻里情分。",
		Result: domain.RoundContinues,
	}
}

// withSession puts a session that has begun and waits for its record into a case, whatever its state.
func withSession(c *domain.Case) {
	from := today.StartOfDay().Add(9 * time.Hour)
	c.Sessions = append(c.Sessions, domain.MediationSession{
		CaseRow: domain.CaseRow{County: c.County, CaseID: c.ID, No: 1}, Status: domain.SessionPlanned, Planned: true, Joint: true,
		StartsAt: from, EndsAt: from.Add(time.Hour), Mediators: domain.IDs[domain.PersonID]{own.Person}, Parties: domain.IDs[int32]{1, 2},
		Came: domain.IDs[int32]{}, Representatives: domain.IDs[int32]{},
	})
}

// confidence is what the first party told in confidence, let out by these parties.
func confidence(waived ...int) domain.PrivateNote {
	first := 1
	n := domain.PrivateNote{Kind: domain.PrivateNoteConcession, PartyNo: &first}
	for _, no := range waived {
		n.Waivers = append(n.Waivers, domain.PrivateWaiver{PartyNo: no, WaivedOn: today, How: "oral"})
	}
	return n
}
