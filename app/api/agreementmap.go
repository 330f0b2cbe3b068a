package api

import (
	"baimi/app"
	"baimi/domain"
)

// The mappers of what a case agreed on and of what came after.

func agreementOf(c *domain.Case, g domain.Agreement, v veil) Agreement {
	return Agreement{
		AgreementNo: int32(g.No), Status: AgreementStatus(g.Status), Form: AgreementForm(g.Form), Effect: EffectRule(g.Effect),
		Terms: v.text(g.Terms), Code: printedCode(g.Code), Replaces: replaced(c, g), NoPerformance: g.NoPerformance, Immediate: c.Immediate(g), DraftedOn: g.DraftedOn, AgreedOn: g.AgreedOn,
		MediatorSignedOn: g.MediatorSignedOn, SealedOn: g.SealedOn, EffectiveOn: g.EffectiveOn, EndedOn: g.EndedOn, RulingNo: g.RulingNo,
		Signatures: each(g.Signatures, func(x domain.Signature) NewSignature {
			return NewSignature{PartyNo: int32(x.PartyNo), By: int32Of(x.By), Method: SigningMethod(x.Method), SignedOn: x.SignedOn}
		}),
	}
}

func printedCode(v *domain.VerificationCode) *string {
	if v == nil {
		return nil
	}
	return ptr(v.Print())
}

func replaced(c *domain.Case, g domain.Agreement) *int32 {
	if was := c.Replaces(g); was != nil {
		return ptr(int32(was.No))
	}
	return nil
}

func obligationOf(o domain.Obligation, v veil) Obligation {
	return Obligation{
		ObligationNo: int32(o.No), AgreementNo: int32(o.AgreementNo), Duty: int32(o.Duty), Instalment: int32Of(o.Instalment), Debtor: int32(o.Debtor), Creditor: int32(o.Creditor),
		What: v.text(o.What), Amount: money(o.Amount), Manner: Manner(o.Manner), Place: some(v.text(o.Place)), DueOn: o.DueOn,
		Status: ObligationStatus(o.Status), PerformedAmount: money(o.PerformedAmount), SeenOn: o.SeenOn, SettledOn: o.SettledOn,
	}
}

func urgingOf(x domain.Urging, n app.Names) Urging {
	return Urging{
		UrgingNo: int32(x.No), ObligationNo: int32(x.ObligationNo), UrgedOn: x.UrgedOn, How: ContactHow(x.How), UrgedBy: *personName(n, &x.UrgedBy),
	}
}

func confirmationOf(x domain.Confirmation) Confirmation {
	return Confirmation{
		ConfirmationNo: int32(x.No), AgreementNo: int32(x.AgreementNo), Applicants: each(x.Applicants, func(no int32) PartyNo { return no }),
		Court: x.Court, CourtCaseNo: x.CourtCaseNo, Result: ConfirmationResult(x.Result), Reason: reasonOf(x.Reason, domain.ActionRecordConfirmation),
		AppliedOn: x.AppliedOn, DocketedOn: x.DocketedOn, RuledOn: x.RuledOn, ReceivedOn: x.ReceivedOn, ObjectedOn: x.ObjectedOn,
		ObjectedBy: word[Objector](x.ObjectedBy),
	}
}

func followUpOf(f domain.FollowUp, n app.Names) FollowUp {
	return FollowUp{
		FollowUpNo: int32(f.No), AgreementNo: int32(f.AgreementNo), Kind: FollowUpKind(f.Kind), CountedFrom: f.CountedFrom, Attempt: int32(f.Attempt),
		Status: FollowUpStatus(f.Status), EndedOn: f.EndedOn, How: word[ContactHow](f.How), VisitedBy: personName(n, f.VisitedBy),
		Satisfaction: word[Satisfaction](f.Satisfaction), Seen: word[PerformanceSeen](f.Seen), NewRisk: f.NewRisk,
	}
}
