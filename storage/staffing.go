package storage

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"baimi/domain"
	"baimi/domain/calendar"
)

// assignmentColumns reads a role with what makes an Actor of it. The committee is the organisation itself or the nearest
// above it.
const assignmentColumns = `x.id, x.person, x.role, x.org, o.name as org_name, a.path as org_area, o.county, x.valid_from, x.valid_to, x.engagement, x.full_time,
	(with recursive up as (
		select y.id, y.parent, y.kind, 0 as d from org y where y.id = o.id
		union all select y.id, y.parent, y.kind, up.d + 1 from org y join up on y.id = up.parent)
	select up.id from up where up.kind = 'committee' order by d limit 1) as committee`

func assignments(db *gorm.DB) *gorm.DB {
	return db.Table("assignment x").Select(assignmentColumns).Joins("join org o on o.id = x.org join area a on a.id = o.area")
}

// Assignment reads one role, past ones too.
func (s *Store) Assignment(ctx context.Context, id domain.AssignmentID) (domain.Assignment, error) {
	return takeOne[domain.Assignment](assignments(s.conn(ctx)).Where("x.id = ?", id), "岗位")
}

// AssignmentsFrom reads the roles that people hold on a day or will hold later.
func (s *Store) AssignmentsFrom(ctx context.Context, people []domain.PersonID, on calendar.Date) (map[domain.PersonID][]domain.Assignment, error) {
	rows, err := scanAll[domain.Assignment](assignments(s.conn(ctx)).
		Where("x.person in ? and (x.valid_to is null or x.valid_to > ?)", people, on).Order("x.valid_from, x.id"), "岗位")
	m := make(map[domain.PersonID][]domain.Assignment, len(people))
	for _, x := range rows {
		m[x.Person] = append(m[x.Person], x)
	}
	return m, err
}

// AccountOf reads the account of a person.
func (s *Store) AccountOf(ctx context.Context, person domain.PersonID) (domain.Account, error) {
	return takeOne[domain.Account](accountsOf(s.conn(ctx)).Where("c.person = ?", person), "账号")
}

// StaffAccounts lists accounts by number, a page at a time, with the roles held on a day or later.
func (s *Store) StaffAccounts(ctx context.Context, f domain.AccountFilter, on calendar.Date) ([]domain.StaffAccount, error) {
	q := accountsOf(s.conn(ctx)).Where("p.county = ? and c.id > ?", f.County, f.After).Order("c.id").Limit(f.Size)
	holds := func(cond string, args ...any) {
		args = append(args, on)
		q = q.Where("exists (select from assignment x join org o on o.id = x.org join area a on a.id = o.area where x.person = p.id and "+
			cond+" and (x.valid_to is null or x.valid_to > ?))", args...)
	}
	if f.Area != "" {
		holds("a.path >= ? and a.path < ?", f.Area, f.Area+":")
	}
	if f.Committee != 0 {
		holds(`x.org in (with recursive below as (select id from org where id = ?
			union all select y.id from org y join below b on y.parent = b.id where y.kind <> 'committee') select id from below)`, f.Committee)
	}
	if f.Org != 0 {
		holds(`x.org in (with recursive below as (select id from org where id = ?
			union all select y.id from org y join below b on y.parent = b.id) select id from below)`, f.Org)
	}
	if f.Name != "" {
		q = q.Where("position(? in p.name) > 0 or position(lower(?) in c.login) > 0", f.Name, f.Name)
	}
	found, err := scanAll[domain.Account](q, "账号")
	if err != nil || len(found) == 0 {
		return nil, err
	}
	people := make([]domain.PersonID, len(found))
	for i, c := range found {
		people[i] = c.Person
	}
	held, err := s.AssignmentsFrom(ctx, people, on)
	rows := make([]domain.StaffAccount, len(found))
	for i, c := range found {
		rows[i] = domain.StaffAccount{Account: c, Assignments: held[c.Person]}
	}
	return rows, err
}

