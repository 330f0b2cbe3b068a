package domain

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"
)

// IntakeDraft is an intake form that is still being typed (草稿). It is an aggregate of its own: no case, no number, no event;
// its owner's alone. What was registered or discarded keeps nothing of it.
type IntakeDraft struct {
	County  County
	ID      uuid.UUID
	Owner   PersonID
	Org     OrgID
	Status  DraftStatus
	Version int // one more with each saving; the ETag
	SavedAt time.Time
	Content json.RawMessage // the form as the page keeps it; nil once the draft has ended
	Case    *uuid.UUID      // what it became
}

// DraftStatus is where a draft stands.
type DraftStatus string

// The states of a draft.
const (
	DraftOpen       DraftStatus = "draft"
	DraftRegistered DraftStatus = "registered"
	DraftDiscarded  DraftStatus = "discarded"
)

// DraftMove is one row of a draft's short life.
type DraftMove struct {
	Action string
	From   []DraftStatus
	To     DraftStatus
	Label  string
}

// The actions on a draft.
const (
	draftSave     = "save_draft"
	draftDiscard  = "discard"
	draftRegister = "register"
)

// DraftMoves is the life of a draft, all by its owner; an old one is discarded by a job.
var DraftMoves = []DraftMove{
	{Action: draftSave, From: []DraftStatus{"", DraftOpen}, To: DraftOpen, Label: "保存草稿"},
	{Action: draftDiscard, From: []DraftStatus{DraftOpen}, To: DraftDiscarded, Label: "放弃草稿"},
	{Action: draftRegister, From: []DraftStatus{DraftOpen}, To: DraftRegistered, Label: "登记"},
}

const (
	// MaxDraft is the size of a form that is kept.
	MaxDraft = 64 << 10
	// DraftDays is how long an untouched draft is kept; a product default.
	DraftDays = 30
)

// SaveDraft keeps a form. A new draft takes its number from the page, so that saving again after a lost answer is the same
// draft. version is what the page saw, 0 when it does not say: then the last to save wins.
func SaveDraft(a Act, was *IntakeDraft, id uuid.UUID, version int, content json.RawMessage) (*IntakeDraft, error) {
	if a.Actor.ReadOnly {
		return nil, Errorf(CodeForbidden, "该令牌只能查看，不能办理")
	}
	var p problems
	p.require(json.Valid(content) && len(content) > 0 && content[0] == '{', "/content", "草稿内容应为一张表单")
	if len(content) > MaxDraft {
		p.add("/content", "too_large", "草稿内容不能超过%dKB", MaxDraft>>10)
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	d := IntakeDraft{County: a.Actor.County, ID: id, Owner: a.Actor.Person, Org: a.Actor.Org}
	if was != nil {
		d = *was
	}
	if err := d.check(a, version); err != nil {
		return nil, err
	}
	if err := d.move(draftSave); err != nil {
		return nil, err
	}
	d.Version, d.SavedAt, d.Content = d.Version+1, a.At, content
	return &d, nil
}

// Discard ends the draft and forgets what was typed.
func (d *IntakeDraft) Discard(a Act, version int) error {
	if err := d.check(a, version); err != nil {
		return err
	}
	return d.end(a, draftDiscard, nil)
}

// Registered ends the draft as the case it became.
func (d *IntakeDraft) Registered(a Act, c *Case) error {
	if err := d.check(a, 0); err != nil {
		return err
	}
	return d.end(a, draftRegister, &c.ID)
}

func (d *IntakeDraft) end(a Act, action string, c *uuid.UUID) error {
	if err := d.move(action); err != nil {
		return err
	}
	d.Version, d.SavedAt, d.Content, d.Case = d.Version+1, a.At, nil, c
	return nil
}

// check lets the owner alone at the draft, and only at what he last saw of it.
func (d *IntakeDraft) check(a Act, version int) error {
	switch {
	case d.County != a.Actor.County || d.Owner != a.Actor.Person:
		return NotFound("草稿")
	case a.Actor.ReadOnly:
		return Errorf(CodeForbidden, "该令牌只能查看，不能办理")
	case version != 0 && version != d.Version:
		return Errorf(CodeStale, "该草稿已在别处保存，请刷新后继续填写")
	}
	return nil
}

// move is the only place that assigns a draft's status.
func (d *IntakeDraft) move(action string) error {
	for _, m := range DraftMoves {
		if m.Action != action {
			continue
		}
		for _, from := range m.From {
			if from == d.Status {
				d.Status = m.To
				return nil
			}
		}
	}
	return Errorf(CodeNotOpen, "该草稿已经登记或者放弃")
}
