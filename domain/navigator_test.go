package domain_test

import (
	"slices"
	"strings"
	"testing"

	"baimi/domain"
	"baimi/domain/calendar"
)

// bargain is the ordinary agreement: written, in force for ten days, a payment between neighbours.
func bargain(change ...func(*domain.ConfirmationMatter)) domain.ConfirmationMatter {
	m := domain.ConfirmationMatter{
		Status: domain.AgreementEffective, Form: domain.Written, Type: "02", Texts: []string{"被申请人补偿申请人三千元。"}, Payments: 1,
		Due: day("2026-10-01"), Today: day("2026-09-11"),
	}
	for _, f := range change {
		f(&m)
	}
	return m
}

type change = func(*domain.ConfirmationMatter)

func kind(code string) change { return func(m *domain.ConfirmationMatter) { m.Type = code } }
func says(text string) change {
	return func(m *domain.ConfirmationMatter) { m.Texts = append(m.Texts, text) }
}

func owes(payments, acts int) change {
	return func(m *domain.ConfirmationMatter) { m.Payments, m.Acts = payments, acts }
}

func stands(s domain.AgreementStatus) change {
	return func(m *domain.ConfirmationMatter) { m.Status = s }
}
func asOf(d string) change  { return func(m *domain.ConfirmationMatter) { m.Today = day(d) } }
func until(d string) change { return func(m *domain.ConfirmationMatter) { m.Due = day(d) } }
func filed(r domain.ConfirmationResult, reason string) change {
	return func(m *domain.ConfirmationMatter) { m.Filed, m.Refused = r, reason }
}

func sent(r calendar.Referral) change { return func(m *domain.ConfirmationMatter) { m.Referral = r } }

func answer(reason string, applies bool) change {
	return func(m *domain.ConfirmationMatter) {
		if m.Answers == nil {
			m.Answers = map[string]bool{}
		}
		m.Answers[reason] = applies
	}
}
func oral(m *domain.ConfirmationMatter) { m.Form = domain.Oral }
func void(m *domain.ConfirmationMatter) { m.Void = true }

