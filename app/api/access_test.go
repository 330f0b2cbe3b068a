package api

import (
	"crypto/tls"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

func TestSignInNeedsAnEncryptedWay(t *testing.T) {
	t.Parallel()
	proxy := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for name, x := range map[string]struct {
		remote, host string
		tls          bool
		headers      []string
		trusted      []netip.Prefix
		want         bool
	}{
		"TLS":                         {"192.0.2.7:1", "baimi.example", true, nil, nil, true},
		"this machine":                {"127.0.0.1:1", "localhost:8080", false, nil, nil, true},
		"this machine by number":      {"[::1]:1", "[::1]:8080", false, nil, nil, true},
		"plain":                       {"192.0.2.7:1", "baimi.example", false, nil, nil, false},
		"plain, host forged":          {"192.0.2.7:1", "localhost", false, nil, nil, false},
		"proxy of another name":       {"127.0.0.1:1", "baimi.example", false, nil, nil, false},
		"proxy on this machine":       {"127.0.0.1:1", "localhost", false, []string{"X-Forwarded-For", "192.0.2.7"}, nil, false},
		"header forged":               {"192.0.2.7:1", "baimi.example", false, []string{"X-Forwarded-Proto", "https"}, nil, false},
		"trusted proxy":               {"10.1.2.3:1", "baimi.example", false, []string{"X-Forwarded-Proto", "https"}, proxy, true},
		"trusted proxy, plain beyond": {"10.1.2.3:1", "baimi.example", false, []string{"X-Forwarded-Proto", "http"}, proxy, false},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil)
		r.RemoteAddr, r.Host = x.remote, x.host
		if x.tls {
			r.TLS = &tls.ConnectionState{}
		}
		for i := 0; i+1 < len(x.headers); i += 2 {
			r.Header.Set(x.headers[i], x.headers[i+1])
		}
		s := &server{cfg: Config{TrustedProxies: x.trusted}}
		if got := s.encrypted(r); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestForgedHeadersDoNotChangeTheAddress(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil)
	r.RemoteAddr = "192.0.2.7:1"
	r.Header.Set("X-Forwarded-For", "198.51.100.1")
	r.Header.Set("X-Real-IP", "198.51.100.1")
	r.Header.Set("Forwarded", "for=198.51.100.1")
	for trusted, want := range map[string]string{"": "192.0.2.7", "10.0.0.0/8": "192.0.2.7", "192.0.2.0/24": "198.51.100.1"} {
		var list []netip.Prefix
		if trusted != "" {
			list = append(list, netip.MustParsePrefix(trusted))
		}
		e := echo.New()
		e.IPExtractor = addressOf(list)
		s := &server{}
		if got := s.client(e.NewContext(r, httptest.NewRecorder())); got.String() != want {
			t.Errorf("trusting %q: %s, want %s", trusted, got, want)
		}
	}
}

func TestTheCookieIsTheHostsAlone(t *testing.T) {
	t.Parallel()
	for _, c := range []string{*noCookie(), *bake(http.Cookie{Value: "x"})} {
		for _, want := range []string{"__Host-baimi=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"} {
			if !strings.Contains(c, want) || strings.Contains(c, "Domain") {
				t.Errorf("%s: %s", c, want)
			}
		}
	}
}

func TestAFaultStaysInTheLog(t *testing.T) {
	t.Parallel()
	for _, err := range []error{errors.New("dial tcp 10.0.0.5: password=geheim"), echo.NewHTTPError(http.StatusInternalServerError, "geheim")} {
		code, detail, fields := describe(err)
		if code != codeInternal || detail != "" || fields != nil {
			t.Errorf("%v: %s %q", err, code, detail)
		}
	}
	if code, detail, _ := describe(echo.NewHTTPError(http.StatusBadRequest, "Invalid format for parameter id: 'geheim'")); code != codeBadRequest || detail != "" {
		t.Errorf("%s %q", code, detail)
	}
}
