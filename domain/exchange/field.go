package exchange

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"baimi/domain"
)

// Field names what of a case an item holds.
type Field string

// The fields.
const (
	FieldTitle             Field = "title"
	FieldNumber            Field = "number"
	FieldHappenedOn        Field = "happenedOn"
	FieldRequestedOn       Field = "requestedOn"
	FieldAcceptedOn        Field = "acceptedOn"
	FieldConcludedOn       Field = "concludedOn"
	FieldDueOn             Field = "dueOn"
	FieldPlace             Field = "place"
	FieldFacts             Field = "facts"
	FieldResult            Field = "result"
	FieldScale             Field = "scale"
	FieldType              Field = "type"
	FieldPeople            Field = "people"
	FieldAmount            Field = "amount"
	FieldAmountTenThousand Field = "amountTenThousand"
	FieldSource            Field = "source"     // the organ, where one referred it
	FieldSourceOnly        Field = "sourceOnly" // without
	FieldReferrer          Field = "referrer"
	FieldWay               Field = "way"
	FieldOutcome           Field = "outcome"
	FieldLevel             Field = "level"
	FieldCommittee         Field = "committee"
	FieldCommitteeType     Field = "committeeType"
	FieldMediator          Field = "mediator"
	FieldForm              Field = "form"
	FieldPerformed         Field = "performed"
	FieldConfirmation      Field = "confirmation"
	FieldMainParty         Field = "mainParty"
	FieldIDType            Field = "idType"
	FieldIDNumber          Field = "idNumber"
	FieldSex               Field = "sex"
	FieldEthnicity         Field = "ethnicity"
	FieldAddress           Field = "address"
	FieldOrganisations     Field = "organisations"
	FieldApplicants        Field = "applicants"
	FieldRespondents       Field = "respondents"
	FieldThirdParties      Field = "thirdParties"
	FieldPartyKinds        Field = "partyKinds"
)

// View is a case with the names that stand beside it, as it is shown to a receiver: with personal values masked, or clear.
type View struct {
	Case          *domain.Case
	Committee     string
	CommitteeType string
	Mediator      string
	TypeName      string
	Reason        string // the words of the reason why it ended
	Clear         bool

	hide func(string) string
}

// fields read the values, each as our own code or text; "" when there is none.
var fields = map[Field]func(v *View) string{
	FieldTitle: func(v *View) string { return v.title() },
	FieldNumber: func(v *View) string {
		if v.Case.FileNo != nil {
			return *v.Case.FileNo
		}
		return v.Case.DemandNo.Print()
	},
	FieldHappenedOn: func(v *View) string {
		if v.Case.FoundOn != nil {
			return v.Case.FoundOn.String()
		}
		return v.Case.RequestedOn.String()
	},
	FieldRequestedOn: func(v *View) string { return v.Case.RequestedOn.String() },
	FieldAcceptedOn:  func(v *View) string { return day(v.Case.AcceptedOn) },
	FieldConcludedOn: func(v *View) string { return day(v.Case.ConcludedOn) },
	FieldDueOn:       func(v *View) string { return day(v.Case.MediationDueOn()) },
	FieldPlace:       func(v *View) string { return v.secret(v.Case.Place) },
	FieldFacts:       func(v *View) string { text, _ := v.told(); return v.text(text) },
	FieldResult:      func(v *View) string { return v.result() },
	FieldScale:       func(v *View) string { return scale(v.Case.PeopleCount) },
	FieldType:        func(v *View) string { return v.Case.Type },
	FieldPeople:      func(v *View) string { return strconv.Itoa(v.Case.PeopleCount) },
	FieldAmount:      func(v *View) string { return money(v.amount(), 0) },
	FieldAmountTenThousand: func(v *View) string {
		return money(v.amount(), -4)
	},
	FieldSource: func(v *View) string {
		if v.Case.Referrer != nil {
			return string(v.Case.Source) + "_" + string(*v.Case.Referrer)
		}
		return string(v.Case.Source)
	},
	FieldSourceOnly: func(v *View) string { return string(v.Case.Source) },
	FieldReferrer:   func(v *View) string { return word(v.Case.Referrer) },
	FieldWay:        func(*View) string { return wayMediation },
	FieldOutcome:    func(v *View) string { return word(v.Case.Outcome) },
	FieldLevel:      func(v *View) string { return string(v.Case.Confidentiality) },
	FieldCommittee:  func(v *View) string { return v.Committee },
	FieldCommitteeType: func(v *View) string {
		return v.CommitteeType
	},
	FieldMediator: func(v *View) string { return v.Mediator },
	FieldForm: func(v *View) string {
		if g := v.Case.Binding(); g != nil {
			return string(g.Form)
		}
		return ""
	},
	FieldPerformed:    func(v *View) string { return string(v.Case.Performance()) },
	FieldConfirmation: func(v *View) string { return confirmation(v.Case) },
	FieldMainParty:    func(v *View) string { return v.secret(v.main().Name) },
	FieldIDType:       func(v *View) string { return word(v.main().IDType) },
	FieldIDNumber:     func(v *View) string { return v.secret(v.main().IDNumber) },
	FieldSex: func(v *View) string {
		if s := v.main().Sex; s != nil {
			return strconv.Itoa(*s)
		}
		return ""
	},
	FieldEthnicity: func(v *View) string {
		if e := v.main().Ethnicity; v.Clear && !e.IsErased() { // a mask is no code
			return e.Reveal()
		}
		return ""
	},
	FieldAddress: func(v *View) string { return v.secret(v.main().Address) },
	FieldOrganisations: func(v *View) string {
		return v.names(func(p domain.Party) bool { return p.Kind != domain.Natural })
	},
	FieldApplicants:   func(v *View) string { return v.names(inRole(domain.Applicant)) },
	FieldRespondents:  func(v *View) string { return v.names(inRole(domain.Respondent)) },
	FieldThirdParties: func(v *View) string { return v.names(inRole(domain.ThirdParty)) },
	FieldPartyKinds:   func(v *View) string { return partyKinds(v.Case) },
}

