package api

import (
	"context"

	"baimi/app"
	"baimi/domain"
)

// TransferCase hands a case over.
func (s *server) TransferCase(ctx context.Context, r TransferCaseRequestObject) (TransferCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := app.TransferInput{Handover: domain.Handover{On: r.Body.On}, Reason: string(r.Body.Reason)}
	if r.Body.To != nil {
		in.ToOrg = domain.OrgID(*r.Body.To)
	}
	if r.Body.ToOrgan != nil {
		in.ToOrgan = string(*r.Body.ToOrgan)
	}
	c, err := s.Cases.Transfer(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return TransferCase200JSONResponse{out}, err
}

// ConfirmTransfer takes a case that was handed over.
func (s *server) ConfirmTransfer(ctx context.Context, r ConfirmTransferRequestObject) (ConfirmTransferResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.Receipt{On: r.Body.On, Number: text(r.Body.Receipt)}
	c, err := s.Cases.ConfirmTransfer(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return ConfirmTransfer200JSONResponse{out}, err
}

// RefuseTransfer gives it back.
func (s *server) RefuseTransfer(ctx context.Context, r RefuseTransferRequestObject) (RefuseTransferResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.RefuseTransfer(ctx, actor(ctx), id, version(r.Params.IfMatch), r.Body.On, string(r.Body.Reason))
	out, err := s.caseAnswer(ctx, c, err)
	return RefuseTransfer200JSONResponse{out}, err
}

// AskReopening asks for a further round.
func (s *server) AskReopening(ctx context.Context, r AskReopeningRequestObject) (AskReopeningResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.AskReopening(ctx, actor(ctx), id, version(r.Params.IfMatch), string(r.Body.Reason), r.Body.Consents)
	out, err := s.caseAnswer(ctx, c, err)
	return AskReopening200JSONResponse{out}, err
}

// ReopenCase begins it.
func (s *server) ReopenCase(ctx context.Context, r ReopenCaseRequestObject) (ReopenCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.Reopen(ctx, actor(ctx), id, version(r.Params.IfMatch), r.Body.On)
	out, err := s.caseAnswer(ctx, c, err)
	return ReopenCase200JSONResponse{out}, err
}

// RefuseApproval turns down a request.
func (s *server) RefuseApproval(ctx context.Context, r RefuseApprovalRequestObject) (RefuseApprovalResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.RefuseApproval(ctx, actor(ctx), id, version(r.Params.IfMatch), string(r.Body.Reason))
	out, err := s.caseAnswer(ctx, c, err)
	return RefuseApproval200JSONResponse{out}, err
}
