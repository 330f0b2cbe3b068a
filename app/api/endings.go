package api

import (
	"context"

	"baimi/app"
	"baimi/app/forms"
	"baimi/domain"
)

// FailCase ends a mediation without an agreement.
func (s *server) FailCase(ctx context.Context, r FailCaseRequestObject) (FailCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := app.EndInput{On: r.Body.On, Reason: string(r.Body.Reason), Remedies: words[string](r.Body.Remedies), ToldOn: r.Body.RemediesToldOn}
	c, err := s.Cases.Fail(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return FailCase200JSONResponse{out}, err
}

// WithdrawCase ends a case at the applicant's wish.
func (s *server) WithdrawCase(ctx context.Context, r WithdrawCaseRequestObject) (WithdrawCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.Withdraw(ctx, actor(ctx), id, version(r.Params.IfMatch), r.Body.On, string(r.Body.Reason))
	out, err := s.caseAnswer(ctx, c, err)
	return WithdrawCase200JSONResponse{out}, err
}

// CloseCase closes an ended case.
func (s *server) CloseCase(ctx context.Context, r CloseCaseRequestObject) (CloseCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.Close(ctx, actor(ctx), id, version(r.Params.IfMatch), r.Body.On)
	out, err := s.caseAnswer(ctx, c, err)
	return CloseCase200JSONResponse{out}, err
}

// ArchiveCase locks the file.
func (s *server) ArchiveCase(ctx context.Context, r ArchiveCaseRequestObject) (ArchiveCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.Archive(ctx, actor(ctx), id, version(r.Params.IfMatch), app.ArchiveInput{
		On: r.Body.On, Incomplete: string(deref[IncompleteReason](r.Body.Incomplete)),
		Documents: func(c *domain.Case) []domain.FiledDocument {
			return forms.Filed(forms.Matter{Case: c, Label: formLabel})
		},
	})
	out, err := s.caseAnswer(ctx, c, err)
	return ArchiveCase200JSONResponse{out}, err
}

// VoidCase takes a case out of the figures.
func (s *server) VoidCase(ctx context.Context, r VoidCaseRequestObject) (VoidCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.Void(ctx, actor(ctx), id, version(r.Params.IfMatch), string(r.Body.Reason))
	out, err := s.caseAnswer(ctx, c, err)
	return VoidCase200JSONResponse{out}, err
}

// SetConfidentiality raises or lowers the level.
func (s *server) SetConfidentiality(ctx context.Context, r SetConfidentialityRequestObject) (SetConfidentialityResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.SetConfidentiality(ctx, actor(ctx), id, version(r.Params.IfMatch), domain.Confidentiality(r.Body.Level))
	out, err := s.caseAnswer(ctx, c, err)
	return SetConfidentiality200JSONResponse{out}, err
}

// GrantReading opens a restricted case to one person.
func (s *server) GrantReading(ctx context.Context, r GrantReadingRequestObject) (GrantReadingResponseObject, error) {
	no, err := s.Cases.GrantReading(ctx, actor(ctx), r.Body.DemandNo, domain.PersonID(r.Body.PersonId), string(r.Body.Reason))
	if err != nil {
		return nil, err
	}
	return GrantReading200JSONResponse{DemandNo: no.Print(), PersonId: r.Body.PersonId, Reason: r.Body.Reason}, nil
}
