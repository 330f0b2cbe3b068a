package api_test

import (
	"log/slog"
	"net/http"
	"slices"
	"testing"

	"baimi/app/jobs"
	"baimi/domain"
)

const (
	today = "2026-11-18"
	noon  = "2026-11-18T10:00:00+08:00" // the moment in which tests live
)

func quarrel() map[string]any {
	return map[string]any{
		"source": "applied", "type": "02", "place": "甲一村三组", "facts": "两家因院墙排水发生争执。", "wish": "恢复排水沟。",
		"requestedOn": today, "requestedHow": "visit",
		"parties": []map[string]any{
			{"role": "applicant", "kind": "natural", "name": "王小明", "phone": "13800138000", "idNumber": "510185199003070013"},
			{"role": "respondent", "kind": "natural", "name": "李大山", "phone": "13900139000"},
		},
	}
}

func day() map[string]any { return map[string]any{"on": today} }

func start() map[string]any {
	return map[string]any{
		"on": today, "present": []int{1, 2},
		"notices": []map[string]any{{"partyNo": 1, "how": "written", "on": today}, {"partyNo": 2, "how": "oral", "on": today}},
	}
}

func written() map[string]any {
	return map[string]any{
		"on": today, "terms": "恢复排水沟，补偿三千二百元。", "noPerformance": false, "mediatorSignedOn": today, "sealedOn": today,
		"obligations": []map[string]any{{"debtor": 2, "creditor": 1, "what": "补偿款", "amount": "3200.00", "manner": "transfer", "dueOn": "2026-11-25"}},
		"signatures": []map[string]any{
			{"partyNo": 1, "method": "handwritten", "signedOn": today}, {"partyNo": 2, "method": "fingerprint", "signedOn": today},
		},
	}
}

const courtNumber = "（2026）川0185民特12号"

func draft() map[string]any {
	return map[string]any{
		"on": today, "terms": "补偿三千二百元。", "noPerformance": false,
		"obligations": []map[string]any{{"debtor": 2, "creditor": 1, "what": "补偿款", "amount": "3200.00", "manner": "transfer", "dueOn": today}},
	}
}

func application() map[string]any {
	return map[string]any{"on": today, "court": "测试市人民法院", "parties": []int{1, 2}}
}

// round is the record of one round this morning.
func round() map[string]any {
	return map[string]any{
		"held": true, "joint": true, "startsAt": "2026-11-18T08:30:00+08:00", "endsAt": "2026-11-18T09:30:00+08:00", "address": "村委会办公室",
		"parties": []int{1, 2}, "rightsTold": true, "statements": "双方陈述了经过。", "result": "agreed",
	}
}

// visit is one at which all was well.
func visit() map[string]any {
	return map[string]any{"on": today, "how": "visit", "reached": true, "satisfaction": "satisfied", "seen": "performed", "newRisk": false}
}

func ending(reason string) map[string]any {
	return map[string]any{"on": today, "reason": reason, "remedies": []string{"court", "legal_aid"}, "remediesToldOn": today}
}

func settled() map[string]any {
	return map[string]any{
		"on": today, "type": "02", "place": "甲一村三组", "facts": "晾晒滴水发生争吵。", "terms": "当场道歉，握手言和。",
		"parties": []map[string]any{
			{"role": "applicant", "kind": "natural", "name": "赵秀英"}, {"role": "respondent", "kind": "natural", "name": "钱建国"},
		},
	}
}

