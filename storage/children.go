package storage

import (
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// caseRow is a row that belongs to a case.
type caseRow interface {
	TableName() string
	Owner() uuid.UUID
	Number() int
}

// child is one kind of rows that belong to a case: read with it, written with it, checked with it.
type child interface {
	load(q *questions, c *domain.Case)
	loadAll(db *gorm.DB, county domain.County, cases map[uuid.UUID]*domain.Case) error
	save(db *gorm.DB, before, c *domain.Case) error
	saveNew(db *gorm.DB, cases []*domain.Case) error
	check(k *checker, db *gorm.DB, r idRange) error
}

// children are all of them, each after those it refers to. Signatures are not here: they are numbered by agreement and party.
var children = []child{
	rowsOf[domain.Party](func(c *domain.Case) *[]domain.Party { return &c.Parties }),
	rowsOf[domain.Representative](func(c *domain.Case) *[]domain.Representative { return &c.Representatives }),
	rowsOf[domain.Agreement](func(c *domain.Case) *[]domain.Agreement { return &c.Agreements }),
	rowsOf[domain.Obligation](func(c *domain.Case) *[]domain.Obligation { return &c.Obligations }),
	rowsOf[domain.Urging](func(c *domain.Case) *[]domain.Urging { return &c.Urgings }),
	rowsOf[domain.Confirmation](func(c *domain.Case) *[]domain.Confirmation { return &c.Confirmations }),
	rowsOf[domain.FollowUp](func(c *domain.Case) *[]domain.FollowUp { return &c.FollowUps }),
	rowsOf[domain.Deadline](func(c *domain.Case) *[]domain.Deadline { return &c.Deadlines }),
	rowsOf[domain.Supplement](func(c *domain.Case) *[]domain.Supplement { return &c.Supplements }),
	rowsOf[domain.Transfer](func(c *domain.Case) *[]domain.Transfer { return &c.Transfers }),
	rowsOf[domain.Approval](func(c *domain.Case) *[]domain.Approval { return &c.Approvals }),
	rowsOf[domain.Pause](func(c *domain.Case) *[]domain.Pause { return &c.Pauses }),
	rowsOf[domain.Extension](func(c *domain.Case) *[]domain.Extension { return &c.Extensions }),
	rowsOf[domain.Escalation](func(c *domain.Case) *[]domain.Escalation { return &c.Escalations }),
	rowsOf[domain.EscalationReport](func(c *domain.Case) *[]domain.EscalationReport { return &c.Reports }),
	rowsOf[domain.MediationSession](func(c *domain.Case) *[]domain.MediationSession { return &c.Sessions }),
	rowsOf[domain.Booking](func(c *domain.Case) *[]domain.Booking { return &c.Bookings }),
	rowsOf[domain.Screening](func(c *domain.Case) *[]domain.Screening { return &c.Screenings }),
	rowsOf[domain.WaivedNote](func(c *domain.Case) *[]domain.WaivedNote { return &c.WaivedNotes }),
	rowsOf[domain.Erasure](func(c *domain.Case) *[]domain.Erasure { return &c.Erasures }),
	rowsOf[domain.Attachment](func(c *domain.Case) *[]domain.Attachment { return &c.Attachments }),
	rowsOf[domain.Appointment](func(c *domain.Case) *[]domain.Appointment { return &c.Appointments }),
	rowsOf[domain.Recusal](func(c *domain.Case) *[]domain.Recusal { return &c.Recusals }),
	rowsOf[domain.Invitee](func(c *domain.Case) *[]domain.Invitee { return &c.Invitees }),
	rowsOf[domain.ContactAttempt](func(c *domain.Case) *[]domain.ContactAttempt { return &c.Contacts }),
	rowsOf[domain.GivenNotice](func(c *domain.Case) *[]domain.GivenNotice { return &c.Notices }),
	rowsOf[domain.DataConsent](func(c *domain.Case) *[]domain.DataConsent { return &c.DataConsents }),
	rowsOf[domain.ArchivedDocument](func(c *domain.Case) *[]domain.ArchivedDocument { return &c.Archived }),
}

// rowsOf is where a case holds the rows of one kind.
type rowsOf[T caseRow] func(*domain.Case) *[]T

func (of rowsOf[T]) load(q *questions, c *domain.Case) {
	q.find(q.db.Where("county = ? and case_id = ?", c.County, c.ID).Order("no"), of(c))
}

// loadAll reads the rows of several cases at once.
func (of rowsOf[T]) loadAll(db *gorm.DB, county domain.County, cases map[uuid.UUID]*domain.Case) error {
	var rows []T
	if err := db.Where("county = ? and case_id in ?", county, slices.Collect(maps.Keys(cases))).Order("case_id, no").Find(&rows).Error; err != nil {
		var row T
		return fmt.Errorf("read %s: %w", row.TableName(), err)
	}
	for _, x := range rows {
		list := of(cases[x.Owner()])
		*list = append(*list, x)
	}
	return nil
}

func (of rowsOf[T]) save(db *gorm.DB, before, c *domain.Case) error {
	return saveRows(db, *of(before), *of(c))
}

// saveNew stores the rows of many new cases.
func (of rowsOf[T]) saveNew(db *gorm.DB, cases []*domain.Case) error {
	var rows []T
	for _, c := range cases {
		rows = append(rows, *of(c)...)
	}
	return createMany(db, rows)
}

// check reads the rows of a batch into its cases.
func (of rowsOf[T]) check(k *checker, db *gorm.DB, r idRange) error {
	var rows map[uuid.UUID][]T
	if err := below(k, db, r, &rows, "no", T.Owner); err != nil {
		return err
	}
	for id, list := range rows {
		*of(r.cases[id]) = list
	}
	return nil
}

// loadAllChildren reads what belongs to several cases.
func loadAllChildren(db *gorm.DB, county domain.County, cases map[uuid.UUID]*domain.Case) error {
	for _, x := range children {
		if err := x.loadAll(db, county, cases); err != nil {
			return err
		}
	}
	var signatures []domain.Signature
	err := db.Where("county = ? and case_id in ?", county, slices.Collect(maps.Keys(cases))).Order("case_id, agreement_no, party_no").Find(&signatures).Error
	if err != nil {
		return fmt.Errorf("read signatures: %w", err)
	}
	for _, x := range signatures {
		g := &cases[x.CaseID].Agreements[x.AgreementNo-1]
		g.Signatures = append(g.Signatures, x)
	}
	return nil
}

// loadChildren asks for the rows of a case; what it returns puts them together when they are there.
func loadChildren(q *questions, c *domain.Case) (read func()) {
	for _, x := range children {
		x.load(q, c)
	}
	var signatures []domain.Signature
	q.find(q.db.Where("county = ? and case_id = ?", c.County, c.ID).Order("agreement_no, party_no"), &signatures)
	return func() {
		for _, x := range signatures {
			g := &c.Agreements[x.AgreementNo-1]
			g.Signatures = append(g.Signatures, x)
		}
	}
}

func saveChildren(db *gorm.DB, before, c *domain.Case) error {
	for _, x := range children {
		if err := x.save(db, before, c); err != nil {
			return err
		}
	}
	return createAll(db, newSignatures(before, c))
}

// newSignatures are those given since, under old agreements too.
func newSignatures(before, c *domain.Case) []domain.Signature {
	var rows []domain.Signature
	for i, g := range c.Agreements {
		had := 0
		if i < len(before.Agreements) {
			had = len(before.Agreements[i].Signatures)
		}
		rows = append(rows, g.Signatures[had:]...)
	}
	return rows
}