// shown is a personal value.
type shown interface {
	Reveal() string
	Masked() string
}

func (v *View) secret(s shown) string {
	if v.Clear {
		return s.Reveal()
	}
	return s.Masked()
}

// numberish finds runs of digits that are somebody's number, whoever's: those of the case are known, others were typed.
var numberish = regexp.MustCompile(`[0-9]{17}[0-9Xx]|[0-9][0-9 -]{5,}[0-9]`)

// text is a free text; masked, the parties' names and all numbers in it are.
func (v *View) text(s string) string {
	if v.Clear || s == "" {
		return s
	}
	if v.hide == nil {
		v.hide = v.hideAll()
	}
	return numberish.ReplaceAllStringFunc(v.hide(s), func(run string) string { return maskRun(run) })
}

// hideAll masks the parties and those who act for them in a text.
func (v *View) hideAll() func(string) string {
	parties := v.Case.HideOthers(0)
	var pairs []string
	for _, r := range v.Case.Representatives {
		for _, s := range []shown{r.IDNumber, r.Phone, r.Name} {
			if s.Reveal() != "" {
				pairs = append(pairs, s.Reveal(), s.Masked())
			}
		}
	}
	others := strings.NewReplacer(pairs...)
	return func(text string) string { return others.Replace(parties(text)) }
}

var notDigit = regexp.MustCompile(`[^0-9Xx]`)

// maskRun masks a run of digits, but for a day, which nobody is known by.
func maskRun(run string) string {
	digits := notDigit.ReplaceAllString(run, "")
	switch n := len(digits); {
	case isoDay.MatchString(run) || n < 7:
		return run
	case n >= 15:
		return domain.MaskIDNumber(digits)
	default:
		return domain.MaskPhone(digits)
	}
}

var isoDay = regexp.MustCompile(`^(19|20)[0-9]{2}-[01]?[0-9]-[0-3]?[0-9]$`)

// main is the first applicant.
func (v *View) main() domain.Party {
	for _, p := range v.Case.Parties {
		if p.Role == domain.Applicant {
			return p
		}
	}
	return domain.Party{}
}

func inRole(r domain.PartyRole) func(domain.Party) bool {
	return func(p domain.Party) bool { return p.Role == r }
}

// names lists parties, with the sign between that an import parts them by.
func (v *View) names(of func(domain.Party) bool) string {
	var list []string
	for _, p := range v.Case.Parties {
		if of(p) {
			list = append(list, v.secret(p.Name))
		}
	}
	return strings.Join(list, "、")
}

func (v *View) title() string {
	return v.first(domain.Applicant) + "与" + v.first(domain.Respondent) + v.TypeName
}

// first names the first of a side, and that there are more.
func (v *View) first(r domain.PartyRole) string {
	var list []domain.Party
	for _, p := range v.Case.Parties {
		if p.Role == r {
			list = append(list, p)
		}
	}
	switch {
	case len(list) == 0:
		return "他人"
	case len(list) > 1:
		return v.secret(list[0].Name) + "等人"
	}
	return v.secret(list[0].Name)
}

// result is what was agreed, or why it ended otherwise.
func (v *View) result() string {
	if g := v.Case.Binding(); g != nil {
		return v.text(g.Terms.Reveal())
	}
	return v.Reason
}

// amount is what the agreement comes to; without one that names a sum, that of the dispute.
func (v *View) amount() *decimal.Decimal {
	g := v.Case.Binding()
	if g == nil {
		return v.Case.Amount
	}
	var sum decimal.Decimal
	for _, o := range v.Case.Obligations {
		if o.AgreementNo == g.No && o.Amount != nil {
			sum = sum.Add(*o.Amount)
		}
	}
	if sum.IsZero() {
		return v.Case.Amount
	}
	return &sum
}
