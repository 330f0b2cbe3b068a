package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"github.com/google/uuid"
	"github.com/valyala/fastjson"

	"baimi/domain"
)

// commitments are those that the events of a case name, the latest of each personal value, in hexadecimal. They are good as
// long as the patches.
type commitments map[uuid.UUID][]byte

func readCommitments(events []domain.Event, patches *domain.Patches) commitments {
	n := commitments{}
	for i := range events {
		if doc, err := patches.Doc(i); err == nil {
			n.walk(doc)
		}
	}
	return n
}

func (n commitments) walk(v *fastjson.Value) {
	switch v.Type() {
	case fastjson.TypeObject:
		if ref := v.GetStringBytes("ref"); ref != nil {
			if id, err := uuid.ParseBytes(ref); err == nil {
				n[id] = v.GetStringBytes("commitment")
			}
		}
		v.GetObject().Visit(func(_ []byte, y *fastjson.Value) { n.walk(y) })
	case fastjson.TypeArray:
		for _, y := range v.GetArray() {
			n.walk(y)
		}
	}
}

// checkValues opens every personal value of a case and holds it to its commitment. It opens the case's own references
// too, and returns the texts. What cannot be opened is marked as erased there, so that the comparison with the events
// goes on without it.
func (k *checker) checkValues(c *domain.Case, rows []personalValue, n commitments, where string) []string {
	contents := make(map[uuid.UUID][]byte, len(rows))
	grounds := map[uuid.UUID]string{}
	for _, v := range rows {
		k.sum.Values++
		committed, named := n[v.ID]
		if !named {
			k.found(FoundValue, where, "personal value %s is named by no event", v.ID)
		}
		if v.ErasedGround != nil {
			k.sum.Erased++
			grounds[v.ID] = *v.ErasedGround
			continue
		}
		content, err := k.store.keys.Unseal(v.Cipher, v.place())
		if err != nil {
			k.found(FoundValue, where, "personal value %s (%s) cannot be decrypted", v.ID, v.Kind)
			grounds[v.ID] = "unreadable"
			continue
		}
		if sum := sha256.Sum256(content); named && string(hex.AppendEncode(nil, sum[:])) != string(committed) {
			k.found(FoundValue, where, "personal value %s (%s) is not the one its event committed to", v.ID, v.Kind)
		}
		contents[v.ID] = content
	}
	for _, id := range slices.SortedFunc(maps.Keys(n), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }) {
		if contents[id] == nil && grounds[id] == "" {
			k.found(FoundValue, where, "personal value %s, named by an event, is gone", id)
		}
	}
	k.openChecked(c, contents, grounds, n, where)
	return k.checkIndexes(rows, contents, where)
}

// openChecked opens the references that the case's own rows hold.
func (k *checker) openChecked(c *domain.Case, contents map[uuid.UUID][]byte, grounds map[uuid.UUID]string, n commitments, where string) {
	for _, p := range c.Personal() {
		id := p.Ref()
		if id == uuid.Nil {
			continue
		}
		content := contents[id]
		if content == nil || p.Open(content) != nil {
			if _, named := n[id]; content == nil && grounds[id] == "" && !named {
				k.found(FoundValue, where, "the %s refers to personal value %s, which is not there", p.Kind(), id)
			}
			p.Erased("unreadable")
		}
	}
}

// checkIndexes compares the blind indexes and returns the texts.
func (k *checker) checkIndexes(rows []personalValue, contents map[uuid.UUID][]byte, where string) []string {
	var texts []string
	for _, v := range rows {
		content := contents[v.ID]
		if len(content) <= saltLength {
			continue
		}
		text := string(content[saltLength:])
		texts = append(texts, text)
		want := [][]byte{nil}
		if blindIndexed[v.Kind] {
			var err error
			if want, err = k.store.keys.Blinds(v.Kind, text); err != nil { // several, while a key is being changed
				k.found(FoundValue, where, "the blind index of personal value %s cannot be computed", v.ID)
				continue
			}
		}
		if !slices.ContainsFunc(want, func(b []byte) bool { return bytes.Equal(b, v.Blind) }) {
			k.found(FoundValue, where, "personal value %s (%s) is not found by its own text: its blind index is another", v.ID, v.Kind)
		}
	}
	return texts
}
