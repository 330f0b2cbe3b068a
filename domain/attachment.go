package domain

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// AttachmentKind is what a file is to a case; it decides where in the volume it lies (domain.md 3.1).
type AttachmentKind string

// The kinds of attachments, in the order of the volume.
const (
	AttachmentIdentity   AttachmentKind = "identity"          // 身份证明: of a party
	AttachmentPower      AttachmentKind = "power_of_attorney" // 授权委托书: of a party
	AttachmentEvidence   AttachmentKind = "evidence"          // 证据材料
	AttachmentPhoto      AttachmentKind = "photo"             // 现场照片
	AttachmentRecording  AttachmentKind = "recording"         // 录音录像
	AttachmentSignedForm AttachmentKind = "signed_form"       // 签名盖章文书的扫描件
	AttachmentReceipt    AttachmentKind = "receipt"           // 履行凭证
	AttachmentOther      AttachmentKind = "other"             // 其他材料
)

// AttachmentKinds lists the kinds with their Chinese names, in the order of the volume.
var AttachmentKinds = []struct {
	Kind    AttachmentKind
	Name    string
	OfParty bool // says whose it is
}{
	{AttachmentIdentity, "当事人身份证明", true},
	{AttachmentPower, "授权委托书", true},
	{AttachmentEvidence, "证据材料", false},
	{AttachmentPhoto, "现场照片", false},
	{AttachmentRecording, "录音录像", false},
	{AttachmentSignedForm, "签名文书扫描件", false},
	{AttachmentReceipt, "履行凭证", false},
	{AttachmentOther, "其他材料", false},
}

// Name is the kind's Chinese name.
func (k AttachmentKind) Name() string {
	for _, x := range AttachmentKinds {
		if x.Kind == k {
			return x.Name
		}
	}
	return ""
}

func (k AttachmentKind) ofParty() bool {
	return slices.ContainsFunc(AttachmentKinds, func(x struct {
		Kind    AttachmentKind
		Name    string
		OfParty bool
	},
	) bool {
		return x.Kind == k && x.OfParty
	})
}

// Digest is the SHA-256 of a file, in hexadecimal.
type Digest string

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// StoredFile is a file that was brought to a case and checked: its original as it came, and what people may look at instead.
// Both lie encrypted beside the database, under the file's number.
type StoredFile struct {
	ID        uuid.UUID
	Media     string // by its content, whatever its name says
	Size      int64
	Digest    Digest
	Pixels    *int       // of a picture
	Rendition *Rendition // nil when there is none that could be cleaned
}

// Rendition is what people look at in place of an original: a picture drawn anew without what the camera wrote into it, a
// paper without scripts and hidden parts.
type Rendition struct {
	Media  string
	Size   int64
	Digest Digest
	Pages  int
}

// FilePart is which of a file's contents is meant.
type FilePart string

// The parts of a file.
const (
	OriginalPart  FilePart = "original"  // 原件
	RenditionPart FilePart = "rendition" // 可供查看的副本
)

// BroughtFile is a file that somebody brings to a case, with its bytes.
type BroughtFile struct {
	Case      CaseID
	File      StoredFile
	Original  []byte
	Rendition []byte // with File.Rendition
	By        PersonID
	At        time.Time
}

// Attachment is a file of the case (材料). It is withdrawn, never deleted; its bytes go only when personal data are erased.
type Attachment struct {
	CaseRow
	Kind            AttachmentKind `json:"kind"`
	Title           SecretTitle    `gorm:"column:title_ref" json:"title"`
	PartyNo         *int           `json:"partyNo"` // whose it is
	DatedOn         *calendar.Date `json:"datedOn"` // the day on the paper, or on which the picture was taken
	AddedOn         calendar.Date  `json:"addedOn"`
	AddedBy         PersonID       `json:"addedBy"`
	File            uuid.UUID      `json:"file"`
	Media           string         `json:"media"`
	Size            int64          `json:"size"`
	Digest          Digest         `json:"digest"`
	RenditionMedia  *string        `json:"renditionMedia"`
	RenditionSize   *int64         `json:"renditionSize"`
	RenditionDigest *Digest        `json:"renditionDigest"`
	Pages           *int           `json:"pages"` // of the rendition
	WithdrawnOn     *calendar.Date `json:"withdrawnOn"`
	WithdrawnBy     *PersonID      `json:"withdrawnBy"`
	WithdrawnReason *string        `json:"withdrawnReason"`
	ArchivedOn      *calendar.Date `json:"archivedOn"` // since when it is locked in the file
	ErasedOn        *calendar.Date `json:"erasedOn"`   // on which its bytes were made unreadable for good
}

// TableName names the table.
func (Attachment) TableName() string { return "attachment" }

// Filed tells whether it belongs to the file: neither withdrawn nor erased.
func (x Attachment) Filed() bool { return x.WithdrawnOn == nil && x.ErasedOn == nil }

// mostAttachments bounds a case's files.
const mostAttachments = 300

// NewAttachment is a stored file with what it is to the case.
type NewAttachment struct {
	Kind    AttachmentKind
	Title   string
	PartyNo int // 0 for none
	DatedOn calendar.Date
	File    StoredFile
}

