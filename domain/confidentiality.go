package domain

import "slices"

// Confidentiality says who of those with a part in a case may open it (ruling P14).
type Confidentiality string

// The levels, from open to closed.
const (
	Ordinary   Confidentiality = "ordinary"   // 普通: the committee's chain
	Private    Confidentiality = "private"    // 隐私: its mediators, the director, one named reader of the judicial office
	Restricted Confidentiality = "restricted" // 查阅受限: its mediators; others by a logged request
)

var levels = []Confidentiality{Ordinary, Private, Restricted}

// Above tells whether c closes a case more than o does.
func (c Confidentiality) Above(o Confidentiality) bool {
	return slices.Index(levels, c) > slices.Index(levels, o)
}

// Name is the level's Chinese name.
func (c Confidentiality) Name() string {
	return map[Confidentiality]string{Ordinary: "普通", Private: "隐私", Restricted: "查阅受限"}[c]
}

// Readers is who may open a private case beside its mediators and the director of its committee, who comes by his role;
// an outside fact, read before the act.
type Readers struct {
	JudicialOfficer PersonID // the one named reader; 0 for none
}

// SetConfidentiality raises or lowers the level. A mediator may raise it; only the director or the judicial office
// lowers it.
func (c *Case) SetConfidentiality(a Act, level Confidentiality) error {
	return c.move(a, ActionSetConfidentiality, a.Today(), func() error {
		var p problems
		p.require(slices.Contains(levels, level), "/level", "没有这个保密级别")
		if err := p.err(); err != nil {
			return err
		}
		if c.Confidentiality.Above(level) && !c.has(a.Actor, AsDirector, AsJudicialOffice) {
			return Errorf(CodeForbidden, "降低保密级别须由调委会主任或司法所办理")
		}
		if level == c.Confidentiality {
			return Errorf(CodeGuard, "该案件的保密级别已经是“%s”", level.Name())
		}
		if level == Restricted && len(c.Mediators) == 0 {
			return Errorf(CodeGuard, "尚未确定调解员，不能设为“查阅受限”：届时将无人可以办理。请先设为“隐私”")
		}
		c.Confidentiality = level
		c.setReaders(a)
		return nil
	})
}

// GrantReading opens a restricted case to one more person, at a logged request (ruling P14): the event tells who asked the
// security administrator to open it and why. It lasts until mediators or level change.
func (c *Case) GrantReading(a Act, reader PersonID) error {
	return c.move(a, ActionGrantReading, a.Today(), func() error {
		var p problems
		p.require(a.Reason != "", "/reason", "请选择查阅理由")
		if err := p.err(); err != nil {
			return err
		}
		if c.Confidentiality != Restricted {
			return Errorf(CodeGuard, "该案件的保密级别是“%s”，无须登记查阅申请", c.Confidentiality.Name())
		}
		if slices.Contains(c.Readers, reader) {
			return Errorf(CodeGuard, "该人员已经可以查阅本案")
		}
		c.Readers = append(c.Readers, reader)
		slices.Sort(c.Readers)
		return nil
	})
}

// setReaders derives who may open the case. Whoever makes the change that derives them stays a reader until the next
// one does: he knows the case, must be able to mend a slip, and a store that would lose sight of the row in the very
// act of writing it refuses.
func (c *Case) setReaders(a Act) {
	r := slices.Clone([]PersonID(c.Mediators))
	if c.Confidentiality != Restricted && a.Confidants.JudicialOfficer != 0 {
		r = append(r, a.Confidants.JudicialOfficer)
	}
	if c.Confidentiality != Ordinary || len(c.Mediators) == 0 {
		r = append(r, a.Actor.Person)
	}
	slices.Sort(r)
	c.Readers = slices.Compact(r)
}
