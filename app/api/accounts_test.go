package api_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"

	"baimi/app/jobs"
	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

func init() {
	openapi3filter.RegisterBodyDecoder("text/html", func(r io.Reader, _ http.Header, _ *openapi3.SchemaRef, _ openapi3filter.EncodingFn) (any, error) {
		b, err := io.ReadAll(r)
		return string(b), err
	})
}

// waits makes somebody whose account was never opened, as an import does.
func (o *office) waits(t *testing.T, login string, role domain.Role, org domain.OrgID) domain.AccountID {
	t.Helper()
	id, err := o.Store.AddStaff(t.Context(), storage.NewStaff{
		Name: "新人" + login, Login: login, Role: role, Org: org, From: o.Act(t, domain.Actor{}).Today(), At: storagetest.Now,
	})
	fatal(t, err)
	return id
}

const fresh = "menkou-sanke-laohuaishu-17"

func TestSlipsOpenAccounts(t *testing.T) {
	t.Parallel()
	o := open(t)
	bureau, _ := o.hired(t, "bureau", domain.RoleBureauOfficer, o.Bureau)
	anybody := &user{t: t, o: o, who: "nobody"}
	o.waits(t, "keeper.new", domain.RolePointKeeper, o.PointA1)
	o.waits(t, "mediator.new", domain.RoleMediator, o.CommitteeA1)
	o.waits(t, "elsewhere", domain.RoleMediator, o.CommitteeB1)
	o.waits(t, "head.new", domain.RoleBureauOfficer, o.Bureau)

	first := bureau.post("/activation-slips", map[string]any{"organisationId": o.CommitteeA1}).want(t, http.StatusCreated)
	if first.size(t, "items") != 2 {
		t.Fatalf("slips %s", first.raw)
	}
	page := bureau.post("/activation-slips?format=html", map[string]any{"area": o.TownA.Path}).want(t, http.StatusCreated)
	html := string(page.raw)
	if !strings.Contains(html, "甲一受理点") || strings.Contains(html, "elsewhere") || strings.Count(html, "<article>") != 2 {
		t.Errorf("page %s", html)
	}
	style := regexp.MustCompile(`(?s)<style>(.*)</style>`).FindStringSubmatch(html)
	hash := sha256.Sum256([]byte(style[1]))
	if csp := page.header.Get("Content-Security-Policy"); !strings.Contains(csp, base64.StdEncoding.EncodeToString(hash[:])) {
		t.Errorf("the page's style would be refused by its own policy %q", csp)
	}
	// the slip printed before no longer works; that of the page does, once
	set := func(login, code, password string) answer {
		t.Helper()
		return anybody.post("/session/password-by-code", map[string]any{"login": login, "code": code, "newPassword": password})
	}
	set("keeper.new", codeOf(t, first, "keeper.new"), fresh).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	codes := regexp.MustCompile(`keeper\.new</dd>\s*<dt>一次性验证码</dt><dd class="code">([A-Z0-9-]{14})`).FindStringSubmatch(html)
	anybody.post("/session", map[string]any{"login": "keeper.new", "password": fresh}).want(t, http.StatusUnauthorized)
	set("keeper.new", codes[1], "woaini1314").refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	set("mediator.new", codes[1], fresh).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid) // another's code
	set("keeper.new", " "+strings.ToLower(codes[1]), fresh).want(t, http.StatusNoContent)
	set("keeper.new", codes[1], fresh+"x").refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	anybody.post("/session", map[string]any{"login": "keeper.new", "password": fresh}).want(t, http.StatusOK)

	if n := bureau.post("/activation-slips", map[string]any{"organisationId": o.CommitteeA1}).want(t, http.StatusCreated).size(t, "items"); n != 1 {
		t.Errorf("%d slips after one account was opened", n)
	}
	last := bureau.post("/activation-slips", map[string]any{"organisationId": o.CommitteeA1}).want(t, http.StatusCreated)
	o.now = o.now.AddDate(0, 0, 31)
	set("mediator.new", codeOf(t, last, "mediator.new"), fresh).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	bureau = o.signIn(t, "bureau")
	bureau.post("/activation-slips", map[string]any{}).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
}

func codeOf(t *testing.T, a answer, login string) string {
	t.Helper()
	for i := range a.size(t, "items") {
		if a.text(t, "items", i, "login") == login {
			return a.text(t, "items", i, "code")
		}
	}
	t.Fatalf("no slip for %s", login)
	return ""
}

