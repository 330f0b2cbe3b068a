package api

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"baimi/domain"
)

const goodCase = `{"source":"applied","type":"02","place":"甲村","facts":"漏水。","requestedOn":"2026-03-02","requestedHow":"visit",
	"parties":[{"role":"applicant","kind":"natural","name":"李秀英"},{"role":"respondent","kind":"natural","name":"王建国"}]}`

// send runs one request through the validation of its operation and gives the refusal.
func send(t *testing.T, method, path, url, body string) *domain.Error {
	t.Helper()
	doc, err := document()
	if err != nil {
		t.Fatal(err)
	}
	s := &server{}
	e := echo.New()
	r := &router{e: e, s: s, doc: doc}
	op, err := r.operation(method, path)
	if err != nil {
		t.Fatal(err)
	}
	var got error
	h := func(c echo.Context) error {
		got = s.validate(op)(func(echo.Context) error { return nil })(c)
		return nil
	}
	e.Add(method, base+strings.NewReplacer("{", ":", "}", "").Replace(path), h)
	req := httptest.NewRequestWithContext(t.Context(), method, base+url, strings.NewReader(body))
	if body != "" {
		req.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	e.ServeHTTP(httptest.NewRecorder(), req)
	if got == nil {
		return nil
	}
	var refusal *domain.Error
	if !errors.As(got, &refusal) {
		t.Fatalf("%s %s: %v is no refusal but a fault", method, url, got)
	}
	return refusal
}

func post(t *testing.T, body string) *domain.Error {
	t.Helper()
	return send(t, http.MethodPost, "/cases", "/cases", body)
}

func TestAGoodBodyPasses(t *testing.T) {
	t.Parallel()
	if err := post(t, goodCase); err != nil {
		t.Errorf("%v %v", err, err.Fields)
	}
}

func TestABadBodyIsRefusedAtItsField(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct{ old, put, pointer, code string }{
		"missing member":       {`"source":"applied",`, ``, "/source", "required"},
		"unknown member":       {`"source":"applied",`, `"source":"applied","colour":"red",`, "/colour", "unknown"},
		"other case of member": {`"source":"applied",`, `"source":"applied","SOURCE":"referred",`, "/SOURCE", "unknown"},
		"member twice":         {`"source":"applied",`, `"source":"applied","source":"referred",`, "/source", "duplicate"},
		"not in the list":      {`"applied"`, `"begged"`, "/source", "enum"},
		"wrong type":           {`"漏水。"`, `12`, "/facts", "type"},
		"null":                 {`"漏水。"`, `null`, "/facts", "nullable"},
		"empty":                {`"漏水。"`, `""`, "/facts", "minLength"},
		"too long":             {`"漏水。"`, `"` + strings.Repeat("长", 5001) + `"`, "/facts", "maxLength"},
		"no such day":          {`"2026-03-02"`, `"2026-02-30"`, "/requestedOn", "format"},
		"year before 2000":     {`"2026-03-02"`, `"0001-01-01"`, "/requestedOn", "format"},
		"huge number":          {`"type":"02",`, `"type":"02","peopleCount":1e999,`, "/peopleCount", ""},
		"fraction":             {`"type":"02",`, `"type":"02","peopleCount":1.5,`, "/peopleCount", "type"},
		"big integer":          {`"type":"02",`, `"type":"02","peopleCount":99999999999999999999,`, "/peopleCount", "format"},
		"amount as number":     {`"type":"02",`, `"type":"02","amount":12,`, "/amount", "type"},
		"amount in words":      {`"type":"02",`, `"type":"02","amount":"1万",`, "/amount", "pattern"},
		"NUL":                  {`"漏水。"`, `"漏\u0000水"`, "/facts", "control_character"},
		"escape":               {`"漏水。"`, `"\u001b[31m"`, "/facts", "control_character"},
		"NUL below":            {`"李秀英"`, `"李\u0000"`, "/parties/0/name", "control_character"},
		"in a list":            {`"王建国"`, `7`, "/parties/1/name", "type"},
		"one party":            {`,{"role":"respondent","kind":"natural","name":"王建国"}`, ``, "/parties", "minItems"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := strings.Replace(goodCase, x.old, x.put, 1)
			if body == goodCase {
				t.Fatal("nothing replaced")
			}
			err := post(t, body)
			if err == nil {
				t.Fatal("passed")
			}
			if err.Code != codeBadRequest || len(err.Fields) != 1 {
				t.Fatalf("%v %v", err, err.Fields)
			}
			f := err.Fields[0]
			if f.Pointer != x.pointer || x.code != "" && f.Code != x.code {
				t.Errorf("%s %s, want %s %s", f.Pointer, f.Code, x.pointer, x.code)
			}
			if f.Message == "" || strings.ContainsAny(f.Message, "{}") || strings.Contains(f.Message, "schema") {
				t.Errorf("message %q", f.Message)
			}
		})
	}
}

