package api_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"baimi/app/api"
	"baimi/domain"
	"baimi/storage/storagetest"
)

func limited(t *testing.T, l api.Limits, origins ...string) *office {
	t.Helper()
	return openWith(t, storagetest.NewTown(t), nil, api.Config{Limits: l, TrustedOrigins: origins}, io.Discard)
}

func TestTooManyRequestsAreRefusedAndSayWhenToComeBack(t *testing.T) {
	t.Parallel()
	o := limited(t, api.Limits{Account: 6, Token: 3, Address: 60})
	u, _ := o.hired(t, "busy", domain.RoleMediator, o.CommitteeA1)
	if got := u.get("/session").want(t, http.StatusOK).header.Get("RateLimit"); got != `"account";r=5;t=10` {
		t.Errorf("RateLimit %q", got)
	}
	token := &user{t: t, o: o, who: "program"}
	token.token = u.post("/tokens", map[string]any{"name": "报送", "scopes": []string{"read"}, "expiresAt": "2026-12-31T16:00:00Z"}).
		want(t, http.StatusCreated).text(t, "secret")
	for range 4 {
		u.get("/session").want(t, http.StatusOK)
	}
	over := u.get("/session").refused(t, http.StatusTooManyRequests, domain.CodeThrottled)
	if over.header.Get("Retry-After") != "10" || over.header.Get("RateLimit") != `"account";r=0;t=60` || !strings.Contains(string(over.raw), "请求过于频繁，请10秒后再试") {
		t.Errorf("%v %s", over.header, over.raw)
	}
	if got := token.get("/cases").want(t, http.StatusOK).header.Get("RateLimit"); got != `"token";r=2;t=20` {
		t.Errorf("a token counts for itself: %q", got)
	}
	other, _ := o.hired(t, "calm", domain.RoleMediator, o.CommitteeA1)
	other.get("/session").want(t, http.StatusOK)
	o.now = o.now.Add(10 * time.Second)
	u.get("/session").want(t, http.StatusOK)
	u.get("/session").refused(t, http.StatusTooManyRequests, domain.CodeThrottled)
}

func TestWhoDoesNotSayWhoHeIsCountsByAddress(t *testing.T) {
	t.Parallel()
	o := limited(t, api.Limits{Address: 4})
	nobody := &user{t: t, o: o, who: "nobody"}
	guesser := &user{t: t, o: o, who: "guesser", token: "wrong"}
	nobody.get("/session").refused(t, http.StatusUnauthorized, domain.CodeUnauthenticated)
	guesser.get("/session").refused(t, http.StatusUnauthorized, domain.CodeUnauthenticated)
	nobody.post("/session", map[string]any{}).want(t, http.StatusBadRequest)
	last := guesser.get("/cases").refused(t, http.StatusUnauthorized, domain.CodeUnauthenticated)
	if got := last.header.Get("RateLimit"); got != `"address";r=0;t=60` {
		t.Errorf("RateLimit %q", got)
	}
	guesser.get("/cases").refused(t, http.StatusTooManyRequests, domain.CodeThrottled)
	nobody.post("/session", map[string]any{}).refused(t, http.StatusTooManyRequests, domain.CodeThrottled)
}

func TestPagesOfTrustedOriginsMayReadAnswers(t *testing.T) {
	t.Parallel()
	const platform = "https://platform.example"
	o := limited(t, api.Limits{}, platform)
	ask := func(method, origin string) http.Header {
		req, err := http.NewRequestWithContext(t.Context(), method, o.url+"/api/v1/session", http.NoBody)
		fatal(t, err)
		req.Header.Set("Origin", origin)
		req.Header.Set("Access-Control-Request-Method", http.MethodPost)
		res, err := http.DefaultClient.Do(req)
		fatal(t, err)
		fatal(t, res.Body.Close())
		return res.Header
	}
	const allow = "Access-Control-Allow-Origin"
	if h := ask(http.MethodGet, platform); h.Get(allow) != platform || h.Get("Access-Control-Allow-Credentials") != "true" {
		t.Errorf("a trusted page: %v", h)
	}
	if h := ask(http.MethodOptions, platform); h.Get(allow) != platform || !strings.Contains(h.Get("Access-Control-Allow-Headers"), "Idempotency-Key") {
		t.Errorf("before its request: %v", h)
	}
	for _, method := range []string{http.MethodGet, http.MethodOptions} {
		if h := ask(method, "https://other.example"); h.Get(allow) != "" {
			t.Errorf("another page: %v", h)
		}
	}
	o = limited(t, api.Limits{})
	if h := ask(http.MethodGet, platform); h.Get(allow) != "" || h.Get("RateLimit") != "" {
		t.Errorf("nobody is trusted: %v", h)
	}
}
