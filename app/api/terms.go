package api

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"baimi/domain"
)

// CheckTerms says what is wrong or doubtful in terms that are still being typed.
func (s *server) CheckTerms(ctx context.Context, r CheckTermsRequestObject) (CheckTermsResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	var y yuan
	in := domain.Terms{On: r.Body.On, Text: text(&r.Body.Terms), NoPerformance: r.Body.NoPerformance}
	if r.Body.Obligations != nil {
		for i, o := range *r.Body.Obligations {
			in.Obligations = append(in.Obligations, dutyToCheck(&y, fmt.Sprintf("/obligations/%d", i), o))
		}
	}
	if err := y.err(); err != nil {
		return nil, err
	}
	x, err := s.Cases.CheckTerms(ctx, actor(ctx), id, in)
	if err != nil {
		return nil, err
	}
	return CheckTerms200JSONResponse(checkedTermsOf(x)), nil
}

func dutyToCheck(y *yuan, at string, o DutyToCheck) domain.NewObligation {
	d := domain.NewObligation{
		Debtor: numberOr(o.Debtor), Creditor: numberOr(o.Creditor), What: text(o.What), Place: text(o.Place),
		Amount: y.read(at+"/amount", o.Amount), DueOn: dayOf(o.DueOn),
	}
	if o.Manner != nil {
		d.Manner = string(*o.Manner)
	}
	if o.Instalments != nil {
		for i, x := range *o.Instalments {
			part := domain.Instalment{DueOn: dayOf(x.DueOn)}
			if amount := y.read(fmt.Sprintf("%s/instalments/%d/amount", at, i), x.Amount); amount != nil {
				part.Amount = *amount
			}
			d.Instalments = append(d.Instalments, part)
		}
	}
	return d
}

func numberOr(n *PartyNo) int {
	if n == nil {
		return 0
	}
	return int(*n)
}

func checkedTermsOf(x domain.CheckedTerms) CheckedTerms {
	out := CheckedTerms{
		Findings: each(x.Findings, func(f domain.TermsFinding) TermsFinding {
			return TermsFinding{Pointer: f.Pointer, Code: f.Code, Message: f.Message, Basis: some(f.Basis), Stops: f.Stops}
		}),
		Duties: each(x.Sums, sumInWords),
	}
	if x.Total.IsPositive() {
		out.Total = ptr(sumInWords(x.Total))
	}
	return out
}

func sumInWords(d decimal.Decimal) SumInWords {
	if !d.IsPositive() {
		return SumInWords{}
	}
	return SumInWords{Sum: ptr(d.StringFixed(2)), InWords: ptr(domain.InWords(d))}
}

// AdviseConfirmation says whether a court can be asked to confirm the agreement.
func (s *server) AdviseConfirmation(ctx context.Context, r AdviseConfirmationRequestObject) (AdviseConfirmationResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	answers := map[string]bool{}
	for applies, list := range map[bool]*[]AnswerableReason{false: r.Params.AppliesNot, true: r.Params.Applies} {
		for _, code := range optional(list) {
			answers[code] = answers[code] || applies // who answers both ways gets the careful advice
		}
	}
	n, err := s.Cases.AdviseConfirmation(ctx, actor(ctx), id, answers)
	if err != nil {
		return nil, err
	}
	return AdviseConfirmation200JSONResponse(adviceOf(n)), nil
}

func adviceOf(n domain.Navigation) ConfirmationAdvice {
	out := ConfirmationAdvice{
		Verdict: ConfirmationVerdict(n.Advice),
		Grounds: each(n.Grounds, groundOf),
		Venues: each(n.Venues, func(v domain.Venue) ConfirmationVenue {
			return ConfirmationVenue{Code: ConfirmationVenueCode(v.Code), Text: v.Text, Basis: v.Basis, Court: some(v.Court)}
		}),
		Papers: each(n.Papers, func(p domain.ConfirmationPaper) ConfirmationPaper {
			return ConfirmationPaper{Code: ConfirmationPaperCode(p.Code), Text: p.Text, Basis: p.Basis, Ready: p.Ready}
		}),
		Questions: each(domain.AnswerableReasons(), groundOf),
	}
	if n.AgreementNo > 0 {
		out.AgreementNo = ptr(int32(n.AgreementNo))
	}
	if !n.Due.IsZero() {
		out.DueOn, out.DaysLeft = &n.Due, ptr(int32(n.DaysLeft))
	}
	return out
}

func groundOf(g domain.Ground) ConfirmationGround {
	return ConfirmationGround{Verdict: some(ConfirmationVerdict(g.Advice)), Code: g.Code, Text: g.Text, Basis: g.Basis}
}
