package domain

// Action names a thing that can be done to a case; the API has one operation for each.
type Action string

// The actions.
const (
	ActionReportClue         Action = "report_clue"
	ActionImport             Action = "import" // a file of a past ledger
	ActionDismiss            Action = "dismiss"
	ActionRegister           Action = "register"
	ActionRequestSupplement  Action = "request_supplement"
	ActionReceiveSupplement  Action = "receive_supplement"
	ActionAccept             Action = "accept"
	ActionDecline            Action = "decline"
	ActionTransfer           Action = "transfer"
	ActionConfirmTransfer    Action = "confirm_transfer"
	ActionRefuseTransfer     Action = "refuse_transfer"
	ActionReturnTransfer     Action = "return_transfer"
	ActionAssign             Action = "assign"
	ActionCorrect            Action = "correct"
	ActionRecordConsent      Action = "record_consent"
	ActionStart              Action = "start"
	ActionAskSuspension      Action = "ask_suspension"
	ActionSuspend            Action = "suspend"
	ActionResume             Action = "resume"
	ActionExtend             Action = "extend"
	ActionDraftAgreement     Action = "draft_agreement"
	ActionSignAgreement      Action = "sign_agreement"
	ActionSealAgreement      Action = "seal_agreement"
	ActionAgreeOrally        Action = "agree_orally"
	ActionAgreeInWriting     Action = "agree_in_writing"
	ActionFail               Action = "fail"
	ActionWithdraw           Action = "withdraw"
	ActionRecordPerformance  Action = "record_performance"
	ActionUrge               Action = "urge"
	ActionApplyConfirmation  Action = "apply_confirmation"
	ActionRecordConfirmation Action = "record_confirmation"
	ActionRecordObjection    Action = "record_objection"
	ActionRecordFollowUp     Action = "record_follow_up"
	ActionPlanFollowUps      Action = "plan_follow_ups"
	ActionRecordRuling       Action = "record_agreement_ruling"
	ActionClose              Action = "close"
	ActionArchive            Action = "archive"
	ActionAskReopening       Action = "ask_reopening"
	ActionReopen             Action = "reopen"
	ActionRefuseApproval     Action = "refuse_approval"
	ActionVoid               Action = "void"
	ActionSetConfidentiality Action = "set_confidentiality"
	ActionGrantReading       Action = "grant_reading"
	ActionRecount            Action = "recount"
	ActionAddRepresentative  Action = "add_representative"
	ActionEndRepresentative  Action = "end_representative"
	ActionErase              Action = "erase"
	ActionStopProcessing     Action = "stop_processing"
	ActionCorrectDates       Action = "correct_dates"
	ActionRaiseEscalation    Action = "raise_escalation"
	ActionRecordMeasures     Action = "record_measures"
	ActionReportEscalation   Action = "report_escalation"
	ActionEndEscalation      Action = "end_escalation"
	ActionAttach             Action = "attach"
	ActionWithdrawAttachment Action = "withdraw_attachment"

	ActionAskRecusal          Action = "ask_recusal"
	ActionDiscloseInterest    Action = "disclose_interest"
	ActionDecideRecusal       Action = "decide_recusal"
	ActionInvite              Action = "invite"
	ActionEndInvitation       Action = "end_invitation"
	ActionRecordContact       Action = "record_contact"
	ActionGiveNotice          Action = "give_notice"
	ActionRecordDataConsent   Action = "record_data_consent"
	ActionWithdrawDataConsent Action = "withdraw_data_consent"
	ActionPlanSession         Action = "plan_session"
	ActionChangeSession       Action = "change_session"
	ActionCancelSession       Action = "cancel_session"
	ActionRecordSession       Action = "record_session"
	ActionScreenParty         Action = "screen_party"
	ActionOpenNote            Action = "open_note"
)

// Capacity is what an actor is to a case; the table of moves speaks in capacities, not in roles, because the same
// mediator is somebody else to the case beside his own.
type Capacity string

// The capacities.
const (
	AsIntake            Capacity = "intake"             // a keeper, mediator or director whose organisation has a part in it
	AsCommitteeMediator Capacity = "committee_mediator" // a mediator of the committee the case belongs to
	AsCaseMediator      Capacity = "case_mediator"      // one of the case's own mediators
	AsDirector          Capacity = "director"           // director of the committee the case belongs to
	AsReceiver          Capacity = "receiver"           // answers an open transfer: the receiving committee; for an organ outside, who sent it
	AsJudicialOffice    Capacity = "judicial_office"    // the judicial office of the case's area
	AsBureau            Capacity = "bureau"             // the county's justice bureau
	AsReader            Capacity = "reader"             // anybody who may see the case
	AsSecurityAdmin     Capacity = "security_admin"     // the county's security administrator, who sees no case
	AsSystem            Capacity = "system"             // a job of the county
)