// TestOneDisputeFromThePointToTheArchive takes a dispute along the whole path over HTTP, with the refusals a user
// would meet on the way.
func TestOneDisputeFromThePointToTheArchive(t *testing.T) {
	t.Parallel()
	o := open(t)
	keeper, _ := o.hired(t, "keeper", domain.RolePointKeeper, o.PointA1)
	mediator, actor := o.hired(t, "mediator", domain.RoleMediator, o.CommitteeA1)
	director, _ := o.hired(t, "director", domain.RoleCommitteeDirector, o.CommitteeA1)
	stranger, _ := o.hired(t, "stranger", domain.RoleCommitteeDirector, o.CommitteeB1)

	a := keeper.post("/cases", quarrel()).want(t, http.StatusCreated)
	path := "/cases/" + a.text(t, "case", "id")
	if a.header.Get("Location") != "/api/v1"+path {
		t.Errorf("location %q", a.header.Get("Location"))
	}
	if len(a.text(t, "slip", "parties", 0, "trackingSecret")) < 18 {
		t.Errorf("no tracking secret on the slip: %s", a.raw)
	}
	stranger.get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
	director.post(path+"/close", day()).refused(t, http.StatusConflict, domain.CodeNotOpen)
	keeper.post(path+"/accept", map[string]any{"on": today, "mediators": []int64{int64(actor.Person)}}).refused(t, http.StatusForbidden, domain.CodeForbidden)

	a = director.post(path+"/accept", map[string]any{"on": today, "mediators": []int64{int64(actor.Person)}}).want(t, http.StatusOK)
	if got := a.text(t, "fileNo"); got != "（2026）甲一人调字第1号" {
		t.Errorf("file number %s", got)
	}
	mediator.post(path+"/start", map[string]any{"on": today, "present": []int{1}, "notices": []map[string]any{{"partyNo": 1, "how": "oral", "on": today}}}).
		refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid) // the other side was not told its rights
	a = mediator.post(path+"/start", start()).want(t, http.StatusOK)
	mediator.post(path+"/written-agreement", written()).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid) // identity missing
	completed := map[string]any{"reason": "supplement", "parties": []map[string]any{{"partyNo": 2, "idNumber": "510185197501010014"}}}
	mediator.do(http.MethodPatch, path, completed).refused(t, http.StatusPreconditionRequired, domain.CodeNeedsMatch)
	mediator.do(http.MethodPatch, path, completed, "If-Match", `"1"`).refused(t, http.StatusPreconditionFailed, domain.CodeStale)
	mediator.do(http.MethodPatch, path, completed, "If-Match", a.header.Get("ETag")).want(t, http.StatusOK)
	mediator.post(path+"/written-agreement", written()).want(t, http.StatusOK)
	director.post(path+"/close", day()).refused(t, http.StatusConflict, domain.CodeGuard) // not performed yet
	mediator.post(path+"/obligations/1/performance", map[string]any{"on": today, "status": "partly_performed", "amount": "1000"}).want(t, http.StatusOK)
	mediator.post(path+"/obligations/1/performance", map[string]any{"on": today, "status": "performed"}).want(t, http.StatusOK)
	mediator.post(path+"/close", day()).refused(t, http.StatusForbidden, domain.CodeForbidden) // his own case
	director.post(path+"/close", day()).refused(t, http.StatusConflict, domain.CodeGuard)      // nobody has gone to see
	mediator.post(path+"/follow-ups/2/result", visit()).want(t, http.StatusOK)
	director.post(path+"/close", day()).want(t, http.StatusOK)
	mediator.post(path+"/session-records", round()).want(t, http.StatusOK)
	director.post(path+"/archive", day()).field(t, "/incomplete") // no identity papers
	a = director.post(path+"/archive", map[string]any{"on": today, "incomplete": "paper_kept"}).want(t, http.StatusOK)
	if open := a.actions(t); a.text(t, "status") != "archived" || !slices.Equal(open, []string{"record_agreement_ruling", "ask_reopening", "set_confidentiality", "raise_escalation"}) {
		t.Errorf("at the end: %s, %v", a.text(t, "status"), a.actions(t))
	}
	events := keeper.get(path+"/events").want(t, http.StatusOK)
	if n := events.size(t, "items"); n != 11 {
		t.Errorf("%d events: %s", n, events.raw)
	}
}

