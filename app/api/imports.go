package api

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"

	"github.com/google/uuid"

	"baimi/app"
	"baimi/app/imports"
	"baimi/app/sheets"
	"baimi/domain"
)

// StartImport takes a file in.
func (s *server) StartImport(ctx context.Context, r StartImportRequestObject) (StartImportResponseObject, error) {
	file, err := io.ReadAll(r.Body) // the bytes that the validator has read and bounded
	if err != nil {
		return nil, fmt.Errorf("read a file: %w", err)
	}
	up := imports.Upload{
		Kind: domain.ImportKind(r.Kind), Name: text(r.Params.FileName), File: file, Dry: r.Params.DryRun != nil && *r.Params.DryRun,
		Committee: domain.OrgID(orZero(r.Params.Committee)),
	}
	run, err := s.Imports.Start(ctx, actor(ctx), up)
	if err != nil {
		return nil, err
	}
	return StartImport202JSONResponse{
		Body: importOf(run), Headers: StartImport202ResponseHeaders{Location: ptr(base + "/import-runs/" + run.ID.String())},
	}, nil
}

// ListImports lists the county's runs.
func (s *server) ListImports(ctx context.Context, r ListImportsRequestObject) (ListImportsResponseObject, error) {
	after, err := readCursor(cursorImports, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	runs, next, err := s.Imports.List(ctx, actor(ctx), domain.Page{Size: pageSize(r.Params.PageSize), After: after})
	if err != nil {
		return nil, err
	}
	return ListImports200JSONResponse{Items: each(runs, importOf), NextCursor: writeCursor(cursorImports, next)}, nil
}

// GetImport reads one.
func (s *server) GetImport(ctx context.Context, r GetImportRequestObject) (GetImportResponseObject, error) {
	run, err := s.importRun(ctx, r.ImportId)
	if err != nil {
		return nil, err
	}
	return GetImport200JSONResponse(importOf(run)), nil
}

func (s *server) importRun(ctx context.Context, id string) (domain.ImportRun, error) {
	u, err := uuid.Parse(id)
	if err != nil {
		return domain.ImportRun{}, domain.NotFound("导入记录")
	}
	return s.Imports.Get(ctx, actor(ctx), u)
}

// GetImportErrors gives the file with the bad rows.
func (s *server) GetImportErrors(ctx context.Context, r GetImportErrorsRequestObject) (GetImportErrorsResponseObject, error) {
	run, err := s.importRun(ctx, r.ImportId)
	if err != nil {
		return nil, err
	}
	format, file, err := s.Imports.Errors(ctx, actor(ctx), run.ID)
	if err != nil {
		return nil, err
	}
	headers := GetImportErrors200ResponseHeaders{ContentDisposition: attachment(importOf(run).KindName + "-问题." + string(format))}
	if format == sheets.JSON {
		return GetImportErrors200ApplicationoctetStreamResponse{Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: headers}, nil
	}
	if format == sheets.CSV {
		return GetImportErrors200TextcsvResponse{Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: headers}, nil
	}
	return GetImportErrors200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: headers,
	}, nil
}

// GetImportTemplate gives an empty file to fill in.
func (s *server) GetImportTemplate(_ context.Context, r GetImportTemplateRequestObject) (GetImportTemplateResponseObject, error) {
	file, err := imports.Template(domain.ImportKind(r.Kind))
	if err != nil {
		return nil, err
	}
	return GetImportTemplate200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)),
		Headers: GetImportTemplate200ResponseHeaders{ContentDisposition: attachment(app.ReasonLabel(string(r.Kind), "importKind") + "-模板.xlsx")},
	}, nil
}

// attachment names a file in the way that takes Chinese (RFC 6266).
func attachment(name string) *string {
	return ptr("attachment; filename*=UTF-8''" + url.PathEscape(name))
}

func importOf(x domain.ImportRun) Import {
	return Import{
		Id: x.ID.String(), Kind: ImportKind(x.Kind), KindName: app.ReasonLabel(string(x.Kind), "importKind"), DryRun: x.Dry,
		State: ImportState(x.State), StateName: app.ReasonLabel(string(x.State), "importState"), FileName: x.FileName,
		FileHash: hex.EncodeToString(x.FileHash), RequestedBy: (*int64)(x.RequestedBy), RequestedAt: x.RequestedAt,
		StartedAt: x.StartedAt, FinishedAt: x.FinishedAt, Rows: int32(x.Rows), Done: int32(x.Done), Added: int32(x.Added),
		Changed: int32(x.Changed), Same: int32(x.Same), Bad: int32(x.Bad), HasErrors: x.HasErrors, Detail: some(x.Detail),
	}
}
