package api

import (
	"context"
	"fmt"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
)

// RegisterCase registers a dispute.
func (s *server) RegisterCase(ctx context.Context, r RegisterCaseRequestObject) (RegisterCaseResponseObject, error) {
	var y yuan
	b := r.Body
	in := app.RegisterInput{
		Registration: domain.Registration{
			Source: domain.Source(b.Source), Referrer: word[domain.Referrer](b.Referrer), CourtReferral: newCourtReferralOf(b.CourtReferral),
			Type: b.Type, Confidentiality: levelOf(b.Confidentiality),
			Place: text(&b.Place), Facts: text(&b.Facts), Wish: text(b.Wish), Amount: y.read("/amount", b.Amount), Risks: optional(b.Risks),
			RequestedOn: b.RequestedOn, RequestedHow: domain.RequestedHow(b.RequestedHow), Parties: each(b.Parties, newPartyOf),
			LateReason: word[string](b.LateReason), Representatives: representativesOf(b.Representatives),
		},
		Draft: draftNo(b.DraftId), PointID: word32[domain.OrgID](b.PointId), AreaID: intOf(b.AreaId),
	}
	if b.PeopleCount != nil {
		in.PeopleCount = int(*b.PeopleCount)
	}
	if b.PreviousId != nil {
		id, err := domain.ParseCaseID(*b.PreviousId)
		if err != nil {
			return nil, err
		}
		in.PreviousID = &id
	}
	if err := y.err(); err != nil {
		return nil, err
	}
	registered, err := s.Cases.Register(ctx, actor(ctx), in)
	out, err := s.registered(ctx, registered, err)
	return RegisterCase201JSONResponse{out}, err
}

// SettleInstantly records a quarrel settled on the spot.
func (s *server) SettleInstantly(ctx context.Context, r SettleInstantlyRequestObject) (SettleInstantlyResponseObject, error) {
	var y yuan
	b := r.Body
	in := app.SettleInput{
		RegisterInput: app.RegisterInput{
			Registration: domain.Registration{
				Source: domain.SourceApplied, Type: b.Type, Confidentiality: levelOf(b.Confidentiality), Place: text(&b.Place), Facts: text(&b.Facts),
				Amount: y.read("/amount", b.Amount), RequestedOn: b.On, RequestedHow: domain.RequestedVisit, Parties: each(b.Parties, newPartyOf),
				LateReason: word[string](b.LateReason), Representatives: representativesOf(b.Representatives),
			},
			Draft: draftNo(b.DraftId), PointID: word32[domain.OrgID](b.PointId), AreaID: intOf(b.AreaId),
		},
		Terms: text(&b.Terms),
	}
	if b.Source != nil {
		in.Source = domain.Source(*b.Source)
	}
	if in.Source == domain.SourceInitiative {
		in.RequestedHow = domain.RequestedFinding
	}
	if b.Obligations != nil {
		for i, o := range *b.Obligations {
			in.Obligations = append(in.Obligations, domain.NewObligation{
				Debtor: int(o.Debtor), Creditor: int(o.Creditor), What: text(&o.What), Manner: string(o.Manner), DueOn: b.On,
				Amount: y.read(fmt.Sprintf("/obligations/%d/amount", i), o.Amount),
			})
		}
	}
	if err := y.err(); err != nil {
		return nil, err
	}
	registered, err := s.Cases.SettleInstantly(ctx, actor(ctx), in)
	out, err := s.registered(ctx, registered, err)
	return SettleInstantly201JSONResponse{out}, err
}

