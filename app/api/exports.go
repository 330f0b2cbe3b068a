package api

import (
	"bytes"
	"context"
	"encoding/hex"

	"github.com/google/uuid"

	"baimi/app"
	"baimi/app/exports"
	"baimi/domain"
	"baimi/domain/exchange"
)

// StartExport takes a wish for a file of cases.
func (s *server) StartExport(ctx context.Context, r StartExportRequestObject) (StartExportResponseObject, error) {
	b := r.Body
	w := exports.Wish{
		Format: domain.ExchangeFormat(b.Format), File: domain.ExportFile(b.FileType), Purpose: domain.ExportPurpose(b.Purpose), Reason: b.Reason,
		Clear: b.Clear != nil && *b.Clear, Extended: b.Extended == nil || *b.Extended,
	}
	if b.CaseId != nil && b.Filter != nil {
		return nil, &domain.Error{Code: domain.CodeInvalid, Message: "有内容需要改正", Fields: []domain.FieldError{
			{Pointer: "/filter", Code: "either", Message: "导出单个案件时不填筛选条件"},
		}}
	}
	if b.CaseId != nil {
		id, err := domain.ParseCaseID(*b.CaseId)
		if err != nil {
			return nil, err
		}
		w.Case = &id
	}
	if b.Filter != nil {
		var err error
		if w.Filter, err = exportFilterOf(*b.Filter); err != nil {
			return nil, err
		}
	}
	run, err := s.Exports.Start(ctx, actor(ctx), w)
	if err != nil {
		return nil, err
	}
	out, err := s.exportOf(ctx, run, "")
	return StartExport202JSONResponse{Body: out, Headers: StartExport202ResponseHeaders{Location: ptr(base + "/exports/" + run.ID.String())}}, err
}

// exportFilterOf reads what an export is narrowed by: as the list and the search are.
func exportFilterOf(b ExportFilter) (domain.CaseFilter, error) {
	f := filterOf(ListCasesParams{
		Status: b.Status, Type: b.Type, Source: b.Source, Area: b.Area, Mediator: b.Mediator, Overdue: b.Overdue, Organisation: b.Organisation,
		Confidentiality: b.Confidentiality, Tier: b.Tier, RegisteredFrom: b.RegisteredFrom, RegisteredTo: b.RegisteredTo, RequestedFrom: b.RequestedFrom,
		RequestedTo: b.RequestedTo, ConcludedFrom: b.ConcludedFrom, ConcludedTo: b.ConcludedTo, Number: b.Number,
	})
	var err error
	if f.Words, err = domain.ParseWords(text(b.Words)); err != nil {
		return f, at("/filter/words", "words", err)
	}
	if party := text(b.Party); party != "" {
		q := domain.ParsePartyQuery(party)
		f.Party = &q
	}
	return f, nil
}

// ListExports lists one's own exports; to the audit administrator, the county's.
func (s *server) ListExports(ctx context.Context, r ListExportsRequestObject) (ListExportsResponseObject, error) {
	p, err := page(cursorExports, r.Params.PageSize, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	runs, next, err := s.Exports.List(ctx, actor(ctx), p)
	if err != nil {
		return nil, err
	}
	names, err := s.exportNames(ctx, runs...)
	if err != nil {
		return nil, err
	}
	items := each(runs, func(x domain.ExportRun) Export { return s.exportWith(x, names, "") })
	return ListExports200JSONResponse{Items: items, NextCursor: writeCursor(cursorExports, next)}, nil
}

// GetExport reads one, with its reason.
func (s *server) GetExport(ctx context.Context, r GetExportRequestObject) (GetExportResponseObject, error) {
	id, err := exportID(r.ExportId)
	if err != nil {
		return nil, err
	}
	run, reason, err := s.Exports.Get(ctx, actor(ctx), id)
	if err != nil {
		return nil, err
	}
	out, err := s.exportOf(ctx, run, reason)
	return GetExport200JSONResponse(out), err
}

func exportID(text string) (uuid.UUID, error) {
	id, err := uuid.Parse(text)
	if err != nil {
		return id, domain.NotFound("导出记录")
	}
	return id, nil
}

// GetExportFile gives the file to its owner.
func (s *server) GetExportFile(ctx context.Context, r GetExportFileRequestObject) (GetExportFileResponseObject, error) {
	id, err := exportID(r.ExportId)
	if err != nil {
		return nil, err
	}
	run, file, err := s.Exports.Fetch(ctx, actor(ctx), id)
	if err != nil {
		return nil, err
	}
	headers := GetExportFile200ResponseHeaders{
		ContentDisposition: attachment("案件-" + run.No + "." + string(run.FileType)), CacheControl: ptr("private, no-store"),
	}
	if run.FileType == domain.ExportJSON {
		return GetExportFile200ApplicationoctetStreamResponse{Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: headers}, nil
	}
	return GetExportFile200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: headers,
	}, nil
}

