package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"baimi/domain"
)

// notes is what the events of a case say, taken apart once.
type notes struct {
	commitments map[uuid.UUID]string // of each personal value, the latest
	words       [][]string           // of each event: every word and key that is no reference, hash or sum
}

// opaque are the keys whose content is random or computed: a run of digits in it means nothing.
var opaque = map[string]bool{"ref": true, "refs": true, "commitment": true, "trackingHash": true, "amount": true, "performedAmount": true}

func readNotes(events []domain.Event) notes {
	n := notes{commitments: map[uuid.UUID]string{}, words: make([][]string, len(events))}
	for i, e := range events {
		dec := json.NewDecoder(strings.NewReader(e.Data))
		dec.UseNumber() // a number stays as it was written
		var doc any
		if dec.Decode(&doc) != nil {
			n.words[i] = []string{e.Data} // no JSON: all of it is looked at, and the fold says the rest
			continue
		}
		n.walk(i, doc)
	}
	return n
}

func (n *notes) walk(event int, v any) {
	switch x := v.(type) {
	case map[string]any:
		ref, _ := x["ref"].(string)
		if id, err := uuid.Parse(ref); err == nil {
			n.commitments[id], _ = x["commitment"].(string)
		}
		for key, y := range x {
			n.words[event] = append(n.words[event], key)
			if !opaque[key] {
				n.walk(event, y)
			}
		}
	case []any:
		for _, y := range x {
			n.walk(event, y)
		}
	case string:
		n.words[event] = append(n.words[event], x)
	case json.Number:
		n.words[event] = append(n.words[event], x.String())
	}
}

// checkValues opens every personal value of a case and holds it to its commitment. It opens the case's own references
// too, and returns the texts. What cannot be opened is marked as erased there, so that the comparison with the events
// goes on without it.
func (k *checker) checkValues(c *domain.Case, rows []personalValue, n notes, where string) []string {
	contents := make(map[uuid.UUID][]byte, len(rows))
	grounds := map[uuid.UUID]string{}
	for _, v := range rows {
		k.sum.Values++
		committed, named := n.commitments[v.ID]
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
		if sum := sha256.Sum256(content); named && hex.EncodeToString(sum[:]) != committed {
			k.found(FoundValue, where, "personal value %s (%s) is not the one its event committed to", v.ID, v.Kind)
		}
		contents[v.ID] = content
	}
	for _, id := range slices.SortedFunc(maps.Keys(n.commitments), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }) {
		if contents[id] == nil && grounds[id] == "" {
			k.found(FoundValue, where, "personal value %s, named by an event, is gone", id)
		}
	}
	k.openChecked(c, contents, grounds, n, where)
	return k.checkIndexes(rows, contents, where)
}

// openChecked opens the references that the case's own rows hold.
func (k *checker) openChecked(c *domain.Case, contents map[uuid.UUID][]byte, grounds map[uuid.UUID]string, n notes, where string) {
	for _, p := range c.Personal() {
		id := p.Ref()
		if id == uuid.Nil {
			continue
		}
		content := contents[id]
		if content == nil || p.Open(content) != nil {
			if _, named := n.commitments[id]; content == nil && grounds[id] == "" && !named {
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

var (
	idLike     = regexp.MustCompile(`(?:^|[^0-9A-Za-z])[0-9]{17}[0-9Xx](?:$|[^0-9A-Za-z])`)
	mobileLike = regexp.MustCompile(`(?:^|[^0-9A-Za-z+/])1[3-9][0-9]{9}(?:$|[^0-9A-Za-z+/=])`) // between letters it is a piece of a hash
)

// checkClear looks for personal values in the events: by form, and by the very texts of this case.
func (k *checker) checkClear(events []domain.Event, n notes, texts []string, where string) {
	texts = slices.DeleteFunc(texts, tooShort)
	for i, e := range events {
		for _, w := range append(n.words[i], e.Reason) {
			switch {
			case idLike.MatchString(w):
				k.found(FoundClear, where, "event %d shows what looks like an identity number", e.Seq)
			case mobileLike.MatchString(w):
				k.found(FoundClear, where, "event %d shows what looks like a mobile number", e.Seq)
			case slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(w, t) }):
				k.found(FoundClear, where, "event %d shows a personal value of this case", e.Seq)
			}
		}
	}
}

// tooShort tells whether a text would be met by chance among code words: Latin letters and digits need six.
func tooShort(text string) bool {
	n := utf8.RuneCountInString(text)
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return n < 2
	}
	return n < 6
}
