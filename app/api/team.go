package api

import (
	"context"

	"baimi/domain"
)

// AskRecusal records that a party objects to a mediator.
func (s *server) AskRecusal(ctx context.Context, r AskRecusalRequestObject) (AskRecusalResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.AskRecusal(ctx, actor(ctx), id, version(r.Params.IfMatch), domain.NewRecusal{
		Kind: domain.RecusalKind(r.Body.Kind), PartyNo: int(r.Body.PartyNo), Mediator: domain.PersonID(r.Body.Mediator),
		Grounds: optional(r.Body.Grounds), Statement: text(r.Body.Statement), On: r.Body.On,
	})
	out, err := s.caseAnswer(ctx, c, err)
	return AskRecusal200JSONResponse{out}, err
}

// DiscloseInterest records what the mediator tells of himself.
func (s *server) DiscloseInterest(ctx context.Context, r DiscloseInterestRequestObject) (DiscloseInterestResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.DiscloseInterest(ctx, actor(ctx), id, version(r.Params.IfMatch), domain.Disclosure{
		Withdraws: r.Body.Withdraws, Grounds: each(r.Body.Grounds, func(g RecusalGround) string { return string(g) }),
		Statement: text(r.Body.Statement), On: r.Body.On,
	})
	out, err := s.caseAnswer(ctx, c, err)
	return DiscloseInterest200JSONResponse{out}, err
}

// DecideRecusal decides about a mediator.
func (s *server) DecideRecusal(ctx context.Context, r DecideRecusalRequestObject) (DecideRecusalResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.RecusalDecision{No: int(r.No), Status: domain.RecusalStatus(r.Body.Status), On: r.Body.On, Reason: text(r.Body.Reason)}
	if r.Body.Mediators != nil {
		in.Mediators = people(*r.Body.Mediators)
	}
	in.Parties = numbersOf(r.Body.Parties)
	c, err := s.Cases.DecideRecusal(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return DecideRecusal200JSONResponse{out}, err
}

// InviteToMediation records that somebody is invited.
func (s *server) InviteToMediation(ctx context.Context, r InviteToMediationRequestObject) (InviteToMediationResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.Invitation{
		Kind: domain.InviteeKind(r.Body.Kind), Name: r.Body.Name, Phone: text(r.Body.Phone), Why: r.Body.Why,
		PartyNo: rowNo(r.Body.PartyNo), Parties: numbersOf(&r.Body.Parties), AgreedOn: r.Body.AgreedOn,
	}
	if r.Body.From != nil {
		in.From = *r.Body.From
	}
	c, err := s.Cases.Invite(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return InviteToMediation200JSONResponse{out}, err
}

// EndInvitation records an invited person's last day.
func (s *server) EndInvitation(ctx context.Context, r EndInvitationRequestObject) (EndInvitationResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.EndInvitation(ctx, actor(ctx), id, version(r.Params.IfMatch), int(r.No), r.Body.On)
	out, err := s.caseAnswer(ctx, c, err)
	return EndInvitation200JSONResponse{out}, err
}

// RecordContact records an attempt to reach somebody.
func (s *server) RecordContact(ctx context.Context, r RecordContactRequestObject) (RecordContactResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.RecordContact(ctx, actor(ctx), id, version(r.Params.IfMatch), domain.NewContact{
		PartyNo: rowNo(r.Body.PartyNo), RepresentativeNo: rowNo(r.Body.RepresentativeNo), Other: text(r.Body.Other),
		How: domain.ContactHow(r.Body.How), At: r.Body.At, Result: domain.ContactResult(r.Body.Result), Note: text(r.Body.Note),
	})
	out, err := s.caseAnswer(ctx, c, err)
	return RecordContact200JSONResponse{out}, err
}

// GiveNotice records that parties were told.
func (s *server) GiveNotice(ctx context.Context, r GiveNoticeRequestObject) (GiveNoticeResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.GiveNotice(ctx, actor(ctx), id, version(r.Params.IfMatch), domain.Telling{
		Kind: domain.NoticeKind(r.Body.Kind), Parties: numbersOf(&r.Body.Parties), How: string(r.Body.How), On: r.Body.On,
	})
	out, err := s.caseAnswer(ctx, c, err)
	return GiveNotice200JSONResponse{out}, err
}

// RecordDataConsent records what a party says to the handling of its sensitive data.
func (s *server) RecordDataConsent(ctx context.Context, r RecordDataConsentRequestObject) (RecordDataConsentResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.RecordDataConsent(ctx, actor(ctx), id, version(r.Params.IfMatch), domain.NewDataConsent{
		PartyNo: int(r.Body.PartyNo), By: rowNo(r.Body.By), Kinds: each(r.Body.Kinds, func(k SensitiveKind) string { return string(k) }),
		Granted: r.Body.Granted, How: string(r.Body.How), On: r.Body.On,
	})
	out, err := s.caseAnswer(ctx, c, err)
	return RecordDataConsent200JSONResponse{out}, err
}

// WithdrawDataConsent records that it was withdrawn.
func (s *server) WithdrawDataConsent(ctx context.Context, r WithdrawDataConsentRequestObject) (WithdrawDataConsentResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.WithdrawDataConsent(ctx, actor(ctx), id, version(r.Params.IfMatch), int(r.No), r.Body.On)
	out, err := s.caseAnswer(ctx, c, err)
	return WithdrawDataConsent200JSONResponse{out}, err
}

// rowNo is an optional number of a row; 0 for none.
func rowNo(n *int32) int {
	if n == nil {
		return 0
	}
	return int(*n)
}

// numbersOf are optional numbers of parties.
func numbersOf(list *[]int32) []int {
	if list == nil {
		return nil
	}
	return each(*list, func(n int32) int { return int(n) })
}

// choicesOf are the mediators whom parties chose themselves.
func choicesOf(list *[]MediatorChoice) []domain.Choice {
	if list == nil {
		return nil
	}
	return each(*list, func(x MediatorChoice) domain.Choice {
		return domain.Choice{Person: domain.PersonID(x.Mediator), By: numbersOf(&x.By)}
	})
}
