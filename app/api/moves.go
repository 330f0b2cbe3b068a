package api

import (
	"context"
	"fmt"

	"baimi/app"
	"baimi/domain"
)

// One handler for each move: who asks, one call, one mapping.

// AcceptCase accepts.
func (s *server) AcceptCase(ctx context.Context, r AcceptCaseRequestObject) (AcceptCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := app.AcceptInput{On: r.Body.On, Mediators: people(r.Body.Mediators), Chosen: choicesOf(r.Body.Chosen)}
	c, err := s.Cases.Accept(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return AcceptCase200JSONResponse{out}, err
}

// DeclineCase declines.
func (s *server) DeclineCase(ctx context.Context, r DeclineCaseRequestObject) (DeclineCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := app.EndInput{On: r.Body.On, Reason: string(r.Body.Reason), Remedies: words[string](r.Body.Remedies), ToldOn: r.Body.RemediesToldOn}
	c, err := s.Cases.Decline(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return DeclineCase200JSONResponse{out}, err
}

// AssignCase changes the mediators.
func (s *server) AssignCase(ctx context.Context, r AssignCaseRequestObject) (AssignCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.Assign(ctx, actor(ctx), id, version(r.Params.IfMatch), people(r.Body.Mediators), choicesOf(r.Body.Chosen)...)
	out, err := s.caseAnswer(ctx, c, err)
	return AssignCase200JSONResponse{out}, err
}

// RecordConsent records what a party has said.
func (s *server) RecordConsent(ctx context.Context, r RecordConsentRequestObject) (RecordConsentResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := app.ConsentInput{PartyNo: int(r.Body.PartyNo), Consent: domain.Consent(r.Body.Consent), On: r.Body.On}
	c, err := s.Cases.RecordConsent(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return RecordConsent200JSONResponse{out}, err
}

// StartMediation opens the mediation.
func (s *server) StartMediation(ctx context.Context, r StartMediationRequestObject) (StartMediationResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := app.StartInput{
		On: r.Body.On, Present: each(r.Body.Present, func(n PartyNo) int { return int(n) }),
		Notices: each(r.Body.Notices, func(n NewNotice) domain.Notice {
			return domain.Notice{PartyNo: int(n.PartyNo), How: string(n.How), On: n.On}
		}),
	}
	c, err := s.Cases.Start(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return StartMediation200JSONResponse{out}, err
}

// AgreeOrally records an oral agreement.
func (s *server) AgreeOrally(ctx context.Context, r AgreeOrallyRequestObject) (AgreeOrallyResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.Terms{On: r.Body.On, Text: text(&r.Body.Terms), NoPerformance: r.Body.NoPerformance}
	if in.Obligations, err = obligations(r.Body.Obligations); err != nil {
		return nil, err
	}
	c, err := s.Cases.AgreeOrally(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return AgreeOrally200JSONResponse{out}, err
}

// AgreeInWriting records a written agreement.
func (s *server) AgreeInWriting(ctx context.Context, r AgreeInWritingRequestObject) (AgreeInWritingResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.Terms{On: r.Body.On, Text: text(&r.Body.Terms), NoPerformance: r.Body.NoPerformance}
	if in.Obligations, err = obligations(r.Body.Obligations); err != nil {
		return nil, err
	}
	signing := domain.Signing{
		MediatorSignedOn: r.Body.MediatorSignedOn, SealedOn: r.Body.SealedOn,
		Parties: each(r.Body.Signatures, signatureOf),
	}
	c, err := s.Cases.AgreeInWriting(ctx, actor(ctx), id, version(r.Params.IfMatch), in, signing)
	out, err := s.caseAnswer(ctx, c, err)
	return AgreeInWriting200JSONResponse{out}, err
}

func people(ids []PersonNo) []domain.PersonID {
	return each(ids, func(n PersonNo) domain.PersonID { return domain.PersonID(n) })
}

func obligations(list *[]NewObligation) ([]domain.NewObligation, error) {
	if list == nil {
		return nil, nil
	}
	var y yuan
	out := make([]domain.NewObligation, 0, len(*list))
	for i, o := range *list {
		out = append(out, domain.NewObligation{
			Debtor: int(o.Debtor), Creditor: int(o.Creditor), What: text(&o.What), Manner: string(o.Manner), DueOn: dayOf(o.DueOn),
			Amount: y.read(fmt.Sprintf("/obligations/%d/amount", i), o.Amount), Place: text(o.Place),
			Instalments: instalments(&y, fmt.Sprintf("/obligations/%d/instalments", i), o.Instalments),
		})
	}
	return out, y.err()
}

func instalments(y *yuan, at string, list *[]Instalment) []domain.Instalment {
	if list == nil {
		return nil
	}
	out := make([]domain.Instalment, 0, len(*list))
	for i, x := range *list {
		part := domain.Instalment{DueOn: x.DueOn}
		if amount := y.read(fmt.Sprintf("%s/%d/amount", at, i), &x.Amount); amount != nil {
			part.Amount = *amount
		}
		out = append(out, part)
	}
	return out
}
