package domain

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	jsonpatch "github.com/evanphx/json-patch/v5"
	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// Event is one thing that happened to a case. Data is a merge patch (RFC 7396) of the case's snapshot: the events of
// a case, folded in order, are the case. It holds references and commitments, never a personal value.
type Event struct {
	County     County    `gorm:"primaryKey"`
	CaseID     uuid.UUID `gorm:"primaryKey"`
	Seq        int       `gorm:"primaryKey;autoIncrement:false"`
	Kind       string
	Actor      *PersonID
	Assignment *AssignmentID
	Role       Role
	Via        Via
	OccurredOn calendar.Date // the day it happened, a legal date
	RecordedAt time.Time     // the server's clock
	FromStatus *Status
	ToStatus   Status
	Reason     string // a code word, where the move asks for one
	Data       string // JSON, kept as the very text the hash covers
	PrevHash   []byte
	Hash       []byte
}

// TableName names the table.
func (Event) TableName() string { return "event" }

// Sum computes the hash of the event: SHA-256 over the previous hash and every field, each with its length before it.
func (e *Event) Sum() []byte {
	h := sha256.New()
	put := func(s string) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	put(string(e.PrevHash))
	put(strconv.Itoa(int(e.County)))
	put(e.CaseID.String())
	put(strconv.Itoa(e.Seq))
	put(e.Kind)
	put(optional(e.Actor))
	put(optional(e.Assignment))
	put(string(e.Role))
	put(string(e.Via))
	put(e.OccurredOn.String())
	put(e.RecordedAt.UTC().Format(time.RFC3339Nano))
	put(optional(e.FromStatus))
	put(string(e.ToStatus))
	put(e.Reason)
	put(e.Data)
	return h.Sum(nil)
}

func optional[T any](v *T) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(*v)
}

// record appends an event with the difference between the case as it was and as it is.
func (c *Case) record(a Act, kind string, from *Status, on calendar.Date, before []byte) error {
	after, err := c.snapshot()
	if err != nil {
		return err
	}
	patch, err := jsonpatch.CreateMergePatch(before, after)
	if err != nil {
		return fmt.Errorf("difference of a case: %w", err)
	}
	e := Event{
		County: c.County, CaseID: c.ID, Seq: c.EventSeq + 1, Kind: kind, Role: a.Actor.Role, Via: a.Actor.Via,
		OccurredOn: on, RecordedAt: a.At, FromStatus: from, ToStatus: c.Status, Reason: a.Reason, Data: string(patch), PrevHash: c.EventHash,
	}
	if a.Actor.Via != ViaSystem {
		e.Actor, e.Assignment = &a.Actor.Person, &a.Actor.Assignment
	}
	if e.Seq == 1 {
		e.PrevHash = make([]byte, sha256.Size)
	}
	e.Hash = e.Sum()
	c.EventSeq, c.EventHash, c.Version = e.Seq, e.Hash, c.Version+1
	c.NewEvents = append(c.NewEvents, e)
	return nil
}

