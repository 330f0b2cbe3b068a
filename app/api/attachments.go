package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"

	"github.com/google/uuid"

	"baimi/app"
	"baimi/app/evidence"
	"baimi/domain"
)

// BringFile takes a file for a case.
func (s *server) BringFile(ctx context.Context, r BringFileRequestObject) (BringFileResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(r.Body) // the bytes that the validator has read and bounded
	if err != nil {
		return nil, fmt.Errorf("read a file: %w", err)
	}
	f, err := s.Attachments.Bring(ctx, actor(ctx), id, content)
	if err != nil {
		return nil, err
	}
	out := BroughtFile{File: f.ID.String(), Media: f.Media, Size: f.Size, Digest: Digest(f.Digest), Viewable: f.Rendition != nil}
	if f.Rendition != nil {
		out.Pages = ptr(int32(f.Rendition.Pages))
	}
	return BringFile201JSONResponse(out), nil
}

// AttachFile makes it a part of the case.
func (s *server) AttachFile(ctx context.Context, r AttachFileRequestObject) (AttachFileResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	file, err := uuid.Parse(r.Body.File)
	if err != nil {
		return nil, domain.NotFound("文件")
	}
	in := app.AttachInput{File: file, Kind: domain.AttachmentKind(r.Body.Kind), Title: text(&r.Body.Title), DatedOn: dayOf(r.Body.DatedOn)}
	if r.Body.PartyNo != nil {
		in.PartyNo = int(*r.Body.PartyNo)
	}
	c, err := s.Attachments.Attach(ctx, actor(ctx), id, version(r.Params.IfMatch), in)
	out, err := s.caseAnswer(ctx, c, err)
	return AttachFile200JSONResponse{out}, err
}

// WithdrawAttachment takes one out of the papers.
func (s *server) WithdrawAttachment(ctx context.Context, r WithdrawAttachmentRequestObject) (WithdrawAttachmentResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	c, err := s.Attachments.Withdraw(ctx, actor(ctx), id, version(r.Params.IfMatch), int(r.No), string(r.Body.Reason))
	out, err := s.caseAnswer(ctx, c, err)
	return WithdrawAttachment200JSONResponse{out}, err
}

// GetRendition gives what is shown of one.
func (s *server) GetRendition(ctx context.Context, r GetRenditionRequestObject) (GetRenditionResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	f, err := s.Attachments.Rendition(ctx, actor(ctx), id, int(r.No))
	if err != nil {
		return nil, err
	}
	return GetRendition200ApplicationoctetStreamResponse{bytesOf(f, *f.Attachment.RenditionMedia, "")}, nil
}

// ReleaseOriginal gives the original for a reason.
func (s *server) ReleaseOriginal(ctx context.Context, r ReleaseOriginalRequestObject) (ReleaseOriginalResponseObject, error) {
	id, err := domain.ParseCaseID(r.CaseId)
	if err != nil {
		return nil, err
	}
	f, err := s.Attachments.Original(ctx, actor(ctx), id, int(r.No), string(r.Body.Reason))
	if err != nil {
		return nil, err
	}
	return ReleaseOriginal200ApplicationoctetStreamResponse{bytesOf(f, f.Attachment.Media, "-原件")}, nil
}

// bytesOf hands bytes out so that a browser keeps them and never runs them, whatever they are: as a download without a type,
// in a sandbox. The name says the kind and the number; the title may name somebody and stays out of the folder of downloads.
func bytesOf(f app.OpenedFile, media, mark string) AttachmentBytesApplicationoctetStreamResponse {
	name := fmt.Sprintf("材料%d-%s%s.%s", f.Attachment.No, f.Attachment.Kind.Name(), mark, evidence.Ending(media))
	sum := sha256.Sum256(f.Content)
	return AttachmentBytesApplicationoctetStreamResponse{
		Body: bytes.NewReader(f.Content), ContentLength: int64(len(f.Content)), Headers: AttachmentBytesResponseHeaders{
			ContentDisposition: attachment(name), CacheControl: ptr("private, no-store"), ContentSecurityPolicy: ptr("default-src 'none'; frame-ancestors 'none'; sandbox"),
			ContentDigest: ptr("sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":"),
		},
	}
}

func attachmentOf(x domain.Attachment, n app.Names, v veil) Attachment {
	out := Attachment{
		No: int32(x.No), Kind: AttachmentKind(x.Kind), KindName: x.Kind.Name(), Title: v.text(x.Title), PartyNo: int32Of(x.PartyNo), DatedOn: x.DatedOn,
		AddedOn: x.AddedOn, AddedBy: *personName(n, &x.AddedBy), Media: x.Media, Size: x.Size, Digest: Digest(x.Digest),
		Viewable: x.RenditionMedia != nil && x.ErasedOn == nil, ViewMedia: x.RenditionMedia, Pages: int32Of(x.Pages),
		WithdrawnOn: x.WithdrawnOn, WithdrawnBy: personName(n, x.WithdrawnBy), WithdrawnReason: reasonOf(x.WithdrawnReason, domain.ActionWithdrawAttachment),
		ErasedOn: x.ErasedOn,
	}
	return out
}
