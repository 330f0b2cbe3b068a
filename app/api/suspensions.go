package api

import (
	"context"

	"baimi/domain"
)

// AskSuspension asks for the mediation to stand still.
func (s *server) AskSuspension(ctx context.Context, r AskSuspensionRequestObject) (AskSuspensionResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.AskSuspension(ctx, actor(ctx), id, version(r.Params.IfMatch), string(r.Body.Reason))
	out, err := s.caseAnswer(ctx, c, err)
	return AskSuspension200JSONResponse{out}, err
}

// SuspendCase lets it stand still.
func (s *server) SuspendCase(ctx context.Context, r SuspendCaseRequestObject) (SuspendCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	reason := ""
	if r.Body.Reason != nil {
		reason = string(*r.Body.Reason)
	}
	c, err := s.Cases.Suspend(ctx, actor(ctx), id, version(r.Params.IfMatch), r.Body.On, reason)
	out, err := s.caseAnswer(ctx, c, err)
	return SuspendCase200JSONResponse{out}, err
}

// ResumeCase goes on.
func (s *server) ResumeCase(ctx context.Context, r ResumeCaseRequestObject) (ResumeCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.Resume(ctx, actor(ctx), id, version(r.Params.IfMatch), r.Body.On)
	out, err := s.caseAnswer(ctx, c, err)
	return ResumeCase200JSONResponse{out}, err
}

// ExtendMediation prolongs the clock of the mediation.
func (s *server) ExtendMediation(ctx context.Context, r ExtendMediationRequestObject) (ExtendMediationResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.Prolongation{
		AgreedOn: r.Body.AgreedOn, Until: r.Body.Until, How: string(r.Body.How),
		Parties: each(r.Body.Parties, func(n PartyNo) int { return int(n) }),
	}
	c, err := s.Cases.Extend(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return ExtendMediation200JSONResponse{out}, err
}