// agreementsBeforeTheCourt is the table: an agreement, what the navigator says, and the article that says it.
var agreementsBeforeTheCourt = []struct {
	agreement string
	matter    domain.ConfirmationMatter
	advice    domain.Advice
	article   string
}{
	// what can be asked for
	{"neighbours, one pays for the drain", bargain(), domain.AdviceEligible, "民事诉讼法第205条"},
	{"the last of the thirty days", bargain(asOf("2026-10-01")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"day 30 in the holiday week, moved to 8 October", bargain(until("2026-10-08"), asOf("2026-10-08")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"a wall is taken down", bargain(owes(0, 1), says("被申请人拆除围墙北段。")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"support of a parent, paid by the month", bargain(kind("01"), says("每月支付赡养费五百元。")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"a loan paid back in instalments", bargain(kind("04"), owes(6, 0)), domain.AdviceEligible, "民事诉讼法第205条"},
	{"a trader delivers a new machine", bargain(kind("14")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"damages after a fall", bargain(kind("06")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"a hospital pays", bargain(kind("15")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"damages after a collision", bargain(kind("16")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"owners pay the property fee", bargain(kind("17")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"rent of a house", bargain(kind("03"), says("付清房租。")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"crops paid for, the land not in dispute", bargain(kind("07"), says("赔偿青苗损失。")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"wages of migrant workers", bargain(kind("10")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"injury at work, a sum", bargain(kind("11")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"sent by a court before filing", bargain(sent(calendar.Delegated)), domain.AdviceEligible, "民事诉讼法第205条"},
	{"withdrawn once, within the time", bargain(filed(domain.ConfirmationWithdrawn, "")), domain.AdviceEligible, "民事诉讼法第205条"},
	{"land named, the mediator says that title is not decided", bargain(says("地界以老石坎为准。"), answer("ownership", false)), domain.AdviceEligible, "民事诉讼法第205条"},

	// what cannot
	{"no agreement", bargain(stands("")), domain.AdviceNot, "民事诉讼法第205条"},
	{"a draft nobody signed", bargain(stands(domain.AgreementDraft)), domain.AdviceNot, "人民调解法第29条"},
	{"signed, the seal is missing", bargain(stands(domain.AgreementSigned)), domain.AdviceNot, "人民调解法第29条"},
	{"held invalid by a court", bargain(stands(domain.AgreementInvalid)), domain.AdviceNot, "人民调解法第33条"},
	{"changed by a later agreement", bargain(stands(domain.AgreementChanged)), domain.AdviceNot, "人民调解法第33条"},
	{"agreed by word of mouth", bargain(oral), domain.AdviceNot, "民事诉讼法解释第354条"},
	{"the day after the thirty", bargain(asOf("2026-10-02")), domain.AdviceNot, "人民调解法第33条"},
	{"confirmed already", bargain(filed(domain.ConfirmationConfirmed, "")), domain.AdviceNot, "民事诉讼法第206条"},
	{"the court has not ruled", bargain(filed(domain.ConfirmationDocketed, "")), domain.AdviceNot, "民事诉讼法第206条"},
	{"dismissed by the court", bargain(filed(domain.ConfirmationDismissed, "unclear")), domain.AdviceNot, "民事诉讼法第206条"},
	{"not docketed: title", bargain(filed(domain.ConfirmationRefused, "ownership")), domain.AdviceNot, "民事诉讼法解释第355条"},
	{"entrusted after filing, ordinary procedure", bargain(sent(calendar.EntrustedOrdinary)), domain.AdviceNot, "特邀调解规定第19条"},
	{"entrusted after filing, summary procedure", bargain(sent(calendar.EntrustedSummary)), domain.AdviceNot, "第20条"},
	{"adoption dissolved and nothing owed", bargain(kind("01"), owes(0, 0), answer("personal_status", true)), domain.AdviceNot, "民事诉讼法解释第355条第3项"},
	{"who owns the homestead", bargain(kind("03"), answer("ownership", true)), domain.AdviceNot, "民事诉讼法解释第355条第5项"},
	{"who owns the trade mark", bargain(kind("05"), answer("ownership", true)), domain.AdviceNot, "民事诉讼法解释第355条第5项"},
	{"a debt of a bankrupt company", bargain(kind("04"), answer("other_procedure", true)), domain.AdviceNot, "民事诉讼法解释第355条第4项"},
	{"a fine of an office", bargain(kind("18"), answer("outside_scope", true)), domain.AdviceNot, "民事诉讼法解释第355条第1项"},
	{"a gambling debt", bargain(kind("04"), answer("public_order", true)), domain.AdviceNot, "民事诉讼法解释第358条"},
	{"made to hide property from a creditor", bargain(kind("04"), answer("harms_others", true)), domain.AdviceNot, "民事诉讼法解释第358条"},
	{"interest above what the law allows", bargain(kind("04"), answer("mandatory_law", true)), domain.AdviceNot, "民事诉讼法解释第358条"},
	{"one side says it was pressed", bargain(answer("not_voluntary", true)), domain.AdviceNot, "民事诉讼法解释第358条"},
	{"nobody knows what is owed", bargain(answer("unclear", true)), domain.AdviceNot, "民事诉讼法解释第358条"},
	{"work taken up again, no payment", bargain(kind("11"), owes(0, 1)), domain.AdviceNot, "法释〔2020〕26号第52条"},
	{"the case is void", bargain(void), domain.AdviceNot, "产品规定P1"},

	// what people must look at first
	{"divorce and a sum", bargain(kind("01"), says("双方离婚，男方支付女方三万元。")), domain.AdviceAsk, "民事诉讼法解释第355条第3项"},
	{"adoption dissolved and costs paid back", bargain(kind("01"), answer("personal_status", true)), domain.AdviceAsk, "民事诉讼法解释第355条第3项"},
	{"family peace without any duty", bargain(kind("01"), owes(0, 0)), domain.AdviceAsk, "民事诉讼法解释第355条第3项"},
	{"the strip of land shall be the applicant's", bargain(says("争议地块归申请人所有。")), domain.AdviceAsk, "民事诉讼法解释第355条第5项"},
	{"woods: where the border runs", bargain(kind("07"), owes(0, 1)), domain.AdviceAsk, "民事诉讼法解释第355条第5项"},
	{"to be paid as soon as possible", bargain(says("尽快付清。")), domain.AdviceAsk, "民事诉讼法解释第358条"},
	{"a suitable sum", bargain(says("给予适当补偿。")), domain.AdviceAsk, "民事诉讼法解释第358条"},
	{"nothing is owed", bargain(owes(0, 0)), domain.AdviceAsk, "民事诉讼法第206条"},
	{"all is paid", bargain(stands(domain.AgreementFulfilled)), domain.AdviceAsk, "民事诉讼法第206条"},
	{"wages and a letter of reference", bargain(kind("11"), owes(1, 1)), domain.AdviceAsk, "法释〔2020〕26号第52条"},
	{"not docketed: the wrong court", bargain(filed(domain.ConfirmationRefused, "wrong_court")), domain.AdviceAsk, "民事诉讼法解释第355条第2项"},
}

// TestTheNavigatorKnowsTheArticles holds the navigator to the table.
func TestTheNavigatorKnowsTheArticles(t *testing.T) {
	t.Parallel()
	if len(agreementsBeforeTheCourt) < 40 {
		t.Fatalf("%d agreements", len(agreementsBeforeTheCourt))
	}
	for _, x := range agreementsBeforeTheCourt {
		advice, grounds := domain.AdviseConfirmation(x.matter)
		named := slices.ContainsFunc(grounds, func(g domain.Ground) bool {
			return g.Advice == x.advice && strings.Contains(g.Basis, x.article) && g.Text != ""
		})
		if advice != x.advice || !named {
			t.Errorf("%s: %s by %v, want %s by %s", x.agreement, advice, grounds, x.advice, x.article)
		}
	}
}

// A case's own agreement is advised on with its courts, its papers and the days left.
func TestTheNavigatorReadsTheCase(t *testing.T) {
	t.Parallel()
	c := at(t, domain.StatusAgreedWritten)
	n := c.Navigate(concluded.AddDays(20), nil)
	if n.Advice != domain.AdviceEligible || n.AgreementNo != 1 || len(n.Venues) != 3 || len(n.Papers) < 4 || n.DaysLeft < 10 || n.DaysLeft > 20 {
		t.Errorf("%+v", n)
	}
	if n := at(t, domain.StatusMediating).Navigate(concluded, nil); n.Advice != domain.AdviceNot || n.Papers != nil {
		t.Errorf("without an agreement: %+v", n)
	}
	confirm(t, c)
	if n := c.Navigate(concluded, nil); n.Advice != domain.AdviceNot || n.Grounds[0].Code != "confirmed" {
		t.Errorf("confirmed: %+v", n)
	}
}

// What terms leave in doubt is told at the field where it is typed, and stops nothing.
func TestDoubtsAreToldWhereTheyAreTyped(t *testing.T) {
	t.Parallel()
	c := at(t, domain.StatusMediating)
	before := len(c.Agreements)
	in := payment(concluded)
	in.Text = "争议地块归申请人所有，尽快腾退。"
	in.Obligations[0].What, in.Obligations[0].Manner, in.Obligations[0].Amount = "支付3000元", "delivery", nil
	checked, err := c.CheckTerms(act(own), in)
	must(t, err)
	want := []string{"/terms vague", "/terms ownership", "/obligations/0/amount amount_in_words", "/obligations/0/place place"}
	for _, x := range want {
		if !slices.ContainsFunc(checked.Findings, func(f domain.TermsFinding) bool { return f.Pointer+" "+f.Code == x && !f.Stops && f.Basis != "" }) {
			t.Errorf("%s is not told: %v", x, checked.Findings)
		}
	}
	checked, err = c.CheckTerms(act(own), inInstalments(concluded, "3000", "1000", "1999"))
	must(t, err)
	if !slices.ContainsFunc(checked.Findings, func(f domain.TermsFinding) bool { return f.Stops && f.Code == "sum" }) || checked.Total.StringFixed(2) != "3000.00" {
		t.Errorf("a schedule that does not add up: %+v", checked)
	}
	if len(c.Agreements) != before || len(c.NewEvents) > 0 && c.NewEvents[len(c.NewEvents)-1].Kind == "draft_agreement" {
		t.Error("the check left something")
	}
}
