package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"baimi/domain/calendar"
)

// FiledDocument is a document that the file of a case holds when it is locked: a form with its number.
type FiledDocument struct {
	Code string
	No   int // which of several, as the form is numbered
	On   *calendar.Date
}

// ArchivedDocument is one line of what a file held when it was locked (归档清单): the document, its digest, who signed it (档案法 37:
// source, procedure and elements of each file). A file that is opened again and locked again has the lines of both times.
type ArchivedDocument struct {
	CaseRow
	Filing       int            `json:"filing"` // 1; one more each time the file is locked
	Document     string         `json:"document"`
	DocumentNo   int            `json:"documentNo"`
	AttachmentNo *int           `json:"attachmentNo"` // of a file that was brought
	Digest       Digest         `json:"digest"`
	Signers      Codes          `json:"signers"`
	DatedOn      *calendar.Date `json:"datedOn"`
	ArchivedOn   calendar.Date  `json:"archivedOn"`
	LockedOn     *calendar.Date `json:"lockedOn"` // of a file that was brought, since when it cannot be withdrawn
}

// TableName names the table.
func (ArchivedDocument) TableName() string { return "archived_document" }

// attachedDocument is the word for a file that was brought.
const attachedDocument = "attachment"

// recordDigest is the digest of a document that is printed from the record: it commits to all of the record at the time, which
// the chain's hash is, and to which document of it. The same record prints the same bytes, and holds no personal value, so that
// the digest can be computed again after an erasure, from the events alone.
func recordDigest(head []byte, code string, no int) Digest {
	h := sha256.New()
	h.Write(head)
	fmt.Fprintf(h, "\x00%s\x00%d", code, no)
	return Digest(hex.EncodeToString(h.Sum(nil)))
}

// lock writes down what the file holds: the forms it prints, then the files that were brought, which cannot be withdrawn any
// more.
func (c *Case) lock(on calendar.Date, documents []FiledDocument) {
	filing := 1
	if n := len(c.Archived); n > 0 {
		filing = c.Archived[n-1].Filing + 1
	}
	add := func(x ArchivedDocument) {
		x.CaseRow, x.Filing, x.ArchivedOn = c.row(len(c.Archived)+1), filing, on
		c.Archived = append(c.Archived, x)
	}
	for _, d := range documents {
		add(ArchivedDocument{
			Document: d.Code, DocumentNo: d.No, Digest: recordDigest(c.EventHash, d.Code, d.No), Signers: c.signersOf(d), DatedOn: d.On,
		})
	}
	for i := range c.Attachments {
		x := &c.Attachments[i]
		if !x.Filed() {
			continue
		}
		if x.ArchivedOn == nil {
			x.ArchivedOn = &on
		}
		no, locked := x.No, *x.ArchivedOn
		add(ArchivedDocument{
			Document: attachedDocument, DocumentNo: no, AttachmentNo: &no, Digest: x.Digest, DatedOn: x.DatedOn, LockedOn: &locked,
			Signers: Codes{signer("brought", int64(x.AddedBy), "", x.AddedOn)},
		})
	}
}

// signer is one who signed, as a code word: who, his number, how, on which day.
func signer(who string, no int64, how string, on calendar.Date) string {
	parts := []string{who, strconv.FormatInt(no, 10)}
	if how != "" {
		parts = append(parts, how)
	}
	return strings.Join(append(parts, strings.ReplaceAll(on.String(), "-", "")), "_")
}

// signersOf are those who signed a form, as far as the record knows them.
func (c *Case) signersOf(d FiledDocument) Codes {
	all := Codes{}
	switch d.Code {
	case "agreement", "oral_agreement":
		g := find(c.Agreements, d.No)
		if g == nil {
			break
		}
		for _, s := range g.Signatures {
			all = append(all, signer("party", int64(s.PartyNo), s.Method, s.SignedOn))
		}
		if g.MediatorSignedOn != nil && c.Presiding != nil {
			all = append(all, signer("mediator", int64(*c.Presiding), "", *g.MediatorSignedOn))
		}
		if g.SealedOn != nil {
			all = append(all, signer("committee", int64(c.Committee), "seal", *g.SealedOn))
		}
	case "notice":
		if x := c.Told(d.No, NoticeRights, calendar.Date{}); x != nil {
			all = append(all, signer("party", int64(d.No), x.How, x.GivenOn))
		}
	}
	return all
}

// ManifestFaults holds the lines of what was archived to the record: a digest that is not that of the record when the file was
// locked or of the file that was brought, a line of a locking that never happened, a file withdrawn since.
func ManifestFaults(c *Case, events []Event) []string {
	var heads [][]byte // of the record before each locking
	for _, e := range events {
		if e.Kind == string(ActionArchive) {
			heads = append(heads, e.PrevHash)
		}
	}
	var faults []string
	for _, x := range c.Archived {
		switch {
		case x.Filing < 1 || x.Filing > len(heads):
			faults = append(faults, fmt.Sprintf("archived document %d is of locking %d, of which there are %d", x.No, x.Filing, len(heads)))
		case x.AttachmentNo != nil:
			if a := find(c.Attachments, *x.AttachmentNo); a == nil || a.Digest != x.Digest || a.WithdrawnOn != nil || a.ArchivedOn == nil {
				faults = append(faults, fmt.Sprintf("archived document %d is not file %d as it was archived", x.No, *x.AttachmentNo))
			}
		case x.Digest != recordDigest(heads[x.Filing-1], x.Document, x.DocumentNo):
			faults = append(faults, fmt.Sprintf("archived document %d (%s %d) has another digest than the record gives", x.No, x.Document, x.DocumentNo))
		}
	}
	for _, a := range c.Attachments {
		if (a.ArchivedOn != nil) != c.listed(a) {
			faults = append(faults, fmt.Sprintf("file %d is archived in one place and not in the other", a.No))
		}
	}
	return faults
}

func (c *Case) listed(a Attachment) bool {
	for _, x := range c.Archived {
		if x.AttachmentNo != nil && *x.AttachmentNo == a.No {
			return true
		}
	}
	return false
}

// incomplete tells what the file still lacks before it is locked (domain.md 3.3): the record of a round, and of a written
// agreement an identity paper of each party. What cannot be had any more is explained instead, in the form of remarks (F13).
func (c *Case) incomplete() []Lack {
	var list []Lack
	if c.lacksRecord() {
		list = append(list, Lack{Code: "session_record", Text: "卷宗缺少人民调解记录，请本案调解员补登，或者选择没有的原因"})
	}
	g := c.inForce()
	if g == nil || g.Form != Written {
		return list
	}
	for _, x := range c.Parties {
		if x.Role == ThirdParty || c.hasPaper(x.No) {
			continue
		}
		list = append(list, Lack{PartyNo: x.No, Code: "identity_paper", Text: partyLabel(x) + "的身份证明尚未上传，请上传，或者选择没有的原因"})
	}
	return list
}

func (c *Case) hasPaper(party int) bool {
	for _, a := range c.Attachments {
		if a.Kind == AttachmentIdentity && a.Filed() && *a.PartyNo == party {
			return true
		}
	}
	return false
}
