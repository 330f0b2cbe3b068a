package domain_test

import (
	"bytes"
	"crypto/rand"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// A verification code is read as people type it, and one wrong or two exchanged characters are found.
func TestAVerificationCodeIsReadAsTyped(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		code, err := domain.NewVerificationCode(7, bytes.NewReader(rapid.SliceOfN(rapid.Byte(), 200, 200).Draw(rt, "random")))
		if err != nil {
			rt.Skip("all bytes too large")
		}
		typed := strings.ToLower(strings.ReplaceAll(code.Print(), "-", rapid.SampledFrom([]string{"-", " ", "", "－"}).Draw(rt, "between")))
		if got, err := domain.ParseVerificationCode(typed); err != nil || got != code || got.County() != 7 {
			rt.Fatalf("%q is read as %q, %v", typed, got, err)
		}
		wrong := []byte(code)
		i := rapid.IntRange(4, len(wrong)-1).Draw(rt, "place")
		other := rapid.SampledFrom([]byte("23456789ABCDEFGHJKMNPQRSTUVWXYZ")).Draw(rt, "letter")
		if wrong[i] == other {
			return
		}
		wrong[i] = other
		if _, err := domain.ParseVerificationCode(string(wrong)); err == nil {
			rt.Fatalf("%s is taken for %s", wrong, code)
		}
	})
	if _, err := domain.ParseVerificationCode("0007-ABCDE"); err == nil {
		t.Error("half a code is taken")
	}
}

// What the text says may be copied with other spaces, breaks and widths; any other character changed is found.
func TestAnyChangedCharacterOfAnAgreementIsFound(t *testing.T) {
	t.Parallel()
	c := at(t, domain.StatusAgreedWritten)
	text := c.Agreements[0].Text.Reveal()
	copied := "经调解，自愿达成如下协议：\n　　" + strings.ReplaceAll(text, "\n", "\r\n　　履行方式、时限：\r\n") + " \n"
	copied = strings.ReplaceAll(copied, "3200", "３２０ ０")
	if !domain.SameText(text, copied) {
		t.Errorf("copied as\n%s\nit is another text than\n%s", copied, text)
	}
	letters := []rune(text)
	for i, r := range letters {
		if r == '\n' || r == ' ' {
			continue
		}
		gone := string(slices.Concat(letters[:i], letters[i+1:]))
		changed := slices.Clone(letters)
		changed[i] = '某'
		if domain.SameText(text, gone) || domain.SameText(text, string(changed)) {
			t.Errorf("%q without or with another %q is the same text", text, r)
		}
	}
}

// What the public is told follows the agreement.
func TestTheStandingFollowsTheAgreement(t *testing.T) {
	t.Parallel()
	tell := func(c *domain.Case, no int, want domain.Standing) {
		t.Helper()
		if got := c.PublicStanding(c.Agreements[no-1]); got != want {
			t.Errorf("agreement %d (%s) is told to be %s, want %s", no, c.Agreements[no-1].Status, got, want)
		}
	}
	draft := drafted(t)
	tell(draft, 1, domain.StandingNotInForce)
	if draft.Agreements[0].Code == nil || draft.Agreements[0].Text.Given() {
		t.Error("a draft has its code and no text yet")
	}
	c := at(t, domain.StatusAgreedWritten)
	tell(c, 1, domain.StandingValid)
	if c.Replaces(c.Agreements[0]) != nil {
		t.Error("the first agreement replaces one")
	}
	hidden := c.Clone()
	hidden.Confidentiality = domain.Restricted
	tell(hidden, 1, domain.StandingRestricted)
	held := c.Clone()
	must(t, held.RecordAgreementRuling(act(own), 1, domain.CourtRuling{On: concluded, Result: domain.AgreementInvalid, RulingNo: courtNumber}))
	tell(held, 1, domain.StandingWithdrawn)

	oral := at(t, domain.StatusAgreedOral)
	if oral.Agreements[0].Code != nil {
		t.Error("an oral agreement has no paper to verify")
	}
	must(t, oral.AgreeInWriting(act(own), payment(concluded), signing(concluded)))
	tell(oral, 1, domain.StandingSuperseded)
	tell(oral, 2, domain.StandingValid)
	if was := oral.Replaces(oral.Agreements[1]); was == nil || was.No != 1 {
		t.Errorf("the paper replaces %v", was)
	}
}

// A payment in instalments has a row and a clock for each, and says its sum.
func TestInstalmentsHaveAClockEach(t *testing.T) {
	t.Parallel()
	c := at(t, domain.StatusMediating)
	must(t, c.AgreeInWriting(act(own), inInstalments(concluded, "3000", "1000", "2000"), signing(concluded)))
	if len(c.Obligations) != 2 {
		t.Fatalf("%d rows", len(c.Obligations))
	}
	for i, o := range c.Obligations {
		if o.Duty != 1 || o.Instalment == nil || *o.Instalment != i+1 {
			t.Errorf("row %d is instalment %v of duty %d", o.No, o.Instalment, o.Duty)
		}
		n := 0
		for _, d := range c.Deadlines {
			if d.Rule == "D13" && *d.About == o.No && d.StartsOn == o.DueOn {
				n++
			}
		}
		if n != 1 {
			t.Errorf("instalment %d has %d clocks", i+1, n)
		}
	}
	want := "计人民币叁仟元整（￥3000.00元），履行方式：转账，履行地点：村委会：第1期"
	if text := c.Agreements[0].Text.Reveal(); !strings.Contains(text, want) || !strings.Contains(text, "人民币贰仟元整（￥2000.00元）") {
		t.Errorf("the text says %q", text)
	}
	if f := domain.AgreementFaults(c); len(f) > 0 {
		t.Error(f)
	}
	for name, in := range map[string]domain.Terms{
		"/obligations/0/instalments":         inInstalments(concluded, "3000", "1000", "1999"),
		"/obligations/0/instalments/1/dueOn": sameDay(inInstalments(concluded, "3000", "1000", "2000")),
	} {
		wantFields(t, at(t, domain.StatusMediating).AgreeInWriting(act(own), in, signing(concluded)), name)
	}
}

func inInstalments(on calendar.Date, total string, parts ...string) domain.Terms {
	sum := decimal.RequireFromString(total)
	o := domain.NewObligation{Debtor: 2, Creditor: 1, What: "补偿款", Amount: &sum, Manner: "transfer", Place: "村委会"}
	for i, p := range parts {
		o.Instalments = append(o.Instalments, domain.Instalment{Amount: decimal.RequireFromString(p), DueOn: on.AddDays(10 * (i + 1))})
	}
	return domain.Terms{On: on, Text: "分期补偿。", Obligations: []domain.NewObligation{o}}
}

func sameDay(in domain.Terms) domain.Terms {
	in.Obligations[0].Instalments[1].DueOn = in.Obligations[0].Instalments[0].DueOn
	return in
}

// Two codes of one county never meet in ten thousand, and each has its check character.
func TestCodesDoNotMeet(t *testing.T) {
	t.Parallel()
	seen := map[domain.VerificationCode]bool{}
	for range 10_000 {
		code, err := domain.NewVerificationCode(1, rand.Reader)
		must(t, err)
		if seen[code] {
			t.Fatalf("%s twice", code)
		}
		seen[code] = true
	}
}
