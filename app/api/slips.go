package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
)

//go:embed slips.html
var slipsPage string

// slipsStyle prints a place a page, slips that are not torn apart, on paper that any office has.
const slipsStyle = `body{font-family:serif;margin:1cm}section{page-break-after:always}h1{font-size:14pt;text-align:center}` +
	`article{border:1px dashed #000;padding:.4cm .6cm;margin:.4cm 0;page-break-inside:avoid}h2{font-size:12pt;margin:0 0 .2cm}` +
	`dl{display:grid;grid-template-columns:3.2cm auto;gap:.1cm;margin:0}dd{margin:0}.code{font-family:monospace;font-size:13pt}p{font-size:9pt}`

// slipsPolicy lets the page have its one style and nothing else.
var slipsPolicy = func() string {
	h := sha256.Sum256([]byte(slipsStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(h[:]) + "'; frame-ancestors 'none'"
}()

var slipsTemplate = template.Must(template.New("slips").Parse(slipsPage))

// IssueActivationSlips makes the codes of accounts that wait, as data or as a page to print.
func (s *server) IssueActivationSlips(ctx context.Context, r IssueActivationSlipsRequestObject) (IssueActivationSlipsResponseObject, error) {
	if (r.Body.OrganisationId == nil) == (r.Body.Area == nil) {
		return nil, &domain.Error{Code: domain.CodeInvalid, Message: "有内容需要改正", Fields: []domain.FieldError{
			{Pointer: "/organisationId", Code: "either", Message: "请选择一个单位或者一个区域，两者只选其一"},
		}}
	}
	in := app.SlipsInput{Area: text(r.Body.Area)}
	if r.Body.OrganisationId != nil {
		in.Org = domain.OrgID(*r.Body.OrganisationId)
	}
	slips, err := s.Staffing.Slips(ctx, actor(ctx), in)
	if err != nil {
		return nil, err
	}
	if r.Params.Format == nil || *r.Params.Format != IssueActivationSlipsParamsFormatHtml {
		return IssueActivationSlips201JSONResponse{Body: SlipList{Items: each(slips, activationSlipOf)}}, nil
	}
	page, err := printSlips(slips)
	if err != nil {
		return nil, err
	}
	return IssueActivationSlips201TexthtmlResponse{
		Body: bytes.NewReader(page), ContentLength: int64(len(page)),
		Headers: IssueActivationSlips201ResponseHeaders{ContentSecurityPolicy: &slipsPolicy},
	}, nil
}

func activationSlipOf(x app.Slip) ActivationSlip {
	return ActivationSlip{
		AccountId: int64(x.Account), Login: x.Login, Name: x.Name, Posts: each(x.Posts, datedPostOf), Code: x.Code.Print(), ExpiresAt: x.ExpiresAt,
	}
}

type (
	slipPlace struct {
		Name  string
		Slips []printedSlip
	}
	printedSlip struct {
		Name, Login, Code, Expires string
		Posts                      []string
	}
)

// printSlips lays the slips out by the first post of each, which is where they are handed over.
func printSlips(slips []app.Slip) ([]byte, error) {
	var places []slipPlace
	at := map[string]int{}
	for _, x := range slips {
		place := "尚无岗位"
		if len(x.Posts) > 0 {
			place = x.Posts[0].OrgName
		}
		i, ok := at[place]
		if !ok {
			i = len(places)
			at[place] = i
			places = append(places, slipPlace{Name: place})
		}
		places[i].Slips = append(places[i].Slips, printedSlip{
			Name: x.Name, Login: x.Login, Code: x.Code.Print(), Expires: calendar.DateOf(x.ExpiresAt).Chinese(),
			Posts: each(x.Posts, func(p domain.Assignment) string { return p.OrgName + "　" + p.Role.Name() }),
		})
	}
	var b bytes.Buffer
	err := slipsTemplate.Execute(&b, struct {
		Style  template.CSS
		Places []slipPlace
	}{slipsStyle, places})
	if err != nil {
		return nil, fmt.Errorf("print slips: %w", err)
	}
	return b.Bytes(), nil
}
