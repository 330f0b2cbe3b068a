package api_test

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"baimi/app/jobs"
	"baimi/domain"
)

func clue() map[string]any {
	return map[string]any{"on": today, "type": "02", "place": "甲一村三组", "facts": "巡查时发现两家因排水沟多次争吵。"}
}

func clueRegistration() map[string]any {
	q := quarrel()
	delete(q, "source")
	q["requestedHow"] = "finding"
	return q
}

// clock finds the running clock of a rule in a case's answer.
func (a answer) clock(t *testing.T, rule string) map[string]any {
	t.Helper()
	list, ok := a.at(t, "deadlines").([]any)
	if !ok {
		t.Fatalf("no deadlines in %s", a.raw)
	}
	for _, x := range list {
		if d, ok := x.(map[string]any); ok && d["rule"] == rule && d["endedOn"] == nil {
			return d
		}
	}
	return nil
}

// field asks a refusal to name a field.
func (a answer) field(t *testing.T, pointer string) answer {
	t.Helper()
	a.refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	if a.text(t, "errors", 0, "pointer") != pointer {
		t.Errorf("pointer in %s, want %s", a.raw, pointer)
	}
	return a
}

// people of the first village, and the director of the second.
type people struct {
	*office
	keeper, mediator, director, office2 *user // office2 is the judicial office of both villages
	next                                *user // directs the second village's committee
	med                                 int64
}

func village(t *testing.T) people {
	t.Helper()
	p := people{office: open(t)}
	p.keeper, _ = p.hired(t, "keeper", domain.RolePointKeeper, p.PointA1)
	var med domain.Actor
	p.mediator, med = p.hired(t, "mediator", domain.RoleMediator, p.CommitteeA1)
	p.director, _ = p.hired(t, "director", domain.RoleCommitteeDirector, p.CommitteeA1)
	p.office2, _ = p.hired(t, "office", domain.RoleJudicialOfficer, p.OfficeA)
	p.next, _ = p.hired(t, "next", domain.RoleCommitteeDirector, p.CommitteeA2)
	p.med = int64(med.Person)
	return p
}

func (p people) accept() map[string]any {
	return map[string]any{"on": today, "mediators": []int64{p.med}}
}

// registered registers the quarrel and gives its path.
func (p people) registered(t *testing.T) string {
	t.Helper()
	return "/cases/" + p.keeper.post("/cases", quarrel()).want(t, http.StatusCreated).text(t, "case", "id")
}

// mediating brings one into mediation.
func (p people) mediating(t *testing.T) string {
	t.Helper()
	path := p.registered(t)
	p.director.post(path+"/accept", p.accept()).want(t, http.StatusOK)
	p.mediator.post(path+"/start", start()).want(t, http.StatusOK)
	return path
}

// later moves the clock by days; sessions end meanwhile, so people sign in anew.
func (p *people) later(t *testing.T, days int) {
	t.Helper()
	p.now = p.now.AddDate(0, 0, days)
	for _, u := range []**user{&p.keeper, &p.mediator, &p.director, &p.office2, &p.next} {
		*u = p.signIn(t, (*u).who)
	}
}

func (p people) job(t *testing.T, name string) string {
	t.Helper()
	run, err := jobs.New(p.Store, p.Store.Pool(), p.clock, slog.New(slog.DiscardHandler))
	fatal(t, err)
	result, err := run.RunOnce(t.Context(), name, p.now)
	fatal(t, err)
	return result
}

