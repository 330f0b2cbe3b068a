package domain

import (
	"bytes"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"

	"github.com/google/uuid"
)

// SecretKind says what a personal value is: its name in the database and how it looks masked.
type SecretKind interface {
	Name() string
	Mask(plain string) string
}

// Secret is a personal value. Everywhere it shows only its mask; Reveal alone gives the text. In a case's row it is
// the number of a personal_value, in an event a commitment SHA-256(salt ‖ text), so that erasing the text breaks
// neither. The zero Secret is "not given".
type Secret[K SecretKind] struct {
	id     uuid.UUID
	salt   [16]byte
	text   *string // behind a pointer: fmt asks no methods of an unexported field and would print a string, not what a pointer leads to
	erased string
}

// NewSecret makes a personal value with a random number and salt from rnd; an empty text is "not given".
func NewSecret[K SecretKind](rnd io.Reader, plain string) (Secret[K], error) {
	var s Secret[K]
	if plain = CleanText(plain); plain == "" {
		return s, nil
	}
	id, err := uuid.NewRandomFromReader(rnd)
	if err != nil {
		return s, fmt.Errorf("random number of a personal value: %w", err)
	}
	if _, err := io.ReadFull(rnd, s.salt[:]); err != nil {
		return s, fmt.Errorf("salt of a personal value: %w", err)
	}
	s.id, s.text = id, &plain
	return s, nil
}

// Given tells whether there is a value, erased or not.
func (s Secret[K]) Given() bool { return s.id != uuid.Nil }

// Reveal gives the text; an erased value says that it was erased and why.
func (s Secret[K]) Reveal() string {
	if s.erased != "" {
		return "已删除（" + ErasureGround(s.erased).Name() + "）"
	}
	return s.plain()
}

func (s Secret[K]) plain() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Masked gives what anybody may see who may see that there is a value.
func (s Secret[K]) Masked() string {
	if s.erased != "" {
		return "已删除"
	}
	if !s.Given() {
		return ""
	}
	var k K
	return k.Mask(s.plain())
}

func (s Secret[K]) String() string             { return s.Masked() }
func (s Secret[K]) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.Masked()) } // %v, %+v, %#v alike
func (s Secret[K]) LogValue() slog.Value       { return slog.StringValue(s.Masked()) }
func (Secret[K]) GormDataType() string         { return "uuid" }
func (s Secret[K]) commitment() [sha256.Size]byte {
	return sha256.Sum256(append(s.salt[:], s.plain()...))
}

// MarshalJSON writes the reference and the commitment that an event carries.
func (s Secret[K]) MarshalJSON() ([]byte, error) {
	if !s.Given() {
		return []byte("null"), nil
	}
	c := s.commitment()
	b := append(make([]byte, 0, 130), `{"commitment":"`...) // nothing in it needs an escape, and every event holds several
	b = hex.AppendEncode(b, c[:])
	b = append(b, `","ref":"`...)
	b = append(b, s.id.String()...)
	return append(b, `"}`...), nil
}

// Value stores the number of the personal value.
func (s Secret[K]) Value() (driver.Value, error) {
	if !s.Given() {
		return nil, nil
	}
	return s.id.String(), nil
}

// Scan reads the number; storage opens the text afterwards.
func (s *Secret[K]) Scan(v any) error {
	*s = Secret[K]{}
	if v == nil {
		return nil
	}
	return s.id.Scan(v)
}

// Personal is a Secret of any kind, as storage handles it.
type Personal interface {
	Ref() uuid.UUID
	Kind() string
	// Content is what is encrypted: the salt, then the text.
	Content() []byte
	// Plain is the text alone, for the blind index.
	Plain() string
	// Open puts decrypted content back.
	Open(content []byte) error
	// Erased marks the value as erased on a ground.
	Erased(ground string)
	// IsErased tells whether it was.
	IsErased() bool
}

// Ref is the number of the personal value.
func (s *Secret[K]) Ref() uuid.UUID { return s.id }

// Kind names the kind in the database.
func (s *Secret[K]) Kind() string { var k K; return k.Name() }

// Content implements Personal.
func (s *Secret[K]) Content() []byte { return append(bytes.Clone(s.salt[:]), s.plain()...) }

// Plain implements Personal.
func (s *Secret[K]) Plain() string { return s.plain() }

// Open implements Personal.
func (s *Secret[K]) Open(content []byte) error {
	if len(content) <= len(s.salt) {
		return fmt.Errorf("personal value %s is too short", s.id)
	}
	copy(s.salt[:], content)
	text := string(content[len(s.salt):])
	s.text = &text
	return nil
}

// Erased implements Personal.
func (s *Secret[K]) Erased(ground string) { *s = Secret[K]{id: s.id, erased: ground} }

// IsErased implements Personal.
func (s *Secret[K]) IsErased() bool { return s.erased != "" }

