package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"baimi/domain"
	"baimi/storage/storagetest"
)

var file = []string{"Content-Type", "application/octet-stream"}

// photo is a picture as the rights test brings it.
var photo = storagetest.Picture(1)

// brings uploads a file and attaches it, and gives the case's answer.
func (u *user) brings(path string, content []byte, about map[string]any) answer {
	u.t.Helper()
	about["file"] = u.do(http.MethodPost, path+"/files", content, file...).want(u.t, http.StatusCreated).text(u.t, "file")
	return u.post(path+"/attachments", about).want(u.t, http.StatusOK)
}

// exif puts what a camera writes before a picture: that it was held on its side, and where it was.
func exif(picture []byte) []byte {
	tiff := "MM\x00*\x00\x00\x00\x08\x00\x02" +
		"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00" + // orientation 6
		"\x01\x0f\x00\x02\x00\x00\x00\x10\x00\x00\x00\x26" + // maker
		"\x00\x00\x00\x00GPS30.39N104.54E"
	app1 := "Exif\x00\x00" + tiff
	size := len(app1) + 2
	return slices.Concat(picture[:2], []byte{0xff, 0xe1, byte(size >> 8), byte(size)}, []byte(app1), picture[2:])
}

func TestAPictureIsKeptAsItCameAndShownCleaned(t *testing.T) {
	t.Parallel()
	p := village(t)
	path := p.registered(t)
	content := exif(storagetest.Picture(9))
	a := p.keeper.brings(path, content, map[string]any{"kind": "identity", "title": "王小明的身份证", "partyNo": 1, "datedOn": today})
	sum := sha256.Sum256(content)
	if a.text(t, "attachments", 0, "digest") != hex.EncodeToString(sum[:]) || a.text(t, "attachments", 0, "media") != "image/jpeg" ||
		a.text(t, "attachments", 0, "title") != "王小明的身份证" || a.text(t, "attachments", 0, "viewable") != "true" {
		t.Errorf("%s", a.raw)
	}
	shown := p.mediator.get(path+"/attachments/1/rendition").want(t, http.StatusOK)
	safe(t, shown)
	img, err := jpeg.Decode(bytes.NewReader(shown.raw))
	if err != nil || img.Bounds() != image.Rect(0, 0, 30, 40) {
		t.Errorf("not upright: %v %v", img.Bounds(), err)
	}
	if bytes.Contains(shown.raw, []byte("GPS30")) || bytes.Contains(shown.raw, []byte("Exif")) {
		t.Error("the rendition tells where the picture was taken")
	}
	original := p.mediator.post(path+"/attachments/1/original", map[string]any{"reason": "court_request"}).want(t, http.StatusOK)
	safe(t, original)
	if !bytes.Equal(original.raw, content) {
		t.Error("the original is not what was brought")
	}
	if strings.Contains(original.header.Get("Content-Disposition"), "%E7%8E%8B") {
		t.Errorf("the name tells whose it is: %s", original.header)
	}
	log := p.director.get(path + "/accesses")
	if text := string(log.raw); !strings.Contains(text, `"part":"original"`) || !strings.Contains(text, "法院调阅") || !strings.Contains(text, `"part":"rendition"`) {
		t.Errorf("the access log: %s", text)
	}
	p.mediator.post(path+"/attachments/1/original", map[string]any{}).refused(t, http.StatusBadRequest, "bad-request")
	p.mediator.post(path+"/attachments/1/withdraw", map[string]any{"reason": "unclear"}).want(t, http.StatusOK)
	p.mediator.get(path+"/attachments/1/rendition").want(t, http.StatusOK)
	p.mediator.get(path+"/attachments/2/rendition").refused(t, http.StatusNotFound, domain.CodeNotFound)
}

// safe asks of an answer that no browser runs what is in it.
func safe(t *testing.T, a answer) {
	t.Helper()
	h := a.header
	if h.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment;") ||
		h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") ||
		!strings.Contains(h.Get("Cache-Control"), "no-store") || h.Get("Content-Digest") == "" {
		t.Errorf("headers %v", h)
	}
}

