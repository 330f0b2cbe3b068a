// Package evidence looks at files that people bring to a case: what they are by their content, whether they can be taken, and what
// of them can be shown in place of the original. It never trusts a name or a header, and what it gives to be shown holds
// neither scripts nor what a camera wrote beside the picture.
package evidence

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"baimi/domain"
)

// MaxSize bounds a file in bytes.
const MaxSize = 50 << 20

// The media types that are taken.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	WebP = "image/webp"
	BMP  = "image/bmp"
	PDF  = "application/pdf"
	DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// taken are the kinds of files, by the type their content shows, with the ending under which they are handed out. Those
// without a reader are kept as they are and not shown.
var taken = map[string]struct {
	ending string
	read   func(content []byte) (Found, error)
}{
	JPEG:              {"jpg", picture},
	PNG:               {"png", picture},
	WebP:              {"webp", picture},
	BMP:               {"bmp", picture},
	PDF:               {"pdf", paper},
	DOCX:              {"docx", office},
	XLSX:              {"xlsx", office},
	"image/heic":      {"heic", nil},
	"image/heif":      {"heif", nil},
	"video/mp4":       {"mp4", nil},
	"video/quicktime": {"mov", nil},
	"video/3gpp":      {"3gp", nil},
	"audio/mpeg":      {"mp3", nil},
	"audio/mp4":       {"m4a", nil},
	"audio/x-m4a":     {"m4a", nil},
	"audio/wav":       {"wav", nil},
	"audio/amr":       {"amr", nil},
	"audio/aac":       {"aac", nil},
}

// Ending is the ending of a file's name, without the dot.
func Ending(media string) string { return taken[media].ending }

// Found is what a file is.
type Found struct {
	Media     string
	Pixels    *int // of a picture
	Rendition *Shown
}

// Shown is what people look at in place of the original.
type Shown struct {
	Media   string
	Content []byte
	Pages   int
}

// Inspect tells what a file is and makes what can be shown of it; or refuses it in words for who brought it.
func Inspect(content []byte) (Found, error) {
	switch {
	case len(content) == 0:
		return Found{}, refuse("empty", "文件是空的，请重新选择")
	case len(content) > MaxSize:
		return Found{}, refuse("too_large", "文件不能超过%dMB，请压缩后或者分成几个文件上传", MaxSize>>20)
	}
	media := mediaOf(content)
	kind, ok := taken[media]
	if !ok {
		return Found{}, refuse("media", "不能上传这种文件。可以上传照片（JPG、PNG、HEIC）、PDF、Word、Excel文件和录音录像（MP3、M4A、WAV、MP4）。系统按文件内容识别，只改文件名不起作用")
	}
	if err := onlyOne(media, content); err != nil {
		return Found{}, err
	}
	if kind.read == nil {
		return Found{Media: media}, nil
	}
	found, err := kind.read(content)
	found.Media = media
	return found, err
}

// mediaOf is the type by content, in the one name we have for it.
func mediaOf(content []byte) string {
	media, _, _ := strings.Cut(mimetype.Detect(content).String(), ";")
	switch media {
	case "image/heic-sequence":
		return "image/heic"
	case "image/heif-sequence":
		return "image/heif"
	case "audio/x-wav":
		return "audio/wav"
	}
	return media
}

// refuse is a refusal of the file itself.
func refuse(code, format string, args ...any) error {
	return &domain.Error{Code: domain.CodeInvalid, Message: fmt.Sprintf(format, args...), Fields: []domain.FieldError{
		{Pointer: "/file", Code: code, Message: fmt.Sprintf(format, args...)},
	}}
}

// tails are how far from its end a ZIP's directory can end: a comment has at most 65,535 bytes.
const tails = 1<<16 + 22

// onlyOne refuses a file that is two things at once: read as one by us and as another by whoever opens it.
func onlyOne(media string, content []byte) error {
	head := bytes.ToLower(content[:min(len(content), 4096)])
	strange := false
	switch media {
	case DOCX, XLSX:
		strange = !bytes.HasPrefix(content, []byte("PK\x03\x04"))
	case PDF:
		strange = !bytes.HasPrefix(content, []byte("%PDF-")) || holdsZIP(content)
	default:
		strange = bytes.Contains(content[:min(len(content), 1024)], []byte("%PDF-")) || holdsZIP(content)
	}
	for _, tag := range []string{"<script", "<html", "<!doctype", "<?php", "<svg"} {
		strange = strange || media != PDF && bytes.Contains(head, []byte(tag))
	}
	switch media {
	case JPEG:
		strange = strange || !endsAsJPEG(content)
	case PNG:
		strange = strange || !bytes.HasSuffix(content, []byte("IEND\xaeB\x60\x82"))
	}
	if strange {
		return refuse("polyglot", "文件里夹带了其他内容或者不完整，不能上传。请重新拍照、扫描或者另存后再上传")
	}
	return nil
}

// holdsZIP tells whether a program that unpacks archives would find one in it.
func holdsZIP(content []byte) bool {
	tail := content[max(0, len(content)-tails):]
	for {
		at := bytes.Index(tail, []byte("PK\x05\x06"))
		if at < 0 {
			return false
		}
		if rest := tail[at:]; len(rest) >= 22 && int(rest[20])|int(rest[21])<<8 == len(rest)-22 {
			return true
		}
		tail = tail[at+4:]
	}
}

// endsAsJPEG tells whether a picture has its end. Telephones write more pictures or a short film after it; what else
// follows is nothing of a picture.
func endsAsJPEG(content []byte) bool {
	end := bytes.LastIndex(content, []byte{0xff, 0xd9})
	if end < 0 {
		return false
	}
	rest := bytes.Trim(content[end+2:], "\x00\r\n \xff")
	return len(rest) == 0 || bytes.Contains(content, []byte("ftypmp4")) || bytes.Contains(content, []byte("ftypisom")) || bytes.Contains(rest, []byte("SEFT"))
}

// Digest is the SHA-256 of some bytes.
func Digest(content []byte) domain.Digest {
	sum := sha256.Sum256(content)
	return domain.Digest(hex.EncodeToString(sum[:]))
}

// File is what is kept of a file that was found to be good. The caller numbers it.
func (f Found) File(content []byte) domain.StoredFile {
	out := domain.StoredFile{Media: f.Media, Size: int64(len(content)), Digest: Digest(content), Pixels: f.Pixels}
	if r := f.Rendition; r != nil {
		out.Rendition = &domain.Rendition{Media: r.Media, Size: int64(len(r.Content)), Digest: Digest(r.Content), Pages: r.Pages}
	}
	return out
}

// Check is what the use cases ask: what a file is, and the bytes of what is shown of it.
func Check(content []byte) (domain.StoredFile, []byte, error) {
	found, err := Inspect(content)
	if err != nil {
		return domain.StoredFile{}, nil, err
	}
	if found.Rendition == nil {
		return found.File(content), nil, nil
	}
	return found.File(content), found.Rendition.Content, nil
}
