package storage

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"baimi/domain"
	"baimi/domain/calendar"
)

// DirectoryRecords reads a county's areas, organisations, points and people whole, for a file to be compared with.
func (s *Store) DirectoryRecords(ctx context.Context, county domain.County, today calendar.Date) (r domain.DirectoryRecords, err error) {
	db := s.conn(ctx)
	r.Areas, err = scanAll[domain.AreaRecord](db.Raw(`
		select a.id, a.path, a.level, a.parent, a.valid_from, c.code, c.name, c.valid_from as code_from,
			(select count(*) from area b where b.parent = a.id) as children
		from area a join area_code c on c.area = a.id and c.valid_to is null
		where a.county = ? and a.valid_to is null`, county), "区域")
	if err != nil {
		return r, err
	}
	r.Orgs, err = scanAll[domain.OrgRecord](db.Raw("select * from org where county = ?", county), "单位")
	if err != nil {
		return r, err
	}
	r.Points, err = scanAll[domain.PointRecord](db.Raw("select p.* from point p join org o on o.id = p.org where o.county = ?", county), "受理点")
	if err != nil {
		return r, err
	}
	r.People, err = scanAll[domain.PersonRecord](db.Raw(`select p.id, p.staff_no, p.name, p.sex, c.login, c.id as account
		from person p left join account c on c.person = p.id where p.county = ?`, county), "人员")
	if err != nil {
		return r, err
	}
	r.Assignments, err = scanAll[domain.AssignmentRecord](db.Raw(`select x.* from assignment x join person p on p.id = x.person
		where p.county = ? order by x.id`, county), "身份")
	if err != nil {
		return r, err
	}
	type sign struct {
		Login  string
		Person domain.PersonID
	}
	logins, err := scanAll[sign](db.Raw("select login, person from account"), "账号")
	r.Logins = make(map[string]domain.PersonID, len(logins))
	for _, x := range logins {
		r.Logins[x.Login] = x.Person
	}
	return r, err
}

// SetAreaCode gives an area a code and name from a day on; on the first day of the present ones it corrects them.
func (s *Store) SetAreaCode(ctx context.Context, n domain.NewAreaCode) error {
	err := s.conn(ctx).Transaction(func(tx *gorm.DB) error {
		res := tx.Exec("update area_code set code = ?, name = ?, source = ? where area = ? and valid_to is null and valid_from = ?",
			n.Code, n.Name, n.Source, n.Area, n.From)
		if res.Error != nil || res.RowsAffected == 1 {
			return res.Error
		}
		if err := affectedOne(tx.Exec("update area_code set valid_to = ? where area = ? and valid_to is null", n.From, n.Area), "area code"); err != nil {
			return err
		}
		return tx.Exec("insert into area_code (area, valid_from, code, name, source) values (?, ?, ?, ?, ?)", n.Area, n.From, n.Code, n.Name, n.Source).Error
	})
	if err != nil {
		return fmt.Errorf("code of an area: %w", translate(err))
	}
	return nil
}

// SaveOrg adds an organisation, or changes it when it has a number already; its kind stays.
func (s *Store) SaveOrg(ctx context.Context, county domain.County, o domain.OrgRecord) (domain.OrgID, error) {
	var id domain.OrgID
	var err error
	if o.ID == 0 {
		err = s.conn(ctx).Raw(`insert into org (county, code, parent, kind, committee_type, name, short_name, file_word, area, valid_from, valid_to)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id`, county, o.Code, o.Parent, o.Kind, o.CommitteeType, o.Name, o.ShortName,
			o.FileWord, o.Area, o.ValidFrom, o.ValidTo).Scan(&id).Error
	} else {
		err = s.conn(ctx).Raw(`update org set code = ?, parent = ?, committee_type = ?, name = ?, short_name = ?, file_word = ?, area = ?,
			valid_from = ?, valid_to = ? where id = ? and county = ? returning id`, o.Code, o.Parent, o.CommitteeType, o.Name, o.ShortName,
			o.FileWord, o.Area, o.ValidFrom, o.ValidTo, o.ID, county).Scan(&id).Error
	}
	if err == nil && id == 0 {
		return 0, domain.NotFound("单位")
	}
	if err != nil {
		return 0, fmt.Errorf("save an organisation: %w", translate(err))
	}
	return id, nil
}

// SavePoint gives a point its place: a fresh one is opened, another one's place changes.
func (s *Store) SavePoint(ctx context.Context, p domain.PointRecord, fresh bool, from calendar.Date) error {
	if fresh {
		res := s.conn(ctx).Exec(`with p as (
				insert into point (org, address, hours, longitude, latitude, accuracy_m, origin) values (?, ?, ?, ?, ?, ?, ?) returning org)
			insert into point_status (org, valid_from, status, reason) select org, ?, 'open', '设立' from p`,
			p.Org, p.Address, p.Hours, p.Longitude, p.Latitude, p.AccuracyM, p.Origin, from)
		return affectedOne(res, "point")
	}
	res := s.conn(ctx).Exec("update point set address = ?, hours = ?, longitude = ?, latitude = ?, accuracy_m = ?, origin = ? where org = ?",
		p.Address, p.Hours, p.Longitude, p.Latitude, p.AccuracyM, p.Origin, p.Org)
	return affectedOne(res, "point")
}

// SavePerson adds somebody, or changes who is there.
func (s *Store) SavePerson(ctx context.Context, county domain.County, p domain.PersonRecord) (domain.PersonID, error) {
	var id domain.PersonID
	var err error
	if p.ID == 0 {
		err = s.conn(ctx).Raw("insert into person (county, staff_no, name, sex) values (?, ?, ?, ?) returning id",
			county, p.StaffNo, p.Name, p.Sex).Scan(&id).Error
	} else {
		err = s.conn(ctx).Raw("update person set staff_no = ?, name = ?, sex = ? where id = ? and county = ? returning id",
			p.StaffNo, p.Name, p.Sex, p.ID, county).Scan(&id).Error
	}
	if err == nil && id == 0 {
		return 0, domain.NotFound("人员")
	}
	if err != nil {
		return 0, fmt.Errorf("save a person: %w", translate(err))
	}
	return id, nil
}

// SaveAssignment adds a dated role, or changes its kind.
func (s *Store) SaveAssignment(ctx context.Context, a domain.AssignmentRecord) (domain.AssignmentID, error) {
	var id domain.AssignmentID
	var err error
	if a.ID == 0 {
		err = s.conn(ctx).Raw(`insert into assignment (person, org, role, engagement, full_time, valid_from, valid_to)
			values (?, ?, ?, ?, ?, ?, ?) returning id`, a.Person, a.Org, a.Role, a.Engagement, a.FullTime, a.ValidFrom, a.ValidTo).Scan(&id).Error
	} else {
		err = s.conn(ctx).Raw("update assignment set engagement = ?, full_time = ? where id = ? returning id",
			a.Engagement, a.FullTime, a.ID).Scan(&id).Error
	}
	if err == nil && id == 0 {
		return 0, domain.NotFound("岗位")
	}
	if err != nil {
		return 0, fmt.Errorf("save a role: %w", translate(err))
	}
	return id, nil
}

// OpenAccount gives a person a sign-in that waits for the code of its slip.
func (s *Store) OpenAccount(ctx context.Context, person domain.PersonID, login string, at time.Time) (domain.AccountID, error) {
	var id domain.AccountID
	err := s.conn(ctx).Raw("insert into account (person, login, created_at) values (?, ?, ?) returning id", person, login, at).Scan(&id).Error
	if err != nil {
		return 0, fmt.Errorf("open an account: %w", translate(err))
	}
	return id, nil
}