// AddAccount makes a person with a sign-in that waits for its code.
func (s *Store) AddAccount(ctx context.Context, county domain.County, name, login string, at time.Time) (domain.Account, error) {
	var id domain.AccountID
	err := s.conn(ctx).Raw(`with p as (insert into person (county, name) values (?, ?) returning id)
		insert into account (person, login, created_at) select p.id, ?, ? from p returning id`, county, name, login, at).Scan(&id).Error
	if err != nil {
		return domain.Account{}, fmt.Errorf("add an account: %w", translate(err))
	}
	return s.Account(ctx, id)
}

// AddAssignment gives a person a further role. The table refuses one that is held already, and what 三员分立 keeps apart.
func (s *Store) AddAssignment(ctx context.Context, n domain.NewRole) (domain.AssignmentID, error) {
	var id domain.AssignmentID
	err := s.conn(ctx).Raw(`insert into assignment (person, org, role, engagement, full_time, valid_from, valid_to)
		values (?, ?, ?, ?, ?, ?, ?) returning id`, n.Person, n.Org, n.Role, n.Engagement, n.FullTime, n.From, n.To).Scan(&id).Error
	if err != nil {
		return 0, fmt.Errorf("give a role: %w", translate(err))
	}
	return id, nil
}

// EndAssignment ends a role; on is the first day without it. A role may be ended earlier than was planned, never later.
func (s *Store) EndAssignment(ctx context.Context, id domain.AssignmentID, on calendar.Date) error {
	res := s.conn(ctx).Exec("update assignment set valid_to = ? where id = ? and (valid_to is null or valid_to > ?)", on, id, on)
	return affectedOne(res, "role")
}

// EnableAccount lets an account sign in again; its 90 days begin anew.
func (s *Store) EnableAccount(ctx context.Context, id domain.AccountID, at time.Time) error {
	return affectedOne(s.conn(ctx).Exec("update account set disabled_at = null, disabled_why = null, last_used_at = ? where id = ?", at, id), "account")
}

// TouchAccount notes that an account was used.
func (s *Store) TouchAccount(ctx context.Context, id domain.AccountID, at time.Time) error {
	return s.conn(ctx).Exec("update account set last_used_at = ? where id = ?", at, id).Error
}

// EndSignIns ends the sessions and tokens that go on in one role, and tells how many there were.
func (s *Store) EndSignIns(ctx context.Context, id domain.AssignmentID, at time.Time) (sessions, tokens int, err error) {
	db := s.conn(ctx)
	res := db.Exec("delete from session where assignment = ?", id)
	if res.Error != nil {
		return 0, 0, fmt.Errorf("end sessions: %w", res.Error)
	}
	sessions = int(res.RowsAffected)
	res = db.Exec("update api_token set revoked_at = ? where assignment = ? and revoked_at is null", at, id)
	if res.Error != nil {
		return 0, 0, fmt.Errorf("end tokens: %w", res.Error)
	}
	return sessions, int(res.RowsAffected), nil
}

// PutCodes stores one-time codes; those given out before for the same accounts end.
func (s *Store) PutCodes(ctx context.Context, codes []domain.StoredCode, at time.Time) error {
	if len(codes) == 0 {
		return nil
	}
	accounts := make([]domain.AccountID, len(codes))
	for i, c := range codes {
		accounts[i] = c.Account
	}
	err := s.conn(ctx).Exec("update account_code set revoked_at = ? where account in ? and used_at is null and revoked_at is null", at, accounts).Error
	if err != nil {
		return fmt.Errorf("end codes: %w", translate(err))
	}
	if err := s.conn(ctx).Table("account_code").CreateInBatches(&codes, 500).Error; err != nil {
		return fmt.Errorf("store codes: %w", translate(err))
	}
	return nil
}

