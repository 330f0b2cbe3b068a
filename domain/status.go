package domain

import "slices"

// Status is where a case stands (domain.md 2.1). It is assigned in one place, Case.move.
type Status string

// The states built so far; the rest of domain.md 2.1 follows with the whole life cycle.
const (
	StatusRegistered    Status = "registered"
	StatusNotAccepted   Status = "not_accepted"
	StatusAccepted      Status = "accepted"
	StatusMediating     Status = "mediating"
	StatusAgreedOral    Status = "agreed_oral"
	StatusAgreedWritten Status = "agreed_written"
	StatusFailed        Status = "failed"
	StatusWithdrawn     Status = "withdrawn"
	StatusClosed        Status = "closed"
	StatusArchived      Status = "archived"
	StatusVoid          Status = "void"
)

// Statuses lists every state with its Chinese name, in the order of the life cycle.
var Statuses = []struct {
	Status Status
	Name   string
}{
	{StatusRegistered, "已登记"},
	{StatusNotAccepted, "不予受理"},
	{StatusAccepted, "已受理"},
	{StatusMediating, "调解中"},
	{StatusAgreedOral, "达成口头协议"},
	{StatusAgreedWritten, "达成书面协议"},
	{StatusFailed, "调解不成"},
	{StatusWithdrawn, "已撤回"},
	{StatusClosed, "已结案"},
	{StatusArchived, "已归档"},
	{StatusVoid, "已作废"},
}

// Name is the state's Chinese name.
func (s Status) Name() string {
	for _, x := range Statuses {
		if x.Status == s {
			return x.Name
		}
	}
	return string(s)
}

// Final tells whether no move leads on.
func (s Status) Final() bool {
	return !slices.ContainsFunc(Moves, func(m Move) bool { return m.To != "" && slices.Contains(m.From, s) })
}
