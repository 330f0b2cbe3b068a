package api_test

import (
	"net/http"
	"strings"
	"testing"

	"baimi/domain"
	"baimi/storage/storagetest"
)

// A written agreement's file is locked with an identity paper of each party, or with the reason why there is none; what it
// holds is then a list that nobody changes.
func TestAFileIsLockedWithItsManifest(t *testing.T) {
	t.Parallel()
	p := village(t)
	path := p.mediating(t)
	completed := map[string]any{"reason": "supplement", "parties": []map[string]any{{"partyNo": 2, "idNumber": "510185197501010014"}}}
	p.mediator.do(http.MethodPatch, path, completed, "If-Match", p.mediator.get(path).header.Get("ETag")).want(t, http.StatusOK)
	p.mediator.post(path+"/written-agreement", written()).want(t, http.StatusOK)
	p.mediator.post(path+"/obligations/1/performance", map[string]any{"on": today, "status": "performed"}).want(t, http.StatusOK)
	p.mediator.post(path+"/follow-ups/2/result", visit()).want(t, http.StatusOK)
	p.director.post(path+"/close", day()).want(t, http.StatusOK)
	p.mediator.brings(path, storagetest.Picture(1), map[string]any{"kind": "identity", "title": "身份证", "partyNo": 1})
	a := p.director.post(path+"/archive", day())
	a.field(t, "/incomplete")
	if !strings.Contains(string(a.raw), "2号当事人") || strings.Contains(string(a.raw), "1号当事人") {
		t.Errorf("who lacks a paper: %s", a.raw)
	}
	p.mediator.brings(path, storagetest.Picture(2), map[string]any{"kind": "identity", "title": "身份证", "partyNo": 2})
	if n := p.director.get(path+"/manifest").want(t, http.StatusOK).size(t, "items"); n != 0 {
		t.Errorf("%d documents before the locking", n)
	}
	p.director.post(path+"/archive", day()).field(t, "/incomplete") // no record of a session
	p.director.post(path+"/archive", map[string]any{"on": today, "incomplete": "paper_kept"}).want(t, http.StatusOK)
	m := p.director.get(path+"/manifest").want(t, http.StatusOK)
	text := string(m.raw)
	for _, part := range []string{`"document":"agreement"`, `"method":"handwritten"`, `"who":"committee"`, `"document":"notice"`, "当事人身份证明：身份证", `"who":"brought"`} {
		if !strings.Contains(text, part) {
			t.Errorf("no %s in %s", part, text)
		}
	}
	p.mediator.do(http.MethodPost, path+"/files", storagetest.Picture(3), file...).refused(t, http.StatusConflict, domain.CodeNotOpen)
	p.mediator.post(path+"/attachments/1/withdraw", map[string]any{"reason": "unclear"}).refused(t, http.StatusConflict, domain.CodeNotOpen)
	p.director.post(path+"/ask-reopening", map[string]any{"reason": "content_improper", "consents": true}).want(t, http.StatusOK)
	p.office2.post(path+"/reopen", day()).want(t, http.StatusOK)
	p.mediator.post(path+"/attachments/1/withdraw", map[string]any{"reason": "unclear"}).refused(t, http.StatusConflict, domain.CodeGuard)
	if again := p.director.get(path+"/manifest").want(t, http.StatusOK); string(again.raw) != text {
		t.Errorf("the manifest changed: %s", again.raw)
	}
}
