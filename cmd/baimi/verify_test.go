package main

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// fetch asks as a browser without JavaScript would.
func fetch(t *testing.T, method, address, body string) (status int, header http.Header, page string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(b)
}

// TestTheResidentsPageVerifiesAnAgreement asks for one of the demo's agreements, compares its text with another, and for codes that nobody has.
func TestTheResidentsPageVerifiesAnAgreement(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	app := w.serve(t, FirstStart{})
	code := lines(t, app.database.ownerURL, `select a.code from agreement a join cases c on c.county = a.county and c.id = a.case_id
		where a.status in ('effective', 'fulfilled') and c.confidentiality = 'ordinary' and c.status <> 'void' limit 1`)[0]
	base := app.URL()
	status, header, page := fetch(t, http.MethodGet, base+"/v/"+code, "")
	if status != http.StatusOK || !strings.Contains(page, "有效") || !strings.Contains(page, "人民调解委员会") || len(page) > 50<<10 {
		t.Errorf("%d, %d bytes: %s", status, len(page), page)
	}
	if !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") || header.Get("X-Content-Type-Options") != "nosniff" || strings.Contains(page, "<script") {
		t.Errorf("headers %v", header)
	}
	status, _, page = fetch(t, http.MethodPost, base+"/v/"+code, url.Values{"text": {"双方和好。"}}.Encode())
	if status != http.StatusOK || !strings.Contains(page, "文字不一致") {
		t.Errorf("another text: %d %s", status, page)
	}
	first := ""
	for _, bad := range []string{"0001-22222-22222-2222", "nonsense", "9999222222222222222", `"><script>alert(1)</script>`, "' or 1=1"} {
		status, _, page := fetch(t, http.MethodGet, base+"/v?code="+url.QueryEscape(bad), "")
		if first == "" {
			first = page
		}
		if status != http.StatusNotFound || page != first {
			t.Errorf("%q answers %d and otherwise than a code that nobody has", bad, status)
		}
	}
	if status, _, page := fetch(t, http.MethodGet, base+"/v", ""); status != http.StatusOK || !strings.Contains(page, "输入核验码") {
		t.Errorf("the form: %d", status)
	}
}
