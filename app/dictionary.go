package app

import (
	"context"
	"slices"

	"baimi/domain"
)

// Entry is a code with its Chinese label.
type Entry struct{ Code, Label, Group string }

// Dictionary is a list of codes. The document's enums are held to these lists by a test.
type Dictionary struct {
	Name, Label string
	Entries     []Entry
}

// Dictionaries are all lists, the types of disputes first.
func (u *Directory) Dictionaries(ctx context.Context) ([]Dictionary, error) {
	types, err := u.store.DisputeTypes(ctx)
	if err != nil {
		return nil, err
	}
	d := Dictionary{Name: "disputeType", Label: "纠纷类型", Entries: make([]Entry, 0, len(types))}
	for _, t := range types {
		e := Entry{Code: t.Code, Label: t.Name}
		if t.Grouping != nil {
			e.Group = *t.Grouping
		}
		d.Entries = append(d.Entries, e)
	}
	return append([]Dictionary{d}, Codes()...), nil
}

// Codes are the lists that are part of the program.
func Codes() []Dictionary {
	own := []Dictionary{statuses(), roles(), levels(), actions(), accesses(), accountEvents(), similarReasons()}
	return slices.Concat(own, fixed, moveWords, peopleWords, teamWords, afterAgreement(), exchangeWords, formWords, attachmentWords, sessionWords)
}

func statuses() Dictionary {
	d := Dictionary{Name: "caseStatus", Label: "案件状态"}
	for _, s := range domain.Statuses {
		d.Entries = append(d.Entries, Entry{Code: string(s.Status), Label: s.Name})
	}
	return d
}

func roles() Dictionary {
	d := Dictionary{Name: "role", Label: "身份"}
	for _, r := range domain.Roles {
		d.Entries = append(d.Entries, Entry{Code: string(r.Role), Label: r.Name})
	}
	return d
}

func levels() Dictionary {
	d := Dictionary{Name: "confidentiality", Label: "保密级别"}
	for _, l := range []domain.Confidentiality{domain.Ordinary, domain.Private, domain.Restricted} {
		d.Entries = append(d.Entries, Entry{Code: string(l), Label: l.Name()})
	}
	return d
}

func actions() Dictionary {
	d := Dictionary{Name: "action", Label: "办理事项"}
	for _, m := range domain.Moves {
		d.Entries = append(d.Entries, Entry{Code: string(m.Action), Label: m.Label})
	}
	return d
}

func accesses() Dictionary {
	d := Dictionary{Name: "accessKind", Label: "查阅方式"}
	for _, x := range domain.Accesses {
		d.Entries = append(d.Entries, Entry{Code: string(x.Kind), Label: x.Name})
	}
	return d
}

func accountEvents() Dictionary {
	d := Dictionary{Name: "accountEventKind", Label: "账号操作"}
	for _, x := range domain.AccountEvents {
		d.Entries = append(d.Entries, Entry{Code: string(x.Kind), Label: x.Name})
	}
	return d
}

func similarReasons() Dictionary {
	d := Dictionary{Name: "similarReason", Label: "疑似重复的依据"}
	for _, r := range domain.SimilarReasons {
		d.Entries = append(d.Entries, Entry{Code: string(r.Reason), Label: r.Label})
	}
	return d
}

// ReasonLabel is the Chinese of a reason's code word, whatever the list it is from.
func ReasonLabel(code string, lists ...string) string {
	for _, d := range slices.Concat(fixed, moveWords, peopleWords, teamWords, fixedAfterAgreement, exchangeWords, formWords, attachmentWords, sessionWords) {
		for _, name := range lists {
			if d.Name != name {
				continue
			}
			for _, e := range d.Entries {
				if e.Code == code {
					return e.Label
				}
			}
		}
	}
	return code
}

// ReasonLists are the lists of reasons by the action that asks for one.
var ReasonLists = map[domain.Action]string{
	domain.ActionGrantReading:       "readingReason",
	domain.ActionAssign:             "departureReason",
	domain.ActionCorrect:            "correctionReason",
	domain.ActionCorrectDates:       "correctionReason",
	domain.ActionErase:              "erasureGround",
	domain.ActionDecline:            "declineReason",
	domain.ActionFail:               "failureReason",
	domain.ActionWithdraw:           "withdrawalReason",
	domain.ActionVoid:               "voidReason",
	domain.ActionWithdrawAttachment: "attachmentWithdrawalReason",
	domain.ActionArchive:            "incompleteReason",

	domain.ActionDismiss:            "clueDismissal",
	domain.ActionTransfer:           "transferReason",
	domain.ActionRefuseTransfer:     "transferRefusal",
	domain.ActionAskSuspension:      "suspensionReason",
	domain.ActionSuspend:            "suspensionReason",
	domain.ActionAskReopening:       "reopeningGround",
	domain.ActionReopen:             "reopeningGround",
	domain.ActionRefuseApproval:     "approvalRefusal",
	domain.ActionRecordConfirmation: "courtReason",
	domain.ActionChangeSession:      "sessionChange",
	domain.ActionCancelSession:      "sessionChange",
	domain.ActionRecordSession:      "sessionChange",
}

// EndReason is the Chinese of why a case ended otherwise than by an agreement; "" when it did not.
func EndReason(c *domain.Case) string {
	if c.EndReason == nil || c.Outcome == nil {
		return ""
	}
	action := domain.ActionFail
	switch *c.Outcome {
	case domain.OutcomeNotAccepted:
		action = domain.ActionDecline
	case domain.OutcomeWithdrawn:
		action = domain.ActionWithdraw
	}
	return ReasonLabel(*c.EndReason, ReasonLists[action])
}
