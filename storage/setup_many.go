package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
)

// PlantedArea is an area of a directory that is made as a whole, its path already chosen.
type PlantedArea struct {
	Path   string `json:"path"`
	Level  int    `json:"level"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	Source string `json:"source"`
}

// PlantedOrg is an organisation of it; its name is unique, and the name of the one above says where it belongs.
type PlantedOrg struct {
	Name          string `json:"name"`
	Parent        string `json:"parent"`
	Kind          string `json:"kind"`
	CommitteeType string `json:"committee_type"`
	ShortName     string `json:"short_name"`
	FileWord      string `json:"file_word"`
	Area          string `json:"area"` // its path
}

// PlantedPoint gives an organisation of kind point its place.
type PlantedPoint struct {
	Org       string  `json:"org"`
	Address   string  `json:"address"`
	Hours     string  `json:"hours"`
	Longitude float64 `json:"longitude"`
	Latitude  float64 `json:"latitude"`
	AccuracyM int     `json:"accuracy_m"`
	Origin    string  `json:"origin"`
}

// PlantedStaff is a person with a sign-in and one role.
type PlantedStaff struct {
	StaffNo    string `json:"staff_no"`
	Name       string `json:"name"`
	Sex        int    `json:"sex"`
	Login      string `json:"login"`
	Role       string `json:"role"`
	Org        string `json:"org"`
	Engagement string `json:"engagement"`
}

// Directory is a county's areas, organisations, points and people, made as a whole.
type Directory struct {
	County       domain.CountyInfo
	From         calendar.Date
	At           time.Time
	PasswordHash string
	Areas        []PlantedArea
	Orgs         [][]PlantedOrg // each rank after those above it
	Points       []PlantedPoint
	Staff        []PlantedStaff
}

// Planted are the numbers the directory was given: organisations by name, people by sign-in.
type Planted struct {
	Orgs  map[string]domain.OrgID
	Staff map[string]PlantedAs
}

// PlantedAs is who somebody has become.
type PlantedAs struct {
	Person     domain.PersonID
	Account    domain.AccountID
	Assignment domain.AssignmentID
}

// Plant makes a directory in one transaction, with one statement for each kind and rank: thousands of areas and people take
// a second. It adds nothing to a county that is there already.
func (s *Store) Plant(ctx context.Context, d Directory) (Planted, error) {
	p := Planted{Orgs: map[string]domain.OrgID{}, Staff: map[string]PlantedAs{}}
	err := s.InTx(ctx, domain.SystemScope(d.County.ID, d.County.AreaPath), func(ctx context.Context) error {
		if err := s.AddCounty(ctx, d.County); err != nil {
			return err
		}
		if err := s.plantAreas(ctx, d); err != nil {
			return err
		}
		for _, rank := range d.Orgs {
			if err := s.plantOrgs(ctx, d, rank, p); err != nil {
				return err
			}
		}
		if err := s.plantPoints(ctx, d); err != nil {
			return err
		}
		return s.PlantStaff(ctx, d, p)
	})
	if err != nil {
		return Planted{}, fmt.Errorf("make a directory: %w", translate(err))
	}
	return p, nil
}

func (s *Store) plantAreas(ctx context.Context, d Directory) error {
	levels := map[int][]PlantedArea{}
	for _, a := range d.Areas {
		levels[a.Level] = append(levels[a.Level], a)
	}
	for level := 0; len(levels[level]) > 0; level++ {
		err := s.plant(ctx, d, levels[level], nil, `insert into area (county, path, level, parent, valid_from)
			select @county, n.path, n.level, p.id, @from from jsonb_to_recordset(cast(@rows as jsonb)) as n (path text, level smallint)
			left join area p on n.level > 0 and p.path = left(n.path, -3) order by n.path`)
		if err != nil {
			return err
		}
	}
	return s.plant(ctx, d, d.Areas, nil, `insert into area_code (area, valid_from, code, name, source)
		select a.id, @from, n.code, n.name, n.source
		from jsonb_to_recordset(cast(@rows as jsonb)) as n (path text, code text, name text, source text) join area a on a.path = n.path`)
}

func (s *Store) plantOrgs(ctx context.Context, d Directory, rank []PlantedOrg, p Planted) error {
	var made []struct {
		ID   domain.OrgID
		Name string
	}
	err := s.plant(ctx, d, rank, &made, `insert into org (county, parent, kind, committee_type, name, short_name, file_word, area, valid_from)
		select @county, o.id, n.kind, nullif(n.committee_type, ''), n.name, nullif(n.short_name, ''), nullif(n.file_word, ''), a.id, @from
		from jsonb_to_recordset(cast(@rows as jsonb))
			as n (name text, parent text, kind text, committee_type text, short_name text, file_word text, area text)
		join area a on a.path = n.area left join org o on o.county = @county and o.name = n.parent
		order by n.area, n.kind, n.name returning id, name`)
	for _, o := range made {
		p.Orgs[o.Name] = o.ID
	}
	return err
}

func (s *Store) plantPoints(ctx context.Context, d Directory) error {
	err := s.plant(ctx, d, d.Points, nil, `insert into point (org, address, hours, longitude, latitude, accuracy_m, origin)
		select o.id, n.address, n.hours, n.longitude, n.latitude, n.accuracy_m, n.origin
		from jsonb_to_recordset(cast(@rows as jsonb))
			as n (org text, address text, hours text, longitude numeric, latitude numeric, accuracy_m int, origin text)
		join org o on o.county = @county and o.name = n.org`)
	if err != nil {
		return err
	}
	return s.plant(ctx, d, d.Points, nil, `insert into point_status (org, valid_from, status, reason)
		select o.id, @from, 'open', '设立' from jsonb_to_recordset(cast(@rows as jsonb)) as n (org text)
		join org o on o.county = @county and o.name = n.org`)
}

// PlantStaff adds people to organisations of the county, and their numbers to p.
func (s *Store) PlantStaff(ctx context.Context, d Directory, p Planted) error {
	var made []struct {
		Login                       string
		Person, Account, Assignment int64
	}
	err := s.plant(ctx, d, d.Staff, &made, `with n as (
			select * from jsonb_to_recordset(cast(@rows as jsonb))
				as n (staff_no text, name text, sex smallint, login text, role text, org text, engagement text)),
		p as (insert into person (county, name, sex, staff_no) select @county, name, sex, staff_no from n order by staff_no returning id, staff_no),
		x as (insert into assignment (person, org, role, engagement, valid_from)
			select p.id, o.id, n.role, nullif(n.engagement, ''), @from from n join p using (staff_no)
			join org o on o.county = @county and o.name = n.org order by staff_no returning id, person),
		c as (insert into account (person, login, password_hash, password_changed_at, activated_at, created_at)
			select p.id, n.login, @hash, @at, @at, @at from n join p using (staff_no) order by staff_no returning id, person, login)
		select c.login, c.person, c.id as account, x.id as assignment from c join x on x.person = c.person`)
	for _, x := range made {
		p.Staff[x.Login] = PlantedAs{domain.PersonID(x.Person), domain.AccountID(x.Account), domain.AssignmentID(x.Assignment)}
	}
	if err == nil && len(made) != len(d.Staff) {
		err = fmt.Errorf("%d of %d people found their organisation", len(made), len(d.Staff))
	}
	return err
}

// RefreshStatistics tells the planner how the tables are filled: after the first of many rows, whose foreign keys are else
// checked by plans for empty tables, and after the last.
func (s *Store) RefreshStatistics(ctx context.Context) error {
	if err := s.db.WithContext(ctx).Exec("select refresh_statistics()").Error; err != nil {
		return fmt.Errorf("refresh the statistics: %w", err)
	}
	return nil
}

// plant hands rows to a statement as one value and reads what it returns.
func (s *Store) plant(ctx context.Context, d Directory, rows, made any, statement string) error {
	text, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	q := s.conn(ctx)
	args := map[string]any{"county": d.County.ID, "from": d.From, "at": d.At, "hash": d.PasswordHash, "rows": string(text)}
	if made == nil {
		err = q.Exec(statement, args).Error
	} else {
		err = q.Raw(statement, args).Scan(made).Error
	}
	if err != nil {
		return fmt.Errorf("make a directory: %w", translate(err))
	}
	return nil
}
