// Package openapi holds the document of the HTTP interface. It is edited by hand, before the code that serves it.
package openapi

import _ "embed" // the document goes into the binary

//go:generate go run ./answers openapi.yaml
//go:generate go tool oapi-codegen -config oapi-codegen.yaml openapi.yaml

// Document is openapi.yaml.
//
//go:embed openapi.yaml
var Document []byte