func TestAClueBecomesACaseOrIsDismissed(t *testing.T) {
	t.Parallel()
	p := village(t)
	a := p.keeper.post("/cases/clues", clue()).want(t, http.StatusCreated)
	path := "/cases/" + a.text(t, "id")
	if a.header.Get("Location") != "/api/v1"+path || a.text(t, "status") != "clue" || a.text(t, "foundOn") != today {
		t.Errorf("%s %s", a.header, a.raw)
	}
	number := a.text(t, "demandNo")
	tomorrow := clue()
	tomorrow["on"] = "2026-11-19"
	p.keeper.post("/cases/clues", tomorrow).field(t, "/on")
	p.director.post(path+"/accept", p.accept()).refused(t, http.StatusConflict, domain.CodeNotOpen)
	early := clueRegistration()
	early["requestedOn"] = "2026-11-17"
	p.keeper.post(path+"/register", early).field(t, "/requestedOn")
	a = p.keeper.post(path+"/register", clueRegistration(), "Idempotency-Key", "clue-0001").want(t, http.StatusOK)
	if a.text(t, "case", "status") != "registered" || a.text(t, "case", "demandNo") != number || a.text(t, "case", "source") != "initiative" ||
		len(a.text(t, "slip", "parties", 1, "trackingSecret")) < 18 {
		t.Errorf("registered: %s", a.raw)
	}
	again := p.keeper.post(path+"/register", clueRegistration(), "Idempotency-Key", "clue-0001").want(t, http.StatusOK)
	if string(again.raw) != string(a.raw) {
		t.Error("the slip was not repeated")
	}
	p.director.post(path+"/accept", p.accept()).want(t, http.StatusOK)

	other := "/cases/" + p.mediator.post("/cases/clues", clue()).want(t, http.StatusCreated).text(t, "id")
	p.mediator.post(other+"/dismiss", map[string]any{"on": today, "reason": "unfounded", "tier": "grid"}).field(t, "/tier")
	p.mediator.post(other+"/dismiss", map[string]any{"on": today, "reason": "settled_itself"}).field(t, "/tier")
	a = p.mediator.post(other+"/dismiss", map[string]any{"on": today, "reason": "settled_itself", "tier": "building"}).want(t, http.StatusOK)
	if a.text(t, "status") != "dismissed" || a.text(t, "dismissal", "label") != "自行化解" || a.text(t, "tier", "label") != "楼栋" || !slices.Equal(a.actions(t), []string{"raise_escalation"}) {
		t.Errorf("dismissed: %s", a.raw)
	}
	p.mediator.post(other+"/register", clueRegistration()).refused(t, http.StatusConflict, domain.CodeNotOpen)
	p.job(t, "rates")
	if got := p.office2.get("/rates?from=2026-11&to=2026-11").want(t, http.StatusOK).text(t, "total", "denominator"); got != "0" {
		t.Errorf("a clue counts: %s", got)
	}
}

func TestAPrivateClueStaysPrivateInTheHandsOfAMediator(t *testing.T) {
	t.Parallel()
	p := village(t)
	in := clue()
	in["confidentiality"] = "private"
	path := "/cases/" + p.mediator.post("/cases/clues", in).want(t, http.StatusCreated).text(t, "id")
	p.keeper.get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
	lower := clueRegistration()
	lower["confidentiality"] = "ordinary"
	p.mediator.post(path+"/register", lower).field(t, "/confidentiality")
	a := p.mediator.post(path+"/register", clueRegistration()).want(t, http.StatusOK)
	if a.text(t, "case", "confidentiality") != "private" {
		t.Errorf("level %s", a.text(t, "case", "confidentiality"))
	}
}

func TestWhatIsMissingComesInBeforeTheDecision(t *testing.T) {
	t.Parallel()
	p := village(t)
	path := p.registered(t)
	ask := map[string]any{"on": today, "items": []string{"identity", "other_side_consent"}, "dueOn": "2026-11-25"}
	a := p.director.post(path+"/request-supplement", ask).want(t, http.StatusOK)
	if a.text(t, "statusName") != "待补正" || a.clock(t, "D1") != nil || a.text(t, "supplements", 0, "items", 0, "label") != "当事人身份证明" {
		t.Errorf("asked: %s", a.raw)
	}
	p.director.post(path+"/request-supplement", ask).refused(t, http.StatusConflict, domain.CodeNotOpen)
	p.director.post(path+"/accept", p.accept()).refused(t, http.StatusConflict, domain.CodeNotOpen)
	p.later(t, 5)
	p.keeper.post(path+"/receive-supplement", map[string]any{"on": "2026-11-17"}).field(t, "/on")
	a = p.keeper.post(path+"/receive-supplement", map[string]any{"on": "2026-11-23"}).want(t, http.StatusOK)
	if d := a.clock(t, "D1"); d == nil || d["startsOn"] != "2026-11-23" || d["dueOn"] != "2026-11-26" {
		t.Errorf("the clock of the decision: %v", d)
	}
	p.director.post(path+"/accept", map[string]any{"on": "2026-11-23", "mediators": []int64{p.med}}).want(t, http.StatusOK)
}

