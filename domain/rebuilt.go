package domain

import (
	"encoding/json"
	"fmt"
	"slices"

	jsonpatch "github.com/evanphx/json-patch/v5"
)

// SameAs tells whether a replayed snapshot equals the case, field by field.
func (c *Case) SameAs(replayed []byte) (bool, error) {
	diff, err := c.DifferencesFrom(replayed)
	return len(diff) == 0, err
}

// DifferencesFrom names the fields in which the case is not what its events say, as JSON pointers into the snapshot, never
// a value. A merge patch cannot hold null, so fields that are empty on both sides count as equal. Of an erased value only
// the reference is compared: its commitment can no longer be computed, and the event keeps the one it had.
func (c *Case) DifferencesFrom(replayed []byte) ([]string, error) {
	now, err := c.snapshot()
	if err != nil {
		return nil, err
	}
	if now, err = jsonpatch.MergePatch([]byte("{}"), now); err != nil {
		return nil, fmt.Errorf("snapshot of a case: %w", err)
	}
	erased := map[string]bool{}
	for _, p := range c.Personal() {
		if p.IsErased() {
			erased[p.Ref().String()] = true
		}
	}
	if now, err = dropCommitments(now, erased); err != nil {
		return nil, err
	}
	if replayed, err = dropCommitments(replayed, erased); err != nil {
		return nil, err
	}
	if jsonpatch.Equal(now, replayed) {
		return nil, nil
	}
	patch, err := jsonpatch.CreateMergePatch(replayed, now)
	if err != nil {
		return nil, fmt.Errorf("difference of a case: %w", err)
	}
	var diff any
	if err := json.Unmarshal(patch, &diff); err != nil {
		return nil, fmt.Errorf("difference of a case: %w", err)
	}
	list := leaves(nil, "", diff)
	slices.Sort(list)
	return list, nil
}

// dropCommitments takes the commitments of these values out of a snapshot.
func dropCommitments(doc []byte, refs map[string]bool) ([]byte, error) {
	if len(refs) == 0 {
		return doc, nil
	}
	var v any
	if err := json.Unmarshal(doc, &v); err != nil {
		return nil, fmt.Errorf("snapshot of a case: %w", err)
	}
	var walk func(any)
	walk = func(v any) {
		m, ok := v.(map[string]any)
		if !ok {
			return
		}
		if ref, ok := m["ref"].(string); ok && refs[ref] {
			delete(m, "commitment")
		}
		for _, x := range m {
			walk(x)
		}
	}
	walk(v)
	return json.Marshal(v)
}

// leaves lists the pointers of everything in a merge patch that is no object.
func leaves(list []string, at string, v any) []string {
	m, ok := v.(map[string]any)
	if !ok {
		return append(list, at)
	}
	for key, x := range m {
		list = leaves(list, at+"/"+key, x)
	}
	return list
}
