package app

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// Inspector tells what a file is by its content, or refuses it, and makes what is shown of it. It does not number it.
type Inspector func(content []byte) (file domain.StoredFile, rendition []byte, err error)

// inspectedAtOnce bounds how many files are drawn anew at a time: a picture takes a hundred megabytes while it is.
const inspectedAtOnce = 2

// Attachments are the use cases about the files of cases. A file is brought first and attached then, by a move of the case; what is
// never attached is swept away.
type Attachments struct {
	cases   *Cases
	inspect Inspector
	places  chan struct{}
}

// NewAttachments makes the use cases.
func NewAttachments(cases *Cases, inspect Inspector) *Attachments {
	return &Attachments{cases: cases, inspect: inspect, places: make(chan struct{}, inspectedAtOnce)}
}

// Bring takes a file for a case: checked, encrypted and stored, not yet a part of it.
func (u *Attachments) Bring(ctx context.Context, actor domain.Actor, id domain.CaseID, content []byte) (domain.StoredFile, error) {
	var file domain.StoredFile
	if err := mayOpen(actor, id); err != nil {
		return file, err
	}
	store := u.cases.store
	err := store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		c, err := store.Case(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := c.MayAttach(actor); err != nil {
			return err
		}
		var rendition []byte
		if file, rendition, err = u.inspected(ctx, content); err != nil {
			return err
		}
		if file.ID, err = uuid.NewRandomFromReader(u.cases.rnd); err != nil {
			return fmt.Errorf("number a file: %w", err)
		}
		return store.KeepFile(ctx, actor.Scope(), domain.BroughtFile{
			Case: id, File: file, Original: content, Rendition: rendition, By: actor.Person, At: u.cases.clock.now(),
		})
	})
	return file, err
}

func (u *Attachments) inspected(ctx context.Context, content []byte) (domain.StoredFile, []byte, error) {
	select {
	case u.places <- struct{}{}:
		defer func() { <-u.places }()
	case <-ctx.Done():
		return domain.StoredFile{}, nil, ctx.Err()
	}
	return u.inspect(content)
}

// AttachInput says what a file that was brought is to the case.
type AttachInput struct {
	File    uuid.UUID
	Kind    domain.AttachmentKind
	Title   string
	PartyNo int
	DatedOn calendar.Date
}

// Attach makes it a part of the case.
func (u *Attachments) Attach(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in AttachInput) (*domain.Case, error) {
	return u.cases.change(ctx, actor, id, ifMatch, "", func(ctx context.Context, c *domain.Case, a domain.Act) error {
		add := domain.NewAttachment{Kind: in.Kind, Title: in.Title, PartyNo: in.PartyNo, DatedOn: in.DatedOn}
		if err := c.MayAttach(actor); err != nil {
			return err
		}
		var err error
		if add.File, err = u.cases.store.StoredFile(ctx, actor.Scope(), id, in.File); err != nil {
			return at("/file", err)
		}
		return c.Attach(a, add)
	})
}

// at makes a refusal of one field of what was not found.
func at(pointer string, err error) error {
	if domain.CodeOf(err) != domain.CodeNotFound {
		return err
	}
	return invalid([]domain.FieldError{{Pointer: pointer, Code: "file", Message: "没有这个文件，或者已经登记过，请重新上传"}})
}

// Withdraw takes an attachment out of the case's papers.
func (u *Attachments) Withdraw(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch, no int, reason string) (*domain.Case, error) {
	return u.cases.change(ctx, actor, id, ifMatch, reason, func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.WithdrawAttachment(a, no)
	})
}

// OpenedFile is a part of an attachment with its bytes.
type OpenedFile struct {
	Attachment domain.Attachment
	Content    []byte
}

// Rendition opens what is shown of an attachment, and logs it.
func (u *Attachments) Rendition(ctx context.Context, actor domain.Actor, id domain.CaseID, no int) (OpenedFile, error) {
	return u.open(ctx, actor, id, no, domain.RenditionPart, "")
}

// Original releases an original, and logs to whom and why.
func (u *Attachments) Original(ctx context.Context, actor domain.Actor, id domain.CaseID, no int, reason string) (OpenedFile, error) {
	return u.open(ctx, actor, id, no, domain.OriginalPart, reason)
}

func (u *Attachments) open(ctx context.Context, actor domain.Actor, id domain.CaseID, no int, part domain.FilePart, reason string) (OpenedFile, error) {
	var out OpenedFile
	_, err := u.cases.look(ctx, actor, id, func(ctx context.Context, c *domain.Case, _ accessLine) error {
		if err := handlesCases(actor); err != nil {
			return err
		}
		x, err := c.Attachment(actor, no)
		if err != nil {
			return err
		}
		if part == domain.RenditionPart && x.RenditionMedia == nil {
			return domain.Errorf(domain.CodeGuard, "这种文件不能在线查看，请说明理由后下载原件")
		}
		if out.Content, err = u.cases.store.ReadFile(ctx, actor.Scope(), id, x.File, part); err != nil {
			return err
		}
		out.Attachment = *x
		return LogAccess(ctx, u.cases.store, u.cases.rnd, actor, domain.AccessDownload, u.cases.clock.now(), func(a *domain.Access) {
			*a = a.Of(c)
			a.AttachmentNo, a.Fields, a.Reason = &no, domain.Codes{string(part)}, reason
		})
	})
	return out, err
}

// Manifest opens a case to tell what its file held when it was locked.
func (u *Attachments) Manifest(ctx context.Context, actor domain.Actor, id domain.CaseID) (*domain.Case, error) {
	return u.cases.look(ctx, actor, id, func(ctx context.Context, c *domain.Case, l accessLine) error {
		if err := handlesCases(actor); err != nil {
			return err
		}
		if err := c.MayPrint(actor); err != nil {
			return err
		}
		return l.write(ctx, domain.AccessDetail)
	})
}

// Shown reads the renditions of a case's papers for its volume; the print is what is logged.
func (u *Attachments) Shown(ctx context.Context, actor domain.Actor, c *domain.Case) (map[int][]byte, error) {
	shown := map[int][]byte{}
	err := u.cases.store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		if _, err := u.cases.store.Case(ctx, actor.Scope(), c.CaseID()); err != nil {
			return err
		}
		for _, x := range c.Attachments {
			if !x.Filed() || x.RenditionMedia == nil {
				continue
			}
			content, err := u.cases.store.ReadFile(ctx, actor.Scope(), c.CaseID(), x.File, domain.RenditionPart)
			if err != nil {
				return err
			}
			shown[x.No] = content
		}
		return nil
	})
	return shown, err
}
