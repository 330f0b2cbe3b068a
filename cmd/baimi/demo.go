package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"baimi/app"
	"baimi/app/jobs"
	"baimi/demo"
	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
)

func (c *command) newDemo() *cobra.Command {
	var asOf, size string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "向空数据库装入演示数据 / fill an empty database with a demo city",
		Long: `Fills an empty database with a demo: the 22 towns of Jianyang with made-up villages, intake points, committees and people, and
two years of disputes up to a day. "city" is the whole (291 villages, 1,579 points, 20,000 disputes; minutes), "small"
a look at it (44 villages, 400 disputes; seconds), which "baimi run" loads too. The same day gives the same demo, ids aside.`,
		Args: cobra.NoArgs,
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "the day the demo's disputes lead up to: 2026-11-22 (default today)")
	cmd.Flags().StringVar(&size, "size", demo.City.Name, "city or small")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		at, err := parseAsOf(asOf, now())
		if err != nil {
			return err
		}
		i := slices.IndexFunc(demo.Sizes, func(s demo.Size) bool { return s.Name == size })
		if i < 0 {
			return fmt.Errorf("--size %q: there are city and small", size)
		}
		return c.withStore(cmd.Context(), func(ctx context.Context, w *workspace) error {
			made, err := loadDemo(ctx, w.store, w.log, demoOrder{size: demo.Sizes[i], at: at, now: now()}, &demoProgress{out: c.env.stderr})
			if err != nil {
				return err
			}
			made.print(c.env.stdout)
			return nil
		})
	}
	return cmd
}

// fillIfEmpty is the demo on the way to serving. A database that is the demo already shows its sign-ins again; one that
// holds real records is left alone.
func (a *App) fillIfEmpty(ctx context.Context) error {
	at := a.clock()
	made, err := loadDemo(ctx, a.store, a.log, demoOrder{size: demo.Small, at: at, now: at}, nil)
	if errors.Is(err, errNotDemo) {
		return nil
	}
	a.demo = made
	return err
}

var (
	// errNotDemo protects real records.
	errNotDemo = errors.New("数据库已有真实数据，不能装入演示数据 / the database holds records that are not the demo's: nothing was changed")
	// errHalfDemo is a demo that was cut short; it cannot be gone on with, since its disputes were drawn as a whole.
	errHalfDemo = errors.New("演示数据上次没有装完，请换一个空数据库重新装入 / the demo was cut short: load it into an empty database")
)

// demoOrder is the demo that is wanted: its disputes lead up to a time, which may lie before now.
type demoOrder struct {
	size    demo.Size
	at, now time.Time
}

// loadDemo makes the demo in an empty database, and otherwise finds the demo that is there.
func loadDemo(ctx context.Context, store *storage.Store, log *slog.Logger, in demoOrder, watch *demoProgress) (*demoResult, error) {
	empty, err := store.Empty(ctx)
	if err != nil {
		return nil, err
	}
	if empty {
		if err := makeDemo(ctx, store, log, in, watch); err != nil {
			return nil, fmt.Errorf("demo: %w", err)
		}
	}
	found, whole, err := demo.Is(ctx, store, calendar.DateOf(in.at))
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, errNotDemo
	case !whole:
		return nil, errHalfDemo
	}
	logins, err := demoLogins(ctx, store, calendar.DateOf(in.at))
	if err != nil {
		return nil, err
	}
	disputes, more, err := store.CountCases(ctx, domain.SystemScope(demo.County, demo.AreaPath), domain.CaseFilter{})
	if err != nil {
		return nil, err
	}
	return &demoResult{logins: logins, disputes: disputes, more: more, made: empty}, nil
}

func makeDemo(ctx context.Context, store *storage.Store, log *slog.Logger, in demoOrder, watch *demoProgress) error {
	began := now()
	defer debug.SetGCPercent(debug.SetGCPercent(300)) // the plans of a whole city are walked less often
	hash, err := app.HashPassword(demo.Password)
	if err != nil {
		return err
	}
	made, err := demo.Load(ctx, store, in.size, in.at, hash, watch.at)
	if err != nil {
		return err
	}
	if err := settleFigures(ctx, store, log, in, watch); err != nil {
		return fmt.Errorf("figures: %w", err)
	}
	watch.end()
	log.InfoContext(ctx, "demo made", "size", in.size.Name, "areas", made.Areas, "orgs", made.Orgs, "points", made.Points, "people", made.People,
		"disputes", made.Disputes, "cases", made.Cases, "took", now().Sub(began))
	return nil
}

