package api

import (
	"context"
	"errors"
	"time"

	"baimi/app"
	"baimi/domain"
)

// SearchCases lists cases by everything the list is narrowed by, and by what is typed freely.
func (s *server) SearchCases(ctx context.Context, r SearchCasesRequestObject) (SearchCasesResponseObject, error) {
	b := r.Body
	p, err := page(cursorCases, b.PageSize, b.Cursor)
	if err != nil {
		return nil, err
	}
	f := filterOf(ListCasesParams{
		Status: b.Status, Type: b.Type, Source: b.Source, Area: b.Area, Mediator: b.Mediator, Overdue: b.Overdue, Organisation: b.Organisation,
		Confidentiality: b.Confidentiality, Tier: b.Tier, RegisteredFrom: b.RegisteredFrom, RegisteredTo: b.RegisteredTo, RequestedFrom: b.RequestedFrom,
		RequestedTo: b.RequestedTo, ConcludedFrom: b.ConcludedFrom, ConcludedTo: b.ConcludedTo, Number: b.Number,
	})
	if f.Words, err = domain.ParseWords(text(b.Words)); err != nil {
		return nil, at("/words", "words", err)
	}
	if party := text(b.Party); party != "" {
		q := domain.ParsePartyQuery(party)
		f.Party = &q
	}
	out := SearchCases200JSONResponse{}
	if out.Items, out.NextCursor, err = s.casePage(ctx, f, p); err != nil {
		return nil, err
	}
	if b.Count != nil && *b.Count {
		n, err := s.caseCount(ctx, f)
		if err != nil {
			return nil, err
		}
		out.Count = &n
	}
	return out, nil
}

// at puts what a parser refused to its field.
func at(pointer, code string, err error) error {
	var e *domain.Error
	if !errors.As(err, &e) {
		return err
	}
	return &domain.Error{Code: domain.CodeInvalid, Message: "有内容需要改正", Fields: []domain.FieldError{
		{Pointer: pointer, Code: code, Message: e.Message},
	}}
}

// filterOf reads what a list is narrowed by.
func filterOf(q ListCasesParams) domain.CaseFilter {
	f := domain.CaseFilter{
		Type: text(q.Type), Area: text(q.Area), Number: domain.ParseNumberQuery(text(q.Number)), Overdue: q.Overdue != nil && *q.Overdue,
		Registered: domain.Period{From: q.RegisteredFrom, To: q.RegisteredTo},
		Requested:  domain.Period{From: q.RequestedFrom, To: q.RequestedTo},
		Concluded:  domain.Period{From: q.ConcludedFrom, To: q.ConcludedTo},
	}
	if q.Status != nil {
		f.Statuses = words[domain.Status](*q.Status)
	}
	if q.Source != nil {
		f.Source = domain.Source(*q.Source)
	}
	if q.Confidentiality != nil {
		f.Confidentiality = domain.Confidentiality(*q.Confidentiality)
	}
	if q.Tier != nil {
		f.Tier = domain.Tier(*q.Tier)
	}
	if q.Mediator != nil {
		f.Mediator = domain.PersonID(*q.Mediator)
	}
	if q.Organisation != nil {
		f.Org = domain.OrgID(*q.Organisation)
	}
	return f
}

// SimilarToTyped proposes cases that may be the same matter as a form still being typed.
func (s *server) SimilarToTyped(ctx context.Context, r SimilarToTypedRequestObject) (SimilarToTypedResponseObject, error) {
	b := r.Body
	in := app.RegisterInput{Registration: domain.Registration{Place: text(b.Place), Facts: text(b.Facts)}, AreaID: intOf(b.AreaId)}
	if b.RequestedOn != nil {
		in.RequestedOn = *b.RequestedOn
	}
	if b.Parties != nil {
		in.Parties = each(*b.Parties, typedPartyOf)
	}
	rows, err := s.Cases.SimilarToTyped(ctx, actor(ctx), in)
	out, err := s.similarCases(ctx, rows, err)
	return SimilarToTyped200JSONResponse(out), err
}

func typedPartyOf(p TypedParty) domain.NewParty {
	out := domain.NewParty{Kind: domain.Natural, Name: text(p.Name), IDNumber: text(p.IdNumber), Phone: text(p.Phone)}
	if p.Kind != nil {
		out.Kind = domain.PartyKind(*p.Kind)
	}
	return out
}

// SimilarToCase proposes cases that may be the same matter as one that is registered.
func (s *server) SimilarToCase(ctx context.Context, r SimilarToCaseRequestObject) (SimilarToCaseResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	rows, err := s.Cases.SimilarToCase(ctx, actor(ctx), id)
	out, err := s.similarCases(ctx, rows, err)
	return SimilarToCase200JSONResponse(out), err
}

func (s *server) similarCases(ctx context.Context, rows []domain.Similar, err error) (SimilarCases, error) {
	if err != nil {
		return SimilarCases{}, err
	}
	names, err := s.Names.OfSimilar(ctx, rows)
	if err != nil {
		return SimilarCases{}, err
	}
	now := s.cfg.Clock()
	return SimilarCases{Items: each(rows, func(x domain.Similar) SimilarCase { return similarOf(x, names, now) })}, nil
}

// similarOf tells of a case outside the asker's rights no more than where it is.
func similarOf(x domain.Similar, n app.Names, now time.Time) SimilarCase {
	out := SimilarCase{
		DemandNo: x.DemandNo.Print(), Committee: *orgName(n, &x.Committee),
		Reasons: each(x.Reasons, func(r domain.SimilarReason) SimilarSign {
			return SimilarSign{Reason: SimilarReason(r), Label: r.Label()}
		}),
	}
	if !x.Outside {
		out.Case = ptr(summaryOf(x.CaseSummary, n, now))
	}
	return out
}
