package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"baimi/app"
	"baimi/domain"
)

const headerKey = "Idempotency-Key"

// answer is what is stored of an answer and sent again byte for byte.
type answer struct {
	Status int         `json:"status"`
	Header http.Header `json:"header"`
	Body   []byte      `json:"body"`
}

// once runs a handler inside the transaction that also stores its answer, when the client names the request by a key.
// Nothing goes out before the commit: an answer that was sent is one that is kept.
func (s *server) once(op operation) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			key := c.Request().Header.Get(headerKey)
			if !op.once || key == "" {
				return next(c)
			}
			request := app.Request{Key: key, Operation: op.id, Hash: requestHash(c.Request())}
			stored, replayed, err := s.Once.Do(c.Request().Context(), actor(c.Request().Context()), request,
				func(ctx context.Context) ([]byte, error) { return record(ctx, c, next) })
			if err != nil {
				return err
			}
			var a answer
			if err := json.Unmarshal(stored, &a); err != nil {
				return fmt.Errorf("read a stored answer: %w", err)
			}
			if replayed {
				if err := s.stillSees(c, a.Header.Get("Location")); err != nil {
					return err
				}
			}
			h := c.Response().Header()
			for name, values := range a.Header {
				h[name] = values
			}
			if replayed {
				h.Set("Idempotency-Replayed", "true")
			}
			c.Response().WriteHeader(a.Status)
			_, err = c.Response().Write(a.Body)
			return err
		}
	}
}

// stillSees keeps a stored answer about a case from whoever has lost the right to it since.
func (s *server) stillSees(c echo.Context, location string) error {
	about := c.Param("caseId")
	if about == "" {
		_, about, _ = strings.Cut(location, "/cases/")
	}
	if about == "" {
		return nil
	}
	id, err := domain.ParseCaseID(about)
	if err != nil {
		return err
	}
	_, err = s.Cases.Get(c.Request().Context(), actor(c.Request().Context()), id)
	return err
}

// requestHash covers what makes it this request and no other.
func requestHash(r *http.Request) []byte {
	h := sha256.New()
	body, _ := r.Context().Value(bodyKey{}).([]byte)
	for _, part := range [][]byte{[]byte(r.Method), []byte(r.URL.EscapedPath()), []byte(r.URL.RawQuery), []byte(r.Header.Get("If-Match")), body} {
		fmt.Fprintf(h, "%d:", len(part))
		h.Write(part)
	}
	return h.Sum(nil)
}

// record runs the handler against a recorder and gives what it answered.
func record(ctx context.Context, c echo.Context, next echo.HandlerFunc) ([]byte, error) {
	request, response := c.Request(), c.Response()
	defer func() {
		c.SetRequest(request)
		c.SetResponse(response)
	}()
	rec := &recorder{header: http.Header{}, status: http.StatusOK}
	c.SetResponse(echo.NewResponse(rec, c.Echo()))
	c.SetRequest(request.WithContext(ctx))
	if err := next(c); err != nil {
		return nil, err
	}
	if rec.status >= http.StatusBadRequest {
		return nil, errors.New("a handler answered a refusal instead of returning it")
	}
	stored, err := json.Marshal(answer{Status: rec.status, Header: rec.header, Body: rec.body.Bytes()})
	if err != nil {
		return nil, fmt.Errorf("keep an answer: %w", err)
	}
	return stored, nil
}

// recorder takes an answer instead of the connection.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }
