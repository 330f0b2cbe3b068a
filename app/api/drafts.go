package api

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"baimi/domain"
)

// ListDrafts reads one's own drafts.
func (s *server) ListDrafts(ctx context.Context, _ ListDraftsRequestObject) (ListDraftsResponseObject, error) {
	list, err := s.Drafts.List(ctx, actor(ctx))
	return ListDrafts200JSONResponse{Items: each(list, func(d domain.IntakeDraft) Draft { return draftOf(&d) })}, err
}

// GetDraft opens one.
func (s *server) GetDraft(ctx context.Context, r GetDraftRequestObject) (GetDraftResponseObject, error) {
	d, err := s.Drafts.Get(ctx, actor(ctx), uuid.MustParse(r.DraftId))
	if err != nil {
		return nil, err
	}
	return GetDraft200JSONResponse{savedDraft(d)}, nil
}

// SaveDraft keeps a form.
func (s *server) SaveDraft(ctx context.Context, r SaveDraftRequestObject) (SaveDraftResponseObject, error) {
	d, err := s.Drafts.Save(ctx, actor(ctx), uuid.MustParse(r.DraftId), version(r.Params.IfMatch), json.RawMessage(r.Body.Content))
	if err != nil {
		return nil, err
	}
	return SaveDraft200JSONResponse{savedDraft(d)}, nil
}

// DiscardDraft forgets one.
func (s *server) DiscardDraft(ctx context.Context, r DiscardDraftRequestObject) (DiscardDraftResponseObject, error) {
	if err := s.Drafts.Discard(ctx, actor(ctx), uuid.MustParse(r.DraftId), version(r.Params.IfMatch)); err != nil {
		return nil, err
	}
	return DiscardDraft204Response{}, nil
}

func savedDraft(d *domain.IntakeDraft) SavedDraftJSONResponse {
	return SavedDraftJSONResponse{Body: draftOf(d), Headers: SavedDraftResponseHeaders{ETag: etag(d.Version)}}
}

func draftOf(d *domain.IntakeDraft) Draft {
	out := Draft{Id: d.ID.String(), Status: DraftStatus(d.Status), Version: int32(d.Version), SavedAt: d.SavedAt, Content: some(string(d.Content))}
	if d.Case != nil {
		out.CaseId = ptr(domain.CaseID{County: d.County, UUID: *d.Case}.String())
	}
	return out
}

// draftNo is the number of a draft, whose form the document has checked.
func draftNo(s *string) *uuid.UUID {
	if s == nil {
		return nil
	}
	return ptr(uuid.MustParse(*s))
}