func TestASuspensionHoldsTheMonthAndAnExtensionMovesIt(t *testing.T) {
	t.Parallel()
	p := village(t)
	path := p.mediating(t)
	p.director.post(path+"/suspend", day()).field(t, "/reason") // nobody asked, and no reason of its own
	a := p.mediator.post(path+"/ask-suspension", map[string]any{"reason": "appraisal"}).want(t, http.StatusOK)
	if a.at(t, "approvals", 0, "granted") != nil || a.text(t, "approvals", 0, "reason", "label") != "鉴定、评估" || a.text(t, "approvals", 0, "label") != "批准中止" {
		t.Errorf("asked: %s", a.raw)
	}
	p.mediator.post(path+"/suspend", day()).refused(t, http.StatusForbidden, domain.CodeForbidden)
	p.mediator.post(path+"/ask-suspension", map[string]any{"reason": "succession"}).refused(t, http.StatusConflict, domain.CodeGuard)
	p.director.post(path+"/refuse-approval", map[string]any{"reason": "goes_on"}).want(t, http.StatusOK)
	p.director.post(path+"/refuse-approval", map[string]any{"reason": "goes_on"}).refused(t, http.StatusConflict, domain.CodeGuard)
	p.mediator.post(path+"/ask-suspension", map[string]any{"reason": "appraisal"}).want(t, http.StatusOK)
	a = p.director.post(path+"/suspend", day()).want(t, http.StatusOK)
	d := a.clock(t, "D4")
	if a.text(t, "status") != "suspended" || d["dueOn"] != nil || d["dueAt"] != nil || d["held"] != "中止中，尚余30日" || a.text(t, "approvals", 1, "granted") != "true" {
		t.Errorf("suspended: %v in %s", d, a.raw)
	}
	trace := p.keeper.get(path+"/deadlines/2").want(t, http.StatusOK)
	if trace.text(t, "deadline", "held") != "中止中，尚余30日" || !strings.Contains(string(trace.raw), "现在没有截止日") {
		t.Errorf("trace: %s", trace.raw)
	}
	p.mediator.post(path+"/oral-agreement", map[string]any{"on": today, "terms": "和好。", "noPerformance": true}).refused(t, http.StatusConflict, domain.CodeNotOpen)

	p.later(t, 40)
	if n := p.director.get("/cases?overdue=true").want(t, http.StatusOK).size(t, "items"); n != 0 {
		t.Error("a held clock is overdue")
	}
	a = p.mediator.post(path+"/resume", map[string]any{"on": "2026-12-28"}).want(t, http.StatusOK)
	if d = a.clock(t, "D4"); a.text(t, "status") != "mediating" || d["dueOn"] != "2027-01-27" || d["held"] != nil || a.text(t, "pauses", 0, "toOn") != "2026-12-28" {
		t.Errorf("resumed: %v in %s", d, a.raw)
	}
	more := map[string]any{"agreedOn": "2026-12-28", "until": "2027-01-20", "parties": []int{1, 2}, "how": "written"}
	p.mediator.post(path+"/extend", more).field(t, "/until") // not later than it is now
	more["until"], more["parties"] = "2027-03-01", []int{1}
	p.mediator.post(path+"/extend", more).field(t, "/parties") // one side alone
	more["parties"] = []int{1, 2}
	a = p.mediator.post(path+"/extend", more).want(t, http.StatusOK)
	if d = a.clock(t, "D4"); d["dueOn"] != "2027-03-01" || a.size(t, "extensions") != 1 || a.size(t, "extensions", 0, "signedBy") != 2 {
		t.Errorf("extended: %v in %s", d, a.raw)
	}
	trace = p.keeper.get(path+"/deadlines/2").want(t, http.StatusOK)
	if !strings.Contains(string(trace.raw), "中止") || !strings.Contains(string(trace.raw), "延长") {
		t.Errorf("trace: %s", trace.raw)
	}
}

