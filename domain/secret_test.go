package domain_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"baimi/domain"
)

// typed is every personal value that the tests type.
func typed() []string {
	var all []string
	for _, in := range []domain.Registration{dispute()} {
		all = append(all, in.Place, in.Facts, in.Wish)
		for _, p := range in.Parties {
			all = append(all, p.Name, p.Phone, p.IDNumber, p.Address)
		}
	}
	all = append(all, objection(today).Statement, uncle(today).Name, uncle(today).Phone, uncle(today).Why, unanswered(today).Note)
	for _, in := range []domain.Terms{payment(today), handshake(today)} {
		all = append(all, in.Text)
		for _, o := range in.Obligations {
			all = append(all, o.What)
		}
	}
	return append(all, "赵四", "两家因滴水发生争执。", "两家因排水沟发生争执。")
}

func assertSilent(t *testing.T, how, text string) {
	t.Helper()
	for _, v := range typed() {
		if strings.Contains(text, v) {
			t.Errorf("%s shows %q", how, v)
		}
	}
}

// A log line, an error text, a panic: whatever prints a case shows masks.
func TestPrintingNeverShowsAPersonalValue(t *testing.T) {
	c := at(t, domain.StatusAgreedWritten)
	type inside struct{ name, facts any }
	hidden := struct {
		name  domain.SecretName
		party domain.Party
	}{c.Parties[0].Name, c.Parties[1]}
	for what, v := range map[string]any{
		"secret": c.Parties[0].Name, "pointer": &c.Parties[0].IDNumber, "party": c.Parties[0], "parties": c.Parties, "case": *c, "pointer to a case": c,
		"agreement": c.Agreements[0], "obligation": c.Obligations[0], "map": map[string]any{"x": c.Facts}, "unexported fields": hidden,
		"unexported interfaces": inside{c.Parties[0].Name, c.Facts}, "personal": c.Personal()[0], "all": c.Personal(),
	} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			assertSilent(t, what+" as "+verb, fmt.Sprintf(verb, v))
		}
		if b, err := json.Marshal(v); err == nil {
			assertSilent(t, what+" as JSON", string(b))
		}
		var out bytes.Buffer
		slog.New(slog.NewTextHandler(&out, nil)).Info("x", "v", v)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "v", v)
		assertSilent(t, what+" in the log", out.String())
	}
	assertSilent(t, "error", fmt.Errorf("party %v: %w", c.Parties[0].Name, c.RecordPerformance(act(own), 9, domain.Performance{})).Error())
}

func TestSecretShowsItsMaskAndOnRequestItself(t *testing.T) {
	c := takeIn(t)
	for _, x := range []struct {
		s interface {
			Masked() string
			Reveal() string
			Given() bool
		}
		masked, plain string
	}{
		{c.Parties[0].Name, "王**", "王小明"},
		{c.Parties[0].IDNumber, "510185********0013", "510185199003070013"},
		{c.Parties[0].Phone, "138****8000", "13800138000"},
		{c.Parties[0].Address, "四川省成都市简阳市简城街道****", "四川省成都市简阳市简城街道红建路3号"},
		{c.Facts, "（内容保密）", "两家因院墙排水发生争执。"},
		{domain.SecretPhone{}, "", ""},
	} {
		if x.s.Masked() != x.masked || x.s.Reveal() != x.plain || x.s.Given() != (x.plain != "") {
			t.Errorf("masked %q, revealed %q, given %v", x.s.Masked(), x.s.Reveal(), x.s.Given())
		}
	}
}

// The same text twice has two numbers, salts and commitments: events do not tell that two people live together.
func TestEqualValuesDoNotLookEqual(t *testing.T) {
	c := takeIn(t, func(r *domain.Registration) { r.Parties[1].Phone = r.Parties[0].Phone })
	a, err := json.Marshal(c.Parties[0].Phone)
	must(t, err)
	b, err := json.Marshal(c.Parties[1].Phone)
	must(t, err)
	if bytes.Equal(a, b) || !bytes.Contains(a, []byte("commitment")) {
		t.Errorf("%s and %s", a, b)
	}
}

func TestStoredSecretComesBack(t *testing.T) {
	c := takeIn(t)
	for _, p := range c.Personal() {
		if p.Ref().String() == "00000000-0000-0000-0000-000000000000" {
			continue
		}
		var back domain.SecretName
		must(t, back.Scan(p.Ref().String()))
		must(t, back.Open(p.Content()))
		if back.Plain() != p.Plain() || back.Ref() != p.Ref() {
			t.Errorf("%s came back as another", p.Kind())
		}
		if err := back.Open(p.Content()[:16]); err == nil {
			t.Error("content without a text was taken")
		}
	}
}

// Erasing a value breaks neither the chain nor the rebuilt case; both then say 已删除 with its ground.
func TestErasureLeavesTheHistoryWhole(t *testing.T) {
	c := at(t, domain.StatusMediating)
	c.Parties[0].Phone.Erased("当事人申请")
	c.Facts.Erased("保存期限届满")
	if got := c.Parties[0].Phone.Reveal(); got != "已删除（当事人申请）" {
		t.Errorf("reveals %q", got)
	}
	if got := c.Facts.Masked(); got != "已删除" {
		t.Errorf("masked %q", got)
	}
	// as storage reads it back: a reference and a ground, no salt and no text
	var read domain.SecretPhone
	must(t, read.Scan(c.Parties[0].Phone.Ref().String()))
	read.Erased("当事人申请")
	c.Parties[0].Phone = read
	assertReplays(t, c, c.NewEvents)
	must(t, c.RecordConsent(act(own), 1, domain.Consented, today))
	assertReplays(t, c, c.NewEvents)
}
