package api

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"html/template"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
)

// TakeSubjectRequest enters a request of somebody whose data are kept.
func (s *server) TakeSubjectRequest(ctx context.Context, r TakeSubjectRequestRequestObject) (TakeSubjectRequestResponseObject, error) {
	request, err := s.Subjects.Take(ctx, actor(ctx), domain.NewSubjectRequest{
		Kind: domain.SubjectRequestKind(r.Body.Kind), On: r.Body.RequestedOn, How: string(r.Body.RequestedHow),
		Subject:         domain.Subject{Name: text(&r.Body.Name), IDNumber: text(&r.Body.IdNumber)},
		IdentityChecked: r.Body.IdentityChecked,
	})
	if err != nil {
		return nil, err
	}
	out, err := s.subjectRequest(ctx, request)
	return TakeSubjectRequest201JSONResponse(out), err
}

// ListSubjectRequests is the register.
func (s *server) ListSubjectRequests(ctx context.Context, r ListSubjectRequestsRequestObject) (ListSubjectRequestsResponseObject, error) {
	p, err := page(cursorSubjects, r.Params.PageSize, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	rows, next, err := s.Subjects.List(ctx, actor(ctx), r.Params.Open != nil && *r.Params.Open, p)
	if err != nil {
		return nil, err
	}
	names, err := s.Names.OfSubjectRequests(ctx, rows)
	if err != nil {
		return nil, err
	}
	today := calendar.DateOf(s.cfg.Clock())
	items := each(rows, func(x domain.SubjectRequest) SubjectRequest { return subjectRequestOf(x, names, today) })
	return ListSubjectRequests200JSONResponse{Items: items, NextCursor: writeCursor(cursorSubjects, next)}, nil
}

// DecideSubjectRequest decides one.
func (s *server) DecideSubjectRequest(ctx context.Context, r DecideSubjectRequestRequestObject) (DecideSubjectRequestResponseObject, error) {
	var ground *string
	if r.Body.Ground != nil {
		ground = ptr(string(*r.Body.Ground))
	}
	request, err := s.Subjects.Decide(ctx, actor(ctx), r.RequestId, domain.SubjectDecision(r.Body.Decision), ground)
	if err != nil {
		return nil, err
	}
	out, err := s.subjectRequest(ctx, request)
	return DecideSubjectRequest200JSONResponse(out), err
}

// FinishSubjectRequest notes that one was carried out.
func (s *server) FinishSubjectRequest(ctx context.Context, r FinishSubjectRequestRequestObject) (FinishSubjectRequestResponseObject, error) {
	request, err := s.Subjects.Finish(ctx, actor(ctx), r.RequestId)
	if err != nil {
		return nil, err
	}
	out, err := s.subjectRequest(ctx, request)
	return FinishSubjectRequest200JSONResponse(out), err
}

// subjectRequest is one request on its way out.
func (s *server) subjectRequest(ctx context.Context, r domain.SubjectRequest) (SubjectRequest, error) {
	names, err := s.Names.OfSubjectRequests(ctx, []domain.SubjectRequest{r})
	return subjectRequestOf(r, names, calendar.DateOf(s.cfg.Clock())), err
}

func subjectRequestOf(r domain.SubjectRequest, n app.Names, today calendar.Date) SubjectRequest {
	out := SubjectRequest{
		Id: r.ID.String(), Kind: SubjectRequestKind(r.Kind), RequestedOn: r.RequestedOn, RequestedHow: SubjectRequestHow(r.RequestedHow),
		NameMasked: domain.MaskName(r.Subject.Name), IdNumberMasked: domain.MaskIDNumber(r.Subject.IDNumber),
		Organisation: *orgName(n, &r.Org), TakenAt: r.TakenAt, TakenBy: *personName(n, &r.TakenBy), DueOn: r.DueOn,
		Overdue:  r.DoneOn == nil && today.After(r.DueOn),
		Decision: word[SubjectDecision](r.Decision), DecidedOn: r.DecidedOn, DecidedBy: personName(n, r.DecidedBy), DoneOn: r.DoneOn,
	}
	if r.Decision != nil && *r.Decision == domain.SubjectRefused {
		out.Overdue = false
	}
	if r.Ground != nil {
		out.Ground = &DictionaryEntry{Code: *r.Ground, Label: app.ReasonLabel(*r.Ground, "subjectGround")}
	}
	return out
}

//go:embed subjectcopy.html
var copyPage string

var copyTemplate = template.Must(template.New("copy").Parse(copyPage))

// copyNote stands on every copy, whether there is such a case or not: it must not tell.
const copyNote = "本副本只含制作单位有权查阅的案件。列在“其他单位”下的案件，请向该调委会申请；设有保密级别的案件，由承办该案的调委会主任另行提供。案情和协议中其他当事人的姓名、证件号码、电话已遮盖。"

// CopySubjectData makes the copy that was asked for, as data or as a page to print.
func (s *server) CopySubjectData(ctx context.Context, r CopySubjectDataRequestObject) (CopySubjectDataResponseObject, error) {
	c, err := s.Subjects.Copy(ctx, actor(ctx), r.RequestId)
	if err != nil {
		return nil, err
	}
	names, err := s.Names.OfCopy(ctx, c)
	if err != nil {
		return nil, err
	}
	out := SubjectCopy{
		Request: subjectRequestOf(c.Request, names, calendar.DateOf(c.MadeAt)), MadeAt: c.MadeAt, Name: c.Request.Subject.Name, Note: copyNote,
		Cases: each(c.Cases, func(x app.CopiedCase) SubjectCopyCase { return copiedCaseOf(x, names) }),
		Elsewhere: each(c.Elsewhere, func(x domain.SubjectCase) SubjectElsewhere {
			return SubjectElsewhere{Committee: names.Orgs[x.Committee], DemandNo: x.DemandNo.Print()}
		}),
	}
	if r.Params.Format == nil || *r.Params.Format != CopySubjectDataParamsFormatHtml {
		return CopySubjectData200JSONResponse{Body: out}, nil
	}
	var b bytes.Buffer
	err = copyTemplate.Execute(&b, struct {
		Style template.CSS
		Day   string
		SubjectCopy
	}{slipsStyle, calendar.DateOf(c.MadeAt).Chinese(), out})
	if err != nil {
		return nil, fmt.Errorf("print a copy: %w", err)
	}
	return CopySubjectData200TexthtmlResponse{
		Body: bytes.NewReader(b.Bytes()), ContentLength: int64(b.Len()),
		Headers: CopySubjectData200ResponseHeaders{ContentSecurityPolicy: &slipsPolicy},
	}, nil
}

// copiedCaseOf shows one case to the person himself: his own values in the clear, nobody else's.
func copiedCaseOf(x app.CopiedCase, n app.Names) SubjectCopyCase {
	c := x.Case
	hide := c.HideOthers(x.PartyNo)
	out := SubjectCopyCase{
		DemandNo: c.DemandNo.Print(), FileNo: c.FileNo, Committee: n.Orgs[c.Committee], TypeName: n.Types[c.Type], StatusName: c.Status.Name(),
		RequestedOn: c.RequestedOn, AcceptedOn: c.AcceptedOn, ConcludedOn: c.ConcludedOn,
		Place: c.Place.Reveal(), Facts: hide(c.Facts.Reveal()), Wish: some(hide(c.Wish.Reveal())),
		Terms: each(c.Agreements, func(g domain.Agreement) string { return hide(g.Terms.Reveal()) }),
		Looks: each(x.Accesses, func(l domain.Access) SubjectLook { return lookOf(l, n) }), Duties: []string{},
	}
	for _, p := range c.Parties {
		if p.No != x.PartyNo {
			continue
		}
		out.RoleName, out.Name, out.IdType, out.IdNumber = app.ReasonLabel(string(p.Role), "partyRole"), p.Name.Reveal(), p.IDType, some(p.IDNumber.Reveal())
		out.Phone, out.Address, out.Sex = some(p.Phone.Reveal()), some(p.Address.Reveal()), int32Of(p.Sex)
		out.Consent, out.ConsentOn = Consent(p.Consent), p.ConsentOn
		out.EthnicityName, out.Occupation, out.Workplace = some(domain.EthnicityName(p.Ethnicity.Reveal())), some(p.Occupation.Reveal()), some(p.Workplace.Reveal())
		if told := c.Told(p.No, domain.NoticeRights, calendar.Date{}); told != nil {
			out.NoticeOn = &told.GivenOn
		}
	}
	for _, o := range c.Obligations {
		if o.Debtor == x.PartyNo || o.Creditor == x.PartyNo {
			side := "应得"
			if o.Debtor == x.PartyNo {
				side = "应履行"
			}
			out.Duties = append(out.Duties, fmt.Sprintf("%s：%s（%s前）", side, hide(o.What.Reveal()), o.DueOn))
		}
	}
	return out
}

// lookOf tells of a look by role and organisation: who processes, not which clerk.
func lookOf(l domain.Access, n app.Names) SubjectLook {
	out := SubjectLook{At: l.At, RoleName: l.Role.Name(), WhatName: l.What.Name()}
	if l.Org != nil {
		out.Organisation = some(n.Orgs[*l.Org])
	}
	if l.Reason != "" {
		out.ReasonName = ptr(app.ReasonLabel(l.Reason, "revealReason", "exportPurpose", "form"))
	}
	return out
}