func TestAReopenedCaseLeavesItsMonthAndCountsWhereItEndsNext(t *testing.T) {
	t.Parallel()
	p := village(t)
	path := p.mediating(t)
	p.mediator.post(path+"/ask-reopening", map[string]any{"reason": "wrong_closing", "consents": false}).refused(t, http.StatusForbidden, domain.CodeForbidden)
	p.mediator.post(path+"/oral-agreement", map[string]any{"on": today, "terms": "互不追究。", "noPerformance": true}).want(t, http.StatusOK)
	p.mediator.post(path+"/follow-ups/1/result", visit()).want(t, http.StatusOK)
	p.director.post(path+"/close", day()).want(t, http.StatusOK)
	p.job(t, "rates")
	rates := "/rates?from=2026-11&to=2026-12"
	if a := p.office2.get(rates).want(t, http.StatusOK); a.text(t, "total", "numerator") != "1" {
		t.Errorf("rates %s", a.raw)
	}
	p.later(t, 20)
	p.office2.post(path+"/reopen", map[string]any{"on": "2026-12-08"}).refused(t, http.StatusConflict, domain.CodeGuard) // nobody asked
	p.director.post(path+"/ask-reopening", map[string]any{"reason": "performance_difficult", "consents": false}).field(t, "/consents")
	a := p.director.post(path+"/ask-reopening", map[string]any{"reason": "content_improper", "consents": true}).want(t, http.StatusOK)
	if slices.Contains(a.actions(t), "ask_reopening") {
		t.Error("asked for twice")
	}
	a = p.office2.post(path+"/reopen", map[string]any{"on": "2026-12-08"}).want(t, http.StatusOK)
	if d := a.clock(t, "D4"); a.text(t, "round") != "2" || a.text(t, "status") != "mediating" || a.at(t, "outcome") != nil || d["startsOn"] != "2026-12-08" || a.size(t, "agreements") != 1 {
		t.Errorf("reopened: %s", a.raw)
	}
	p.job(t, "rates")
	if a := p.office2.get(rates).want(t, http.StatusOK); a.text(t, "total", "denominator") != "0" {
		t.Errorf("still counted: %s", a.raw)
	}
	end := ending("no_prospect")
	end["on"], end["remediesToldOn"] = "2026-12-08", "2026-12-08"
	p.mediator.post(path+"/fail", end).want(t, http.StatusOK)
	p.job(t, "rates")
	a = p.office2.get("/rates?from=2026-12&to=2026-12").want(t, http.StatusOK)
	if a.text(t, "total", "numerator") != "0" || a.text(t, "total", "denominator") != "1" {
		t.Errorf("rates of the second end: %s", a.raw)
	}
}

func TestACourtsReferralChoosesTheClockAndAnEndedCaseIsTakenUpAgain(t *testing.T) {
	t.Parallel()
	p := village(t)
	in := quarrel()
	in["courtReferral"] = map[string]any{"kind": "delegated", "papersOn": "2026-11-16", "caseNo": "（2026）川0185诉前调12号"}
	p.keeper.post("/cases", in).field(t, "/courtReferral") // it did not come from a court
	in["source"], in["referrer"], in["requestedHow"] = "referred", "court", "referral_letter"
	in["courtReferral"] = map[string]any{"kind": "delegated"}
	p.keeper.post("/cases", in).field(t, "/courtReferral/papersOn")
	in["courtReferral"] = map[string]any{"kind": "delegated", "papersOn": "2026-11-16", "caseNo": "（2026）川0185诉前调12号"}
	path := "/cases/" + p.keeper.post("/cases", in).want(t, http.StatusCreated).text(t, "case", "id")
	for _, no := range []int{1, 2} {
		p.mediator.post(path+"/consents", map[string]any{"partyNo": no, "consent": "consented", "on": today}).want(t, http.StatusOK)
	}
	a := p.director.post(path+"/accept", p.accept()).want(t, http.StatusOK)
	if d := a.clock(t, "D5"); d == nil || d["startsOn"] != "2026-11-16" || a.clock(t, "D3") == nil || a.text(t, "courtReferral", "kindName") != "委派调解（立案前）" {
		t.Errorf("clocks of a court's referral: %s", a.raw)
	}
	again := quarrel()
	again["previousId"] = path[len("/cases/"):]
	p.keeper.post("/cases", again).field(t, "/previousId") // it has not ended
	p.mediator.post(path+"/withdraw", map[string]any{"on": today, "reason": "not_wanted"}).want(t, http.StatusOK)
	p.next.post("/cases", again).field(t, "/previousId") // a case he may not open
	a = p.keeper.post("/cases", again).want(t, http.StatusCreated)
	if "/cases/"+a.text(t, "case", "previousId") != path {
		t.Errorf("previous %s", a.raw)
	}
}