// TestAForgottenPasswordIsResetFaceToFace tries everybody as the helper of everybody.
func TestAForgottenPasswordIsResetFaceToFace(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	helps := map[string]string{ // by whom each may be helped
		"own-keeper":         "own-director town-office bureau system-admin",
		"case-mediator":      "own-director town-office bureau system-admin",
		"own-director":       "town-office bureau system-admin",
		"town-office":        "bureau system-admin",
		"bureau":             "system-admin",
		"same-town-director": "town-office bureau system-admin",
		"audit-admin":        "",
		"system-admin":       "",
	}
	for holder, may := range helps {
		for _, r := range relations {
			a := w.users[r.name].post(fmt.Sprintf("/accounts/%d/reset-codes", w.actors[holder].Account), nil)
			want := http.StatusForbidden
			for _, m := range strings.Fields(may) {
				if m == r.name {
					want = http.StatusCreated
				}
			}
			if a.status != want {
				t.Errorf("%s helps %s: %d, want %d: %s", r.name, holder, a.status, want, a.raw)
			}
		}
	}
	// the old password stays good until the code is used; then sessions end
	med := w.users["case-mediator"]
	slip := w.users["own-director"].post(fmt.Sprintf("/accounts/%d/reset-codes", w.actors["case-mediator"].Account), nil).want(t, http.StatusCreated)
	med.get("/session").want(t, http.StatusOK)
	anybody := &user{t: t, o: w.office, who: "nobody"}
	anybody.post("/session/password-by-code", map[string]any{"login": "case-mediator", "code": slip.text(t, "code"), "newPassword": fresh}).want(t, http.StatusNoContent)
	med.get("/session").want(t, http.StatusUnauthorized)
	anybody.post("/session", map[string]any{"login": "case-mediator", "password": storagetest.Password}).want(t, http.StatusUnauthorized)
	anybody.post("/session", map[string]any{"login": "case-mediator", "password": fresh}).want(t, http.StatusOK)
	log := w.users["audit-admin"].get(fmt.Sprintf("/account-events?account=%d", w.actors["case-mediator"].Account)).want(t, http.StatusOK)
	if strings.Contains(string(log.raw), slip.text(t, "code")) || !strings.Contains(string(log.raw), "password_set") || !strings.Contains(string(log.raw), "code_issued") {
		t.Errorf("the log of accounts: %s", log.raw)
	}
	w.users["bureau"].get("/account-events").refused(t, http.StatusForbidden, domain.CodeForbidden)
}

func TestGuessingCodesIsThrottled(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.hired(t, "mediator", domain.RoleMediator, o.CommitteeA1)
	anybody := &user{t: t, o: o, who: "nobody"}
	guess := map[string]any{"login": "mediator", "code": "AAAA-BBBB-CCCC", "newPassword": fresh}
	for range 5 {
		anybody.post("/session/password-by-code", guess).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	}
	anybody.post("/session/password-by-code", guess).refused(t, http.StatusTooManyRequests, domain.CodeThrottled)
}

// TestOnePersonHoldsSeveralRoles gives a mediator a second post, chooses it at sign-in and switches back.
func TestOnePersonHoldsSeveralRoles(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	who := w.actors["committee-mediator"]
	give := func(by string, role domain.Role, org domain.OrgID) answer {
		t.Helper()
		return w.users[by].post(fmt.Sprintf("/accounts/%d/assignments", who.Account), map[string]any{"role": role, "organisationId": org, "from": today})
	}
	a := give("bureau", domain.RolePointKeeper, w.PointA2).want(t, http.StatusOK)
	second := a.at(t, "assignments", 1, "id")
	give("bureau", domain.RolePointKeeper, w.PointA2).refused(t, http.StatusConflict, domain.CodeExists)
	give("bureau", domain.RoleBureauOfficer, w.Bureau).refused(t, http.StatusForbidden, domain.CodeForbidden)
	give("security-admin", domain.RoleSystemAdmin, w.Bureau).refused(t, http.StatusConflict, domain.CodeGuard)
	give("system-admin", domain.RoleMediator, w.CommitteeA1).refused(t, http.StatusForbidden, domain.CodeForbidden)
	give("own-director", domain.RoleMediator, w.CommitteeA1).refused(t, http.StatusForbidden, domain.CodeForbidden)
	give("bureau", domain.RoleJudicialOfficer, w.CommitteeA1).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)

	u := &user{t: t, o: w.office, who: "second"}
	in := u.post("/session", map[string]any{"login": "committee-mediator", "password": storagetest.Password, "assignmentId": second}).want(t, http.StatusOK)
	if in.text(t, "current", "role") != "point_keeper" || in.size(t, "assignments") != 2 {
		t.Errorf("signed in as %s", in.raw)
	}
	res := http.Response{Header: in.header}
	u.cookie = res.Cookies()[0]
	u.do(http.MethodPut, "/session/assignment", map[string]any{"assignmentId": int64(who.Assignment)}).want(t, http.StatusOK)
	if got := u.get("/session").text(t, "current", "role"); got != "mediator" {
		t.Errorf("switched to %s", got)
	}
	// the director of one of the two no longer answers for the whole sign-in
	w.users["own-director"].post(fmt.Sprintf("/accounts/%d/reset-codes", who.Account), nil).refused(t, http.StatusForbidden, domain.CodeForbidden)
	w.users["town-office"].post(fmt.Sprintf("/accounts/%d/reset-codes", who.Account), nil).want(t, http.StatusCreated)
}

