package storage

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
)

// personalValue is a row of personal_value.
type personalValue struct {
	County       domain.County `gorm:"primaryKey"`
	CaseID       uuid.UUID     `gorm:"primaryKey"`
	ID           uuid.UUID     `gorm:"primaryKey"`
	Kind         string
	Cipher       []byte
	Blind        []byte
	ErasedAt     *time.Time
	ErasedGround *string
}

// TableName names the table.
func (personalValue) TableName() string { return "personal_value" }

func (v personalValue) place() string {
	return "personal_value/" + strconv.Itoa(int(v.County)) + "/" + v.CaseID.String() + "/" + v.ID.String() + "/" + v.Kind
}

// saltLength is how much of what is sealed comes before the text.
const saltLength = 16

// blindIndexed are the kinds that are looked for by value.
var blindIndexed = map[string]bool{"name": true, "id_number": true, "phone": true, "place": true}

// sealValues makes the rows of personal values that are not stored yet.
func (s *Store) sealValues(c *domain.Case, stored map[uuid.UUID]bool) ([]personalValue, error) {
	var rows []personalValue
	for _, p := range c.Personal() {
		if p.Ref() == uuid.Nil || stored[p.Ref()] {
			continue
		}
		v := personalValue{County: c.County, CaseID: c.ID, ID: p.Ref(), Kind: p.Kind()}
		var err error
		if v.Cipher, err = s.keys.Seal(p.Content(), v.place()); err != nil {
			return nil, fmt.Errorf("encrypt a personal value: %w", err)
		}
		if blindIndexed[v.Kind] {
			if v.Blind, err = s.keys.Blind(v.Kind, p.Plain()); err != nil {
				return nil, fmt.Errorf("blind index: %w", err)
			}
		}
		rows = append(rows, v)
	}
	return rows, nil
}

// openValues reads and decrypts the personal values that the given secrets refer to.
func (s *Store) openValues(ctx context.Context, t *transaction, county domain.County, secrets map[uuid.UUID][]domain.Personal) error {
	if len(secrets) == 0 {
		return nil
	}
	kinds := map[string]bool{}
	for _, list := range secrets {
		kinds[list[0].Kind()] = true
	}
	// By case and kind, and the few that were replaced are passed over: a list of ids beside the list of cases makes the planner
	// read the whole table.
	var rows []personalValue
	err := t.db.WithContext(ctx).Where("county = ? and case_id in ? and kind in ?", county, t.shown, slices.Collect(maps.Keys(kinds))).
		Find(&rows).Error
	if err != nil {
		return fmt.Errorf("read personal values: %w", err)
	}
	return s.unseal(rows, secrets)
}

// unseal decrypts the values of rows, among which may be some that nothing refers to any more.
func (s *Store) unseal(rows []personalValue, secrets map[uuid.UUID][]domain.Personal) error {
	rows = slices.DeleteFunc(rows, func(v personalValue) bool { return secrets[v.ID] == nil })
	if len(rows) != len(secrets) {
		return fmt.Errorf("%d of %d personal values are missing", len(secrets)-len(rows), len(secrets))
	}
	for _, v := range rows {
		for _, p := range secrets[v.ID] {
			if v.ErasedGround != nil {
				p.Erased(*v.ErasedGround)
				continue
			}
			plain, err := s.keys.Unseal(v.Cipher, v.place())
			if err != nil {
				return fmt.Errorf("decrypt personal value %s: %w", v.ID, err)
			}
			if err := p.Open(plain); err != nil {
				return err
			}
		}
	}
	return nil
}

// byRef groups secrets by the value they refer to.
func byRef(secrets []domain.Personal) map[uuid.UUID][]domain.Personal {
	m := map[uuid.UUID][]domain.Personal{}
	for _, p := range secrets {
		if p.Ref() != uuid.Nil {
			m[p.Ref()] = append(m[p.Ref()], p)
		}
	}
	return m
}
