package api_test

import "strings"

// caseOperations says for each operation on one case in which state it is tried and who gets past the rights.
var caseOperations = map[string]struct {
	state string
	body  func(w *world) any
	may   string
}{
	"getCase":            {"registered", none, everybody},
	"listCaseEvents":     {"registered", none, everybody},
	"similarToCase":      {"registered", none, everybody},
	"explainDeadline":    {"registered", none, everybody},
	"listForms":          {"registered", none, intake + " town-office bureau"},
	"printForm":          {"registered", none, intake + " town-office bureau"},
	"printVolume":        {"registered", none, intake + " town-office bureau"},
	"correctCase":        {"registered", fixed(map[string]any{"reason": "typing_error", "wish": "清理排水沟。"}), intake},
	"acceptCase":         {"registered", func(w *world) any { return map[string]any{"on": today, "mediators": []int64{w.mediator}} }, committee},
	"declineCase":        {"registered", fixed(ending("already_seized")), committee},
	"assignCase":         {"accepted", func(w *world) any { return map[string]any{"mediators": []int64{w.mediator}} }, supervisor},
	"recordConsent":      {"registered", fixed(map[string]any{"partyNo": 1, "consent": "consented", "on": today}), intake},
	"startMediation":     {"accepted", fixed(start()), caseMed},
	"agreeOrally":        {"mediating", fixed(map[string]any{"on": today, "terms": "和好。", "noPerformance": true}), caseMed},
	"agreeInWriting":     {"mediating", fixed(written()), caseMed},
	"failCase":           {"accepted", fixed(ending("no_prospect")), caseMed},
	"withdrawCase":       {"registered", fixed(map[string]any{"on": today, "reason": "not_wanted"}), committee},
	"recordPerformance":  {"agreed", fixed(map[string]any{"on": today, "status": "performed"}), "case-mediator own-director"},
	"closeCase":          {"settled", fixed(day()), supervisor},
	"archiveCase":        {"closed", fixed(day()), supervisor},
	"voidCase":           {"registered", fixed(map[string]any{"reason": "registered_twice"}), "bureau"},
	"revealParty":        {"registered", fixed(map[string]any{"partyNo": 1, "fields": []string{"id_number"}, "reason": "verify_identity"}), intake + " town-office bureau"},
	"showPhone":          {"accepted", none, caseMed},
	"listCaseAccesses":   {"accepted", none, "case-mediator own-director town-office bureau"},
	"setConfidentiality": {"accepted", fixed(map[string]any{"level": "private"}), committee + " town-office"},

	"draftAgreement":        {"mediating", fixed(draft()), caseMed},
	"signAgreement":         {"drafted", fixed(map[string]any{"mediatorSignedOn": today}), caseMed},
	"sealAgreement":         {"signed", fixed(day()), "case-mediator own-director"},
	"recordAgreementRuling": {"agreed", fixed(map[string]any{"on": today, "result": "invalid", "rulingNo": courtNumber}), "case-mediator own-director town-office"},
	"checkTerms":            {"mediating", fixed(draft()), everybody},
	"adviseConfirmation":    {"agreed", none, everybody},
	"urgePerformance":       {"agreed", fixed(map[string]any{"on": today, "how": "phone"}), "case-mediator own-director"},
	"applyForConfirmation":  {"in force", fixed(application()), "case-mediator own-director"},
	"recordConfirmation":    {"applied", fixed(map[string]any{"on": today, "result": "docketed", "courtCaseNo": courtNumber}), "case-mediator own-director"},
	"recordObjection":       {"confirmed", fixed(map[string]any{"on": today, "by": "party"}), "case-mediator own-director"},
	"recordFollowUp":        {"agreed", fixed(visit()), committee},

	"dismissClue":       {"clue", fixed(map[string]any{"on": today, "reason": "unfounded"}), intake},
	"registerClue":      {"clue", fixed(clueRegistration()), intake},
	"requestSupplement": {"registered", fixed(map[string]any{"on": today, "items": []string{"identity"}, "dueOn": today}), committee},
	"receiveSupplement": {"supplement", fixed(day()), intake},
	"transferCase": {"registered", func(w *world) any {
		return map[string]any{"on": today, "to": w.CommitteeA2, "reason": "outside_venue"}
	}, supervisor},
	"confirmTransfer": {"sent", fixed(day()), receiver},
	"refuseTransfer":  {"sent", fixed(map[string]any{"on": today, "reason": "not_ours"}), receiver},
	"askSuspension":   {"mediating", fixed(map[string]any{"reason": "appraisal"}), caseMed},
	"suspendCase":     {"accepted", fixed(map[string]any{"on": today, "reason": "appraisal"}), supervisor},
	"resumeCase":      {"suspended", fixed(day()), "case-mediator own-director"},
	"extendMediation": {"accepted", fixed(map[string]any{"agreedOn": today, "until": "2027-03-01", "parties": []int{1, 2}, "how": "oral"}), "case-mediator own-director"},
	"askReopening":    {"agreed", fixed(map[string]any{"reason": "content_improper", "consents": true}), director},
	"reopenCase":      {"reopening asked", fixed(day()), "town-office"},
	"addRepresentative": {"registered", fixed(map[string]any{
		"partyNo": 1, "kind": "agent", "name": "赵敏", "relation": "lawyer", "powers": []string{"sign"}, "from": today,
	}), intake},
	"endRepresentative":  {"represented", fixed(day()), intake},
	"correctDates":       {"registered", fixed(map[string]any{"reason": "verified", "requestedOn": "2026-11-17"}), supervisor},
	"raiseEscalation":    {"archived", fixed(danger()), everybody},
	"recordMeasures":     {"dangerous", fixed(map[string]any{"at": noon, "measures": []string{"calm"}, "note": "已劝离。"}), everybody},
	"reportEscalation":   {"dangerous", fixed(map[string]any{"organ": "police", "how": "phone", "at": noon}), everybody},
	"endEscalation":      {"dangerous", fixed(map[string]any{"at": noon, "result": "lifted"}), everybody},
	"eraseValues":        {"closed", fixed(map[string]any{"partyNo": 1, "ground": "purpose_over"}), "bureau"},
	"bringFile":          {"registered", fixed(photo), intake + " town-office"},
	"attachFile":         {"brought", func(w *world) any { return map[string]any{"file": w.brought, "kind": "photo", "title": "院墙"} }, intake + " town-office"},
	"withdrawAttachment": {"attached", fixed(map[string]any{"reason": "unclear"}), intake + " town-office"},
	"getRendition":       {"attached", none, intake + " town-office bureau"},
	"getManifest":        {"archived", none, intake + " town-office bureau"},
	"releaseOriginal":    {"attached", fixed(map[string]any{"reason": "court_request"}), intake + " town-office bureau"},
	"refuseApproval":     {"suspension asked", fixed(map[string]any{"reason": "goes_on"}), supervisor},
	"askRecusal": {"accepted", func(w *world) any {
		return map[string]any{"kind": "replacement", "partyNo": 2, "mediator": w.mediator, "on": today}
	}, intake},
	"discloseInterest":    {"accepted", fixed(map[string]any{"withdraws": false, "grounds": []string{"interest"}, "statement": "曾与一方合伙。", "on": today}), caseMed},
	"decideRecusal":       {"recusal asked", fixed(map[string]any{"status": "refused", "reason": "不属于近亲属。", "on": today}), supervisor},
	"inviteToMediation":   {"accepted", fixed(invitation()), intake},
	"endInvitation":       {"invited", fixed(day()), intake},
	"recordContact":       {"registered", fixed(map[string]any{"partyNo": 2, "how": "phone", "at": noon, "result": "not_reached", "note": "无人接听。"}), intake},
	"giveNotice":          {"registered", fixed(map[string]any{"kind": "privacy", "parties": []int{1, 2}, "how": "written", "on": today}), intake},
	"recordDataConsent":   {"told", fixed(map[string]any{"partyNo": 1, "kinds": []string{"medical"}, "granted": true, "how": "written", "on": today}), intake},
	"withdrawDataConsent": {"data consented", fixed(day()), intake},
	"planSession":         {"mediating", func(w *world) any { return w.meeting(nil) }, "case-mediator own-director"},
	"changeSession":       {"meeting", func(w *world) any { return w.meeting(map[string]any{"reason": "party_asked"}) }, "case-mediator own-director"},
	"cancelSession":       {"meeting", fixed(map[string]any{"reason": "party_asked"}), "case-mediator own-director"},
	"recordSession":       {"mediating", fixed(round()), caseMed},
	"listPrivateNotes":    {"noted", none, caseMed},
	"addPrivateNote":      {"accepted", fixed(map[string]any{"kind": "concession", "partyNo": 1, "text": "最低可以接受三千元。"}), caseMed},
	"waivePrivateNote":    {"noted", fixed(map[string]any{"partyNo": 1, "on": today, "how": "written"}), caseMed},
	"disclosePrivateNote": {"let out", none, caseMed},
	"screenParty":         {"accepted", fixed(map[string]any{"partyNo": 1, "askedAt": noon, "alone": true, "safe": true}), caseMed},
}

// otherOperations are tried below, each in its own way; one that is missing in both tables fails the test.
var otherOperations = strings.Fields(`signIn getMe signOut signOutEverywhere switchAssignment changePassword listTokens createToken
	revokeToken listAreas listOrganisations getOrganisation listMediators listPoints getPoint changePointStatus listDictionaries
	grantReading listCases reportClue registerCase settleInstantly countCases listAlerts countAlerts acknowledgeAlert snoozeAlert handOverAlert getRates listAccesses
	listAreaMergers mergeAreas listImports startImport getImport getImportErrors getImportTemplate searchCases similarToTyped
	usePasswordCode listAccounts createAccount giveRole setAccountOpen issueResetCode issueActivationSlips recordDeparture listAccountEvents
	verifyAgreement compareAgreement
	listDrafts getDraft saveDraft discardDraft printBlankForm
	takeSubjectRequest listSubjectRequests decideSubjectRequest finishSubjectRequest copySubjectData
	readAgenda listRooms addRoom closeRoom
	listExchangeFormats getExchangeMapping setExchangeMapping listExports startExport getExport getExportFile`)
