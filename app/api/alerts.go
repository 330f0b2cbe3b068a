package api

import (
	"context"

	"baimi/app"
	"baimi/domain"
)

// ListAlerts lists clocks that ran out.
func (s *server) ListAlerts(ctx context.Context, r ListAlertsRequestObject) (ListAlertsResponseObject, error) {
	p, err := page(cursorAlerts, r.Params.PageSize, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	rows, next, err := s.Alerts.List(ctx, actor(ctx), r.Params.Open != nil && *r.Params.Open, p)
	if err != nil {
		return nil, err
	}
	names, err := s.Names.OfAlerts(ctx, rows)
	if err != nil {
		return nil, err
	}
	items := each(rows, func(x domain.Alert) Alert { return alertOf(x, names) })
	return ListAlerts200JSONResponse{Items: items, NextCursor: writeCursor(cursorAlerts, next)}, nil
}

// AcknowledgeAlert notes who has seen to one.
func (s *server) AcknowledgeAlert(ctx context.Context, r AcknowledgeAlertRequestObject) (AcknowledgeAlertResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	key := domain.AlertKey{Case: id, Kind: string(r.Kind), DeadlineNo: int(r.DeadlineNo)}
	x, err := s.Alerts.Acknowledge(ctx, actor(ctx), key)
	if err != nil {
		return nil, err
	}
	names, err := s.Names.OfAlerts(ctx, []domain.Alert{x})
	if err != nil {
		return nil, err
	}
	return AcknowledgeAlert200JSONResponse(alertOf(x, names)), nil
}

func alertOf(x domain.Alert, n app.Names) Alert {
	return Alert{
		CaseId: domain.CaseID{County: x.County, UUID: x.CaseID}.String(), Kind: AlertKind(x.Kind), DeadlineNo: int32(x.DeadlineNo),
		Rule: x.Rule, RuleName: domain.ClockName(x.Rule), DueAt: x.DueAt, RaisedAt: x.RaisedAt, AcknowledgedAt: x.AcknowledgedAt,
		AcknowledgedBy: personName(n, x.AcknowledgedBy), ResolvedOn: x.ResolvedOn, DemandNo: x.DemandNo.Print(), FileNo: x.FileNo,
		Status: CaseStatus(x.Status), StatusName: x.Status.Name(), Type: x.Type, TypeName: n.Types[x.Type], Committee: *orgName(n, &x.Committee),
	}
}
