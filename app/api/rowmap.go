package api

import (
	"github.com/google/uuid"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
)

// caseRef is the public id of another case of the same county.
func caseRef(county domain.County, id *uuid.UUID) *string {
	if id == nil {
		return nil
	}
	return ptr(domain.CaseID{County: county, UUID: *id}.String())
}

// entry labels a code word of a dictionary.
func entry(list, code string) DictionaryEntry {
	return DictionaryEntry{Code: code, Label: app.ReasonLabel(code, list)}
}

func optionalEntry[T ~string](list string, code *T) *DictionaryEntry {
	if code == nil {
		return nil
	}
	return ptr(entry(list, string(*code)))
}

func courtReferralOf(c *domain.Case) *CourtReferral {
	x := c.CourtReferral
	if x == (domain.CourtReferral{}) {
		return nil
	}
	out := CourtReferral{Online: x.Online, PapersOn: x.PapersOn, CaseNo: x.CaseNo}
	if x.Kind != calendar.NoReferral {
		out.Kind, out.KindName = ptr(CourtReferralKind(x.Kind)), ptr(entry("courtReferralKind", string(x.Kind)).Label)
	}
	return &out
}

func supplementOf(x domain.Supplement) Supplement {
	return Supplement{
		SupplementNo: int32(x.No), Items: each(x.Items, func(w string) DictionaryEntry { return entry("supplementItem", w) }),
		AskedOn: x.AskedOn, DueOn: x.DueOn, ReceivedOn: x.ReceivedOn,
	}
}

func transferOf(x domain.Transfer, n app.Names) Transfer {
	return Transfer{
		TransferNo: int32(x.No), To: orgName(n, x.ToOrg), ToOrgan: optionalEntry("outsideOrgan", x.ToOrgan), Reason: entry("transferReason", x.Reason),
		SentOn: x.SentOn, SentBy: *personName(n, &x.SentBy), LeftStatus: CaseStatus(x.LeftStatus), LeftStatusName: x.LeftStatus.Name(),
		Answer: TransferAnswer(x.Answer), AnswerName: entry("transferAnswer", string(x.Answer)).Label, AnsweredOn: x.AnsweredOn,
		Receipt: x.Receipt, NextCaseId: caseRef(x.County, x.NextCase),
	}
}

func approvalOf(x domain.Approval, n app.Names) Approval {
	return Approval{
		ApprovalNo: int32(x.No), Action: ApprovalAction(x.Action), Label: domain.MoveOf(x.Action).Label,
		Reason: entry(app.ReasonLists[x.Action], x.Reason), Consents: x.Consents, AskedBy: *personName(n, &x.AskedBy), AskedOn: x.AskedOn,
		DecidedBy: personName(n, x.DecidedBy), DecidedOn: x.DecidedOn, Granted: x.Granted,
	}
}

func pauseOf(x domain.Pause, n app.Names) Pause {
	return Pause{
		PauseNo: int32(x.No), Reason: entry("suspensionReason", string(x.Reason)), FromOn: x.FromOn, ToOn: x.ToOn, ApprovedBy: *personName(n, &x.ApprovedBy),
	}
}

func extensionOf(x domain.Extension) Extension {
	return Extension{
		ExtensionNo: int32(x.No), DeadlineNo: int32(x.DeadlineNo), AgreedOn: x.AgreedOn, UntilOn: x.UntilOn,
		SignedBy: words[ExtensionSide](x.SignedBy), How: NoticeHow(x.How),
	}
}
