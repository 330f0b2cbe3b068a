package api

import (
	"context"

	"baimi/app"
	"baimi/domain"
)

// RaiseEscalation records a danger.
func (s *server) RaiseEscalation(ctx context.Context, r RaiseEscalationRequestObject) (RaiseEscalationResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.NewEscalation{
		FoundAt: r.Body.FoundAt, Level: domain.EscalationLevel(r.Body.Level), Kind: domain.EscalationKind(r.Body.Kind),
		Victim: deref[domain.Victim](r.Body.Victim), PeopleCount: number0(r.Body.PeopleCount), Signs: text(&r.Body.Signs),
	}
	c, err := s.Cases.RaiseEscalation(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return RaiseEscalation200JSONResponse{out}, err
}

// RecordMeasures adds what was done about a danger.
func (s *server) RecordMeasures(ctx context.Context, r RecordMeasuresRequestObject) (RecordMeasuresResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.NewMeasures{
		No: int(r.No), At: r.Body.At, Taken: words[string](r.Body.Measures), Note: text(r.Body.Note), Level: word[domain.EscalationLevel](r.Body.Level),
	}
	c, err := s.Cases.RecordMeasures(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return RecordMeasures200JSONResponse{out}, err
}

// ReportEscalation records the report to an organ.
func (s *server) ReportEscalation(ctx context.Context, r ReportEscalationRequestObject) (ReportEscalationResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.NewReport{No: int(r.No), Organ: string(r.Body.Organ), How: string(r.Body.How), At: r.Body.At, Receipt: text(r.Body.Receipt)}
	c, err := s.Cases.ReportEscalation(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return ReportEscalation200JSONResponse{out}, err
}

// EndEscalation records how a danger ended.
func (s *server) EndEscalation(ctx context.Context, r EndEscalationRequestObject) (EndEscalationResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	in := domain.EscalationEnd{
		No: int(r.No), At: r.Body.At, Result: domain.EscalationResult(r.Body.Result), Prevented: deref[domain.EscalationKind](r.Body.Prevented),
		PreventedPeople: number0(r.Body.PreventedPeople),
	}
	c, err := s.Cases.EndEscalation(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return EndEscalation200JSONResponse{out}, err
}

func escalationOf(c *domain.Case, x domain.Escalation, n app.Names, v veil) Escalation {
	out := Escalation{
		No: int32(x.No), FoundAt: x.FoundAt, FoundBy: *personName(n, &x.FoundBy), Level: EscalationLevel(x.Level), Kind: EscalationKind(x.Kind),
		Victim: Victim(x.Victim), Mandatory: x.Mandatory, Reported: c.Reported(x), PeopleCount: int32(x.PeopleCount), Signs: v.text(x.Signs),
		Measures: words[EscalationMeasure](x.Measures), MeasuresNote: some(v.text(x.MeasuresNote)), MeasuredAt: x.MeasuredAt,
		Result: word[EscalationResult](x.Result), EndedAt: x.EndedAt, Prevented: word[EscalationKind](x.Prevented), PreventedPeople: int32Of(x.PreventedPeople),
		Reports: []EscalationReport{},
	}
	for _, r := range c.Reports {
		if r.EscalationNo == x.No {
			out.Reports = append(out.Reports, EscalationReport{
				Organ: ReportOrgan(r.Organ), How: ReportWay(r.How), At: r.ReportedAt, By: *personName(n, &r.ReportedBy), Receipt: r.Receipt,
			})
		}
	}
	return out
}

// number0 is an optional number; 0 for none.
func number0(n *int32) int {
	if n == nil {
		return 0
	}
	return int(*n)
}
