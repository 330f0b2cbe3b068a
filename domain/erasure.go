package domain

import (
	"bytes"
	"database/sql/driver"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/valyala/fastjson"

	"baimi/domain/calendar"
)

// ErasureGround is why personal values are erased (个人信息保护法 47).
type ErasureGround string

// The grounds.
const (
	GroundRequest     ErasureGround = "subject_request"
	GroundWithdrawn   ErasureGround = "consent_withdrawn"
	GroundPurposeOver ErasureGround = "purpose_over"
	GroundUnlawful    ErasureGround = "unlawful"
)

// ErasureGrounds lists the grounds with their Chinese names.
var ErasureGrounds = []struct {
	Ground ErasureGround
	Name   string
}{
	{GroundRequest, "本人要求删除"},
	{GroundWithdrawn, "本人撤回同意"},
	{GroundPurposeOver, "处理目的已经实现或者保存期限届满"},
	{GroundUnlawful, "违法或者违反约定处理"},
}

// Name is the ground's Chinese name; of an unknown word, the word.
func (g ErasureGround) Name() string {
	for _, x := range ErasureGrounds {
		if x.Ground == g {
			return x.Name
		}
	}
	return string(g)
}

// Refs are numbers of personal values.
type Refs []uuid.UUID

// Value writes the array.
func (r Refs) Value() (driver.Value, error) {
	words := make([]string, len(r))
	for i, id := range r {
		words[i] = id.String()
	}
	return "{" + strings.Join(words, ",") + "}", nil
}

// Scan reads the array.
func (r *Refs) Scan(v any) error {
	parts, err := arrayParts(v)
	if err != nil {
		return err
	}
	*r = make(Refs, len(parts))
	for i, word := range parts {
		if (*r)[i], err = uuid.Parse(word); err != nil {
			return fmt.Errorf("array of numbers of personal values: %w", err)
		}
	}
	return nil
}

// Erasure is the erasing of personal values in a case: whose, on what ground, which. The chain of events stays whole,
// because it commits to the values and does not hold them.
type Erasure struct {
	CaseRow
	PartyNo          *int          `json:"partyNo"`
	RepresentativeNo *int          `json:"representativeNo"`
	Texts            bool          `json:"texts"`
	Ground           ErasureGround `json:"ground"`
	Refs             Refs          `json:"refs"` // all values there ever were, those a correction had replaced too
	ErasedOn         calendar.Date `json:"erasedOn"`
}

// TableName names the table.
func (Erasure) TableName() string { return "erasure" }

// Erasing is what is to be erased: the values of one party or one representative, or the texts of the case (facts, wish,
// place, terms), in which anybody may be named.
type Erasing struct {
	PartyNo          int
	RepresentativeNo int
	Texts            bool
	Ground           ErasureGround
}

// PersonInCase is somebody found by a certificate's number: a party or a representative of a case.
type PersonInCase struct {
	Case             CaseID
	Status           Status
	FileNo           *string
	PartyNo          int
	RepresentativeNo int
	StoppedOn        *calendar.Date // of a party whose data are kept and not used
}

// Fulfils tells whether the case lets a person's request be done in it; nil for yes.
func (x PersonInCase) Fulfils(kind SubjectRequestKind, ground ErasureGround) error {
	c := Case{Status: x.Status, FileNo: x.FileNo}
	if kind == SubjectStop {
		return c.Stoppable()
	}
	return c.Erasable(ground)
}

// Erase marks personal values as erased; storage then forgets them. history is the case's events: they name every value
// there ever was, and those that a correction has replaced must go too. A case that is still worked on keeps its parties'
// names: without them nobody could be told anything.
func (c *Case) Erase(a Act, in Erasing, history []Event) error {
	a.Reason = string(in.Ground)
	err := c.move(a, ActionErase, a.Today(), func() error {
		var p problems
		p.require(in.Ground.Name() != string(in.Ground), "/ground", "请选择删除理由")
		one := 0
		for _, is := range []bool{in.PartyNo != 0, in.RepresentativeNo != 0, in.Texts} {
			if is {
				one++
			}
		}
		p.require(one == 1, "/partyNo", "请指明删除哪一方当事人、哪一名代理人的信息，或者本案的文字内容")
		p.require(in.PartyNo == 0 || c.partyNo(in.PartyNo) != nil, "/partyNo", "本案没有编号为%d的当事人", in.PartyNo)
		p.require(in.RepresentativeNo == 0 || find(c.Representatives, in.RepresentativeNo) != nil, "/representativeNo", "本案没有编号为%d的代理人", in.RepresentativeNo)
		if err := p.err(); err != nil {
			return err
		}
		if err := c.kept(in.Ground); err != nil {
			return err
		}
		refs, err := in.refs(history)
		if err != nil {
			return err
		}
		titles, files := c.eraseFiles(in, a.Today())
		for _, id := range titles {
			if !slices.Contains(refs, id) {
				refs = append(refs, id)
			}
		}
		for _, done := range c.Erasures {
			refs = slices.DeleteFunc(refs, func(id uuid.UUID) bool { return slices.Contains(done.Refs, id) })
		}
		if len(refs) == 0 && !files {
			return Errorf(CodeGuard, "没有可以删除的内容，或者已经删除")
		}
		x := Erasure{CaseRow: c.row(len(c.Erasures) + 1), Texts: in.Texts, Ground: in.Ground, Refs: refs, ErasedOn: a.Today()}
		if in.PartyNo != 0 {
			x.PartyNo = &in.PartyNo
		}
		if in.RepresentativeNo != 0 {
			x.RepresentativeNo = &in.RepresentativeNo
		}
		c.Erasures = append(c.Erasures, x)
		return nil
	})
	if err == nil {
		c.forget() // after its event, which still compares commitments
	}
	return err
}