func TestTheOtherEnds(t *testing.T) {
	t.Parallel()
	o := open(t)
	mediator, actor := o.hired(t, "mediator", domain.RoleMediator, o.CommitteeA1)
	director, _ := o.hired(t, "director", domain.RoleCommitteeDirector, o.CommitteeA1)
	bureau, _ := o.hired(t, "bureau", domain.RoleBureauOfficer, o.Bureau)
	accept := map[string]any{"on": today, "mediators": []int64{int64(actor.Person)}}
	type step struct {
		by   *user
		path string
		body map[string]any
	}
	for name, x := range map[string]struct {
		steps []step
		want  string
	}{
		"declined":                 {[]step{{director, "/decline", ending("already_seized")}}, "not_accepted"},
		"failed after acceptance":  {[]step{{director, "/accept", accept}, {mediator, "/fail", ending("party_refused")}}, "failed"},
		"failed in mediation":      {[]step{{director, "/accept", accept}, {mediator, "/start", start()}, {mediator, "/fail", ending("no_prospect")}}, "failed"},
		"withdrawn":                {[]step{{mediator, "/withdraw", map[string]any{"on": today, "reason": "settled_themselves"}}}, "withdrawn"},
		"withdrawn, closed, filed": {[]step{{mediator, "/withdraw", map[string]any{"on": today, "reason": "not_wanted"}}, {director, "/close", day()}, {director, "/archive", day()}}, "archived"},
		"oral": {[]step{{director, "/accept", accept}, {mediator, "/start", start()}, {mediator, "/oral-agreement", map[string]any{
			"on": today, "terms": "互不追究。", "noPerformance": true,
		}}}, "agreed_oral"},
		"void": {[]step{{bureau, "/void", map[string]any{"reason": "registered_twice"}}}, "void"},
	} {
		t.Run(name, func(t *testing.T) {
			path := "/cases/" + mediator.post("/cases", quarrel()).want(t, http.StatusCreated).text(t, "case", "id")
			var a answer
			for _, s := range x.steps {
				a = s.by.post(path+s.path, s.body).want(t, http.StatusOK)
			}
			if a.text(t, "status") != x.want {
				t.Errorf("%s, want %s", a.text(t, "status"), x.want)
			}
		})
	}
	path := "/cases/" + mediator.post("/cases", quarrel()).want(t, http.StatusCreated).text(t, "case", "id")
	mediator.post(path+"/consents", map[string]any{"partyNo": 2, "consent": "refused", "on": today}).want(t, http.StatusOK)
	director.post(path+"/accept", accept).refused(t, http.StatusConflict, domain.CodeGuard) // one clear refusal is enough
}

