package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"baimi/domain"
)

const (
	maxBody  = 1 << 20
	maxDepth = 20 // our deepest body has 4
)

// readBody reads a JSON body and refuses what would pass the schema, or only fail in the database: broken UTF-8, a
// member given twice, control characters, endless depth.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if err := jsonOnly(r); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, domain.Errorf(codeTooLarge, "提交的内容不能超过1MB")
		}
		return nil, domain.Errorf(codeBadRequest, "提交的内容没有完整送达")
	}
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return nil, domain.Errorf(codeBadRequest, "请求没有内容")
	case !utf8.Valid(body):
		return nil, domain.Errorf(codeBadRequest, "内容的编码须为UTF-8")
	}
	if err := scan(body); err != nil {
		return nil, err
	}
	return body, nil
}

const (
	fileMedia = "application/octet-stream"
	jsonMedia = "application/json"
)

// readFile reads a file that is uploaded as the body itself, up to so many bytes.
func readFile(most int) func(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	return func(w http.ResponseWriter, r *http.Request) ([]byte, error) {
		media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if enc := r.Header.Get("Content-Encoding"); err != nil || media != fileMedia || enc != "" && enc != "identity" {
			return nil, domain.Errorf(codeMediaType, "请以 Content-Type: %s 上传文件本身", fileMedia)
		}
		if r.ContentLength > int64(most) {
			return nil, domain.Errorf(codeTooLarge, "文件不能超过%dMB，请分成几个文件", most>>20)
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(most)))
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &tooLarge):
			return nil, domain.Errorf(codeTooLarge, "文件不能超过%dMB，请分成几个文件", most>>20)
		case err != nil:
			return nil, domain.Errorf(codeBadRequest, "文件没有完整送达")
		case len(body) == 0:
			return nil, domain.Errorf(codeBadRequest, "文件是空的")
		}
		return body, nil
	}
}

func jsonOnly(r *http.Request) error {
	if enc := r.Header.Get("Content-Encoding"); enc != "" && enc != "identity" {
		return domain.Errorf(codeMediaType, "不接受压缩的请求内容")
	}
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := strings.ToLower(params["charset"])
	if err != nil || media != jsonMedia || charset != "" && charset != "utf-8" {
		return domain.Errorf(codeMediaType, "请以 Content-Type: application/json 提交")
	}
	return nil
}

// scan walks a JSON text once.
func scan(body []byte) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var fields []domain.FieldError
	if err := walk(d, "", 0, &fields); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return domain.Errorf(codeBadRequest, "JSON之后有多余的内容")
	}
	if len(fields) > 0 {
		return &domain.Error{Code: codeBadRequest, Message: "有内容需要改正", Fields: fields}
	}
	return nil
}

func walk(d *json.Decoder, at string, depth int, fields *[]domain.FieldError) error {
	if depth > maxDepth {
		return domain.Errorf(codeBadRequest, "JSON嵌套过深")
	}
	t, err := d.Token()
	if err != nil {
		return domain.Errorf(codeBadRequest, "不是正确的JSON")
	}
	switch v := t.(type) {
	case json.Delim:
		if v == '{' {
			return walkObject(d, at, depth, fields)
		}
		for i := 0; d.More(); i++ {
			if err := walk(d, fmt.Sprintf("%s/%d", at, i), depth+1, fields); err != nil {
				return err
			}
		}
		_, err = d.Token()
		return unfinished(err)
	case string:
		if strings.ContainsFunc(v, unprintable) {
			*fields = append(*fields, domain.FieldError{Pointer: at, Code: "control_character", Message: "含有不可见的控制字符，请删去"})
		}
	}
	return nil
}

func walkObject(d *json.Decoder, at string, depth int, fields *[]domain.FieldError) error {
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return unfinished(err)
		}
		name, ok := t.(string)
		if !ok {
			return domain.Errorf(codeBadRequest, "不是正确的JSON")
		}
		pointer := at + "/" + pointerPart(name)
		if seen[name] {
			*fields = append(*fields, domain.FieldError{Pointer: pointer, Code: "duplicate", Message: "同一项出现了两次"})
		}
		seen[name] = true
		if err := walk(d, pointer, depth+1, fields); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return unfinished(err)
}

func unfinished(err error) error {
	if err != nil {
		return domain.Errorf(codeBadRequest, "不是正确的JSON")
	}
	return nil
}

// unprintable is what neither paper nor the database can hold; line breaks and tabs may stay.
func unprintable(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' || r == 0xFFFE || r == 0xFFFF
}

var pointerEscape = strings.NewReplacer("~", "~0", "/", "~1")

// pointerPart is one step of a JSON pointer (RFC 6901), cut short: the name may be anything somebody sent.
func pointerPart(name string) string {
	if r := []rune(name); len(r) > 40 {
		name = string(r[:40])
	}
	return pointerEscape.Replace(name)
}
