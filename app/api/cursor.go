package api

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
)

// A cursor is opaque to clients: a letter for the kind of list, then the sort values of the last row.
const (
	cursorCases         = 'c'
	cursorAlerts        = 'a'
	cursorOrgs          = 'o'
	cursorPoints        = 'p'
	cursorAccess        = 'l'
	cursorSubjects      = 's'
	cursorAccounts      = 'u'
	cursorAccountEvents = 'e'
	cursorImports       = 'i'
	cursorExports       = 'x'
)

// errCursor refuses a cursor that no list of ours gave out.
func errCursor() error {
	return &domain.Error{Code: codeBadRequest, Message: "查询条件有误", Fields: []domain.FieldError{
		{Pointer: "/query/cursor", Code: "cursor", Message: "翻页位置无效，请从第一页重新开始"},
	}}
}

func writeCursor(kind byte, c *domain.Cursor) *string {
	if c == nil {
		return nil
	}
	b := append([]byte{kind}, c.ID[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(c.At.UnixMicro()))
	b = binary.BigEndian.AppendUint32(b, uint32(c.No))
	text := base64.RawURLEncoding.EncodeToString(b)
	return &text
}

func readCursor(kind byte, text *Cursor) (*domain.Cursor, error) {
	if text == nil {
		return nil, nil //nolint:nilnil // no cursor is the first page
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(*text)
	if err != nil || len(b) != 1+16+8+4 || b[0] != kind {
		return nil, errCursor()
	}
	c := &domain.Cursor{
		ID: uuid.UUID(b[1:17]), At: time.UnixMicro(int64(binary.BigEndian.Uint64(b[17:25]))).UTC(), No: int(binary.BigEndian.Uint32(b[25:])),
	}
	if y := c.At.Year(); y < 2000 || y > 2199 || c.No < 0 || c.No > math.MaxInt16 {
		return nil, errCursor()
	}
	return c, nil
}

func writeOrgCursor(kind byte, after domain.OrgID) *string {
	if after == 0 {
		return nil
	}
	text := base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32([]byte{kind}, uint32(after)))
	return &text
}

func readOrgCursor(kind byte, text *Cursor) (domain.OrgID, error) {
	if text == nil {
		return 0, nil
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(*text)
	if err != nil || len(b) != 5 || b[0] != kind || b[1] > 0x7F {
		return 0, errCursor()
	}
	return domain.OrgID(binary.BigEndian.Uint32(b[1:])), nil
}

// page is the page a list was asked for.
func page(kind byte, size *PageSize, cursor *Cursor) (domain.Page, error) {
	after, err := readCursor(kind, cursor)
	return domain.Page{Size: pageSize(size), After: after}, err
}

func pageSize(size *PageSize) int {
	if size == nil {
		return 20
	}
	return int(*size)
}