func TestABodyThatIsNoJSONIsRefused(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"nothing":       " ",
		"half":          goodCase[:100],
		"more":          goodCase + "{}",
		"broken UTF-8":  strings.Replace(goodCase, "甲村", "\xff\xfe", 1),
		"endless depth": strings.Repeat(`{"a":`, 200) + "1" + strings.Repeat("}", 200),
		"endless lists": strings.Repeat(`[`, 100_000),
		"words":         "hello",
		"name no text":  `{1:2}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := post(t, body); err == nil || err.Code != codeBadRequest {
				t.Errorf("%v", err)
			}
		})
	}
	if err := post(t, `{"a":"`+strings.Repeat("x", maxBody)+`"}`); err == nil || err.Code != codeTooLarge {
		t.Errorf("more than 1 MiB: %v", err)
	}
	if err := post(t, "[]"); err == nil || err.Code != codeBadRequest {
		t.Errorf("a list: %v", err)
	}
}

func TestEveryWrongFieldIsNamedAtOnce(t *testing.T) {
	t.Parallel()
	body := strings.NewReplacer(`"source":"applied",`, ``, `"漏水。"`, `""`, `"2026-03-02"`, `"yesterday"`, `"王建国"`, `""`).Replace(goodCase)
	err := post(t, body)
	if err == nil || len(err.Fields) != 4 {
		t.Fatalf("%v", err)
	}
}

func TestQueryIsHeldToTheDocument(t *testing.T) {
	t.Parallel()
	for query, pointer := range map[string]string{
		"statuss=accepted":           "/query/statuss",
		"status=accepted,begged":     "/query/status/1",
		"status=":                    "/query/status",
		"pageSize=0":                 "/query/pageSize",
		"pageSize=201":               "/query/pageSize",
		"pageSize=ten":               "/query/pageSize",
		"pageSize=1&pageSize=2":      "/query/pageSize",
		"area=../..":                 "/query/area",
		"area=%00":                   "/query/area",
		"type=%ff":                   "/query/type",
		"overdue=maybe":              "/query/overdue",
		"mediator=99999999999999999": "/query/mediator",
		"cursor=%2B":                 "/query/cursor",
		"cursor=":                    "/query/cursor",
	} {
		err := send(t, http.MethodGet, "/cases", "/cases?"+query, "")
		if err == nil || len(err.Fields) != 1 || err.Fields[0].Pointer != pointer {
			t.Errorf("%s: %v", query, err)
			if err != nil {
				t.Error(err.Fields)
			}
		}
	}
	if err := send(t, http.MethodGet, "/cases", "/cases?x=%zz", ""); err == nil || err.Code != codeBadRequest {
		t.Errorf("broken escape: %v", err)
	}
	if err := send(t, http.MethodGet, "/cases", "/cases?status=accepted,mediating&pageSize=200&overdue=true", ""); err != nil {
		t.Errorf("a good query: %v %v", err, err.Fields)
	}
}

func TestAPathThatNamesNothingIsNotFound(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"1", "0-0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f", "1-0198C0DE-7a11-4c3e-9d2f-5b6a7c8d9e0f", "%00", "%ff", "'--"} {
		if err := send(t, http.MethodGet, "/cases/{caseId}", "/cases/"+id, ""); err == nil || err.Code != domain.CodeNotFound {
			t.Errorf("%s: %v", id, err)
		}
	}
	if err := send(t, http.MethodGet, "/cases/{caseId}", "/cases/1-0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f", ""); err != nil {
		t.Error(err)
	}
	if err := send(t, http.MethodGet, "/points/{orgId}", "/points/99999999999", ""); err == nil || err.Code != domain.CodeNotFound {
		t.Errorf("a number beyond ours: %v", err)
	}
}

func TestOnlyJSONIsTaken(t *testing.T) {
	t.Parallel()
	for _, ct := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=gbk", ";"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(goodCase))
		r.Header.Set("Content-Type", ct)
		_, err := readBody(httptest.NewRecorder(), r)
		if domain.CodeOf(err) != codeMediaType {
			t.Errorf("%q: %v", ct, err)
		}
	}
}

func TestTheCheckerSaysWhatTheSchemaCannot(t *testing.T) {
	t.Parallel()
	c, err := newChecker()
	if err != nil {
		t.Fatal(err)
	}
	body := NewCase{Place: "　", Facts: "x", Parties: []NewParty{{Name: "甲"}, {Name: "\t "}}}
	var refusal *domain.Error
	if !errors.As(c.check(&body), &refusal) || len(refusal.Fields) != 2 {
		t.Fatalf("%v", refusal)
	}
	for i, want := range []domain.FieldError{
		{Pointer: "/parties/1/name", Code: "notblank", Message: "姓名或名称不能为空"}, {Pointer: "/place", Code: "notblank", Message: "纠纷发生地点不能为空"},
	} {
		if refusal.Fields[i] != want {
			t.Errorf("%+v, want %+v", refusal.Fields[i], want)
		}
	}
	start := MediationStart{Notices: []NewNotice{{PartyNo: 1}, {PartyNo: 1}}}
	if !errors.As(c.check(&start), &refusal) || refusal.Fields[0].Message != "告知对象有重复的项" {
		t.Errorf("%v", refusal)
	}
}