// Attach puts a file that was brought into the case.
func (c *Case) Attach(a Act, in NewAttachment) error {
	return c.move(a, ActionAttach, a.Today(), func() error {
		x := Attachment{
			CaseRow: c.row(len(c.Attachments) + 1), Kind: in.Kind, AddedOn: a.Today(), AddedBy: a.Actor.Person,
			File: in.File.ID, Media: in.File.Media, Size: in.File.Size, Digest: in.File.Digest,
		}
		var p problems
		p.require(in.Kind.Name() != "", "/kind", "请选择材料类别")
		p.require(CleanText(in.Title) != "", "/title", "请填写材料名称")
		p.require(!in.Kind.ofParty() || in.PartyNo != 0, "/partyNo", "%s须注明是哪一方当事人的", in.Kind.Name())
		if in.PartyNo != 0 {
			p.require(c.partyNo(in.PartyNo) != nil, "/partyNo", "本案没有编号为%d的当事人", in.PartyNo)
			x.PartyNo = &in.PartyNo
		}
		if !in.DatedOn.IsZero() {
			checkDay(&p, "/datedOn", "材料日期", in.DatedOn, a.Today(), nil, "")
			x.DatedOn = &in.DatedOn
		}
		if err := p.err(); err != nil {
			return err
		}
		if len(c.Attachments) >= mostAttachments {
			return Errorf(CodeGuard, "本案材料已有%d件，不能再增加", mostAttachments)
		}
		if in.File.ID == uuid.Nil || in.File.Size <= 0 || !digestForm.MatchString(string(in.File.Digest)) {
			return fmt.Errorf("attach a file that was not stored")
		}
		for _, had := range c.Attachments {
			if had.Filed() && had.Digest == x.Digest && same(had.PartyNo, x.PartyNo) && had.Kind == x.Kind {
				return Errorf(CodeExists, "相同的文件已经登记为材料%d，不必重复上传", had.No)
			}
		}
		if r := in.File.Rendition; r != nil {
			x.RenditionMedia, x.RenditionSize, x.RenditionDigest, x.Pages = &r.Media, &r.Size, &r.Digest, &r.Pages
		}
		var err error
		if x.Title, err = NewSecret[titleKind](a.Random, in.Title); err != nil {
			return err
		}
		c.Attachments = append(c.Attachments, x)
		return nil
	})
}

func same[T comparable](a, b *T) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// WithdrawAttachment takes a file out of the case's papers. It stays readable: what was there once is part of the record.
func (c *Case) WithdrawAttachment(a Act, no int) error {
	return c.move(a, ActionWithdrawAttachment, a.Today(), func() error {
		x := find(c.Attachments, no)
		var p problems
		p.require(a.Reason != "", "/reason", "请选择撤下的原因")
		switch {
		case x == nil:
			return NotFound("材料")
		case x.ErasedOn != nil:
			return Errorf(CodeGuard, "该材料已经删除")
		case x.ArchivedOn != nil:
			return Errorf(CodeGuard, "该材料已于%s归档，不能撤下", x.ArchivedOn)
		case x.WithdrawnOn != nil:
			return Errorf(CodeGuard, "该材料已于%s撤下", x.WithdrawnOn)
		case p.err() != nil:
			return p.err()
		}
		on, by := a.Today(), a.Actor.Person
		x.WithdrawnOn, x.WithdrawnBy, x.WithdrawnReason = &on, &by, &a.Reason
		return nil
	})
}

// Attachment finds a file that somebody may look at.
func (c *Case) Attachment(a Actor, no int) (*Attachment, error) {
	if !c.has(a, handlers...) {
		return nil, Errorf(CodeForbidden, "您的身份（%s）不能查看本案材料", a.Role.Name())
	}
	x := find(c.Attachments, no)
	switch {
	case x == nil:
		return nil, NotFound("材料")
	case x.ErasedOn != nil:
		return nil, Errorf(CodeGone, "该材料已于%s依法删除", x.ErasedOn)
	}
	return x, nil
}

// MayAttach refuses who could not put a file into the case, before anything is stored of it.
func (c *Case) MayAttach(a Actor) error {
	m := MoveOf(ActionAttach)
	switch {
	case a.ReadOnly:
		return Errorf(CodeForbidden, "该令牌只能查看，不能办理")
	case !c.has(a, m.By...):
		return c.notYours(a, m)
	case !slices.Contains(m.From, c.Status):
		return Errorf(CodeNotOpen, "案件当前为“%s”，不能办理“%s”", c.Status.Name(), m.Label)
	}
	return nil
}

// eraseFiles marks the files that an erasure takes: those of the party, or with the texts those that are nobody's in
// particular, in which anybody may be seen. It returns the numbers of their titles.
func (c *Case) eraseFiles(in Erasing, on calendar.Date) (titles Refs, any bool) {
	for i := range c.Attachments {
		x := &c.Attachments[i]
		of := x.PartyNo != nil && *x.PartyNo == in.PartyNo || x.PartyNo == nil && in.Texts
		if !of || x.ErasedOn != nil {
			continue
		}
		x.ErasedOn, any = &on, true
		titles = append(titles, x.Title.id)
	}
	return titles, any
}
