package domain

import "slices"

// Status is where a case stands (domain.md 2.1). It is assigned in one place, Case.move.
type Status string

// The states.
const (
	StatusClue          Status = "clue"      // found, nobody has asked yet
	StatusDismissed     Status = "dismissed" // a clue that led to no case (ruling P1)
	StatusRegistered    Status = "registered"
	StatusSupplement    Status = "supplement" // waits for papers or the other side's consent
	StatusNotAccepted   Status = "not_accepted"
	StatusTransferred   Status = "transferred" // handed over; the receiver's answer says whether for good
	StatusAccepted      Status = "accepted"
	StatusMediating     Status = "mediating"
	StatusSuspended     Status = "suspended"
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
	{StatusClue, "线索"},
	{StatusDismissed, "线索已销"},
	{StatusRegistered, "已登记"},
	{StatusSupplement, "待补正"},
	{StatusNotAccepted, "不予受理"},
	{StatusTransferred, "已移送"},
	{StatusAccepted, "已受理"},
	{StatusMediating, "调解中"},
	{StatusSuspended, "中止"},
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
	return !slices.ContainsFunc(Moves, func(m Move) bool { return (m.To != "" || m.Back) && slices.Contains(m.From, s) })
}

func (s Status) agreed() bool { return slices.Contains(agreed, s) }
