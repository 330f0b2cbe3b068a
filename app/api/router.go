package api

import (
	"fmt"
	"net/http"
	"regexp"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"
)

// router hands each route of the generated code to echo together with its operation of the document, so that nothing
// is looked up anew for a request, and a route without an operation fails at the start.
type router struct {
	e   *echo.Echo
	s   *server
	doc *openapi3.T
	err error
}

// operation is a route with what the document says about it.
type operation struct {
	id      string
	route   *routers.Route
	public  bool            // nobody need be signed in
	schemes map[string]bool // session, token
	body    bool            // takes a JSON body
	file    int             // the most bytes of the file it takes; 0 for none
	once    bool            // takes an Idempotency-Key
	json    bool            // answers with JSON
	secret  bool            // answers with what must not be guessed
	reads   bool            // changes nothing, whatever its method
	query   map[string]bool // the parameters it knows
}

var pathParam = regexp.MustCompile(`:([A-Za-z]+)`)

func (r *router) add(method, path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	op, err := r.operation(method, pathParam.ReplaceAllString(path[len(base):], "{$1}"))
	if err != nil && r.err == nil {
		r.err = err
	}
	chain := append([]echo.MiddlewareFunc{compressed(op), r.s.authenticate(op), r.s.validate(op), r.s.once(op)}, m...)
	return r.e.Add(method, path, h, chain...)
}

func (r *router) operation(method, path string) (operation, error) {
	item := r.doc.Paths.Value(path)
	if item == nil || item.GetOperation(method) == nil {
		return operation{}, fmt.Errorf("%s %s is not in openapi.yaml", method, path)
	}
	o := item.GetOperation(method)
	op := operation{
		id:    o.OperationID,
		route: &routers.Route{Spec: r.doc, Path: path, PathItem: item, Method: method, Operation: o},
		body:  o.RequestBody != nil, reads: method == http.MethodGet || o.Extensions["x-reads"] == true, secret: o.Extensions["x-secret"] == true,
		schemes: map[string]bool{}, query: map[string]bool{},
	}
	for status, r := range o.Responses.Map() {
		op.json = op.json || status != "default" && r.Value.Content[jsonMedia] != nil
	}
	if op.body && o.RequestBody.Value.Content[fileMedia] != nil {
		op.body, op.file = false, int(*o.RequestBody.Value.Content[fileMedia].Schema.Value.MaxLength)
	}
	security := r.doc.Security
	if o.Security != nil {
		security = *o.Security
	}
	op.public = len(security) == 0
	for _, alternative := range security {
		for name := range alternative {
			op.schemes[name] = true
		}
	}
	for _, list := range []openapi3.Parameters{item.Parameters, o.Parameters} {
		for _, p := range list {
			op.once = op.once || p.Value.In == openapi3.ParameterInHeader && p.Value.Name == headerKey
			if p.Value.In == openapi3.ParameterInQuery {
				op.query[p.Value.Name] = true
			}
		}
	}
	return op, nil
}

// The methods that the generated code registers with.

func (r *router) CONNECT(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return r.add(http.MethodConnect, path, h, m...)
}

func (r *router) DELETE(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return r.add(http.MethodDelete, path, h, m...)
}

func (r *router) GET(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return r.add(http.MethodGet, path, h, m...)
}

func (r *router) HEAD(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return r.add(http.MethodHead, path, h, m...)
}

func (r *router) OPTIONS(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return r.add(http.MethodOptions, path, h, m...)
}

func (r *router) PATCH(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return r.add(http.MethodPatch, path, h, m...)
}

func (r *router) POST(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return r.add(http.MethodPost, path, h, m...)
}

func (r *router) PUT(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return r.add(http.MethodPut, path, h, m...)
}

func (r *router) TRACE(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return r.add(http.MethodTrace, path, h, m...)
}
