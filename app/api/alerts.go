package api

import (
	"context"
	"slices"

	"baimi/app"
	"baimi/domain"
)

// ListAlerts lists what the caller is told.
func (s *server) ListAlerts(ctx context.Context, r ListAlertsRequestObject) (ListAlertsResponseObject, error) {
	p, err := page(cursorAlerts, r.Params.PageSize, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	f := domain.AlertFilter{}
	if r.Params.State != nil {
		f.State = domain.AlertState(*r.Params.State)
	}
	if r.Params.Kind != nil {
		f.Kind = domain.AlertKind(*r.Params.Kind)
	}
	if r.Params.Level != nil {
		f.Level = domain.AlertLevel(slices.Index(domain.AlertLevels, string(*r.Params.Level)) + 1)
	}
	if r.Params.CaseId != nil {
		id, err := domain.ParseCaseID(*r.Params.CaseId)
		if err != nil {
			return nil, err
		}
		f.Case = &id
	}
	rows, next, err := s.Alerts.List(ctx, actor(ctx), f, p)
	if err != nil {
		return nil, err
	}
	names, err := s.Names.OfAlerts(ctx, rows)
	if err != nil {
		return nil, err
	}
	items := each(rows, func(x domain.AlertSummary) Alert { return alertOf(x, names) })
	return ListAlerts200JSONResponse{Items: items, NextCursor: writeCursor(cursorAlerts, next)}, nil
}

// CountAlerts counts them.
func (s *server) CountAlerts(ctx context.Context, _ CountAlertsRequestObject) (CountAlertsResponseObject, error) {
	rows, err := s.Alerts.Count(ctx, actor(ctx))
	if err != nil {
		return nil, err
	}
	out := CountAlerts200JSONResponse{Items: []AlertCount{}}
	for _, x := range rows {
		out.Total += int32(x.Count)
		out.Items = append(out.Items, AlertCount{Kind: AlertKind(x.Kind), Level: AlertLevel(x.Level.String()), Count: int32(x.Count)})
	}
	return out, nil
}

// AcknowledgeAlert notes who has taken note of one.
func (s *server) AcknowledgeAlert(ctx context.Context, r AcknowledgeAlertRequestObject) (AcknowledgeAlertResponseObject, error) {
	out, err := s.alerted(ctx, r.AlertId, s.Alerts.Acknowledge)
	return AcknowledgeAlert200JSONResponse(out), err
}

// SnoozeAlert puts one off.
func (s *server) SnoozeAlert(ctx context.Context, r SnoozeAlertRequestObject) (SnoozeAlertResponseObject, error) {
	out, err := s.alerted(ctx, r.AlertId, func(ctx context.Context, a domain.Actor, id domain.AlertID) (domain.AlertSummary, error) {
		return s.Alerts.Snooze(ctx, a, id, r.Body.Until, string(r.Body.Reason))
	})
	return SnoozeAlert200JSONResponse(out), err
}

// HandOverAlert gives one to a colleague.
func (s *server) HandOverAlert(ctx context.Context, r HandOverAlertRequestObject) (HandOverAlertResponseObject, error) {
	out, err := s.alerted(ctx, r.AlertId, func(ctx context.Context, a domain.Actor, id domain.AlertID) (domain.AlertSummary, error) {
		return s.Alerts.HandOver(ctx, a, id, domain.PersonID(r.Body.To))
	})
	return HandOverAlert200JSONResponse(out), err
}

// alerted does something about an alert and shows what it has become.
func (s *server) alerted(ctx context.Context, id string, do func(context.Context, domain.Actor, domain.AlertID) (domain.AlertSummary, error)) (Alert, error) {
	alert, err := domain.ParseAlertID(id)
	if err != nil {
		return Alert{}, err
	}
	x, err := do(ctx, actor(ctx), alert)
	if err != nil {
		return Alert{}, err
	}
	names, err := s.Names.OfAlerts(ctx, []domain.AlertSummary{x})
	return alertOf(x, names), err
}

func alertOf(x domain.AlertSummary, n app.Names) Alert {
	out := Alert{
		Id: domain.AlertID{County: x.County, UUID: x.ID}.String(), CaseId: x.Case().String(), Kind: AlertKind(x.Kind),
		Stage: string(x.Stage), StageName: x.Stage.Name(), Audience: Audience(x.Audience), Level: AlertLevel(x.Level.String()),
		DueOn: x.DueOn, StageAt: x.StageAt, RaisedAt: x.RaisedAt, State: AlertState(x.State), EscalateAt: x.EscalateAt,
		EscalatedFrom: wordOf[Audience](x.EscalatedFrom), AcknowledgedAt: x.AcknowledgedAt, AcknowledgedBy: personName(n, x.AcknowledgedBy),
		SnoozedUntil: x.SnoozedUntil, SnoozedBy: personName(n, x.SnoozedBy), SnoozeReason: wordOf[SnoozeReason](x.SnoozeReason),
		HandedTo: personName(n, x.HandedTo), HandedBy: personName(n, x.HandedBy), ResolvedAt: x.ResolvedAt,
		Resolution: wordOf[AlertResolution](x.Resolution), FileNo: x.FileNo, Committee: *orgName(n, &x.Committee),
	}
	switch {
	case x.DeadlineNo != nil:
		out.DeadlineNo, out.Rule, out.RuleName = ptr(int32(*x.DeadlineNo)), &x.Rule, ptr(domain.ClockName(x.Rule))
	case x.About != 0:
		out.About = ptr(int32(x.About))
	}
	if x.DemandNo != nil {
		out.DemandNo = ptr(x.DemandNo.Print())
	}
	if x.Status != nil {
		out.Status, out.StatusName = ptr(CaseStatus(*x.Status)), ptr(x.Status.Name())
	}
	if x.Type != nil {
		out.Type, out.TypeName = x.Type, ptr(n.Types[*x.Type])
	}
	return out
}

// wordOf is a code word in the document's type.
func wordOf[To, From ~string](w *From) *To {
	if w == nil {
		return nil
	}
	return ptr(To(*w))
}
