package storagetest

import (
	"time"

	"baimi/domain"
)

// Round is the record of a round that ended a quarter of an hour before an act, with these parties.
func Round(act domain.Act, parties ...int) domain.SessionRecord {
	until := act.At.Add(-15 * time.Minute)
	return domain.SessionRecord{
		Held: true, Joint: len(parties) > 1, Place: domain.SessionPlace{Address: "村委会办公室"}, StartsAt: until.Add(-time.Hour), EndsAt: until,
		Parties: parties, RightsTold: true, Statements: "双方陈述了经过。", Verified: "现场查看属实。", Persuasion: "讲明相邻关系。", Result: domain.RoundAgreed,
	}
}

// Meeting is a session of these parties some hours after an act.
func Meeting(act domain.Act, hours int, parties ...int) domain.SessionPlan {
	from := act.At.Add(time.Duration(hours) * time.Hour)
	return domain.SessionPlan{
		Joint: len(parties) > 1, Place: domain.SessionPlace{Address: "村委会办公室"}, StartsAt: from, EndsAt: from.Add(30 * time.Minute), Parties: parties,
		Invited: "孙大爷",
	}
}