func (s *server) exportNames(ctx context.Context, runs ...domain.ExportRun) (app.Names, error) {
	people, orgs := make([]domain.PersonID, len(runs)), make([]domain.OrgID, len(runs))
	for i, x := range runs {
		people[i], orgs[i] = x.Person, x.Org
	}
	return s.Names.OfWorkplaces(ctx, people, orgs)
}

func (s *server) exportOf(ctx context.Context, x domain.ExportRun, reason string) (Export, error) {
	names, err := s.exportNames(ctx, x)
	return s.exportWith(x, names, reason), err
}

func (s *server) exportWith(x domain.ExportRun, n app.Names, reason string) Export {
	state := x.StateAt(s.cfg.Clock())
	out := Export{
		Id: x.ID.String(), No: x.No, Format: ExchangeFormat(x.Format), FormatName: app.ReasonLabel(string(x.Format), "exchangeFormat"),
		FileType: ExportFileType(x.FileType), Purpose: ExportPurpose(x.Purpose), PurposeName: app.ReasonLabel(string(x.Purpose), "exportPurpose"),
		Reason: some(reason), Clear: x.Clear, Extended: x.Extended, CaseId: caseRef(x.County, x.CaseID), State: ExportState(state),
		StateName: app.ReasonLabel(string(state), "exportState"), RequestedBy: *personName(n, &x.Person), Organisation: *orgName(n, &x.Org), Role: Role(x.Role),
		RequestedAt: x.RequestedAt, StartedAt: x.StartedAt, FinishedAt: x.FinishedAt, ExpiresAt: x.ExpiresAt, Rows: int32(x.Rows), Unmapped: int32(x.Unmapped),
		Withheld: int32(x.Withheld), Downloads: int32(x.Downloads), Detail: some(x.Detail),
	}
	if len(x.FileHash) > 0 {
		out.FileHash, out.FileSize = ptr(hex.EncodeToString(x.FileHash)), ptr(int32(x.FileSize))
	}
	return out
}

// ListExchangeFormats says what the formats are.
func (s *server) ListExchangeFormats(context.Context, ListExchangeFormatsRequestObject) (ListExchangeFormatsResponseObject, error) {
	return ListExchangeFormats200JSONResponse{Items: each(exchange.Formats(), formatOf)}, nil
}

func formatOf(f exchange.Format) ExchangeFormatInfo {
	return ExchangeFormatInfo{
		Format: ExchangeFormat(f.Code), Name: f.Name, Basis: f.Source,
		Items: each(f.Items, func(x exchange.Item) ExchangeItem {
			return ExchangeItem{
				Code: x.Code, Name: x.Name, Kind: ExchangeItemKind(x.Kind), MaxLength: some(int32(x.Length)), Standard: some(x.Standard), Required: x.Required,
				Extension: x.Extension, Sure: ExchangeItemSure(x.Sure), Field: some(string(x.Field)), List: some(string(x.List)), Note: some(x.Note),
			}
		}),
		Lists: each(f.Lists(), func(l exchange.List) ExchangeList {
			return ExchangeList{
				List: string(l), Name: l.Name(),
				Codes: each(l.Ours(), func(p exchange.Pair) DictionaryEntry { return DictionaryEntry{Code: p.Code, Label: p.Label} }),
			}
		}),
	}
}
