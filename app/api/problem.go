package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"baimi/app"
	"baimi/domain"
)

// The refusals of HTTP itself, beside those of domain.
const (
	codeBadRequest   domain.Code = "bad-request"
	codeNoRoute      domain.Code = "no-such-operation"
	codeMethod       domain.Code = "method-not-allowed"
	codeTooLarge     domain.Code = "too-large"
	codeMediaType    domain.Code = "unsupported-media-type"
	codeCrossOrigin  domain.Code = "cross-origin"
	codeTLSRequired  domain.Code = "tls-required"
	codeInternal     domain.Code = "internal"
	codeClientClosed domain.Code = "client-closed"
)

type kind struct {
	status int
	title  string
}

// kinds says what each code is in HTTP.
var kinds = map[domain.Code]kind{
	domain.CodeInvalid:         {http.StatusUnprocessableEntity, "内容需要改正"},
	domain.CodeNotFound:        {http.StatusNotFound, "没有找到"},
	domain.CodeForbidden:       {http.StatusForbidden, "没有权限"},
	domain.CodeNotOpen:         {http.StatusConflict, "当前状态不能办理"},
	domain.CodeGuard:           {http.StatusConflict, "办理条件不满足"},
	domain.CodeStale:           {http.StatusPreconditionFailed, "内容已被他人更新"},
	domain.CodeGone:            {http.StatusGone, "已过期"},
	domain.CodeNeedsMatch:      {http.StatusPreconditionRequired, "须注明所依据的版本"},
	domain.CodeExists:          {http.StatusConflict, "已有相同的记录"},
	domain.CodeBooked:          {http.StatusConflict, "时间冲突"},
	domain.CodeUnauthenticated: {http.StatusUnauthorized, "请先登录"},
	domain.CodeThrottled:       {http.StatusTooManyRequests, "尝试过于频繁"},
	domain.CodeInProgress:      {http.StatusConflict, "相同的请求正在处理"},
	domain.CodeKeyReused:       {http.StatusUnprocessableEntity, "幂等键已用于另一个请求"},
	domain.CodeUnavailable:     {http.StatusServiceUnavailable, "服务暂时不可用"},

	codeBadRequest:   {http.StatusBadRequest, "请求格式不正确"},
	codeNoRoute:      {http.StatusNotFound, "没有这个接口"},
	codeMethod:       {http.StatusMethodNotAllowed, "该接口不支持这种操作"},
	codeTooLarge:     {http.StatusRequestEntityTooLarge, "提交的内容过大"},
	codeMediaType:    {http.StatusUnsupportedMediaType, "不支持这种内容格式"},
	codeCrossOrigin:  {http.StatusForbidden, "不接受来自其他网站的请求"},
	codeTLSRequired:  {http.StatusForbidden, "须使用加密连接登录"},
	codeInternal:     {http.StatusInternalServerError, "系统内部错误"},
	codeClientClosed: {499, "请求已取消"},
}

// problem is an error on its way out.
func (s *server) problem(c echo.Context, err error) (Problem, time.Duration) {
	code, detail, fields := describe(err)
	k, known := kinds[code]
	if !known {
		code, k, detail, fields = codeInternal, kinds[codeInternal], "", nil
	}
	p := Problem{Type: "/problems/" + string(code), Title: k.title, Status: k.status, RequestId: requestID(c)}
	if detail != "" {
		p.Detail = &detail
	}
	if len(fields) > 0 {
		list := make([]FieldProblem, 0, len(fields))
		for _, f := range fields[:min(len(fields), mostFields)] {
			list = append(list, FieldProblem{Pointer: f.Pointer, Code: f.Code, Detail: f.Message})
		}
		p.Errors = &list
	}
	return p, retryAfter(code, err)
}

// mostFields bounds how many field errors are named at once.
const mostFields = 200

// describe tells a refusal, which is for the client, from a fault, which stays in the log.
func describe(err error) (code domain.Code, detail string, fields []domain.FieldError) {
	var refusal *domain.Error
	var http400 *echo.HTTPError
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &refusal):
		return refusal.Code, refusal.Message, refusal.Fields
	case errors.As(err, &tooLarge):
		return codeTooLarge, "", nil
	case errors.As(err, &http400):
		return codeOf(http400.Code), "", nil
	case errors.Is(err, context.Canceled):
		return codeClientClosed, "", nil
	case errors.Is(err, context.DeadlineExceeded):
		return domain.CodeUnavailable, "处理超时，请稍后重试", nil
	}
	return codeInternal, "", nil
}

// codeOf names what echo and the generated code refuse; their messages are English and may repeat values.
func codeOf(status int) domain.Code {
	switch {
	case status == http.StatusNotFound:
		return codeNoRoute
	case status == http.StatusMethodNotAllowed:
		return codeMethod
	case status == http.StatusRequestEntityTooLarge:
		return codeTooLarge
	case status == http.StatusUnsupportedMediaType:
		return codeMediaType
	case status >= 400 && status < 500:
		return codeBadRequest
	}
	return codeInternal
}

func retryAfter(code domain.Code, err error) time.Duration {
	var throttled *app.Throttled
	switch {
	case errors.As(err, &throttled):
		return throttled.After
	case code == domain.CodeInProgress:
		return time.Second
	case code == domain.CodeUnavailable:
		return 5 * time.Second
	}
	return 0
}

// handleError is the one place that makes an answer of an error.
func (s *server) handleError(err error, c echo.Context) {
	if c.Response().Committed {
		s.cfg.Log.ErrorContext(c.Request().Context(), "error after the answer began", "route", c.Path(), "error", err)
		return
	}
	p, after := s.problem(c, err)
	if p.Status == http.StatusInternalServerError {
		s.cfg.Log.ErrorContext(c.Request().Context(), "internal error", "request", p.RequestId, "method", c.Request().Method,
			"route", c.Path(), "error", err)
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "no-store")
	if after > 0 {
		h.Set("Retry-After", strconv.Itoa(int(after.Seconds())))
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="baimi"`)
	}
	body, err := json.Marshal(p)
	if err != nil {
		s.cfg.Log.ErrorContext(c.Request().Context(), "problem not written", "error", err)
		return
	}
	if err := c.Blob(p.Status, "application/problem+json", append(body, '\n')); err != nil {
		s.cfg.Log.DebugContext(c.Request().Context(), "answer not delivered", "request", p.RequestId, "error", err)
	}
}
