package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/labstack/echo/v4"

	"baimi/domain"
)

type bodyKey struct{}

// validate holds a request to the document before the generated code decodes it. The validated value itself is handed
// on (KeepValidatedValue): a second decoding would match member names whatever their case.
func (s *server) validate(op operation) echo.MiddlewareFunc {
	options := &openapi3filter.Options{
		MultiError: true, KeepValidatedValue: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
		SchemaValidationOptions: []openapi3.SchemaValidationOption{
			openapi3.WithStringFormatValidator("date", openapi3.NewCallbackValidator(legalDate)),
			openapi3.WithStringFormatValidator("date-time", openapi3.NewCallbackValidator(instant)),
		},
	}
	options.ExcludeRequestBody = op.file > 0 // what is in a file is its reader's matter
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			if err := checkQuery(op, r); err != nil {
				return err
			}
			if op.body || op.file > 0 {
				read := readBody
				if op.file > 0 {
					read = readFile(op.file)
				}
				body, err := read(c.Response(), r)
				if err != nil {
					return err
				}
				r = r.WithContext(context.WithValue(r.Context(), bodyKey{}, body))
				r.Body = io.NopCloser(bytes.NewReader(body))
				c.SetRequest(r)
			}
			params, err := pathParams(c)
			if err != nil {
				return err
			}
			err = openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
				Request: r, PathParams: params, Route: op.route, Options: options,
			})
			if err != nil {
				return refused(err)
			}
			return next(c)
		}
	}
}

// pathParams are the parts of the path as they were meant; what cannot be read names nothing.
func pathParams(c echo.Context) (map[string]string, error) {
	params := map[string]string{}
	for i, name := range c.ParamNames() {
		v, err := url.PathUnescape(c.ParamValues()[i])
		if err != nil || !utf8.ValidString(v) {
			return nil, domain.NotFound("内容")
		}
		params[name] = v
	}
	return params, nil
}

// checkQuery refuses what the document does not know: a mistyped filter must not show everything.
func checkQuery(op operation, r *http.Request) error {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return domain.Errorf(codeBadRequest, "网址中的查询条件格式不正确")
	}
	var fields []domain.FieldError
	for name, list := range values {
		pointer := "/query/" + pointerPart(strings.ToValidUTF8(name, "?"))
		switch {
		case !op.query[name]:
			fields = append(fields, domain.FieldError{Pointer: pointer, Code: "unknown", Message: "没有这个查询条件"})
		case len(list) > 1:
			fields = append(fields, domain.FieldError{Pointer: pointer, Code: "duplicate", Message: "同一查询条件出现了两次"})
		case !utf8.ValidString(list[0]) || strings.ContainsFunc(list[0], unprintable):
			fields = append(fields, domain.FieldError{Pointer: pointer, Code: "control_character", Message: "含有不能识别的字符"})
		}
	}
	if len(fields) > 0 {
		return &domain.Error{Code: codeBadRequest, Message: "查询条件有误", Fields: fields}
	}
	return nil
}

// refused makes one refusal of all the validator found, each field once.
func refused(err error) error {
	v := violations{seen: map[string]bool{}}
	v.walk(err, "")
	if v.path {
		return domain.NotFound("内容")
	}
	return &domain.Error{Code: codeBadRequest, Message: "有内容需要改正", Fields: v.fields}
}

type violations struct {
	fields []domain.FieldError
	seen   map[string]bool
	path   bool // a part of the path names nothing
}

func (v *violations) add(pointer, code, message string) {
	if !v.seen[pointer] {
		v.seen[pointer] = true
		v.fields = append(v.fields, domain.FieldError{Pointer: pointer, Code: code, Message: message})
	}
}

func (v *violations) walk(err error, at string) {
	switch e := err.(type) { //nolint:errorlint // the validator's own tree is walked node by node
	case openapi3.MultiError:
		for _, x := range e {
			v.walk(x, at)
		}
	case *openapi3filter.RequestError:
		v.request(e)
	case *openapi3.SchemaError:
		v.schema(e, at)
	default:
		v.add(at, "format", "格式不正确")
	}
}

func (v *violations) request(e *openapi3filter.RequestError) {
	at := ""
	if p := e.Parameter; p != nil {
		if p.In == openapi3.ParameterInPath {
			v.path = true
			return
		}
		at = "/" + p.In + "/" + p.Name
	}
	switch {
	case errors.Is(e.Err, openapi3filter.ErrInvalidRequired):
		v.add(at, "required", "此项必填")
	case errors.Is(e.Err, openapi3filter.ErrInvalidEmptyValue):
		v.add(at, "required", "不能为空")
	case e.Err != nil:
		v.walk(e.Err, at)
	default:
		v.add(at, "format", "格式不正确")
	}
}

func (v *violations) schema(e *openapi3.SchemaError, at string) {
	for _, part := range e.JSONPointer() {
		at += "/" + pointerPart(part)
	}
	if e.SchemaField == "properties" {
		v.add(at+"/"+pointerPart(unknownMember(e.Reason)), "unknown", "没有这一项")
		return
	}
	v.add(at, e.SchemaField, schemaMessage(e))
}

// unknownMember takes the member's name out of the validator's reason, the only place that has it.
func unknownMember(reason string) string {
	_, rest, _ := strings.Cut(reason, "property ")
	quoted, err := strconv.QuotedPrefix(rest)
	if err != nil {
		return ""
	}
	name, err := strconv.Unquote(quoted)
	if err != nil {
		return ""
	}
	return name
}
