package api

import (
	"context"
	"strconv"

	"baimi/domain"
)

// caseAnswer is a case on its way out: its names, its tag, the actions open to who asks.
func (s *server) caseAnswer(ctx context.Context, c *domain.Case, err error) (ChangedCaseJSONResponse, error) {
	if err != nil {
		return ChangedCaseJSONResponse{}, err
	}
	names, err := s.Names.OfCase(ctx, c)
	if err != nil {
		return ChangedCaseJSONResponse{}, err
	}
	held, err := s.Cases.Held(ctx, c)
	if err != nil {
		return ChangedCaseJSONResponse{}, err
	}
	return ChangedCaseJSONResponse{
		Body:    caseOf(c, names, held, actor(ctx), s.cfg.Clock()),
		Headers: ChangedCaseResponseHeaders{ETag: etag(c.Version)},
	}, nil
}

// GetCase opens a case.
func (s *server) GetCase(ctx context.Context, r GetCaseRequestObject) (GetCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Cases.Get(ctx, actor(ctx), id)
	out, err := s.caseAnswer(ctx, c, err)
	return GetCase200JSONResponse{out}, err
}

// ListCases lists cases.
func (s *server) ListCases(ctx context.Context, r ListCasesRequestObject) (ListCasesResponseObject, error) {
	p, err := page(cursorCases, r.Params.PageSize, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	items, next, err := s.casePage(ctx, filterOf(r.Params), p)
	return ListCases200JSONResponse{Items: items, NextCursor: next}, err
}

// casePage is a page of cases with its names and the cursor of the next.
func (s *server) casePage(ctx context.Context, f domain.CaseFilter, p domain.Page) ([]CaseSummary, *string, error) {
	rows, next, err := s.Cases.List(ctx, actor(ctx), f, p)
	if err != nil {
		return nil, nil, err
	}
	names, err := s.Names.OfList(ctx, rows)
	if err != nil {
		return nil, nil, err
	}
	now := s.cfg.Clock()
	return each(rows, func(x domain.CaseSummary) CaseSummary { return summaryOf(x, names, now) }), writeCursor(cursorCases, next), nil
}

// CountCases counts them.
func (s *server) CountCases(ctx context.Context, r CountCasesRequestObject) (CountCasesResponseObject, error) {
	q := r.Params
	n, err := s.caseCount(ctx, filterOf(ListCasesParams{
		Status: q.Status, Type: q.Type, Source: q.Source, Area: q.Area, Mediator: q.Mediator, Overdue: q.Overdue, Organisation: q.Organisation,
		Confidentiality: q.Confidentiality, Tier: q.Tier, RegisteredFrom: q.RegisteredFrom, RegisteredTo: q.RegisteredTo, RequestedFrom: q.RequestedFrom,
		RequestedTo: q.RequestedTo, ConcludedFrom: q.ConcludedFrom, ConcludedTo: q.ConcludedTo, Number: q.Number,
	}))
	return CountCases200JSONResponse(n), err
}

func (s *server) caseCount(ctx context.Context, f domain.CaseFilter) (CaseCount, error) {
	n, more, err := s.Cases.Count(ctx, actor(ctx), f)
	display := strconv.Itoa(n)
	if more {
		display += "+"
	}
	return CaseCount{Count: int32(n), More: more, Display: display}, err
}

// ListCaseEvents tells what happened to a case.
func (s *server) ListCaseEvents(ctx context.Context, r ListCaseEventsRequestObject) (ListCaseEventsResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	events, err := s.Cases.Events(ctx, actor(ctx), id)
	if err != nil {
		return nil, err
	}
	names, err := s.Names.OfEvents(ctx, events)
	if err != nil {
		return nil, err
	}
	items := each(events, func(e domain.Event) CaseEvent { return eventOf(e, names) })
	return ListCaseEvents200JSONResponse{Items: items}, nil
}

// ExplainDeadline tells how a deadline of a case was computed.
func (s *server) ExplainDeadline(ctx context.Context, r ExplainDeadlineRequestObject) (ExplainDeadlineResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	x, err := s.Cases.ExplainDeadline(ctx, actor(ctx), id, int(r.No))
	if err != nil {
		return nil, err
	}
	return ExplainDeadline200JSONResponse{Deadline: deadlineOf(x.Deadline, x.Held, s.cfg.Clock()), Trace: x.Trace}, nil
}
