package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/backup"
)

// checkFacts looks at role, durability and locale.
func (d *doctor) checkFacts(ctx context.Context, store *storage.Store) {
	const what = "数据库 database"
	facts, err := store.Inspect(ctx)
	if err != nil {
		d.say(what, failed, "%v", err)
		return
	}
	bad := facts.Unfit()
	for _, reason := range bad {
		d.say(what, failed, "%s", reason)
	}
	if len(bad) == 0 {
		d.say(what, fine, "PostgreSQL %d.%d, role %s, durable, locale %s",
			facts.Version/10000, facts.Version%10000, facts.Role, facts.Locale)
	}
}

// checkKeys opens a record of each county: keys that are there may still be the wrong ones.
func (d *doctor) checkKeys(ctx context.Context, store *storage.Store, cfg Config) {
	const what = "密钥 keys"
	counties, err := store.Counties(ctx)
	if err != nil {
		d.say(what, failed, "%v", err)
		return
	}
	opened := 0
	for _, county := range counties {
		rows, _, err := store.Cases(ctx, domain.SystemScope(county.ID, county.AreaPath), domain.CaseFilter{}, domain.Page{Size: 1})
		if err != nil {
			d.say(what, failed, "the records of %s do not open with the keys in %s: %v", county.Name, cfg.KeysDir, err)
			return
		}
		opened += len(rows)
		if len(rows) > 0 && rows[0].RegisteredAt.After(now().Add(clockTolerance)) {
			d.say("时钟 clock", failed, "a record of %s is from %s, later than this machine's clock", county.Name, rows[0].RegisteredAt.Format(time.RFC3339))
		}
	}
	d.say(what, fine, "in %s; %d of %d counties have records, they open", cfg.KeysDir, opened, len(counties))
}

const clockTolerance = 5 * time.Second

// checkClock compares this machine's clock with the database's.
func (d *doctor) checkClock(ctx context.Context, store *storage.Store) {
	const what = "时钟 clock"
	var theirs time.Time
	if err := store.Pool().QueryRow(ctx, "select clock_timestamp()").Scan(&theirs); err != nil {
		d.say(what, failed, "%v", err)
		return
	}
	apart := now().Sub(theirs).Abs()
	if apart > clockTolerance {
		d.say(what, warned, "this machine and the database are %s apart: let both follow a time server", apart.Round(time.Second))
		return
	}
	d.say(what, fine, "%s in Shanghai", theirs.In(calendar.Shanghai).Format("2006-01-02 15:04:05"))
}

// calendarAhead is how far ahead the longest ordinary clock looks.
const calendarAhead = 60

// checkCalendar sees to it that deadlines can be computed, and says when a year is only half known.
func (d *doctor) checkCalendar(ctx context.Context, store *storage.Store) {
	const what = "日历 calendar"
	days, err := store.Calendar(ctx)
	if err != nil {
		d.say(what, failed, "%v", err)
		return
	}
	today := calendar.DateOf(now())
	ahead := today.AddDays(calendarAhead)
	switch {
	case !days.Covers(today):
		d.say(what, failed, "version %s does not know %d: deadlines cannot be computed", days.Version(), today.Year())
	case !days.Covers(ahead):
		d.say(what, warned, "version %s does not know %d: soon deadlines cannot be computed; update Baimi", days.Version(), ahead.Year())
	case days.Provisional(today) || days.Provisional(ahead):
		d.say(what, warned, "version %s: the holidays of %d are provisional, the State Council's notice is not in it yet", days.Version(), ahead.Year())
	default:
		d.say(what, fine, "version %s", days.Version())
	}
}

// checkBackups warns when the newest backup is older than a day.
func (d *doctor) checkBackups(cfg Config) {
	const what = "备份 backup"
	switch {
	case !cfg.Embedded():
		d.say(what, fine, "the database is not ours to back up; see to it, and to the keys in %s, on its server", cfg.KeysDir)
		return
	case cfg.BackupDir == "":
		d.say(what, warned, "BAIMI_BACKUP_DIR is not set: nobody knows of a backup. A lost key is lost data")
		return
	}
	m, path, err := backup.Latest(cfg.BackupDir)
	age := now().Sub(m.Begun)
	switch {
	case errors.Is(err, backup.ErrNone):
		d.say(what, warned, "there is no backup in %s: run `baimi backup`", cfg.BackupDir)
	case err != nil:
		d.say(what, failed, "%v", err)
	case age > day:
		d.say(what, warned, "the newest, %s, is %s old: run `baimi backup` every day", path, ageText(age))
	default:
		d.say(what, fine, "the newest, %s, is %s old", path, ageText(age))
	}
}

func ageText(d time.Duration) string {
	if d > 2*day {
		return fmt.Sprintf("%d days", int(d/day))
	}
	return d.Round(time.Minute).String()
}

// checkCertificate warns a month before a certificate ends.
func (d *doctor) checkCertificate(cfg Config) {
	const what = "证书 certificate"
	if cfg.TLS != tlsFiles {
		return
	}
	cert, err := tls.LoadX509KeyPair(cfg.TLSCert, cfg.TLSKey)
	if err != nil {
		d.say(what, failed, "BAIMI_TLS_CERT and BAIMI_TLS_KEY: %v", err)
		return
	}
	end := cert.Leaf.NotAfter
	switch at := now(); {
	case at.After(end):
		d.say(what, failed, "it ended on %s", end.Format(time.DateOnly))
	case at.AddDate(0, 1, 0).After(end):
		d.say(what, warned, "it ends on %s", end.Format(time.DateOnly))
	default:
		d.say(what, fine, "until %s", end.Format(time.DateOnly))
	}
}

// checkCheckpoints warns when nothing leaves the machine: whoever owns it could rewrite the log unseen.
func (d *doctor) checkCheckpoints(cfg Config) {
	const what = "存证 checkpoints"
	if cfg.CheckpointDir == "" && cfg.CheckpointWebhook == "" {
		d.say(what, warned, "neither BAIMI_CHECKPOINT_DIR nor BAIMI_CHECKPOINT_WEBHOOK is set: no checkpoint of the event log leaves this machine")
		return
	}
	d.say(what, fine, "signed each night and sent out")
}
