package api

import (
	"context"
	"time"

	"baimi/domain"
)

// The handlers of sessions of mediation, of asking parties alone, and of rooms; those of sign-ins are in session.go.

// PlanSession plans a session.
func (s *server) PlanSession(ctx context.Context, r PlanSessionRequestObject) (PlanSessionResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.PlanSession(ctx, actor(ctx), id, version(r.Params.IfMatch), planOf(*r.Body))
	out, err := s.caseAnswer(ctx, c, err)
	return PlanSession200JSONResponse{out}, err
}

// ChangeSession plans it anew.
func (s *server) ChangeSession(ctx context.Context, r ChangeSessionRequestObject) (ChangeSessionResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	b := r.Body
	in := planOf(SessionPlan{
		StartsAt: b.StartsAt, EndsAt: b.EndsAt, Joint: b.Joint, Room: b.Room, Point: b.Point, Address: b.Address,
		Mediators: b.Mediators, Parties: b.Parties, Representatives: b.Representatives, Invited: b.Invited,
	})
	in.No = int(r.No)
	c, err := s.Cases.ChangeSession(ctx, actor(ctx), id, version(r.Params.IfMatch), string(b.Reason), in)
	out, err := s.caseAnswer(ctx, c, err)
	return ChangeSession200JSONResponse{out}, err
}

// CancelSession takes it back.
func (s *server) CancelSession(ctx context.Context, r CancelSessionRequestObject) (CancelSessionResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.CancelSession(ctx, actor(ctx), id, version(r.Params.IfMatch), int(r.No), string(r.Body.Reason))
	out, err := s.caseAnswer(ctx, c, err)
	return CancelSession200JSONResponse{out}, err
}

// RecordSession records a round.
func (s *server) RecordSession(ctx context.Context, r RecordSessionRequestObject) (RecordSessionResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	b := r.Body
	in := domain.SessionRecord{
		No: number0(b.SessionNo), Held: b.Held, Joint: orZero(b.Joint), Place: placeOf(b.Room, b.Point, b.Address),
		StartsAt: orZero(b.StartsAt), EndsAt: orZero(b.EndsAt), Mediators: staffOfPlan(b.Mediators), Parties: numbers(b.Parties),
		Representatives: numbers(b.Representatives), Invited: text(b.Invited), RightsTold: orZero(b.RightsTold), Statements: text(b.Statements),
		Verified: text(b.Verified), Persuasion: text(b.Persuasion), Result: deref[domain.SessionResult](b.Result), NextOn: b.NextOn,
	}
	c, err := s.Cases.RecordSession(ctx, actor(ctx), id, version(r.Params.IfMatch), deref[string](b.Reason), in)
	out, err := s.caseAnswer(ctx, c, err)
	return RecordSession200JSONResponse{out}, err
}

// ScreenParty records that a party was asked alone.
func (s *server) ScreenParty(ctx context.Context, r ScreenPartyRequestObject) (ScreenPartyResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.NewScreening{
		PartyNo: int(r.Body.PartyNo), AskedAt: r.Body.AskedAt, Alone: r.Body.Alone, Safe: r.Body.Safe, Advice: optional(r.Body.Advice), Note: text(r.Body.Note),
	}
	c, err := s.Cases.ScreenParty(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return ScreenParty200JSONResponse{out}, err
}

// ReadAgenda reads the calendar of sessions.
func (s *server) ReadAgenda(ctx context.Context, r ReadAgendaRequestObject) (ReadAgendaResponseObject, error) {
	f := domain.AgendaFilter{From: r.Params.From, To: r.Params.To, Room: domain.RoomID(number0(r.Params.Room))} //nolint:gosec // the document bounds it
	items, more, err := s.Cases.Agenda(ctx, actor(ctx), f, orZero(r.Params.Own))
	if err != nil {
		return nil, err
	}
	n, err := s.Names.OfAgenda(ctx, actor(ctx).County, items)
	if err != nil {
		return nil, err
	}
	return ReadAgenda200JSONResponse{Items: each(items, func(x domain.AgendaItem) AgendaItem { return agendaItemOf(x, n) }), More: more}, nil
}

// ListRooms lists rooms.
func (s *server) ListRooms(ctx context.Context, r ListRoomsRequestObject) (ListRoomsResponseObject, error) {
	f := domain.RoomFilter{Org: domain.OrgID(number0(r.Params.Org)), Remote: orZero(r.Params.Remote)} //nolint:gosec // the document bounds it
	if r.Params.On != nil {
		f.On = *r.Params.On
	}
	rooms, err := s.Directory.Rooms(ctx, actor(ctx), f)
	if err != nil {
		return nil, err
	}
	return ListRooms200JSONResponse{Items: each(rooms, roomOf)}, nil
}

// AddRoom opens one.
func (s *server) AddRoom(ctx context.Context, r AddRoomRequestObject) (AddRoomResponseObject, error) {
	room, err := s.Directory.AddRoom(ctx, actor(ctx), domain.OrgID(r.Body.Org), text(&r.Body.Name), r.Body.Remote)
	if err != nil {
		return nil, err
	}
	return AddRoom201JSONResponse(roomOf(room)), nil
}

// CloseRoom ends its use.
func (s *server) CloseRoom(ctx context.Context, r CloseRoomRequestObject) (CloseRoomResponseObject, error) {
	room, err := s.Directory.CloseRoom(ctx, actor(ctx), domain.RoomID(r.RoomId), r.Body.On)
	if err != nil {
		return nil, err
	}
	return CloseRoom200JSONResponse(roomOf(room)), nil
}

func planOf(b SessionPlan) domain.SessionPlan {
	return domain.SessionPlan{
		Joint: b.Joint, Place: placeOf(b.Room, b.Point, b.Address), StartsAt: b.StartsAt.Truncate(time.Minute), EndsAt: b.EndsAt.Truncate(time.Minute),
		Mediators: staffOfPlan(b.Mediators), Parties: numbers(b.Parties), Representatives: numbers(b.Representatives), Invited: text(b.Invited),
	}
}

func placeOf(room, point *int32, address *string) domain.SessionPlace {
	return domain.SessionPlace{Room: domain.RoomID(number0(room)), Point: domain.OrgID(number0(point)), Address: text(address)} //nolint:gosec // the document bounds them
}

func staffOfPlan(list *[]int64) []domain.PersonID {
	if list == nil {
		return nil
	}
	return each(*list, func(n int64) domain.PersonID { return domain.PersonID(n) })
}

func numbers(list *[]int32) []int {
	if list == nil {
		return nil
	}
	return each(*list, func(n int32) int { return int(n) })
}