// registered is a new case with the slip for its parties. Here alone the tracking secrets go out.
func (s *server) registered(ctx context.Context, r domain.Registered, err error) (RegisteredCaseJSONResponse, error) {
	answer, err := s.caseAnswer(ctx, r.Case, err)
	if err != nil {
		return RegisteredCaseJSONResponse{}, err
	}
	slip := Slip{
		DemandNo: r.Case.DemandNo.Print(), RequestedOn: r.Case.RequestedOn, RegisteredAt: r.Case.RegisteredAt,
		Committee: answer.Body.Committee, Point: answer.Body.Point, Parties: make([]SlipParty, 0, len(r.Secrets)),
	}
	for i, secret := range r.Secrets {
		p := r.Case.Parties[i]
		slip.Parties = append(slip.Parties, SlipParty{PartyNo: int32(p.No), Name: p.Name.Reveal(), TrackingSecret: secret.Print()})
	}
	return RegisteredCaseJSONResponse{
		Body:    Registered{Case: answer.Body, Slip: slip},
		Headers: RegisteredCaseResponseHeaders{ETag: etag(r.Case.Version), Location: ptr(base + "/cases/" + r.Case.CaseID().String())},
	}, nil
}

// CorrectCase corrects what was typed at intake.
func (s *server) CorrectCase(ctx context.Context, r CorrectCaseRequestObject) (CorrectCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	var y yuan
	b := r.Body
	in := domain.Correction{
		Type: b.Type, Place: trimmed(b.Place), Facts: trimmed(b.Facts), Wish: trimmed(b.Wish), Amount: y.read("/amount", b.Amount),
		PeopleCount: intOf(b.PeopleCount),
	}
	if b.Risks != nil {
		in.Risks = ptr(words[string](*b.Risks))
	}
	if b.Parties != nil {
		in.Parties = each(*b.Parties, partyCorrectionOf)
	}
	if err := y.err(); err != nil {
		return nil, err
	}
	c, err := s.Cases.Correct(ctx, actor(ctx), id, version(r.Params.IfMatch), string(b.Reason), in)
	out, err := s.caseAnswer(ctx, c, err)
	return CorrectCase200JSONResponse{out}, err
}

func levelOf(c *Confidentiality) domain.Confidentiality {
	if c == nil {
		return domain.Ordinary
	}
	return domain.Confidentiality(*c)
}

func newCourtReferralOf(x *NewCourtReferral) domain.CourtReferral {
	if x == nil {
		return domain.CourtReferral{}
	}
	out := domain.CourtReferral{Online: x.Online != nil && *x.Online, PapersOn: x.PapersOn, CaseNo: trimmed(x.CaseNo)}
	if x.Kind != nil {
		out.Kind = calendar.Referral(*x.Kind)
	}
	return out
}

func newPartyOf(p NewParty) domain.NewParty {
	out := domain.NewParty{
		Role: domain.PartyRole(p.Role), Kind: domain.PartyKind(p.Kind), Name: text(&p.Name), IDType: text(p.IdType),
		IDNumber: text(p.IdNumber), Phone: text(p.Phone), Address: text(p.Address),
	}
	if p.Sex != nil {
		out.Sex = ptr(int(*p.Sex))
	}
	out.Birth, out.Capacity, out.IDAbsent = text(p.Birth), deref[domain.LegalCapacity](p.Capacity), deref[string](p.IdAbsent)
	out.Ethnicity, out.Occupation, out.Workplace = deref[string](p.Ethnicity), text(p.Occupation), text(p.Workplace)
	return out
}

func partyCorrectionOf(p PartyCorrection) domain.PartyCorrection {
	out := domain.PartyCorrection{
		No: int(p.PartyNo), Name: text(p.Name), IDType: text(p.IdType), IDNumber: text(p.IdNumber), Phone: text(p.Phone), Address: text(p.Address),
	}
	if p.Sex != nil {
		out.Sex = ptr(int(*p.Sex))
	}
	out.Birth, out.Capacity, out.IDAbsent = text(p.Birth), deref[domain.LegalCapacity](p.Capacity), deref[string](p.IdAbsent)
	out.Ethnicity, out.Occupation, out.Workplace = deref[string](p.Ethnicity), text(p.Occupation), text(p.Workplace)
	return out
}

// word32 turns an optional number into one of ours.
func word32[To ~int32](n *int32) *To {
	if n == nil {
		return nil
	}
	return ptr(To(*n))
}