func TestNewAccountsAreMadeByTheSystemAdministratorAndTheBureau(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	for _, r := range relations {
		want := http.StatusForbidden
		if r.name == "bureau" || r.name == "system-admin" {
			want = http.StatusCreated
		}
		w.users[r.name].post("/accounts", map[string]any{"name": "周新", "login": "new." + r.name}).want(t, want)
	}
	role := map[string]any{"role": "mediator", "organisationId": w.CommitteeA2, "from": today, "engagement": "engaged"}
	a := w.users["bureau"].post("/accounts", map[string]any{"name": "周新", "login": "new", "role": role}, "Idempotency-Key", "new-account-1").want(t, http.StatusCreated)
	if a.text(t, "state") != "waiting" || a.text(t, "assignments", 0, "roleName") != "人民调解员" {
		t.Errorf("made %s", a.raw)
	}
	w.users["bureau"].post("/accounts", map[string]any{"name": "周新", "login": "new"}).refused(t, http.StatusConflict, domain.CodeExists)
	w.users["system-admin"].post("/accounts", map[string]any{"name": "周新", "login": "new2", "role": role}).refused(t, http.StatusForbidden, domain.CodeForbidden)
	if n := w.users["same-town-director"].get("/accounts").want(t, http.StatusOK).size(t, "items"); n != 3 { // keeper, new mediator, himself
		t.Errorf("the director lists %d accounts", n)
	}
	if n := w.users["bureau"].get("/accounts?q=new&pageSize=2").want(t, http.StatusOK).size(t, "items"); n != 2 {
		t.Errorf("%d accounts found", n)
	}
	path := "/accounts/" + a.text(t, "id") + "/open"
	w.users["bureau"].do(http.MethodPut, path, map[string]any{"open": false}).want(t, http.StatusOK)
	w.users["own-director"].do(http.MethodPut, path, map[string]any{"open": true}).refused(t, http.StatusForbidden, domain.CodeForbidden)
	if s := w.users["system-admin"].do(http.MethodPut, path, map[string]any{"open": true}).want(t, http.StatusOK).text(t, "state"); s != "waiting" {
		t.Errorf("opened again: %s", s)
	}
}

// TestNinetyDaysIdleDisables lets one mediator work and another not, and shows the way back.
func TestNinetyDaysIdleDisables(t *testing.T) {
	t.Parallel()
	o := open(t)
	idle, away := o.hired(t, "idle", domain.RoleMediator, o.CommitteeA1)
	o.hired(t, "busy", domain.RoleMediator, o.CommitteeA1)
	o.hired(t, "director", domain.RoleCommitteeDirector, o.CommitteeA1)
	expires := o.now.AddDate(0, 11, 0).Format(time.RFC3339)
	token := idle.post("/tokens", map[string]any{"name": "同步", "scopes": []string{"read"}, "expiresAt": expires}).want(t, http.StatusCreated).text(t, "secret")
	run, err := jobs.New(o.Store, o.Store.Pool(), o.clock, slog.New(slog.DiscardHandler))
	fatal(t, err)
	job := func(want string) {
		t.Helper()
		got, err := run.RunOnce(context.WithoutCancel(t.Context()), "idle-accounts", o.now)
		if err != nil || got != want {
			t.Errorf("idle-accounts: %q, %v; want %q", got, err, want)
		}
	}
	o.now = o.now.AddDate(0, 0, 60)
	byToken := &user{t: t, o: o, who: "token", token: token}
	byToken.get("/session").want(t, http.StatusOK) // a token in use is use
	o.now = o.now.AddDate(0, 0, 60)
	o.signIn(t, "busy")
	o.signIn(t, "director")
	job("0 idle accounts disabled")
	o.now = o.now.AddDate(0, 0, 31)
	job("1 idle accounts disabled")
	job("0 idle accounts disabled")
	byToken.get("/session").want(t, http.StatusUnauthorized)
	anybody := &user{t: t, o: o, who: "idle"}
	anybody.post("/session", map[string]any{"login": "idle", "password": "wrong-password-1"}).want(t, http.StatusUnauthorized)
	told := anybody.post("/session", map[string]any{"login": "idle", "password": storagetest.Password}).refused(t, http.StatusForbidden, domain.CodeForbidden)
	if !strings.Contains(told.text(t, "detail"), "90天未使用") || !strings.Contains(told.text(t, "detail"), "司法所") {
		t.Errorf("told %s", told.raw)
	}
	code := o.signIn(t, "director").post(fmt.Sprintf("/accounts/%d/reset-codes", away.Account), nil).want(t, http.StatusCreated).text(t, "code")
	anybody.post("/session/password-by-code", map[string]any{"login": "idle", "code": code, "newPassword": fresh}).want(t, http.StatusNoContent)
	anybody.post("/session", map[string]any{"login": "idle", "password": fresh}).want(t, http.StatusOK)
	job("0 idle accounts disabled")
}
