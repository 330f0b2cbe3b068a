package domain_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"

	"baimi/domain"
)

// A draft is its owner's alone, is saved over and over, and forgets what was typed when it ends.
func TestADraftIsSavedAndForgotten(t *testing.T) {
	id := uuid.New()
	form := json.RawMessage(`{"facts": "两家因院墙"}`)
	d, err := domain.SaveDraft(act(keeper), nil, id, 0, form)
	must(t, err)
	d, err = domain.SaveDraft(act(keeper), d, id, 1, form)
	must(t, err)
	if d.Version != 2 || d.Status != domain.DraftOpen || d.Owner != keeper.Person || string(d.Content) != string(form) {
		t.Errorf("%+v", d)
	}
	_, err = domain.SaveDraft(act(keeper), d, id, 1, form)
	wantCode(t, err, domain.CodeStale)
	_, err = domain.SaveDraft(act(keeper), d, id, 0, form) // the last to save wins where nobody says what he saw
	must(t, err)
	_, err = domain.SaveDraft(act(own), d, id, 0, form)
	wantCode(t, err, domain.CodeNotFound)
	_, err = domain.SaveDraft(act(strangers["director with a reading token"]), nil, id, 0, form)
	wantCode(t, err, domain.CodeForbidden)
	for _, bad := range []string{"", "[]", "text", "{", `{"facts": "` + strings.Repeat("很", domain.MaxDraft/3) + `"}`} {
		_, err = domain.SaveDraft(act(keeper), nil, id, 0, json.RawMessage(bad))
		wantFields(t, err, "/content")
	}

	gone := *d
	wantCode(t, gone.Discard(act(own), 0), domain.CodeNotFound)
	must(t, gone.Discard(act(keeper), 2))
	if gone.Content != nil || gone.Status != domain.DraftDiscarded {
		t.Errorf("%+v", gone)
	}
	wantCode(t, gone.Discard(act(keeper), 0), domain.CodeNotOpen)
	c := takeIn(t)
	must(t, d.Registered(act(keeper), c))
	if d.Content != nil || *d.Case != c.ID || d.Status != domain.DraftRegistered {
		t.Errorf("%+v", d)
	}
	_, err = domain.SaveDraft(act(keeper), d, id, 0, form)
	wantCode(t, err, domain.CodeNotOpen)
}
