package domain

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
)

// object is a JSON object with its numbers as they were written.
type object = map[string]any

// Replay folds the events of one case into its snapshot. It equals the snapshot of the stored case. The fold is our own
// and not that of the library which makes the patches, so that a fault in one of them shows.
func Replay(events []Event) ([]byte, error) {
	doc := object{}
	for _, e := range events {
		patch, err := decodeObject([]byte(e.Data))
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", e.Seq, err)
		}
		fold(doc, patch)
	}
	return json.Marshal(doc)
}

func decodeObject(text []byte) (object, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var o object
	if err := dec.Decode(&o); err != nil {
		return nil, fmt.Errorf("snapshot of a case: %w", err)
	}
	return o, nil
}

// fold applies a merge patch (RFC 7396): null takes a field away, an object changes what it names, all else replaces.
func fold(doc, patch object) {
	for key, v := range patch {
		switch x := v.(type) {
		case nil:
			delete(doc, key)
		case object:
			inner, ok := doc[key].(object)
			if !ok {
				inner = object{}
				doc[key] = inner
			}
			fold(inner, x)
		default:
			doc[key] = v
		}
	}
}

// SameAs tells whether a replayed snapshot equals the case, field by field.
func (c *Case) SameAs(replayed []byte) (bool, error) {
	diff, err := c.DifferencesFrom(replayed)
	return err == nil && len(diff) == 0, err
}

// DifferencesFrom names the fields in which the case is not what its events say, as JSON pointers into the snapshot, never
// a value. A merge patch cannot hold null, so fields that are empty on both sides count as equal. Of an erased value only
// the reference is compared: its commitment can no longer be computed, and the event keeps the one it had.
func (c *Case) DifferencesFrom(replayed []byte) ([]string, error) {
	snapshot, err := c.snapshot()
	if err != nil {
		return nil, err
	}
	full, err := decodeObject(snapshot)
	if err != nil {
		return nil, err
	}
	then, err := decodeObject(replayed)
	if err != nil {
		return nil, err
	}
	erased := map[string]bool{}
	for _, p := range c.Personal() {
		if p.IsErased() {
			erased[p.Ref().String()] = true
		}
	}
	now := object{}
	fold(now, full)
	diff := differences(nil, "", then, now, erased)
	slices.Sort(diff)
	return diff, nil
}

func differences(list []string, at string, then, now object, erased map[string]bool) []string {
	ref, _ := now["ref"].(string)
	for key := range union(then, now) {
		if key == "commitment" && erased[ref] {
			continue
		}
		a, aIs := then[key].(object)
		b, bIs := now[key].(object)
		switch {
		case aIs && bIs:
			list = differences(list, at+"/"+key, a, b, erased)
		case !reflect.DeepEqual(then[key], now[key]):
			list = append(list, at+"/"+key)
		}
	}
	return list
}

func union(a, b object) map[string]bool {
	keys := make(map[string]bool, len(b))
	for key := range a {
		keys[key] = true
	}
	for key := range b {
		keys[key] = true
	}
	return keys
}