// kept refuses to erase from a file at a person's wish: a case that was accepted is filed (人民调解法 27), and the duty to keep the
// file goes before (个人信息保护法 47; domain.md 7.1). How long files are kept no national rule says; that the time is over is the
// bureau's to state, as a ground of its own.
func (c *Case) kept(ground ErasureGround) error {
	if c.FileNo == nil || ground != GroundRequest && ground != GroundWithdrawn {
		return nil
	}
	return Errorf(CodeGuard, "本案已经立卷（%s），案卷依法应当归档保存（人民调解法第二十七条），保存期限届满前不能应本人要求删除；可以停止其他处理", *c.FileNo)
}

// Erasable tells whether values can be erased from the case on a ground now, and if not, why.
func (c *Case) Erasable(ground ErasureGround) error {
	if !slices.Contains(MoveOf(ActionErase).From, c.Status) {
		return Errorf(CodeNotOpen, "本案尚在办理（%s），办理期间不能删除当事人的信息", c.Status.Name())
	}
	return c.kept(ground)
}

// StopProcessing stops what is done with a party's data beside keeping them (domain.md 7.1): the case is not found by the person
// any more, neither counts as a likely duplicate nor as of the same parties, and goes out masked in every export. Whoever may open the file still reads it.
func (c *Case) StopProcessing(a Act, partyNo int) error {
	return c.move(a, ActionStopProcessing, a.Today(), func() error {
		x, today := c.partyNo(partyNo), a.Today()
		switch {
		case x == nil:
			return NotFound("当事人")
		case x.StoppedOn != nil:
			return Errorf(CodeGuard, "%s的信息已于%s停止其他处理", partyLabel(*x), x.StoppedOn)
		}
		x.StoppedOn = &today
		return nil
	})
}

// Stopped tells whether one of its parties had the use of its data stopped.
func (c *Case) Stopped() bool {
	return slices.ContainsFunc(c.Parties, func(x Party) bool { return x.StoppedOn != nil })
}

// Stoppable tells whether the processing of a party's data can be stopped now, and if not, why.
func (c *Case) Stoppable() error {
	if !slices.Contains(MoveOf(ActionStopProcessing).From, c.Status) {
		return Errorf(CodeNotOpen, "本案尚在办理（%s），办结前须使用当事人的信息", c.Status.Name())
	}
	return nil
}

// forget takes the erased values out of the case in memory.
func (c *Case) forget() {
	grounds := map[uuid.UUID]ErasureGround{}
	for _, x := range c.Erasures {
		for _, id := range x.Refs {
			grounds[id] = x.Ground
		}
	}
	for _, v := range c.Personal() {
		if g, ok := grounds[v.Ref()]; ok {
			v.Erased(string(g))
		}
	}
}

// refs are the values that the events name for what is to be erased, sorted.
func (in Erasing) refs(history []Event) (Refs, error) {
	found := map[uuid.UUID]bool{}
	patches := ReadPatches(history)
	defer patches.Release()
	for i, e := range history {
		patch, err := patches.Doc(i)
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", e.Seq, err)
		}
		collectRefs(patch.Get("parties", strconv.Itoa(in.PartyNo)), found)
		collectRefs(patch.Get("representatives", strconv.Itoa(in.RepresentativeNo)), found)
		if in.PartyNo != 0 { // the full text of an agreement names the parties
			if rows := patch.GetObject("agreements"); rows != nil {
				rows.Visit(func(_ []byte, g *fastjson.Value) { collectRefs(g.Get("text"), found) })
			}
		}
		if !in.Texts {
			continue
		}
		patch.GetObject().Visit(func(key []byte, v *fastjson.Value) {
			if string(key) != "parties" && string(key) != "representatives" {
				collectRefs(v, found)
			}
		})
	}
	refs := make(Refs, 0, len(found))
	for id := range found {
		refs = append(refs, id)
	}
	slices.SortFunc(refs, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return refs, nil
}

// collectRefs notes every value named below v.
func collectRefs(v *fastjson.Value, into map[uuid.UUID]bool) {
	if id, err := uuid.ParseBytes(v.GetStringBytes("ref")); err == nil {
		into[id] = true
	}
	for _, y := range v.GetArray() {
		collectRefs(y, into)
	}
	if o := v.GetObject(); o != nil {
		o.Visit(func(_ []byte, y *fastjson.Value) { collectRefs(y, into) })
	}
}