// settleFigures runs the jobs once, so that rates, alerts and the sealed log are there before the first tick. What clocks of a past
// demo have to tell since its day is told too, as the service does once it works again after a pause.
func settleFigures(ctx context.Context, store *storage.Store, log *slog.Logger, in demoOrder, watch *demoProgress) error {
	runner, err := jobs.New(store, store.Pool(), func() time.Time { return in.at }, log)
	if err != nil {
		return err
	}
	runner.InBatches(5000)
	watch.at(demo.Phase{Name: "figures"})
	var all errgroup.Group
	for _, name := range []string{domain.JobRates, "alerts", "seal"} { // each has a queue of its own
		all.Go(func() error {
			_, err := runner.RunOnce(ctx, name, in.at)
			return err
		})
	}
	if err := all.Wait(); err != nil || !in.now.After(in.at) {
		return err
	}
	_, err = runner.RunOnce(ctx, "alerts", in.now)
	return err
}

// shownLogins are one sign-in for each role, in the order of the roles, and a few more.
var shownLogins = []string{
	"keeper1", "mediator1", "mediator2", "workroom", "medical", "director1", "town1", "office1", "office2",
	"bureau", "center", "court", "police", "petition", "hotline", "sysadmin", "secadmin", "auditor",
}

func demoLogins(ctx context.Context, store *storage.Store, on calendar.Date) ([]demoLogin, error) {
	accounts, err := store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	var list []demoLogin
	for _, login := range shownLogins {
		i := slices.IndexFunc(accounts, func(a domain.Account) bool { return a.Login == login })
		if i < 0 {
			continue
		}
		held, err := store.Assignments(ctx, accounts[i].Person, on)
		if err != nil {
			return nil, err
		}
		if len(held) > 0 {
			list = append(list, demoLogin{login, held[0].Role.Name(), accounts[i].PersonName, held[0].OrgName})
		}
	}
	return list, nil
}

// demoProgress tells whoever waits how far the demo is, with the time each phase took.
type demoProgress struct {
	out   io.Writer
	mu    sync.Mutex
	phase string
	since time.Time
	tenth int
}

// at is told of each step; a nil progress tells nobody.
func (p *demoProgress) at(x demo.Phase) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if x.Name != p.phase {
		p.finish()
		p.phase, p.since, p.tenth = x.Name, now(), 0
	}
	if x.Total == 0 {
		return
	}
	if tenth := 10 * x.Done / x.Total; tenth > p.tenth && tenth < 10 {
		p.tenth = tenth
		fmt.Fprintf(p.out, "  %s %d / %d\n", p.phase, x.Done, x.Total)
	}
}

func (p *demoProgress) finish() {
	if p.phase != "" {
		fmt.Fprintf(p.out, "  %s %.1f s\n", p.phase, now().Sub(p.since).Seconds())
	}
}

func (p *demoProgress) end() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish()
	p.phase = ""
}

// demoResult is what the person at the terminal is told.
type demoResult struct {
	logins   []demoLogin
	disputes int
	more     bool // there are more than were counted
	made     bool // just now; else what is there may hold what people typed since
}

type demoLogin struct{ login, role, person, org string }

func (d *demoResult) print(out io.Writer) {
	plus := ""
	if d.more {
		plus = "+"
	}
	if !d.made {
		d.printFound(out, plus)
		return
	}
	fmt.Fprintf(out, "\n演示数据：%d%s 件纠纷，村（社区）、单位、人名、证件号码、电话均为虚构。演示账号密码都是 %s\n"+
		"Demo: %d%s disputes; villages, offices and people are made up. The password of every demo account is %s\n\n",
		d.disputes, plus, demo.Password, d.disputes, plus, demo.Password)
	d.printLogins(out)
}

// printFound is for a demo that was made earlier: nothing was loaded now, and passwords may have been changed.
func (d *demoResult) printFound(out io.Writer, plus string) {
	fmt.Fprintf(out, "\n这是先前装入的演示数据库，现有 %d%s 件纠纷（含试用时登记的），本次未再装入。演示账号的初始密码是 %s\n"+
		"A demo made earlier, with %d%s disputes by now; nothing was loaded. The first password of the demo accounts was %s\n\n",
		d.disputes, plus, demo.Password, d.disputes, plus, demo.Password)
	d.printLogins(out)
}

func (d *demoResult) printLogins(out io.Writer) {
	var t table
	for _, l := range d.logins {
		t.add("  "+l.login, l.role, l.person, l.org)
	}
	t.print(out)
	fmt.Fprintln(out)
}
