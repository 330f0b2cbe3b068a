package api_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"baimi/domain"
)

// rawly asks without the client's own unpacking.
func (u *user) rawly(method, path, body, accept string) answer {
	u.t.Helper()
	req, err := http.NewRequestWithContext(u.t.Context(), method, u.o.url+path, strings.NewReader(body))
	fatal(u.t, err)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if accept != "" {
		req.Header.Set("Accept-Encoding", accept)
	}
	if u.cookie != nil {
		req.AddCookie(u.cookie)
	}
	client := http.Client{Transport: &http.Transport{DisableCompression: true}}
	defer client.CloseIdleConnections()
	res, err := client.Do(req)
	fatal(u.t, err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	fatal(u.t, err)
	return answer{status: res.StatusCode, header: res.Header, raw: raw}
}

func (a answer) zipped() bool { return a.header.Get("Content-Encoding") == "gzip" }

func TestLargeAnswersComeCompressed(t *testing.T) {
	t.Parallel()
	o := open(t)
	u, _ := o.hired(t, "squeeze", domain.RoleMediator, o.CommitteeA1)
	const list = "/api/v1/dictionaries"
	plain := u.rawly(http.MethodGet, list, "", "").want(t, http.StatusOK)
	if plain.zipped() || len(plain.raw) < 1<<10 {
		t.Fatalf("%d bytes for whoever asks for nothing, %v", len(plain.raw), plain.header)
	}
	packed := u.rawly(http.MethodGet, list, "", "br, gzip").want(t, http.StatusOK)
	if !packed.zipped() || packed.header.Get("Vary") != "Accept-Encoding" || len(packed.raw)*3 > len(plain.raw) {
		t.Errorf("%d of %d bytes, %v", len(packed.raw), len(plain.raw), packed.header)
	}
	z, err := gzip.NewReader(strings.NewReader(string(packed.raw)))
	fatal(t, err)
	unpacked, err := io.ReadAll(z)
	fatal(t, err)
	if string(unpacked) != string(plain.raw) || !json.Valid(unpacked) {
		t.Error("what was compressed is not what is sent plain")
	}
	if u.rawly(http.MethodGet, list, "", "gzip;q=0, identity").zipped() {
		t.Error("sent what the client refuses")
	}
	if u.rawly(http.MethodGet, "/api/v1/session", "", "gzip").zipped() {
		t.Error("compressed what fits a packet")
	}
	if !u.rawly(http.MethodGet, "/openapi.json", "", "gzip").zipped() {
		t.Error("the document itself came plain")
	}
}

// TestSecretsAreNotCompressed: the size of what was compressed tells of it (BREACH).
func TestSecretsAreNotCompressed(t *testing.T) {
	t.Parallel()
	o := open(t)
	bureau, _ := o.hired(t, "nosqueeze", domain.RoleBureauOfficer, o.Bureau)
	for i := range 20 {
		o.waits(t, fmt.Sprintf("slip%d", i), domain.RoleMediator, o.CommitteeA1)
	}
	slips := bureau.rawly(http.MethodPost, "/api/v1/activation-slips", fmt.Sprintf(`{"organisationId": %d}`, o.CommitteeA1), "gzip").want(t, http.StatusCreated)
	if slips.zipped() || len(slips.raw) < 2<<10 {
		t.Errorf("%d bytes with codes, %v", len(slips.raw), slips.header)
	}
}
