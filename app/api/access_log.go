package api

import (
	"context"

	"github.com/google/uuid"

	"baimi/app"
	"baimi/domain"
)

// RevealParty shows masked values of a party, for a reason.
func (s *server) RevealParty(ctx context.Context, r RevealPartyRequestObject) (RevealPartyResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	shown, err := s.Cases.Reveal(ctx, actor(ctx), id, app.RevealInput{
		PartyNo: int(r.Body.PartyNo), Fields: words[domain.PartyField](r.Body.Fields), Reason: string(r.Body.Reason),
	})
	if err != nil {
		return nil, err
	}
	return RevealParty200JSONResponse{
		PartyNo: r.Body.PartyNo, IdNumber: some(shown[domain.FieldIDNumber]), Phone: some(shown[domain.FieldPhone]), Address: some(shown[domain.FieldAddress]),
	}, nil
}

// ShowPhone is the one-tap phone.
func (s *server) ShowPhone(ctx context.Context, r ShowPhoneRequestObject) (ShowPhoneResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	phone, err := s.Cases.Phone(ctx, actor(ctx), id, int(r.No))
	if err != nil {
		return nil, err
	}
	return ShowPhone200JSONResponse{PartyNo: r.No, Phone: &phone}, nil
}

// ListCaseAccesses tells who looked at a case.
func (s *server) ListCaseAccesses(ctx context.Context, r ListCaseAccessesRequestObject) (ListCaseAccessesResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	p, err := page(cursorAccess, r.Params.PageSize, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	rows, next, err := s.Cases.Accesses(ctx, actor(ctx), id, p)
	if err != nil {
		return nil, err
	}
	out, err := s.accesses(ctx, rows, next)
	return ListCaseAccesses200JSONResponse(out), err
}

// ListAccesses is the access log of the county.
func (s *server) ListAccesses(ctx context.Context, r ListAccessesRequestObject) (ListAccessesResponseObject, error) {
	p, err := page(cursorAccess, r.Params.PageSize, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	var f domain.AccessFilter
	if r.Params.From != nil {
		f.From = *r.Params.From
	}
	if r.Params.To != nil {
		f.To = *r.Params.To
	}
	if r.Params.Person != nil {
		f.Person = domain.PersonID(*r.Params.Person)
	}
	if r.Params.What != nil {
		f.What = domain.AccessKind(*r.Params.What)
	}
	if r.Params.DemandNo != nil {
		if f.DemandNo, err = domain.ParseDemandNo(*r.Params.DemandNo); err != nil {
			return nil, &domain.Error{Code: codeBadRequest, Message: "查询条件有误", Fields: []domain.FieldError{
				{Pointer: "/query/demandNo", Code: "demand_no", Message: "登记编号不正确，请逐位核对"},
			}}
		}
	}
	rows, next, err := s.Audit.Accesses(ctx, actor(ctx), f, p)
	if err != nil {
		return nil, err
	}
	out, err := s.accesses(ctx, rows, next)
	return ListAccesses200JSONResponse(out), err
}

func (s *server) accesses(ctx context.Context, rows []domain.Access, next *domain.Cursor) (AccessPage, error) {
	names, err := s.Names.OfAccesses(ctx, rows)
	if err != nil {
		return AccessPage{}, err
	}
	items := each(rows, func(l domain.Access) Access { return accessOf(l, names) })
	return AccessPage{Items: items, NextCursor: writeCursor(cursorAccess, next)}, nil
}

func accessOf(l domain.Access, n app.Names) Access {
	out := Access{
		Id: l.ID.String(), At: l.At, Person: personName(n, l.Person), RoleName: l.Role.Name(), Organisation: orgName(n, l.Org),
		Via: AccessVia(l.Via), What: AccessKind(l.What), WhatName: l.What.Name(), PartyNo: int32Of(l.PartyNo),
		Fields: []PartyField{}, AttachmentNo: int32Of(l.AttachmentNo), Count: int32Of(l.Count), RequestId: l.Request,
	}
	if l.AttachmentNo != nil && len(l.Fields) == 1 {
		out.Part = ptr(FilePart(l.Fields[0]))
	} else {
		out.Fields = words[PartyField](l.Fields)
	}
	if l.CaseID != nil {
		out.CaseId = ptr(domain.CaseID{County: l.County, UUID: uuid.UUID(*l.CaseID)}.String())
		out.DemandNo = ptr(l.DemandNo.Print())
	}
	if l.Reason != "" {
		out.Reason = &DictionaryEntry{Code: l.Reason, Label: app.ReasonLabel(l.Reason, "revealReason", "exportPurpose", "form", "originalReason")}
	}
	return out
}
