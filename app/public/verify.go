package public

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
)

// Verifier is what the page asks.
type Verifier interface {
	Look(ctx context.Context, from netip.Addr, typed string) (app.Verification, error)
	Compare(ctx context.Context, from netip.Addr, typed, text string) (same bool, err error)
}

// Verify is the page on which whoever holds an agreement learns whether it still holds, and whether its text was changed.
type Verify struct {
	verify Verifier
	clock  app.Clock
	log    *slog.Logger
}

// NewVerify makes the page.
func NewVerify(verify Verifier, clock app.Clock, log *slog.Logger) *Verify {
	return &Verify{verify: verify, clock: clock, log: log}
}

//go:embed verify.html
var verifyPage string

// style: letters for old eyes, fields for thick fingers, and on paper only the result.
const style = `body{font:1.25rem/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;margin:0;color:#1a1a1a;background:#fff}` +
	`header{background:#a01414;color:#fff;padding:.4rem 1rem}header p{margin:0;font-weight:700}main,footer{max-width:42rem;margin:0 auto;padding:0 1rem}` +
	`h1{font-size:1.7rem;line-height:1.3;margin:1.2rem 0}h2{font-size:1.4rem;margin:.2rem 0 .6rem}.result{border:3px solid #8a6100;background:#fff7e0;padding:.8rem 1rem;margin:1rem 0}` +
	`.result.valid,.result.same{border-color:#1b6e2c;background:#eef8f0}.result.superseded,.result.withdrawn,.result.changed,.result.none{border-color:#a01414;background:#fdf0f0}` +
	`dl{margin:0}dl div{display:flex;flex-wrap:wrap;gap:0 1rem;border-top:1px solid #bbb;padding:.3rem 0}dt{min-width:8rem;color:#444}dd{margin:0;font-weight:700;overflow-wrap:anywhere}` +
	`.code{font-family:ui-monospace,Consolas,monospace}form{border-top:1px solid #999;margin:1.5rem 0;padding-top:1rem}label{display:block;margin-bottom:.5rem}` +
	`input,textarea{box-sizing:border-box;width:100%;font:inherit;padding:.5rem;border:2px solid #555;border-radius:4px}button{font:inherit;font-weight:700;margin-top:.8rem;` +
	`padding:.5rem 2rem;min-height:3rem;color:#fff;background:#a01414;border:0;border-radius:4px;cursor:pointer}:focus-visible{outline:3px solid #00457c;outline-offset:2px}` +
	`.small{font-size:1rem;color:#444}@media print{.noprint,footer{display:none}header{background:none;color:#000}.result{background:none}}`

// policy lets the page have its one style and send its forms here.
var policy = func() string {
	h := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(h[:]) + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}()

var verifyTemplate = template.Must(template.New("verify").Parse(verifyPage))

// mostText is how much may be sent to be compared: the letters of the longest agreement, each as nine of a form.
const mostText = 1 << 20

// page is what the template shows.
type page struct {
	Title      string
	Style      template.CSS
	Result     *result
	Problem    *notice
	Compared   *notice
	Comparable bool
	Path       string
}

type result struct {
	Standing, Title, Explained, Code, Committee string
	AgreedOn, EffectiveOn, EndedOn, At          string
	Pages                                       int
}

type notice struct{ Class, Title, Text string }

// Show answers GET /v, /v?code= and /v/{code}.
func (v *Verify) Show(w http.ResponseWriter, r *http.Request, from netip.Addr, typed string) {
	if typed == "" {
		v.send(w, r, http.StatusOK, page{})
		return
	}
	p, status := v.look(w, r, from, typed)
	v.send(w, r, status, p)
}