// The kinds of personal values.
type (
	nameKind       struct{}
	idNumberKind   struct{}
	phoneKind      struct{}
	addressKind    struct{}
	placeKind      struct{}
	factsKind      struct{}
	wishKind       struct{}
	termsKind      struct{}
	textKind       struct{}
	birthKind      struct{}
	statementKind  struct{}
	ethnicityKind  struct{}
	occupationKind struct{}
	workplaceKind  struct{}
	titleKind      struct{}
)

// The personal values of a case.
type (
	SecretName       = Secret[nameKind]       // 姓名或名称
	SecretIDNumber   = Secret[idNumberKind]   // 证件号码
	SecretPhone      = Secret[phoneKind]      // 联系方式
	SecretAddress    = Secret[addressKind]    // 单位或住址
	SecretPlace      = Secret[placeKind]      // 纠纷发生地
	SecretFacts      = Secret[factsKind]      // 纠纷简要情况
	SecretWish       = Secret[wishKind]       // 申请事项
	SecretTerms      = Secret[termsKind]      // 协议内容、履行事项
	SecretText       = Secret[textKind]       // 协议全文
	SecretBirth      = Secret[birthKind]      // 出生日期
	SecretStatement  = Secret[statementKind]  // 发现的情况、采取的措施、理由和说明
	SecretTitle      = Secret[titleKind]      // 材料名称
	SecretEthnicity  = Secret[ethnicityKind]  // 民族
	SecretOccupation = Secret[occupationKind] // 职业或职务
	SecretWorkplace  = Secret[workplaceKind]  // 工作单位
)

func (nameKind) Name() string       { return "name" }
func (idNumberKind) Name() string   { return "id_number" }
func (phoneKind) Name() string      { return "phone" }
func (addressKind) Name() string    { return "address" }
func (placeKind) Name() string      { return "place" }
func (factsKind) Name() string      { return "facts" }
func (wishKind) Name() string       { return "wish" }
func (termsKind) Name() string      { return "terms" }
func (textKind) Name() string       { return "agreement" }
func (birthKind) Name() string      { return "birth" }
func (statementKind) Name() string  { return "statement" }
func (titleKind) Name() string      { return "title" }
func (ethnicityKind) Name() string  { return "ethnicity" }
func (occupationKind) Name() string { return "occupation" }
func (workplaceKind) Name() string  { return "workplace" }

func (nameKind) Mask(s string) string      { return MaskName(s) }
func (idNumberKind) Mask(s string) string  { return MaskIDNumber(s) }
func (phoneKind) Mask(s string) string     { return MaskPhone(s) }
func (addressKind) Mask(s string) string   { return MaskAddress(s) }
func (placeKind) Mask(s string) string     { return MaskAddress(s) }
func (factsKind) Mask(string) string       { return "（内容保密）" }
func (wishKind) Mask(string) string        { return "（内容保密）" }
func (termsKind) Mask(string) string       { return "（内容保密）" }
func (textKind) Mask(string) string        { return "（内容保密）" }
func (birthKind) Mask(string) string       { return "****-**-**" }
func (statementKind) Mask(string) string   { return "（内容保密）" }
func (titleKind) Mask(string) string       { return "（内容保密）" }
func (ethnicityKind) Mask(string) string   { return "**" }
func (occupationKind) Mask(string) string  { return "**" }
func (workplaceKind) Mask(s string) string { return MaskAddress(s) }

// Personal lists every personal value of the case and of what belongs to it.
func (c *Case) Personal() []Personal {
	all := []Personal{&c.Place, &c.Facts, &c.Wish}
	for i := range c.Parties {
		p := &c.Parties[i]
		all = append(all, &p.Name, &p.IDNumber, &p.Phone, &p.Address, &p.Birth, &p.Ethnicity, &p.Occupation, &p.Workplace)
	}
	for i := range c.Representatives {
		r := &c.Representatives[i]
		all = append(all, &r.Name, &r.IDNumber, &r.Phone)
	}
	for i := range c.Escalations {
		x := &c.Escalations[i]
		all = append(all, &x.Signs, &x.MeasuresNote)
	}
	for i := range c.Recusals {
		all = append(all, &c.Recusals[i].Statement, &c.Recusals[i].Reason)
	}
	for i := range c.Invitees {
		x := &c.Invitees[i]
		all = append(all, &x.Name, &x.Phone, &x.Why)
	}
	for i := range c.Contacts {
		all = append(all, &c.Contacts[i].Other, &c.Contacts[i].Note)
	}
	for i := range c.Sessions {
		x := &c.Sessions[i]
		all = append(all, &x.Place, &x.Invited, &x.Statements, &x.Verified, &x.Persuasion)
	}
	for i := range c.WaivedNotes {
		all = append(all, &c.WaivedNotes[i].Text)
	}
	for i := range c.Screenings {
		all = append(all, &c.Screenings[i].Note)
	}
	for i := range c.Agreements {
		all = append(all, &c.Agreements[i].Terms, &c.Agreements[i].Text)
	}
	for i := range c.Obligations {
		all = append(all, &c.Obligations[i].What, &c.Obligations[i].Place)
	}
	for i := range c.Attachments {
		all = append(all, &c.Attachments[i].Title)
	}
	return all
}