// TakeCode uses a code up, and tells who gave it out; ok is false for a wrong, used, ended or expired one.
func (s *Store) TakeCode(ctx context.Context, account domain.AccountID, hash []byte, at time.Time) (ok bool, err error) {
	res := s.conn(ctx).Exec(`update account_code set used_at = ?
		where account = ? and hash = ? and used_at is null and revoked_at is null and expires_at > ?`, at, account, hash, at)
	if res.Error != nil {
		return false, fmt.Errorf("take a code: %w", translate(res.Error))
	}
	return res.RowsAffected == 1, nil
}

// LogAccounts writes lines of the log of accounts.
func (s *Store) LogAccounts(ctx context.Context, scope domain.Scope, lines []domain.AccountEvent) error {
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		if len(lines) == 0 {
			return nil
		}
		if err := t.db.WithContext(ctx).CreateInBatches(&lines, 500).Error; err != nil {
			return fmt.Errorf("log what was done to accounts: %w", translate(err))
		}
		return nil
	})
}

// AccountEvents reads a page of the county's log of accounts, newest first; account 0 reads those of all.
func (s *Store) AccountEvents(ctx context.Context, scope domain.Scope, account domain.AccountID, p domain.Page) ([]domain.AccountEvent, *domain.Cursor, error) {
	var rows []domain.AccountEvent
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		q := t.db.WithContext(ctx).Where("county = ?", scope.County)
		if !scope.Audit && !scope.System && !s.secondWallOnly {
			q = q.Where("false")
		}
		if account != 0 {
			q = q.Where("account = ?", account)
		}
		return accessPage(q, p).Find(&rows).Error
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read the log of accounts: %w", err)
	}
	if len(rows) <= p.Size {
		return rows, nil, nil
	}
	last := rows[p.Size-1]
	return rows[:p.Size], &domain.Cursor{At: last.At, ID: last.ID}, nil
}

// DisableIdle disables up to limit accounts of the scope's county that nobody has used since a time, and logs each.
func (s *Store) DisableIdle(ctx context.Context, scope domain.Scope, since, at time.Time, limit int) (int, error) {
	var n int
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		err := t.db.WithContext(ctx).Raw(`
			with idle as (
				select c.id from account c join person p on p.id = c.person
				where p.county = @county and c.disabled_at is null and coalesce(c.last_used_at, c.created_at) < @since
				order by c.id limit @limit for update of c skip locked),
			stopped as (update account set disabled_at = @at, disabled_why = 'idle' from idle where account.id = idle.id returning account.id),
			ended as (delete from session using idle where session.account = idle.id),
			revoked as (update api_token set revoked_at = @at from idle where api_token.account = idle.id and revoked_at is null),
			told as (insert into account_event (county, at, id, account, kind, role, via, request, reason)
				select @county, @at, gen_random_uuid(), id, 'disabled', 'system', 'system', '', 'idle' from stopped)
			select count(*) from stopped`,
			map[string]any{"county": scope.County, "since": since, "at": at, "limit": limit}).Scan(&n).Error
		if err != nil {
			return fmt.Errorf("disable idle accounts: %w", translate(err))
		}
		return nil
	})
	return n, err
}

// CasesInHand names the cases of a committee that somebody mediates and that are not ended, whatever their
// confidentiality: for handing them over, in the county's own scope.
func (s *Store) CasesInHand(ctx context.Context, scope domain.Scope, mediator domain.PersonID, committee domain.OrgID) ([]domain.CaseID, error) {
	var rows []domain.Case
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		return t.db.WithContext(ctx).Select("cases.county", "cases.id").Scopes(s.visible(scope)).
			Where("cases.committee = ? and ? = any (cases.mediators) and cases.status in ?", committee, mediator, domain.MoveOf(domain.ActionAssign).From).
			Order("cases.registered_at, cases.id").Find(&rows).Error
	})
	if err != nil {
		return nil, fmt.Errorf("read the cases in somebody's hands: %w", err)
	}
	ids := make([]domain.CaseID, len(rows))
	for i := range rows {
		ids[i] = rows[i].CaseID()
	}
	return ids, nil
}
