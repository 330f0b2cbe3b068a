package api

import (
	"context"

	"baimi/domain"
	"baimi/domain/calendar"
)

// The handlers of agreements, their performance, judicial confirmation and follow-up: who asks, one call, one mapping.

// DraftAgreement puts terms on paper.
func (s *server) DraftAgreement(ctx context.Context, r DraftAgreementRequestObject) (DraftAgreementResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.Terms{On: r.Body.On, Text: text(&r.Body.Terms), NoPerformance: r.Body.NoPerformance}
	if in.Obligations, err = obligations(r.Body.Obligations); err != nil {
		return nil, err
	}
	c, err := s.Cases.DraftAgreement(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return DraftAgreement200JSONResponse{out}, err
}

// SignAgreement records signatures.
func (s *server) SignAgreement(ctx context.Context, r SignAgreementRequestObject) (SignAgreementResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	var parties []domain.Signature
	if r.Body.Signatures != nil {
		parties = each(*r.Body.Signatures, signatureOf)
	}
	c, err := s.Cases.SignAgreement(ctx, actor(ctx), id, version(r.Params.IfMatch), int(r.No), parties, dayOf(r.Body.MediatorSignedOn))
	out, err := s.caseAnswer(ctx, c, err)
	return SignAgreement200JSONResponse{out}, err
}

// SealAgreement puts the seal under it.
func (s *server) SealAgreement(ctx context.Context, r SealAgreementRequestObject) (SealAgreementResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.SealAgreement(ctx, actor(ctx), id, version(r.Params.IfMatch), int(r.No), r.Body.On)
	out, err := s.caseAnswer(ctx, c, err)
	return SealAgreement200JSONResponse{out}, err
}

// RecordAgreementRuling records what a court decided on it.
func (s *server) RecordAgreementRuling(ctx context.Context, r RecordAgreementRulingRequestObject) (RecordAgreementRulingResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.CourtRuling{On: r.Body.On, Result: domain.AgreementStatus(r.Body.Result), RulingNo: text(&r.Body.RulingNo)}
	c, err := s.Cases.RecordAgreementRuling(ctx, actor(ctx), id, version(r.Params.IfMatch), int(r.No), in)
	out, err := s.caseAnswer(ctx, c, err)
	return RecordAgreementRuling200JSONResponse{out}, err
}

// RecordPerformance records what became of an obligation.
func (s *server) RecordPerformance(ctx context.Context, r RecordPerformanceRequestObject) (RecordPerformanceResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	var y yuan
	in := domain.Performance{On: r.Body.On, Status: domain.ObligationStatus(r.Body.Status), Amount: y.read("/amount", r.Body.Amount)}
	if err := y.err(); err != nil {
		return nil, err
	}
	c, err := s.Cases.RecordPerformance(ctx, actor(ctx), id, version(r.Params.IfMatch), int(r.No), in)
	out, err := s.caseAnswer(ctx, c, err)
	return RecordPerformance200JSONResponse{out}, err
}

// UrgePerformance records that who owes was urged.
func (s *server) UrgePerformance(ctx context.Context, r UrgePerformanceRequestObject) (UrgePerformanceResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.Urge(ctx, actor(ctx), id, version(r.Params.IfMatch), int(r.No), r.Body.On, domain.ContactHow(r.Body.How))
	out, err := s.caseAnswer(ctx, c, err)
	return UrgePerformance200JSONResponse{out}, err
}

// ApplyForConfirmation records an application to a court.
func (s *server) ApplyForConfirmation(ctx context.Context, r ApplyForConfirmationRequestObject) (ApplyForConfirmationResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.Application{On: r.Body.On, Court: text(&r.Body.Court), Parties: each(r.Body.Parties, func(n PartyNo) int { return int(n) })}
	c, err := s.Cases.ApplyForConfirmation(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return ApplyForConfirmation200JSONResponse{out}, err
}

// RecordConfirmation records what the court did.
func (s *server) RecordConfirmation(ctx context.Context, r RecordConfirmationRequestObject) (RecordConfirmationResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.CourtDecision{
		Result: domain.ConfirmationResult(r.Body.Result), On: r.Body.On, ReceivedOn: dayOf(r.Body.ReceivedOn), CourtNo: text(r.Body.CourtCaseNo),
	}
	reason := ""
	if r.Body.Reason != nil {
		reason = string(*r.Body.Reason)
	}
	c, err := s.Cases.RecordConfirmation(ctx, actor(ctx), id, version(r.Params.IfMatch), int(r.No), reason, in)
	out, err := s.caseAnswer(ctx, c, err)
	return RecordConfirmation200JSONResponse{out}, err
}

// RecordObjection records an objection to the court's confirmation.
func (s *server) RecordObjection(ctx context.Context, r RecordObjectionRequestObject) (RecordObjectionResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.RecordObjection(ctx, actor(ctx), id, version(r.Params.IfMatch), int(r.No), r.Body.On, domain.Objector(r.Body.By))
	out, err := s.caseAnswer(ctx, c, err)
	return RecordObjection200JSONResponse{out}, err
}

// RecordFollowUp records a visit.
func (s *server) RecordFollowUp(ctx context.Context, r RecordFollowUpRequestObject) (RecordFollowUpResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.Visit{On: r.Body.On, How: domain.ContactHow(r.Body.How), Reached: r.Body.Reached, NewRisk: r.Body.NewRisk}
	if r.Body.Satisfaction != nil {
		in.Satisfaction = domain.Satisfaction(*r.Body.Satisfaction)
	}
	if r.Body.Seen != nil {
		in.Seen = domain.PerformanceSeen(*r.Body.Seen)
	}
	c, err := s.Cases.RecordFollowUp(ctx, actor(ctx), id, version(r.Params.IfMatch), int(r.No), in)
	out, err := s.caseAnswer(ctx, c, err)
	return RecordFollowUp200JSONResponse{out}, err
}

func signatureOf(x NewSignature) domain.Signature {
	return domain.Signature{PartyNo: int(x.PartyNo), By: intOf(x.By), Method: string(x.Method), SignedOn: x.SignedOn}
}

// dayOf is an optional day, zero for none.
func dayOf(d *calendar.Date) (zero calendar.Date) {
	if d == nil {
		return zero
	}
	return *d
}
