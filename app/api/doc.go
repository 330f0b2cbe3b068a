// Package api serves the document of openapi/ over HTTP. What is generated from it is in api.gen.go; by hand beside it: the
// path of a request (router.go), who asks (auth.go), what may come in (body.go, validate.go, check.go), once only
// (idempotency.go), what goes out when it is refused (problem.go), and for each entity one file of handlers and one mapper.
package api