func TestWhatIsNoGoodFileIsRefusedInWords(t *testing.T) {
	t.Parallel()
	p := village(t)
	path := p.registered(t)
	good := storagetest.Picture(3)
	for what, content := range map[string][]byte{
		"一张截断的图片":   good[:len(good)/2],
		"图片后面夹带压缩包": slices.Concat(good, []byte("PK\x05\x06"), make([]byte, 18)),
		"图片里夹带脚本":   slices.Concat(good[:2], []byte("\xff\xfe\x00\x1a<script>alert(1)</script>"), good[2:]),
		"网页":        []byte("<!doctype html><script>alert(1)</script>"),
		"程序":        []byte("MZ\x90\x00" + strings.Repeat("\x00", 100)),
		"文字":        []byte("两家因院墙排水发生争执。"),
		"坏的PDF":     []byte("%PDF-1.7\n1 0 obj\n"),
		"前面有东西的PDF": []byte("GIF89a%PDF-1.7\n"),
	} {
		a := p.keeper.do(http.MethodPost, path+"/files", content, file...)
		a.refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
		if a.text(t, "errors", 0, "pointer") != "/file" || !strings.Contains(a.text(t, "detail"), "上传") {
			t.Errorf("%s: %s", what, a.raw)
		}
	}
	p.keeper.do(http.MethodPost, path+"/files", []byte{}, file...).refused(t, http.StatusBadRequest, "bad-request")
	p.keeper.do(http.MethodPost, path+"/files", good, "Content-Type", "image/jpeg").refused(t, http.StatusUnsupportedMediaType, "unsupported-media-type")
	p.keeper.do(http.MethodPost, path+"/files", make([]byte, 50<<20+1), file...).refused(t, http.StatusRequestEntityTooLarge, "too-large")
}

func TestAFileIsBroughtOnceAndAttachedOnce(t *testing.T) {
	t.Parallel()
	p := village(t)
	path, other := p.registered(t), p.registered(t)
	content := storagetest.Picture(5)
	once := append(slices.Clone(file), "Idempotency-Key", "the-same-picture")
	id := p.keeper.do(http.MethodPost, path+"/files", content, once...).want(t, http.StatusCreated).text(t, "file")
	if again := p.keeper.do(http.MethodPost, path+"/files", content, once...).want(t, http.StatusCreated); again.text(t, "file") != id {
		t.Errorf("a second file: %s", again.raw)
	}
	about := map[string]any{"file": id, "kind": "evidence", "title": "借条"}
	p.keeper.post(other+"/attachments", about).field(t, "/file")
	p.keeper.post(path+"/attachments", about).want(t, http.StatusOK)
	p.keeper.post(path+"/attachments", about).field(t, "/file")
	about["file"] = p.keeper.do(http.MethodPost, path+"/files", content, file...).want(t, http.StatusCreated).text(t, "file")
	p.keeper.post(path+"/attachments", about).refused(t, http.StatusConflict, domain.CodeExists)
}

// An upload that breaks off leaves nothing, and neither does one of somebody who may not.
func TestAnUploadThatBreaksOffLeavesNothing(t *testing.T) {
	t.Parallel()
	p := village(t)
	path := p.registered(t)
	host := strings.TrimPrefix(p.url, "http://")
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", host)
	fatal(t, err)
	_, err = fmt.Fprintf(conn, "POST /api/v1%s/files HTTP/1.1\r\nHost: %s\r\nContent-Type: application/octet-stream\r\nContent-Length: 100000\r\nCookie: %s\r\n\r\nhalf a picture",
		path, host, p.keeper.cookie.String())
	fatal(t, err)
	fatal(t, conn.Close())
	stranger, _ := p.hired(t, "stranger", domain.RoleMediator, p.CommitteeB1)
	stranger.do(http.MethodPost, path+"/files", storagetest.Picture(1), file...).refused(t, http.StatusNotFound, domain.CodeNotFound)
	p.next.do(http.MethodPost, path+"/files", storagetest.Picture(1), file...).refused(t, http.StatusNotFound, domain.CodeNotFound)
	p.keeper.get(path).want(t, http.StatusOK) // the service goes on
	entries, err := os.ReadDir(p.FilesDir)
	fatal(t, err)
	if len(entries) > 0 {
		t.Errorf("left %v", entries)
	}
}
