package calendar

import (
	"fmt"
	"slices"
)

// Facts are what the clock of a mediation is chosen by.
type Facts struct {
	Source   Source
	Referral Referral
	Type     string // the ministry's two digits, 01 to 18
	Online   bool   // the mediation begins with a confirmation on the courts' platform, not with papers
}

// Source is the ministry's 案件来源; the texts are domain.Source's.
type Source string

// The sources.
const (
	Applied    Source = "applied"
	Initiative Source = "initiative"
	Referred   Source = "referred"
)

// Referral is the kind of a court's referral; NoReferral is also that of every other organ, which sets no period.
type Referral string

// The kinds of referral.
const (
	NoReferral        Referral = ""
	Delegated         Referral = "delegated"          // 委派, before filing
	EntrustedOrdinary Referral = "entrusted_ordinary" // 委托, ordinary procedure
	EntrustedSummary  Referral = "entrusted_summary"  // 委托, summary procedure
)

// Route is one row of the choice. Empty lists and a nil Online mean "any"; of several rows exactly one may hit, which
// Check proves over all combinations.
type Route struct {
	Sources   []Source
	Referrals []Referral
	Types     []string
	Except    bool // Types are those that do not hit
	Online    *bool
	Rule      Key
	Open      []Overlap
}

// Overlap is a question the law leaves open: another rule would also claim these types, and the row's rule is only our
// default. To decide otherwise, split the row by type in a rule book of a new version.
type Overlap struct {
	Types []string
	Other Key
	Note  string
}

// Choice is the rule of a mediation, and what is open about it.
type Choice struct {
	Rule Key
	Open []Overlap
}

// The precedence, which the rows below spell out so that none depends on its place:
//
//  1. A court's referral sets the period, whatever the dispute is about (特邀 27, 在线 24).
//  2. Else the dispute's own statute does: labour 15 days from the receipt of the application (劳调 14), medical 30
//     working days from acceptance (医疗条例 38).
//  3. Else the general month from acceptance (75号令 33).
//
// Between 1 and 2 the law is silent: no text says how long a labour or medical dispute may take that a court sent. We let
// the court's period win. It is the one the committee must answer to the court for, and the labour statute's 15 days are
// not lost by it: they open arbitration to a party by themselves, whatever clock the mediation has. In medical matters
// the court's 30 days are also the shorter ones.
func routes() []Route {
	labour, medical := []string{"10", "11"}, []string{"15"}
	yes, no := true, false
	all := []Source{Applied, Initiative, Referred}
	open := []Overlap{
		{labour, Key{Code: "D7"}, "法院移送的劳动争议：法律未规定与15日的先后，默认适用法院的期限；满15日当事人仍可申请仲裁"},
		{medical, Key{Code: "D8"}, "法院移送的医疗纠纷：法律未规定与30个工作日的先后，默认适用法院的期限"},
	}
	rows := []Route{
		{Sources: all, Referrals: []Referral{NoReferral}, Types: labour, Rule: Key{Code: "D7"}},
		{Sources: all, Referrals: []Referral{NoReferral}, Types: medical, Rule: Key{Code: "D8"}},
		{Sources: all, Referrals: []Referral{NoReferral}, Types: slices.Concat(labour, medical), Except: true, Rule: Key{Code: "D4"}},
	}
	for _, r := range []struct {
		referral     Referral
		paper, cloud Key
	}{
		{Delegated, Key{"D5", "offline"}, Key{"D5", "online"}},
		{EntrustedOrdinary, Key{"D6", "ordinary"}, Key{"D6", "ordinary_online"}},
		{EntrustedSummary, Key{"D6", "summary"}, Key{"D6", "summary_online"}},
	} {
		row := Route{Sources: []Source{Referred}, Referrals: []Referral{r.referral}, Online: &no, Rule: r.paper, Open: open}
		rows = append(rows, row)
		row.Online, row.Rule = &yes, r.cloud
		rows = append(rows, row)
	}
	return rows
}

func (r Route) hits(f Facts) bool {
	return (len(r.Sources) == 0 || slices.Contains(r.Sources, f.Source)) &&
		(len(r.Referrals) == 0 || slices.Contains(r.Referrals, f.Referral)) &&
		(len(r.Types) == 0 || slices.Contains(r.Types, f.Type) != r.Except) &&
		(r.Online == nil || *r.Online == f.Online)
}

// Mediation chooses the clock of a mediation. It fails for facts that contradict themselves, as a court's referral of a
// case that was not referred.
func (b Rulebook) Mediation(f Facts) (Choice, error) {
	for _, r := range b.Routes {
		if !r.hits(f) {
			continue
		}
		choice := Choice{Rule: r.Rule}
		for _, o := range r.Open {
			if slices.Contains(o.Types, f.Type) {
				choice.Open = append(choice.Open, o)
			}
		}
		return choice, nil
	}
	return Choice{}, &RuleError{fmt.Sprintf("没有适用的调解期限规则：来源%s，移送方式%s，类型%s", f.Source, f.Referral, f.Type)}
}
