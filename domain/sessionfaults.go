package domain

import "slices"

// sessionFaults re-derives, for the checker, the rules about sessions: what is planned is booked as it is planned, what was
// taken back books nothing, where violence is possible the parties were asked before they sat together.
func (c *Case) sessionFaults(say func(string, ...any)) {
	for _, s := range c.Sessions {
		var rooms []RoomID
		var people []PersonID
		for _, b := range c.Bookings {
			if b.SessionNo != s.No || b.ReleasedAt != nil {
				continue
			}
			if s.Status == SessionPlanned && (!b.StartsAt.Equal(s.StartsAt) || !b.EndsAt.Equal(s.EndsAt)) {
				say("booking %d is for another time than session %d", b.No, s.No)
			}
			if b.Room != nil {
				rooms = append(rooms, *b.Room)
			} else {
				people = append(people, *b.Person)
			}
		}
		booked := len(rooms) + len(people)
		switch {
		case s.Status == SessionCancelled && booked > 0:
			say("session %d was cancelled and still books %d", s.No, booked)
		case !s.Planned && booked > 0:
			say("session %d was never planned and books %d", s.No, booked)
		case s.Status == SessionPlanned:
			slices.Sort(people)
			roomed := s.Room == nil && len(rooms) == 0 || s.Room != nil && slices.Equal(rooms, []RoomID{*s.Room})
			if !roomed || !slices.Equal(people, []PersonID(s.Mediators)) {
				say("session %d is planned and does not book its room and mediators", s.No)
			}
			if slices.ContainsFunc(s.Mediators, func(m PersonID) bool { return !slices.Contains(c.Mediators, m) }) {
				say("session %d is planned with somebody who does not mediate the case", s.No)
			}
		}
		for _, no := range slices.Concat(s.Parties, s.Came) {
			if c.partyNo(int(no)) == nil {
				say("session %d names party %d, which is not there", s.No, no)
			}
		}
		if s.Status == SessionHeld && s.RecordedAt != nil && !c.askedAlone(s) {
			say("session %d set parties face to face who were not asked alone", s.No)
		}
	}
}

// askedAlone tells whether the parties who sat together had been asked. A risk that was ticked later binds only what comes
// after it, which the case does not know; so where anybody was asked, all who came must have been.
func (c *Case) askedAlone(s MediationSession) bool {
	if !s.Joint || !slices.Contains(c.Risks, riskViolence) || len(c.Screenings) == 0 {
		return true
	}
	first := slices.MinFunc(c.Screenings, func(a, b Screening) int { return a.AskedAt.Compare(b.AskedAt) })
	if s.RecordedAt.Before(first.AskedAt) {
		return true
	}
	return !slices.ContainsFunc(s.Came, func(no int32) bool {
		x := c.partyNo(int(no))
		return x != nil && x.Kind == Natural && c.screened(x.No) == nil
	})
}
