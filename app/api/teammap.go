package api

import (
	"baimi/app"
	"baimi/domain"
)

func appointmentOf(x domain.Appointment, n app.Names) Appointment {
	return Appointment{
		No: int32(x.No), Person: *personName(n, &x.Person), Way: AppointmentWay(x.Way), ChosenBy: plain(x.ChosenBy), From: x.FromOn, Until: x.UntilOn,
		Ended: word[AppointmentEnd](x.Ended),
	}
}

func recusalOf(x domain.Recusal, n app.Names, v veil) Recusal {
	return Recusal{
		No: int32(x.No), Kind: RecusalKind(x.Kind), Person: *personName(n, &x.Person), PartyNo: int32Of(x.PartyNo), Grounds: words[RecusalGround](x.Grounds),
		Statement: some(v.text(x.Statement)), AskedOn: x.AskedOn, Status: RecusalStatus(x.Status), StatusName: x.Status.Name(),
		DecidedOn: x.DecidedOn, DecidedBy: personName(n, x.DecidedBy), Consents: plain(x.Consents), Reason: some(v.text(x.Reason)),
	}
}

func inviteeOf(x domain.Invitee, v veil) Invitee {
	return Invitee{
		No: int32(x.No), Kind: InviteeKind(x.Kind), Name: v.text(x.Name), PhoneMasked: some(x.Phone.Masked()), PartyNo: int32Of(x.PartyNo),
		Why: v.text(x.Why), Consents: plain(x.Consents), AgreedOn: x.AgreedOn, From: x.FromOn, Until: x.UntilOn,
	}
}

func contactAttemptOf(x domain.ContactAttempt, n app.Names, v veil) ContactAttempt {
	return ContactAttempt{
		No: int32(x.No), PartyNo: int32Of(x.PartyNo), RepresentativeNo: int32Of(x.RepresentativeNo), Other: some(v.text(x.Other)),
		How: AttemptHow(x.How), At: x.TriedAt, By: *personName(n, &x.TriedBy), Result: ContactResult(x.Result), Note: some(v.text(x.Note)),
	}
}

func givenNoticeOf(x domain.GivenNotice, n app.Names) GivenNotice {
	return GivenNotice{
		No: int32(x.No), PartyNo: int32(x.PartyNo), Kind: NoticeKind(x.Kind), Text: x.Text, How: NoticeHow(x.How), On: x.GivenOn,
		By: *personName(n, &x.GivenBy),
	}
}

func dataConsentOf(x domain.DataConsent, n app.Names) DataConsent {
	return DataConsent{
		No: int32(x.No), PartyNo: int32(x.PartyNo), By: int32Of(x.By), Kinds: words[SensitiveKind](x.Kinds), Granted: x.Granted, How: NoticeHow(x.How),
		Text: x.Text, On: x.GivenOn, RecordedBy: *personName(n, &x.RecordedBy), WithdrawnOn: x.WithdrawnOn,
	}
}

// plain is a list of numbers, never nil.
func plain(list domain.PartyNos) []int32 { return append([]int32{}, list...) }

// ethnicityOf labels a code of GB/T 3304; a connected organ does not read it.
func ethnicityOf(p domain.Party, v veil) *DictionaryEntry {
	code := p.Ethnicity.Reveal()
	name := domain.EthnicityName(code)
	if bool(v) || name == "" {
		return nil
	}
	return &DictionaryEntry{Code: code, Label: name}
}
