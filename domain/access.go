package domain

import (
	"time"

	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// AccessKind is a way of getting to see personal data that is logged (ruling P18). Lists are masked and not logged; a
// move leaves its event.
type AccessKind string

// The kinds of access.
const (
	AccessDetail       AccessKind = "detail"        // 查看案件详情
	AccessUnmask       AccessKind = "unmask"        // 查看完整证件号码、电话、住址
	AccessSearchPerson AccessKind = "search_person" // 按当事人查找
	AccessExport       AccessKind = "export"        // 导出
	AccessPrint        AccessKind = "print"         // 打印
	AccessDownload     AccessKind = "download"      // 下载文件
)

// Accesses lists the kinds with their Chinese names.
var Accesses = []struct {
	Kind AccessKind
	Name string
}{
	{AccessDetail, "查看案件详情"},
	{AccessUnmask, "查看完整信息"},
	{AccessSearchPerson, "按当事人查找"},
	{AccessExport, "导出"},
	{AccessPrint, "打印"},
	{AccessDownload, "下载文件"},
}

// Name is the kind's Chinese name.
func (k AccessKind) Name() string {
	for _, x := range Accesses {
		if x.Kind == k {
			return x.Name
		}
	}
	return string(k)
}

// Access is a line of the access log: who got to see what, of which case, why. It never holds what was seen.
type Access struct {
	County       County
	At           time.Time
	ID           uuid.UUID
	Person       *PersonID // nil for the machine itself
	Assignment   *AssignmentID
	Role         Role
	Org          *OrgID
	Via          Via
	Request      string
	What         AccessKind
	CaseID       *uuid.UUID
	DemandNo     *DemandNo
	PartyNo      *int
	Fields       Codes // of an unmasking; of a file, whether its rendition or its original
	AttachmentNo *int
	Reason       string
	Count        *int // of what concerns several cases
}

// TableName names the table.
func (Access) TableName() string { return "access_log" }

// Access is a line about the actor, to be completed by what it is of.
func (a Actor) Access(what AccessKind, at time.Time) Access {
	l := Access{County: a.County, At: at, Role: a.Role, Via: a.Via, Request: a.Request, What: what, Fields: Codes{}}
	if a.Via != ViaSystem {
		l.Person, l.Assignment, l.Org = &a.Person, &a.Assignment, &a.Org
	}
	return l
}

// Of says which case the line is about.
func (l Access) Of(c *Case) Access {
	id, no := c.ID, c.DemandNo
	l.CaseID, l.DemandNo = &id, &no
	return l
}

// AccessFilter narrows the access log; zero fields do not.
type AccessFilter struct {
	From, To calendar.Date // days in China, both included
	Person   PersonID
	What     AccessKind
	DemandNo DemandNo
}