// snapshot is the case as the event log knows it. Lists of rows are objects by number, so that a patch names the row;
// times are UTC, whatever zone they were read in.
func (c *Case) snapshot() ([]byte, error) {
	own := *c
	own.RegisteredAt = c.RegisteredAt.UTC()
	s := struct {
		*Case
		Parties         map[string]Party            `json:"parties,omitempty"`
		Agreements      map[string]Agreement        `json:"agreements,omitempty"`
		Obligations     map[string]Obligation       `json:"obligations,omitempty"`
		Deadlines       map[string]Deadline         `json:"deadlines,omitempty"`
		Supplements     map[string]Supplement       `json:"supplements,omitempty"`
		Transfers       map[string]Transfer         `json:"transfers,omitempty"`
		Approvals       map[string]Approval         `json:"approvals,omitempty"`
		Pauses          map[string]Pause            `json:"pauses,omitempty"`
		Extensions      map[string]Extension        `json:"extensions,omitempty"`
		Urgings         map[string]Urging           `json:"urgings,omitempty"`
		Confirmations   map[string]Confirmation     `json:"confirmations,omitempty"`
		FollowUps       map[string]FollowUp         `json:"followUps,omitempty"`
		Representatives map[string]Representative   `json:"representatives,omitempty"`
		Escalations     map[string]Escalation       `json:"escalations,omitempty"`
		Reports         map[string]EscalationReport `json:"reports,omitempty"`
		Erasures        map[string]Erasure          `json:"erasures,omitempty"`
		Attachments     map[string]Attachment       `json:"attachments,omitempty"`
		Appointments    map[string]Appointment      `json:"appointments,omitempty"`
		Recusals        map[string]Recusal          `json:"recusals,omitempty"`
		Invitees        map[string]Invitee          `json:"invitees,omitempty"`
		Contacts        map[string]ContactAttempt   `json:"contacts,omitempty"`
		Notices         map[string]GivenNotice      `json:"notices,omitempty"`
		DataConsents    map[string]DataConsent      `json:"dataConsents,omitempty"`
		Archived        map[string]ArchivedDocument `json:"archived,omitempty"`
		Sessions        map[string]MediationSession `json:"sessions,omitempty"`
		Bookings        map[string]Booking          `json:"bookings,omitempty"`
		Screenings      map[string]Screening        `json:"screenings,omitempty"`
		WaivedNotes     map[string]WaivedNote       `json:"waivedNotes,omitempty"`
	}{
		Case:            &own,
		Parties:         numbered(c.Parties),
		Agreements:      numbered(c.Agreements),
		Obligations:     numbered(c.Obligations),
		Deadlines:       numbered(inUTC(c.Deadlines)),
		Supplements:     numbered(c.Supplements),
		Transfers:       numbered(c.Transfers),
		Approvals:       numbered(c.Approvals),
		Pauses:          numbered(c.Pauses),
		Extensions:      numbered(c.Extensions),
		Urgings:         numbered(c.Urgings),
		Confirmations:   numbered(c.Confirmations),
		FollowUps:       numbered(c.FollowUps),
		Representatives: numbered(c.Representatives),
		Escalations:     numbered(escalationsInUTC(c.Escalations)),
		Reports:         numbered(reportsInUTC(c.Reports)),
		Erasures:        numbered(c.Erasures),
		Attachments:     numbered(c.Attachments),
		Appointments:    numbered(c.Appointments),
		Recusals:        numbered(c.Recusals),
		Invitees:        numbered(c.Invitees),
		Contacts:        numbered(contactsInUTC(c.Contacts)),
		Notices:         numbered(c.Notices),
		DataConsents:    numbered(c.DataConsents),
		Archived:        numbered(c.Archived),
		Sessions:        numbered(sessionsInUTC(c.Sessions)),
		Bookings:        numbered(bookingsInUTC(c.Bookings)),
		Screenings:      numbered(screeningsInUTC(c.Screenings)),
		WaivedNotes:     numbered(c.WaivedNotes),
	}
	b, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("snapshot of a case: %w", err)
	}
	return b, nil
}

// VerifyChain checks the events of one case, in order: the numbers without gaps, each hash over its content, each
// chained to the one before. It returns the first fault.
func VerifyChain(events []Event) error {
	prev := make([]byte, sha256.Size)
	for i, e := range events {
		switch {
		case e.Seq != i+1:
			return fmt.Errorf("event %d stands where %d should", e.Seq, i+1)
		case !bytes.Equal(e.PrevHash, prev):
			return fmt.Errorf("event %d is not chained to the one before", e.Seq)
		case !bytes.Equal(e.Hash, e.Sum()):
			return fmt.Errorf("event %d was changed after it was written", e.Seq)
		}
		prev = e.Hash
	}
	return nil
}
