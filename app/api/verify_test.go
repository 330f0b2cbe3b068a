package api_test

import (
	"net/http"
	"strings"
	"testing"

	"baimi/domain"
)

// TestWhoeverHoldsAnAgreementCanVerifyIt asks for a draft, for the agreement in force and for what a court held invalid, without signing in.
func TestWhoeverHoldsAnAgreementCanVerifyIt(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	path := "/cases/" + w.caseIn(t, "mediating").String()
	mediator, anybody := w.users["case-mediator"], &user{t: t, o: w.office, who: "anybody"}
	a := mediator.post(path+"/agreement-drafts", draft()).want(t, http.StatusOK)
	code := a.text(t, "agreements", 0, "code")
	public := "/public/agreements/" + code
	if s := anybody.get(public).want(t, http.StatusOK).text(t, "standing"); s != "not_in_force" {
		t.Errorf("a draft is told to be %s", s)
	}
	anybody.post(public+"/comparison", map[string]any{"text": "补偿"}).refused(t, http.StatusConflict, domain.CodeGuard)
	a = mediator.post(path+"/written-agreement", written()).want(t, http.StatusOK)
	code = a.text(t, "agreements", 1, "code")
	public = "/public/agreements/" + strings.ToLower(strings.ReplaceAll(code, "-", ""))
	x := anybody.get(public).want(t, http.StatusOK)
	if x.text(t, "standing") != "valid" || x.text(t, "code") != code || x.text(t, "effectiveOn") != today || x.at(t, "pages") != 2.0 || x.text(t, "committee") == "" {
		t.Errorf("in force: %s", x.raw)
	}
	for _, name := range []string{"王小明", "李大山", "排水"} {
		if strings.Contains(string(x.raw), name) {
			t.Errorf("%s is told: %s", name, x.raw)
		}
	}
	text := "恢复排水沟，补偿三千二百元。\n李大山应于2026年11月25日前向王小明履行：补偿款，计人民币叁仟贰佰元整（￥3200.00元），履行方式：转账。"
	if x := anybody.post(public+"/comparison", map[string]any{"text": text}).want(t, http.StatusOK); x.at(t, "unchanged") != true {
		t.Errorf("the text of the paper is told to be another")
	}
	if x := anybody.post(public+"/comparison", map[string]any{"text": strings.ReplaceAll(text, "贰", "叁")}).want(t, http.StatusOK); x.at(t, "unchanged") != false {
		t.Errorf("a changed text is told to be the same")
	}
	mediator.post(path+"/agreements/2/ruling", map[string]any{"on": today, "result": "invalid", "rulingNo": courtNumber}).want(t, http.StatusOK)
	if x := anybody.get(public).want(t, http.StatusOK); x.text(t, "standing") != "withdrawn" || x.text(t, "endedOn") != today {
		t.Errorf("invalid: %s", x.raw)
	}

	wrong := []string{"0001-22222-22222-2222", "nonsense", "9999-22222-22222-2222", code[:len(code)-1]}
	if p, err := domain.NewVerificationCode(1, strings.NewReader(strings.Repeat("a", 50))); err == nil {
		wrong = append(wrong, string(p)) // well formed, and nobody's
	}
	var first string
	for _, bad := range wrong {
		a := anybody.get("/public/agreements/" + bad)
		a.refused(t, http.StatusNotFound, domain.CodeNotFound)
		detail := a.text(t, "detail")
		if first == "" {
			first = detail
		}
		if detail != first {
			t.Errorf("%s answers %q, others %q", bad, detail, first)
		}
	}
}

// Nobody walks the codes: after thirty tries in a minute an address waits.
func TestCodesCannotBeWalked(t *testing.T) {
	t.Parallel()
	anybody := &user{t: t, o: open(t), who: "anybody"}
	for range 30 {
		anybody.get("/public/agreements/0001-22222-22222-2222").refused(t, http.StatusNotFound, domain.CodeNotFound)
	}
	anybody.get("/public/agreements/0001-22222-22222-2222").refused(t, http.StatusTooManyRequests, domain.CodeThrottled)
}
