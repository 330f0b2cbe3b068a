package api

import (
	"context"

	"baimi/domain"
)

// AddRepresentative records who acts for a party.
func (s *server) AddRepresentative(ctx context.Context, r AddRepresentativeRequestObject) (AddRepresentativeResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.AddRepresentative(ctx, actor(ctx), id, version(r.Params.IfMatch), newRepresentativeOf(*r.Body))
	out, err := s.caseAnswer(ctx, c, err)
	return AddRepresentative200JSONResponse{out}, err
}

// EndRepresentative records somebody's last day as a representative.
func (s *server) EndRepresentative(ctx context.Context, r EndRepresentativeRequestObject) (EndRepresentativeResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.EndRepresentative(ctx, actor(ctx), id, version(r.Params.IfMatch), int(r.No), r.Body.On)
	out, err := s.caseAnswer(ctx, c, err)
	return EndRepresentative200JSONResponse{out}, err
}

// CorrectDates corrects the day of the request.
func (s *server) CorrectDates(ctx context.Context, r CorrectDatesRequestObject) (CorrectDatesResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.DateCorrection{RequestedOn: r.Body.RequestedOn, RequestedHow: deref[domain.RequestedHow](r.Body.RequestedHow)}
	c, err := s.Cases.CorrectDates(ctx, actor(ctx), id, version(r.Params.IfMatch), string(r.Body.Reason), in)
	out, err := s.caseAnswer(ctx, c, err)
	return CorrectDates200JSONResponse{out}, err
}

// EraseValues erases what an ended case holds of a person, or its texts.
func (s *server) EraseValues(ctx context.Context, r EraseValuesRequestObject) (EraseValuesResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.Erasing{Ground: domain.ErasureGround(r.Body.Ground), Texts: r.Body.Texts != nil && *r.Body.Texts}
	if r.Body.PartyNo != nil {
		in.PartyNo = int(*r.Body.PartyNo)
	}
	if r.Body.RepresentativeNo != nil {
		in.RepresentativeNo = int(*r.Body.RepresentativeNo)
	}
	c, err := s.Cases.EraseValues(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return EraseValues200JSONResponse{out}, err
}

func newRepresentativeOf(r NewRepresentative) domain.NewRepresentative {
	out := domain.NewRepresentative{
		Side: deref[domain.PartyRole](r.Side), Kind: domain.RepresentativeKind(r.Kind), Name: text(&r.Name), IDType: text(r.IdType),
		IDNumber: text(r.IdNumber), Phone: text(r.Phone), Relation: deref[string](r.Relation), Powers: optional(r.Powers), From: r.From,
	}
	if r.PartyNo != nil {
		out.PartyNo = int(*r.PartyNo)
	}
	return out
}

func representativesOf(list *[]NewRepresentative) []domain.NewRepresentative {
	if list == nil {
		return nil
	}
	return each(*list, newRepresentativeOf)
}

func representativeOf(r domain.Representative, v veil) Representative {
	return Representative{
		No: int32(r.No), PartyNo: int32Of(r.PartyNo), Side: word[PartyRole](r.Side), Kind: RepresentativeKind(r.Kind), Name: v.text(r.Name),
		IdType: r.IDType, IdNumberMasked: some(r.IDNumber.Masked()), PhoneMasked: some(r.Phone.Masked()),
		Relation: optionalEntry("relation", r.Relation), Powers: words[AgentPower](r.Powers), Special: r.Special(), From: r.FromOn, Until: r.UntilOn,
	}
}

func erasureOf(x domain.Erasure) Erasure {
	return Erasure{
		No: int32(x.No), PartyNo: int32Of(x.PartyNo), RepresentativeNo: int32Of(x.RepresentativeNo), Texts: x.Texts,
		Ground: ErasureGround(x.Ground), On: x.ErasedOn,
	}
}

// deref is an optional code word; "" for none.
func deref[To, From ~string](w *From) To {
	if w == nil {
		return ""
	}
	return To(*w)
}