// Compare answers POST /v/{code} with a text.
func (v *Verify) Compare(w http.ResponseWriter, r *http.Request, from netip.Addr, typed string) {
	r.Body = http.MaxBytesReader(w, r.Body, mostText)
	if err := r.ParseForm(); err != nil {
		v.send(w, r, http.StatusBadRequest, page{Problem: &notice{"", "文字太长", "没有核对。请只粘贴协议的文字。"}})
		return
	}
	p, status := v.look(w, r, from, typed)
	if p.Comparable {
		same, err := v.verify.Compare(r.Context(), from, typed, r.PostFormValue("text"))
		switch {
		case err != nil:
			p.Problem, status = v.problem(w, r, err)
		case same:
			p.Compared = &notice{"same", "文字一致", "您提供的文字与协议原文一致，没有被改动。"}
		default:
			p.Compared = &notice{"changed", "文字不一致", "您提供的文字与协议原文不同：可能被改动，也可能没有粘贴完整或者输入有误。请核对后重试，或者持原件到调解委员会核对。"}
		}
	}
	v.send(w, r, status, p)
}

// look asks for a code. What is no code and what nobody has give the same page.
func (v *Verify) look(w http.ResponseWriter, r *http.Request, from netip.Addr, typed string) (page, int) {
	x, err := v.verify.Look(r.Context(), from, typed)
	if err != nil {
		n, status := v.problem(w, r, err)
		return page{Problem: n}, status
	}
	now := v.clock().In(calendar.Shanghai)
	res := result{
		Standing: string(x.Standing), Title: x.Standing.Name(), Explained: explained[x.Standing], Code: x.Code.Print(), Committee: x.Committee, Pages: x.Pages,
		AgreedOn: chinese(x.AgreedOn), EffectiveOn: chinese(x.EffectiveOn), EndedOn: chinese(x.EndedOn),
		At: calendar.DateOf(now).Chinese() + now.Format("15时04分"),
	}
	comparable := x.Standing != domain.StandingRestricted && x.Standing != domain.StandingNotInForce
	return page{Result: &res, Comparable: comparable, Path: string(x.Code)}, http.StatusOK
}

var explained = map[domain.Standing]string{
	domain.StandingValid:      "这份协议有效，对双方当事人具有法律约束力。",
	domain.StandingSuperseded: "双方后来达成了新的协议，这份协议已由新的协议代替，不再履行。",
	domain.StandingWithdrawn:  "这份协议已经变更、撤销、被确认无效或者作废，不再有效。",
	domain.StandingNotInForce: "这份协议没有生效：尚未完成签名和盖章，或者没有生效就已放弃。",
	domain.StandingRestricted: "这份协议查阅受限，网上不显示结果。请持协议书原件到出具协议的人民调解委员会核对。",
}

func chinese(d *calendar.Date) string {
	if d == nil {
		return ""
	}
	return d.Chinese()
}

// problem is what went wrong in words for residents, and its status.
func (v *Verify) problem(w http.ResponseWriter, r *http.Request, err error) (*notice, int) {
	var e *domain.Error
	var wait *app.Throttled
	switch {
	case errors.As(err, &wait):
		w.Header().Set("Retry-After", strconv.Itoa(int(wait.After/time.Second)))
		return &notice{"", "请稍后再试", wait.Refusal.Message}, http.StatusTooManyRequests
	case errors.As(err, &e) && e.Code == domain.CodeNotFound:
		return &notice{"", "没有查到", "没有查到这个核验码，请对照协议书逐位核对后重新输入。"}, http.StatusNotFound
	case errors.As(err, &e) && e.Code == domain.CodeGuard:
		return &notice{"", "不能核对", e.Message}, http.StatusConflict
	}
	v.log.ErrorContext(r.Context(), "verify an agreement", "error", err)
	return &notice{"", "暂时不能查询", "服务暂时不可用，请稍后再试。"}, http.StatusServiceUnavailable
}

func (v *Verify) send(w http.ResponseWriter, r *http.Request, status int, p page) {
	p.Title, p.Style = "人民调解协议核验", style
	switch {
	case p.Problem != nil:
		p.Title = p.Problem.Title + " - " + p.Title
	case p.Result != nil:
		p.Title = p.Result.Title + " - " + p.Title
	}
	var b bytes.Buffer
	if err := verifyTemplate.Execute(&b, p); err != nil {
		v.log.ErrorContext(r.Context(), "verify an agreement", "error", fmt.Errorf("write the page: %w", err))
		http.Error(w, "Internal Server Error", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", policy)
	// with no-referrer a browser would call the origin of its own form null
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = b.WriteTo(w) // who hung up is not told
	}
}
