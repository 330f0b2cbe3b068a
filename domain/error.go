package domain

import (
	"errors"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// Code is the stable name of a kind of refusal; the API shows it in a problem's type.
type Code string

// The codes, one for each answer a client can act on.
const (
	CodeInvalid         Code = "invalid"       // the input breaks a rule; Fields say where
	CodeNotFound        Code = "not-found"     // it does not exist, or not for this reader
	CodeForbidden       Code = "forbidden"     // visible, but this role may not do it
	CodeNotOpen         Code = "move-not-open" // the case's state does not allow the move
	CodeGuard           Code = "guard"         // the state allows it, a condition of the move is not met
	CodeStale           Code = "stale"         // somebody changed it since it was read
	CodeNeedsMatch      Code = "if-match-required"
	CodeGone            Code = "gone"            // it was there, and its time is over
	CodeExists          Code = "exists"          // there is already one
	CodeBooked          Code = "booked"          // the room or a mediator is booked for another session at that time
	CodeUnauthenticated Code = "unauthenticated" // nobody is signed in, or not any more
	CodeThrottled       Code = "throttled"       // too many tries, wait
	CodeInProgress      Code = "in-progress"     // the same idempotency key is being worked on
	CodeKeyReused       Code = "idempotency-key-reused"
	CodeUnavailable     Code = "unavailable" // try again later
)

// Error is a refusal meant for the person who asked: Message is Chinese and says what to do. Every other error is
// internal and never leaves the log.
type Error struct {
	Code    Code
	Message string
	Fields  []FieldError
}

// FieldError is a refusal of one field. Pointer is the JSON pointer of the field in the request's body.
type FieldError struct {
	Pointer string
	Code    string
	Message string
}

func (e *Error) Error() string { return string(e.Code) + ": " + e.Message }

// Errorf makes an Error.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// NotFound is the answer for what does not exist and for what the reader may not see: the two must look alike.
func NotFound(what string) *Error {
	return Errorf(CodeNotFound, "没有找到该%s，或者您无权查看", what)
}

// CodeOf names the refusal in err, or "" when err is internal.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// problems collects the field errors of one input, so that a form shows them all at once.
type problems struct{ fields []FieldError }

func (p *problems) add(pointer, code, format string, args ...any) {
	p.fields = append(p.fields, FieldError{Pointer: pointer, Code: code, Message: fmt.Sprintf(format, args...)})
}

func (p *problems) require(ok bool, pointer, format string, args ...any) {
	if !ok {
		p.add(pointer, "required", format, args...)
	}
}

// sum refuses a sum of money that its column cannot keep as it is; nil is none.
func (p *problems) sum(pointer string, yuan *decimal.Decimal) {
	if yuan == nil {
		return
	}
	if _, err := NewAmount(*yuan); err != nil {
		p.add(pointer, "amount", "%s", reason(err))
	}
}

// blank tells whether a text says nothing.
func blank(s string) bool { return strings.TrimSpace(CleanText(s)) == "" }

func (p *problems) err() error {
	if len(p.fields) == 0 {
		return nil
	}
	return &Error{Code: CodeInvalid, Message: "有内容需要改正", Fields: p.fields}
}