func TestTheRateAndTheAlertFollowTheCases(t *testing.T) {
	t.Parallel()
	o := open(t)
	mediator, actor := o.hired(t, "mediator", domain.RoleMediator, o.PointA1)
	director, _ := o.hired(t, "director", domain.RoleCommitteeDirector, o.CommitteeA1)
	office, _ := o.hired(t, "office", domain.RoleJudicialOfficer, o.OfficeA)
	rates := "/rates?area=" + o.TownA.Path + "&from=2026-11&to=2026-11"
	run, err := jobs.New(o.Store, o.Store.Pool(), o.clock, slog.New(slog.DiscardHandler))
	fatal(t, err)
	job := func(name string) {
		t.Helper()
		_, err := run.RunOnce(t.Context(), name, o.now)
		fatal(t, err)
	}
	if got := office.get(rates).want(t, http.StatusOK).text(t, "total", "display"); got != "—" {
		t.Errorf("rate of nothing: %s", got)
	}
	for range 3 {
		mediator.post("/cases/instant-settlements", settled()).want(t, http.StatusCreated)
	}
	path := "/cases/" + mediator.post("/cases", quarrel()).want(t, http.StatusCreated).text(t, "case", "id")
	director.post(path+"/accept", map[string]any{"on": today, "mediators": []int64{int64(actor.Person)}}).want(t, http.StatusOK)
	job("rates")
	if got := office.get(rates).want(t, http.StatusOK).text(t, "total", "denominator"); got != "3" {
		t.Errorf("denominator %s", got)
	}
	mediator.post(path+"/fail", ending("no_prospect")).want(t, http.StatusOK)
	late := "/cases/" + mediator.post("/cases", quarrel()).want(t, http.StatusCreated).text(t, "case", "id")
	job("rates")
	a := office.get(rates).want(t, http.StatusOK)
	if a.text(t, "total", "numerator") != "3" || a.text(t, "total", "denominator") != "4" || a.text(t, "total", "display") != "75.0%" {
		t.Errorf("rate %s", a.raw)
	}
	for by, code := range map[string]string{"type": "02", "source": "applied"} {
		a := office.get(rates+"&by="+by).want(t, http.StatusOK)
		for i := range a.size(t, "parts") {
			want := "0"
			if a.text(t, "parts", i, "code") == code {
				want = "4"
			}
			if got := a.text(t, "parts", i, "total", "denominator"); got != want {
				t.Errorf("by %s, %s: %s, want %s", by, a.text(t, "parts", i, "name"), got, want)
			}
		}
	}

	o.now = o.now.AddDate(0, 0, 8)
	office, director = o.signIn(t, "office"), o.signIn(t, "director")
	if n := office.get("/alerts?kind=clock").want(t, http.StatusOK).size(t, "items"); n != 0 {
		t.Errorf("%d alerts before the job", n)
	}
	job("alerts")
	a = office.get("/alerts?kind=clock").want(t, http.StatusOK)
	if a.size(t, "items") != 1 || "/cases/"+a.text(t, "items", 0, "caseId") != late {
		t.Fatalf("alerts %s", a.raw)
	}
	if n := office.get("/cases?overdue=true").want(t, http.StatusOK).size(t, "items"); n != 1 {
		t.Errorf("%d overdue cases", n)
	}
	a = director.get("/alerts?state=open&kind=clock").want(t, http.StatusOK)
	if a.size(t, "items") != 1 || a.text(t, "items", 0, "stage") != "overdue" || a.text(t, "items", 0, "ruleName") != "决定是否受理" {
		t.Fatalf("the director's alerts %s", a.raw)
	}
	director.post("/alerts/"+a.text(t, "items", 0, "id")+"/acknowledge", nil).want(t, http.StatusOK)
	if n := director.get("/alerts?state=open&kind=clock").want(t, http.StatusOK).size(t, "items"); n != 0 {
		t.Errorf("%d alerts still ask the director for something", n)
	}
	if n := office.get("/alerts?state=open&kind=clock").want(t, http.StatusOK).size(t, "items"); n != 1 {
		t.Errorf("the director's acknowledgement left the office %d alerts of its own", n)
	}
}

func TestARequestSentTwiceIsDoneOnce(t *testing.T) {
	t.Parallel()
	o := open(t)
	keeper, _ := o.hired(t, "keeper", domain.RolePointKeeper, o.PointA1)
	other, _ := o.hired(t, "keeper2", domain.RolePointKeeper, o.PointA1)
	first := keeper.post("/cases", quarrel(), "Idempotency-Key", "slip-0001").want(t, http.StatusCreated)
	again := keeper.post("/cases", quarrel(), "Idempotency-Key", "slip-0001").want(t, http.StatusCreated)
	if string(first.raw) != string(again.raw) || again.header.Get("Idempotency-Replayed") != "true" || again.header.Get("ETag") != first.header.Get("ETag") {
		t.Errorf("replay differs:\n%s\n%s\n%v", first.raw, again.raw, again.header)
	}
	changed := quarrel()
	changed["facts"] = "另一件事。"
	keeper.post("/cases", changed, "Idempotency-Key", "slip-0001").refused(t, http.StatusUnprocessableEntity, domain.CodeKeyReused)
	other.post("/cases", quarrel(), "Idempotency-Key", "slip-0001").want(t, http.StatusCreated) // the key is the account's own
	bad := quarrel()
	bad["requestedOn"] = "2026-12-01"
	keeper.post("/cases", bad, "Idempotency-Key", "slip-0002").refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	keeper.post("/cases", quarrel(), "Idempotency-Key", "slip-0002").want(t, http.StatusCreated) // a refusal is not kept
	if n := keeper.get("/cases/count").want(t, http.StatusOK).text(t, "count"); n != "3" {
		t.Errorf("%s cases", n)
	}
}
