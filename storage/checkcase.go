package storage

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"baimi/domain"
)

// checkCase holds one case against everything that tells of it.
func (k *checker) checkCase(c *domain.Case, b *checkBatch) {
	where := c.CaseID().String()
	for _, x := range b.signatures[c.ID] {
		if x.AgreementNo < 1 || x.AgreementNo > len(c.Agreements) {
			k.found(FoundReplay, where, "a signature under agreement %d, of which there are %d", x.AgreementNo, len(c.Agreements))
			continue
		}
		g := &c.Agreements[x.AgreementNo-1]
		g.Signatures = append(g.Signatures, x)
	}
	events := b.events[c.ID]
	k.sum.Cases++
	k.sum.Events += len(events)
	if len(events) == 0 {
		k.found(FoundHead, where, "no events at all, the case says %d", c.EventSeq)
	} else {
		k.checkEvents(c, events, where)
		patches := domain.ReadPatches(events)
		texts := k.checkValues(c, b.values[c.ID], readCommitments(events, patches), where)
		k.checkClear(events, patches, texts, where)
		k.checkRebuilt(c, patches, where)
		patches.Release()
		k.checkPeople(c, b.values[c.ID], where)
	}
	for _, fault := range domain.ManifestFaults(c, events) {
		k.found(FoundManifest, where, "%s", fault)
	}
	for _, fault := range domain.AgreementFaults(c) {
		k.found(FoundAgreement, where, "%s", fault)
	}
	k.checkFileNo(c, where)
	k.checkGrants(c, b.grants[c.ID], where)
	k.checkClocks(c, where)
	k.checkAlerts(c, b, where)
	k.checkCounted(c, b, where)
	k.checkSearch(c, b, where)
}

// checkEvents verifies the chain, its end and every step it says.
func (k *checker) checkEvents(c *domain.Case, events []domain.Event, where string) {
	if err := domain.VerifyChain(events); err != nil {
		k.found(FoundChain, where, "%s", err)
	}
	last := events[len(events)-1]
	if c.EventSeq != last.Seq || !bytes.Equal(c.EventHash, last.Hash) {
		k.found(FoundHead, where, "the case ends at event %d, the chain at event %d with another hash or number", c.EventSeq, last.Seq)
	}
	if c.Version != c.EventSeq {
		k.found(FoundHead, where, "version %d after %d events", c.Version, c.EventSeq)
	}
	var at domain.Status
	left := map[domain.Status]domain.Status{} // for the states that are left again: where the case had come from
	for i, e := range events {
		from := deref(e.FromStatus)
		if from != at || (e.FromStatus == nil) != (i == 0) {
			k.found(FoundMove, where, "event %d leads from %q, the case stood at %q", e.Seq, from, at)
		}
		at = e.ToStatus
		k.checkMove(e, i == 0, left[from], where)
		back := slices.ContainsFunc(domain.Moves, func(m domain.Move) bool { return m.Back && string(m.Action) == e.Kind })
		if at != from && !back { // who is given back to where he stood still stands where he came from before
			left[at] = from
		}
	}
}

// checkMove holds one event to the table of moves; left is where the case had come from before it stood where it did.
func (k *checker) checkMove(e domain.Event, first bool, left domain.Status, where string) {
	n := slices.IndexFunc(domain.Moves, func(m domain.Move) bool { return string(m.Action) == e.Kind })
	if n < 0 {
		return // of another kind than a move, which leaves the state as it is
	}
	m, from := domain.Moves[n], deref(e.FromStatus)
	to := m.To
	switch {
	case m.Back:
		to = left
	case to == "":
		to = from
	}
	last := m.Last != "" && e.ToStatus == m.Last // the last of several acts leads on
	if e.ToStatus != to && !last || (first && !m.New) || (!first && !slices.Contains(m.From, from)) {
		k.found(FoundMove, where, "event %d is %q from %q to %q, which the table of moves does not hold", e.Seq, e.Kind, from, e.ToStatus)
	}
}

func deref[T any](v *T) (zero T) {
	if v == nil {
		return zero
	}
	return *v
}

// checkRebuilt folds the events and compares. It comes after the values were opened, whose commitments it needs.
func (k *checker) checkRebuilt(c *domain.Case, patches *domain.Patches, where string) {
	replayed, err := patches.Replay()
	if err != nil {
		k.found(FoundReplay, where, "the events cannot be folded: %s", err)
		return
	}
	diff, err := c.DifferencesFrom(replayed)
	switch {
	case err != nil:
		k.found(FoundReplay, where, "the case cannot be compared with its events: %s", err)
	case len(diff) > 0:
		k.found(FoundReplay, where, "not what its events say: %s", strings.Join(diff[:min(len(diff), 10)], " "))
	}
}

func (k *checker) checkFileNo(c *domain.Case, where string) {
	if c.FileNo == nil || c.FileYear == nil || c.FileSeq == nil || c.Origin == domain.OriginImported {
		return // that all three come together is the schema's; imported numbers stay as they were written (ruling P5)
	}
	if p, ok := domain.ParseFileNo(*c.FileNo); !ok || p.Year != *c.FileYear || p.N != *c.FileSeq {
		k.found(FoundNumber, where, "file number %s is not number %d of %d", *c.FileNo, *c.FileSeq, *c.FileYear)
	}
}

// checkGrants compares the part lists with the organisations of the case.
func (k *checker) checkGrants(c *domain.Case, grants []caseGrant, where string) {
	has := map[domain.OrgID]bool{}
	for _, g := range grants {
		has[g.Org] = true
		if !slices.Contains(c.Orgs, g.Org) {
			k.found(FoundGrant, where, "organisation %d lists it and has no part in it", g.Org)
		}
		if !g.Sort.Equal(c.RegisteredAt) {
			k.found(FoundGrant, where, "organisation %d lists it at another time than it was registered", g.Org)
		}
	}
	for _, o := range c.Orgs {
		if !has[o] {
			k.found(FoundGrant, where, "organisation %d has a part in it and does not list it", o)
		}
	}
	if len(grants) > len(has) {
		k.found(FoundGrant, where, "%d entries in the part lists of %v", len(grants), slices.Sorted(maps.Keys(has)))
	}
}

// checkCounted compares what a case was counted as with what it counts as now, unless an event of it still waits.
func (k *checker) checkCounted(c *domain.Case, b *checkBatch, where string) {
	if n := len(b.waiting[c.ID]); n > 0 {
		k.sum.Waiting += n
		return
	}
	rows := b.counted[c.ID]
	now, counts := c.Contribution()
	switch {
	case counts != (len(rows) == 1):
		k.found(FoundFigure, where, "counted %d times in the figures; it ended: %v", len(rows), counts)
	case counts && rows[0].Contribution != now:
		k.found(FoundFigure, where, "counted as %s in %s, it is %s in %s (or of another place, type or source)",
			rows[0].Bucket, rows[0].Month, now.Bucket, now.Month)
	}
}
