package imports

import (
	"context"
	"io"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
)

// writer writes rows in a transaction.
type writer struct {
	ctx    context.Context // of the open transaction
	store  Store
	scope  domain.Scope
	county domain.County
	at     time.Time
	by     domain.Actor
	random io.Reader
	lines  []domain.AccountEvent
	logins []string
	files  []*domain.Case
}

// lost refuses a row that hangs on one which could not be written after all.
func lost(by *row) error {
	return domain.Errorf(domain.CodeGuard, "所依据的第%d行未能保存", by.no)
}

func (w *writer) addArea(r *row, a *area) error {
	if a.above.ID == 0 {
		return lost(a.above.by)
	}
	made, err := w.store.AddArea(w.ctx, domain.NewArea{
		County: w.county, Parent: &a.above.ID, Level: a.Level, Name: a.Name, Code: a.Code, Source: sourceOf(r), From: a.ValidFrom,
	})
	a.ID = made.ID
	return err
}

func (w *writer) saveOrg(r *row, o *org) error {
	if o.above != nil && o.above.ID == 0 {
		return lost(o.above.by)
	}
	id, err := w.store.SaveOrg(w.ctx, w.county, r.orgRecord(o))
	o.ID = id
	return err
}

// orgRecord is an organisation as a row says it is.
func (r *row) orgRecord(o *org) domain.OrgRecord {
	x := domain.OrgRecord{
		Code: r.text("code"), Kind: o.Kind, CommitteeType: r.text("type"), Name: r.values["name"], ShortName: r.text("short"),
		FileWord: r.text("word"), Area: o.area.ID, ValidFrom: r.date("from"), ValidTo: r.end(),
	}
	if o.by != r {
		x.ID = o.ID
	}
	if o.above != nil {
		x.Parent = &o.above.ID
	}
	return x
}

func (w *writer) savePoint(r *row, o *org, x domain.PointRecord) error {
	fresh := o.by == r
	id, err := w.store.SaveOrg(w.ctx, w.county, r.orgRecord(o))
	if err != nil {
		return err
	}
	o.ID, x.Org = id, id
	return w.store.SavePoint(w.ctx, x, fresh, r.date("from"))
}

func (w *writer) savePerson(r *row, x *person, h *held, newLogin bool) error {
	record := domain.PersonRecord{ID: x.ID, StaffNo: r.text("no"), Name: r.values["name"], Sex: r.sex(x.Sex)}
	if x.by == r {
		record.ID = 0
	}
	if x.by != nil && x.by != r {
		if x.ID == 0 {
			return lost(x.by)
		}
	} else {
		id, err := w.store.SavePerson(w.ctx, w.county, record)
		if err != nil {
			return err
		}
		x.ID = id
	}
	h.Person, h.Org = x.ID, h.org.ID
	h.ValidTo, h.Engagement, h.FullTime = r.end(), r.text("engagement"), nil
	if v := r.values["fulltime"]; v != "" {
		full := v == "true"
		h.FullTime = &full
	}
	record.Account = x.Account
	id, err := w.store.SaveAssignment(w.ctx, h.AssignmentRecord)
	if err != nil {
		return err
	}
	if newLogin {
		opened, err := w.store.OpenAccount(w.ctx, x.ID, x.login, w.at)
		if err != nil {
			return err
		}
		record.Account = &opened
		w.logins = append(w.logins, x.login)
		if err := w.log(w.by.AccountEvent(opened, domain.AccountCreated, w.at)); err != nil {
			return err
		}
	}
	x.Account = record.Account
	if x.Account == nil || h.ID != 0 {
		return nil
	}
	given := w.by.AccountEvent(*x.Account, domain.AccountRoleGiven, w.at)
	given.About, given.OnDay = &id, &h.ValidFrom
	return w.log(given)
}

// log notes what was done to an account; the batch writes the lines in its own transaction.
func (w *writer) log(e domain.AccountEvent) error {
	var err error
	e.ID, err = uuid.NewRandomFromReader(w.random)
	w.lines = append(w.lines, e)
	return err
}
