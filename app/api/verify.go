package api

import (
	"context"

	"baimi/app"
	"baimi/domain"
)

// The handlers for whoever holds an agreement on paper: nobody is signed in, nothing names a party.

// VerifyAgreement tells how the agreement of a code stands.
func (s *server) VerifyAgreement(ctx context.Context, r VerifyAgreementRequestObject) (VerifyAgreementResponseObject, error) {
	x, err := s.Verify.Look(ctx, infoOf(ctx).from, r.Code)
	if err != nil {
		return nil, err
	}
	return VerifyAgreement200JSONResponse(verificationOf(x)), nil
}

// CompareAgreement tells whether a text is what it says.
func (s *server) CompareAgreement(ctx context.Context, r CompareAgreementRequestObject) (CompareAgreementResponseObject, error) {
	same, err := s.Verify.Compare(ctx, infoOf(ctx).from, r.Code, r.Body.Text)
	if err != nil {
		return nil, err
	}
	return CompareAgreement200JSONResponse{Unchanged: same}, nil
}

func verificationOf(x app.Verification) AgreementVerification {
	out := AgreementVerification{Code: x.Code.Print(), Standing: Standing(x.Standing)}
	if x.Standing == domain.StandingRestricted {
		return out
	}
	out.Committee, out.Pages = &x.Committee, ptr(int32(x.Pages))
	out.AgreedOn, out.EffectiveOn, out.EndedOn = x.AgreedOn, x.EffectiveOn, x.EndedOn
	return out
}
