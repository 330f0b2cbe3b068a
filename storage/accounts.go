package storage

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"baimi/domain"
	"baimi/domain/calendar"
)

func accountsOf(db *gorm.DB) *gorm.DB {
	return db.Table("account c").
		Select("c.id, c.person, p.name as person_name, p.county, c.login, coalesce(c.password_hash, '') as password_hash, " +
			"c.created_at, c.activated_at, c.last_used_at, c.disabled_at, c.disabled_why").
		Joins("join person p on p.id = c.person")
}

// AccountByLogin reads an account by its sign-in name, in lower case.
func (s *Store) AccountByLogin(ctx context.Context, login string) (domain.Account, error) {
	return takeOne[domain.Account](accountsOf(s.conn(ctx)).Where("c.login = ?", login), "账号")
}

// Account reads an account.
func (s *Store) Account(ctx context.Context, id domain.AccountID) (domain.Account, error) {
	return takeOne[domain.Account](accountsOf(s.conn(ctx)).Where("c.id = ?", id), "账号")
}

// Accounts lists the accounts by sign-in name.
func (s *Store) Accounts(ctx context.Context) ([]domain.Account, error) {
	return scanAll[domain.Account](accountsOf(s.conn(ctx)).Order("c.login"), "账号")
}

// Assignments reads the roles a person holds on a day, the longest held first.
func (s *Store) Assignments(ctx context.Context, person domain.PersonID, on calendar.Date) ([]domain.Assignment, error) {
	rows, err := scanAll[heldRole](rolesOf(s.conn(ctx), gorm.Expr("?", person), on), "身份")
	return assignmentsOf(rows), err
}

// heldRole is an assignment with the areas that were merged.
type heldRole struct {
	domain.Assignment `gorm:"embedded"`
	Merged            domain.Codes
}

func rolesOf(db *gorm.DB, person clause.Expr, on calendar.Date) *gorm.DB {
	return db.Raw(`
		with recursive up as (
			select x.id as assignment, o.id, o.parent, o.kind, 0 as d
			from assignment x join org o on o.id = x.org where x.person = @person
			union all select up.assignment, o.id, o.parent, o.kind, up.d + 1 from org o join up on o.id = up.parent)
		select x.id, x.person, x.role, x.org, o.name as org_name, a.path as org_area, o.county, x.valid_from, x.valid_to,
			array(`+heirsQuery("o.county")+`) as merged,
			(select up.id from up where up.assignment = x.id and up.kind = 'committee' order by d limit 1) as committee
		from assignment x join org o on o.id = x.org join area a on a.id = o.area
		where x.person = @person and x.valid_from <= @on and (x.valid_to is null or x.valid_to > @on)
		order by x.valid_from, x.id`, map[string]any{"person": person, "on": on})
}

func assignmentsOf(rows []heldRole) []domain.Assignment {
	held := make([]domain.Assignment, len(rows))
	for i, r := range rows {
		d := readHeirs(r.Merged).districts(r.OrgArea)
		held[i] = r.Assignment
		held[i].OrgFormer, held[i].OrgGone = d.Former(), d.Out
	}
	return held
}

// SetPassword stores a new hash.
func (s *Store) SetPassword(ctx context.Context, id domain.AccountID, hash string, at time.Time) error {
	return affectedOne(s.conn(ctx).Exec(`update account set password_hash = ?, password_changed_at = ?,
		activated_at = coalesce(activated_at, ?) where id = ?`, hash, at, at, id), "account")
}

// DisableAccount keeps an account from signing in; its sessions and tokens end with it.
func (s *Store) DisableAccount(ctx context.Context, id domain.AccountID, why domain.Disabling, at time.Time) error {
	return s.conn(ctx).Transaction(func(tx *gorm.DB) error {
		if err := affectedOne(tx.Exec("update account set disabled_at = ?, disabled_why = ? where id = ?", at, why, id), "account"); err != nil {
			return err
		}
		if err := tx.Exec("delete from session where account = ?", id).Error; err != nil {
			return fmt.Errorf("end sessions: %w", err)
		}
		return tx.Exec("update api_token set revoked_at = ? where account = ? and revoked_at is null", at, id).Error
	})
}

// NewStaff is a person with a sign-in and a role, as the command line and imports make them. Without a password the
// account waits for the code of its slip.
type NewStaff struct {
	Name         string
	Login        string
	PasswordHash string
	Role         domain.Role
	Org          domain.OrgID
	From         calendar.Date
	At           time.Time
}

// AddStaff makes a person with a role and an account.
func (s *Store) AddStaff(ctx context.Context, n NewStaff) (domain.AccountID, error) {
	var id domain.AccountID
	err := s.conn(ctx).Transaction(func(tx *gorm.DB) error {
		org, err := takeOne[domain.Org](orgs(tx).Where("o.id = ?", n.Org), "单位")
		if err != nil {
			return err
		}
		var person domain.PersonID
		if err := tx.Raw("insert into person (county, name) values (?, ?) returning id", org.County, n.Name).Scan(&person).Error; err != nil {
			return fmt.Errorf("add a person: %w", err)
		}
		err = tx.Exec("insert into assignment (person, org, role, valid_from) values (?, ?, ?, ?)", person, n.Org, n.Role, n.From).Error
		if err != nil {
			return fmt.Errorf("give a role: %w", err)
		}
		return tx.Raw(`insert into account (person, login, password_hash, password_changed_at, activated_at, created_at)
			select @person, @login, h, t, t, @at from (select nullif(@hash, '') as h, case when @hash <> '' then cast(@at as timestamptz) end as t) as x
			returning id`, map[string]any{"person": person, "login": n.Login, "hash": n.PasswordHash, "at": n.At}).Scan(&id).Error
	})
	if err != nil {
		return 0, fmt.Errorf("add staff: %w", translate(err))
	}
	return id, nil
}
