package domain

import (
	"fmt"
	"slices"

	"github.com/valyala/fastjson"
)

// parsers are used again and again: the checker reads every event there is.
var parsers fastjson.ParserPool

// Patches is what the events of one case say, each read once for everybody who looks at it. Whoever made them releases them,
// and then nothing that came out of them may be used any more. They are for one goroutine.
type Patches struct {
	read []*fastjson.Parser
	docs []*fastjson.Value
	errs []error
	seqs []int
}

// ReadPatches reads the data of events.
func ReadPatches(events []Event) *Patches {
	p := &Patches{}
	for _, e := range events {
		parser := parsers.Get()
		doc, err := parser.Parse(e.Data)
		if err == nil && doc.Type() != fastjson.TypeObject {
			err = fmt.Errorf("a patch is an object, not %s", doc.Type())
		}
		p.read, p.docs = append(p.read, parser), append(p.docs, doc)
		p.errs, p.seqs = append(p.errs, err), append(p.seqs, e.Seq)
	}
	return p
}

// Doc is what the event at a place in the list says; an error tells that it is no JSON object.
func (p *Patches) Doc(i int) (*fastjson.Value, error) { return p.docs[i], p.errs[i] }

// Release ends the use of the patches.
func (p *Patches) Release() {
	for _, parser := range p.read {
		parsers.Put(parser)
	}
	*p = Patches{}
}

// Snapshot is a case as its events tell it, folded from patches and good as long as they are.
type Snapshot struct{ doc folded }

// Replay folds the patches, in order, into the snapshot of the case. It equals the snapshot of the stored case. The fold is
// our own and not that of the library which makes the patches, so that a fault in one of them shows.
func (p *Patches) Replay() (Snapshot, error) {
	var s Snapshot
	for i, doc := range p.docs {
		if p.errs[i] != nil {
			return s, fmt.Errorf("event %d: %w", p.seqs[i], p.errs[i])
		}
		s.doc.fold(doc)
	}
	return s, nil
}

// folded is an object while patches are folded into it. Its fields stand in the order in which they came; objects of a case
// have few, which are found sooner by looking through them than by a map.
type folded []foldedField

// foldedField is a field of an object: an object itself, or any other value as some patch gave it.
type foldedField struct {
	key    string
	object *folded
	value  *fastjson.Value
}

// fold applies a merge patch (RFC 7396): null takes a field away, an object changes what it names, all else replaces.
func (o *folded) fold(patch *fastjson.Value) {
	fields := patch.GetObject()
	if len(*o) == 0 {
		*o = make(folded, 0, fields.Len())
	}
	fields.Visit(func(key []byte, v *fastjson.Value) {
		i := o.index(key)
		switch v.Type() {
		case fastjson.TypeNull:
			if i >= 0 {
				*o = slices.Delete(*o, i, i+1)
			}
			return
		case fastjson.TypeObject:
			if i < 0 || (*o)[i].object == nil {
				i = o.set(i, foldedField{key: string(key), object: &folded{}})
			}
			(*o)[i].object.fold(v)
		default:
			o.set(i, foldedField{key: string(key), value: v})
		}
	})
}

// set puts a field in its place, or at the end when it has none.
func (o *folded) set(i int, f foldedField) int {
	if i < 0 {
		*o = append(*o, f)
		return len(*o) - 1
	}
	(*o)[i] = f
	return i
}

func (o *folded) index(key []byte) int {
	for i := range *o {
		if (*o)[i].key == string(key) {
			return i
		}
	}
	return -1
}

// DifferencesFrom names the fields in which the case is not what its events say, as JSON pointers into the snapshot, never
// a value. A merge patch cannot hold null, so fields that are empty on both sides count as equal. Of an erased value only
// the reference is compared: its commitment can no longer be computed, and the event keeps the one it had.
func (c *Case) DifferencesFrom(replayed Snapshot) ([]string, error) {
	snapshot, err := c.snapshot()
	if err != nil {
		return nil, err
	}
	parser := parsers.Get()
	defer parsers.Put(parser)
	full, err := parser.ParseBytes(snapshot)
	if err != nil {
		return nil, fmt.Errorf("snapshot of a case: %w", err)
	}
	erased := map[string]bool{}
	for _, p := range c.Personal() {
		if p.IsErased() {
			erased[p.Ref().String()] = true
		}
	}
	var now folded
	now.fold(full)
	diff := differences(nil, "", replayed.doc, now, erased)
	slices.Sort(diff)
	return diff, nil
}

func differences(list []string, at string, then, now folded, erased map[string]bool) []string {
	wiped := len(erased) > 0 && erased[now.ref()]
	met := 0
	for _, a := range then {
		i := now.index([]byte(a.key))
		if i >= 0 {
			met++
		}
		switch {
		case wiped && a.key == "commitment":
		case i < 0:
			list = append(list, at+"/"+a.key)
		case a.object != nil && now[i].object != nil:
			list = differences(list, at+"/"+a.key, *a.object, *now[i].object, erased)
		case a.object != nil || now[i].object != nil || !sameJSON(a.value, now[i].value):
			list = append(list, at+"/"+a.key)
		}
	}
	if met == len(now) {
		return list
	}
	for _, b := range now {
		if then.index([]byte(b.key)) < 0 && (b.key != "commitment" || !wiped) {
			list = append(list, at+"/"+b.key)
		}
	}
	return list
}

// ref is the reference that the object of a personal value holds, else nothing.
func (o *folded) ref() string {
	if i := o.index([]byte("ref")); i >= 0 && (*o)[i].value != nil {
		return string((*o)[i].value.GetStringBytes())
	}
	return ""
}

// sameJSON compares two values; numbers by how they were written.
func sameJSON(a, b *fastjson.Value) bool {
	if a.Type() != b.Type() {
		return false
	}
	switch a.Type() {
	case fastjson.TypeString:
		return string(a.GetStringBytes()) == string(b.GetStringBytes())
	case fastjson.TypeArray:
		return slices.EqualFunc(a.GetArray(), b.GetArray(), sameJSON)
	case fastjson.TypeObject:
		return sameObject(a.GetObject(), b.GetObject())
	default:
		return string(a.MarshalTo(nil)) == string(b.MarshalTo(nil))
	}
}

func sameObject(a, b *fastjson.Object) bool {
	same := a.Len() == b.Len()
	a.Visit(func(key []byte, v *fastjson.Value) {
		other := b.Get(string(key))
		same = same && other != nil && sameJSON(v, other)
	})
	return same
}
