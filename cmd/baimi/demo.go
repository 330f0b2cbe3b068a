package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"baimi/app/jobs"
	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
)

// demoPassword opens every demo account. They exist only where somebody asked for the demo.
const demoPassword = "baimi-demo-2026"

func (c *command) newDemo() *cobra.Command {
	var asOf string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "向空数据库装入演示数据 / fill an empty database with a small demo city",
		Args:  cobra.NoArgs,
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "the day the demo's disputes lead up to: 2026-11-22 (default today)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		at, err := parseAsOf(asOf, now())
		if err != nil {
			return err
		}
		return c.withStore(cmd.Context(), func(ctx context.Context, w *workspace) error {
			made, err := loadDemo(ctx, w.store, w.log, at)
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
	made, err := loadDemo(ctx, a.store, a.log, a.clock())
	if errors.Is(err, errNotDemo) {
		return nil
	}
	a.demo = made
	return err
}

// errNotDemo protects real records.
var errNotDemo = errors.New("数据库已有真实数据，不能装入演示数据 / the database holds records that are not the demo's: nothing was changed")

// loadDemo makes the demo in an empty database, finishes one that was cut short before its first dispute, and otherwise
// finds the demo that is there.
func loadDemo(ctx context.Context, store *storage.Store, log *slog.Logger, at time.Time) (*demoResult, error) {
	empty, err := store.Empty(ctx)
	if err != nil {
		return nil, err
	}
	began := now()
	if empty {
		if err := buildCity(ctx, store, at); err != nil {
			return nil, fmt.Errorf("demo city: %w", err)
		}
	}
	city, err := findCity(ctx, store, calendar.DateOf(at))
	if err != nil {
		return nil, err
	}
	disputes, more, err := store.CountCases(ctx, domain.SystemScope(demoCounty, demoAreaPath), domain.CaseFilter{})
	if err != nil {
		return nil, err
	}
	made := disputes == 0
	if made {
		if disputes, err = playDisputes(ctx, store, city, at); err != nil {
			return nil, fmt.Errorf("demo disputes: %w", err)
		}
		if err := settleFigures(ctx, store, log, at); err != nil {
			return nil, fmt.Errorf("demo figures: %w", err)
		}
		log.InfoContext(ctx, "demo made", "disputes", disputes, "took", now().Sub(began))
	}
	return &demoResult{logins: city.logins(), disputes: disputes, more: more, made: made}, nil
}

// settleFigures runs the jobs once, so that rates, alerts and the sealed log are there before the first tick.
func settleFigures(ctx context.Context, store *storage.Store, log *slog.Logger, at time.Time) error {
	runner, err := jobs.New(store, store.Pool(), func() time.Time { return at }, log)
	if err != nil {
		return err
	}
	for _, name := range []string{"rates", "alerts", "seal"} {
		if _, err := runner.RunOnce(ctx, name, at); err != nil {
			return err
		}
	}
	return nil
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
	if !d.made {
		d.printFound(out)
		return
	}
	fmt.Fprintf(out, "\n演示数据：%d 件纠纷，人名、证件号码、电话均为虚构。演示账号密码都是 %s\n"+
		"Demo: %d disputes; all people are made up. The password of every demo account is %s\n\n", d.disputes, demoPassword, d.disputes, demoPassword)
	d.printLogins(out)
}

// printFound is for a demo that was made earlier: nothing was loaded now, and passwords may have been changed.
func (d *demoResult) printFound(out io.Writer) {
	plus := ""
	if d.more {
		plus = "+"
	}
	fmt.Fprintf(out, "\n这是先前装入的演示数据库，现有 %d%s 件纠纷（含试用时登记的），本次未再装入。演示账号的初始密码是 %s\n"+
		"A demo made earlier, with %d%s disputes by now; nothing was loaded. The first password of the demo accounts was %s\n\n",
		d.disputes, plus, demoPassword, d.disputes, plus, demoPassword)
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
