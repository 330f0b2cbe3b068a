package domain

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// PrivateNoteKind is what stands behind the wall inside a case.
type PrivateNoteKind string

// The kinds.
const (
	PrivateNoteOwn        PrivateNoteKind = "note"       // 调解员手记、背靠背谈话
	PrivateNoteConcession PrivateNoteKind = "concession" // 一方表示可以作出的让步
)

// PrivateNote is what a party told in confidence (背靠背), a concession it would make, or what a mediator noted for himself
// (特邀调解规定 22, 人民法院在线调解规则 18). It is no part of the case: it stands in no event, list, count, export or print, and shows
// to the case's mediators alone.
type PrivateNote struct {
	County    County
	CaseID    uuid.UUID
	ID        uuid.UUID
	Kind      PrivateNoteKind
	PartyNo   *int // who told it
	Author    PersonID
	WrittenAt time.Time
	Text      SecretStatement
	Waivers   []PrivateWaiver
}

// PrivateWaiver is a party's consent that a note be disclosed.
type PrivateWaiver struct {
	PartyNo    int
	WaivedOn   calendar.Date
	How        string // oral, written
	RecordedBy PersonID
}

// WaivedNote is a private note that all parties let out, copied into the file by a mediator's own act.
type WaivedNote struct {
	CaseRow
	Kind        PrivateNoteKind `json:"kind"`
	PartyNo     *int            `json:"partyNo"`
	Text        SecretStatement `gorm:"column:text_ref" json:"text"`
	WaivedBy    IDs[int32]      `json:"waivedBy"`
	DisclosedOn calendar.Date   `json:"disclosedOn"`
	DisclosedBy PersonID        `json:"disclosedBy"`
}

// TableName names the table.
func (WaivedNote) TableName() string { return "waived_note" }

// NewPrivateNote is what is written down behind the wall.
type NewPrivateNote struct {
	Kind    PrivateNoteKind
	PartyNo int // 0 for nobody's
	Text    string
}

// Behind refuses everybody but the case's own mediators: no office that oversees them comes past this wall.
func (c *Case) Behind(a Actor) error {
	if !c.has(a, AsCaseMediator) {
		return Errorf(CodeForbidden, "保密记录只供本案调解员使用")
	}
	return nil
}

// NotePrivately makes a private note. It leaves no event and no trace in the case.
func (c *Case) NotePrivately(a Act, in NewPrivateNote) (PrivateNote, error) {
	var n PrivateNote
	if err := c.Behind(a.Actor); err != nil {
		return n, err
	}
	if a.Actor.ReadOnly {
		return n, Errorf(CodeForbidden, "该令牌只能查看，不能办理")
	}
	var p problems
	p.require(slices.Contains([]PrivateNoteKind{PrivateNoteOwn, PrivateNoteConcession}, in.Kind), "/kind", "请选择记录的类别")
	p.require(in.PartyNo == 0 || c.partyNo(in.PartyNo) != nil, "/partyNo", "本案没有编号为%d的当事人", in.PartyNo)
	p.require(in.Kind != PrivateNoteConcession || in.PartyNo != 0, "/partyNo", "请选择是哪一方的让步")
	p.require(!blank(in.Text), "/text", "请填写内容")
	if c.Status == StatusArchived || c.Status == StatusVoid {
		return n, Errorf(CodeNotOpen, "案件当前为“%s”，不能再写保密记录", c.Status.Name())
	}
	if err := p.err(); err != nil {
		return n, err
	}
	id, err := uuid.NewRandomFromReader(a.Random)
	if err != nil {
		return n, fmt.Errorf("number of a private note: %w", err)
	}
	n = PrivateNote{County: c.County, CaseID: c.ID, ID: id, Kind: in.Kind, Author: a.Actor.Person, WrittenAt: a.At}
	if in.PartyNo != 0 {
		n.PartyNo = &in.PartyNo
	}
	n.Text, err = NewSecret[statementKind](a.Random, in.Text)
	return n, err
}

// Waive records that a party lets a private note out.
func (c *Case) Waive(a Act, n PrivateNote, in PrivateWaiver) (PrivateWaiver, error) {
	if err := c.Behind(a.Actor); err != nil {
		return in, err
	}
	if a.Actor.ReadOnly {
		return in, Errorf(CodeForbidden, "该令牌只能查看，不能办理")
	}
	var p problems
	written := calendar.DateOf(n.WrittenAt)
	p.require(c.partyNo(in.PartyNo) != nil, "/partyNo", "本案没有编号为%d的当事人", in.PartyNo)
	checkDay(&p, "/on", "同意的日期", in.WaivedOn, a.Today(), &written, "记录日期")
	p.require(in.How == "oral" || in.How == "written", "/how", "请选择同意的方式")
	if err := p.err(); err != nil {
		return in, err
	}
	if slices.ContainsFunc(n.Waivers, func(w PrivateWaiver) bool { return w.PartyNo == in.PartyNo }) {
		return in, Errorf(CodeGuard, "该当事人已经同意公开")
	}
	in.RecordedBy = a.Actor.Person
	return in, nil
}

// OpenNote copies a private note into the file, by the mediator's own act and only when every party let it out.
func (c *Case) OpenNote(a Act, n PrivateNote) error {
	return c.move(a, ActionOpenNote, a.Today(), func() error {
		d := WaivedNote{
			CaseRow: c.row(len(c.WaivedNotes) + 1), Kind: n.Kind, PartyNo: n.PartyNo, WaivedBy: IDs[int32]{}, DisclosedOn: a.Today(), DisclosedBy: a.Actor.Person,
		}
		for _, x := range c.Parties {
			if !slices.ContainsFunc(n.Waivers, func(w PrivateWaiver) bool { return w.PartyNo == x.No }) {
				return Errorf(CodeGuard, "%s尚未同意公开，不能公开", partyLabel(x))
			}
			d.WaivedBy = append(d.WaivedBy, int32(x.No)) //nolint:gosec // a party's number, at most 50
		}
		var err error
		if d.Text, err = NewSecret[statementKind](a.Random, n.Text.Reveal()); err != nil {
			return err
		}
		c.WaivedNotes = append(c.WaivedNotes, d)
		return nil
	})
}
