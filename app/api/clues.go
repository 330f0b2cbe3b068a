package api

import (
	"context"

	"baimi/app"
	"baimi/domain"
)

// ReportClue reports something that was found.
func (s *server) ReportClue(ctx context.Context, r ReportClueRequestObject) (ReportClueResponseObject, error) {
	b := r.Body
	in := app.ClueInput{
		Finding: domain.Finding{
			On: b.On, Type: b.Type, Confidentiality: levelOf(b.Confidentiality), Place: text(&b.Place), Facts: text(&b.Facts), Risks: optional(b.Risks),
			LateReason: word[string](b.LateReason),
		},
		PointID: word32[domain.OrgID](b.PointId), AreaID: intOf(b.AreaId),
	}
	if b.PeopleCount != nil {
		in.PeopleCount = int(*b.PeopleCount)
	}
	c, err := s.Cases.ReportClue(ctx, actor(ctx), in)
	out, err := s.caseAnswer(ctx, c, err)
	if err != nil {
		return nil, err
	}
	return ReportClue201JSONResponse{ReportedClueJSONResponse{
		Body: out.Body, Headers: ReportedClueResponseHeaders{ETag: out.Headers.ETag, Location: ptr(base + "/cases/" + out.Body.Id)},
	}}, nil
}

// DismissClue ends a clue that leads to no case.
func (s *server) DismissClue(ctx context.Context, r DismissClueRequestObject) (DismissClueResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := app.DismissInput{On: r.Body.On, Reason: string(r.Body.Reason), Tier: word[domain.Tier](r.Body.Tier)}
	c, err := s.Cases.DismissClue(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return DismissClue200JSONResponse{out}, err
}

// RegisterClue makes a case of a clue.
func (s *server) RegisterClue(ctx context.Context, r RegisterClueRequestObject) (RegisterClueResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	var y yuan
	b := r.Body
	in := app.ClueRegistration{
		Registration: domain.Registration{
			Source: domain.SourceInitiative, Type: b.Type, Place: text(&b.Place), Facts: text(&b.Facts), Wish: text(b.Wish),
			Amount: y.read("/amount", b.Amount), Risks: optional(b.Risks), RequestedOn: b.RequestedOn,
			RequestedHow: domain.RequestedHow(b.RequestedHow), Parties: each(b.Parties, newPartyOf),
			LateReason: word[string](b.LateReason), Representatives: representativesOf(b.Representatives),
		},
		Draft: draftNo(b.DraftId), Level: word[domain.Confidentiality](b.Confidentiality), AreaID: intOf(b.AreaId),
	}
	if b.PeopleCount != nil {
		in.PeopleCount = int(*b.PeopleCount)
	}
	if err := y.err(); err != nil {
		return nil, err
	}
	registered, err := s.Cases.RegisterClue(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.registered(ctx, registered, err)
	return RegisterClue200JSONResponse{out}, err
}

// RequestSupplement asks for what is missing.
func (s *server) RequestSupplement(ctx context.Context, r RequestSupplementRequestObject) (RequestSupplementResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := app.SupplementInput{On: r.Body.On, Items: words[string](r.Body.Items), DueOn: r.Body.DueOn}
	c, err := s.Cases.RequestSupplement(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return RequestSupplement200JSONResponse{out}, err
}

// ReceiveSupplement records that it came in.
func (s *server) ReceiveSupplement(ctx context.Context, r ReceiveSupplementRequestObject) (ReceiveSupplementResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.ReceiveSupplement(ctx, actor(ctx), id, version(r.Params.IfMatch), r.Body.On)
	out, err := s.caseAnswer(ctx, c, err)
	return ReceiveSupplement200JSONResponse{out}, err
}
