package api

import (
	"context"

	"github.com/google/uuid"

	"baimi/app"
	"baimi/domain"
)

// The handlers of what stands behind the wall inside a case. No other mapper shows a private note.

// ListPrivateNotes reads them, for the case's mediators.
func (s *server) ListPrivateNotes(ctx context.Context, r ListPrivateNotesRequestObject) (ListPrivateNotesResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	notes, err := s.Cases.PrivateNotes(ctx, actor(ctx), id)
	if err != nil {
		return nil, err
	}
	n, err := s.Names.OfStaff(ctx, each(notes, func(x domain.PrivateNote) domain.PersonID { return x.Author }))
	if err != nil {
		return nil, err
	}
	return ListPrivateNotes200JSONResponse{Items: each(notes, func(x domain.PrivateNote) PrivateNote {
		return PrivateNote{
			Id: x.ID.String(), Kind: PrivateNoteKind(x.Kind), PartyNo: int32Of(x.PartyNo), Author: *personName(n, &x.Author), WrittenAt: x.WrittenAt,
			Text: x.Text.Reveal(), WaivedBy: each(x.Waivers, func(w domain.PrivateWaiver) PartyNo { return PartyNo(w.PartyNo) }), //nolint:gosec // a party's number, at most 50
		}
	})}, nil
}

// AddPrivateNote writes one. The answer, which idempotency keeps, does not hold the text.
func (s *server) AddPrivateNote(ctx context.Context, r AddPrivateNoteRequestObject) (AddPrivateNoteResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.NewPrivateNote{Kind: domain.PrivateNoteKind(r.Body.Kind), PartyNo: number0(r.Body.PartyNo), Text: text(&r.Body.Text)}
	n, err := s.Cases.NotePrivately(ctx, actor(ctx), id, in)
	if err != nil {
		return nil, err
	}
	return AddPrivateNote201JSONResponse{Id: n.ID.String()}, nil
}

// WaivePrivateNote records that a party lets one out.
func (s *server) WaivePrivateNote(ctx context.Context, r WaivePrivateNoteRequestObject) (WaivePrivateNoteResponseObject, error) {
	id, note, err := behindWall(r.CaseId, r.NoteId)
	if err != nil {
		return nil, err
	}
	in := domain.PrivateWaiver{PartyNo: int(r.Body.PartyNo), WaivedOn: r.Body.On, How: string(r.Body.How)}
	if err := s.Cases.Waive(ctx, actor(ctx), id, note, in); err != nil {
		return nil, err
	}
	return WaivePrivateNote200JSONResponse{Id: note.String()}, nil
}

// DisclosePrivateNote copies one into the file.
func (s *server) DisclosePrivateNote(ctx context.Context, r DisclosePrivateNoteRequestObject) (DisclosePrivateNoteResponseObject, error) {
	id, note, err := behindWall(r.CaseId, r.NoteId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.OpenNote(ctx, actor(ctx), id, version(r.Params.IfMatch), note)
	out, err := s.caseAnswer(ctx, c, err)
	return DisclosePrivateNote200JSONResponse{out}, err
}

func behindWall(caseID, noteID string) (domain.CaseID, uuid.UUID, error) {
	id, err := domain.ParseCaseID(caseID)
	if err != nil {
		return id, uuid.Nil, err
	}
	note, err := uuid.Parse(noteID)
	if err != nil {
		return id, note, domain.NotFound("保密记录")
	}
	return id, note, nil
}

func waivedNoteOf(x domain.WaivedNote, n app.Names, v veil) WaivedNote {
	return WaivedNote{
		No: int32(x.No), Kind: PrivateNoteKind(x.Kind), PartyNo: int32Of(x.PartyNo), Text: v.text(x.Text), WaivedBy: each(x.WaivedBy, same), On: x.DisclosedOn,
		By: *personName(n, &x.DisclosedBy),
	}
}
