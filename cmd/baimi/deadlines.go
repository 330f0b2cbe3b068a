package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
)

func (c *command) newDeadlines() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "deadlines",
		Short: "期限：试算和重算 / try and recount the deadlines",
		RunE:  group,
		Args:  cobra.ArbitraryArgs,
	}
	cmd.AddCommand(c.newDeadlinesTry(), c.newDeadlinesRecount())
	return cmd
}

// trialLines is how many changed clocks of a county are listed unless more are asked for.
const trialLines = 200

func (c *command) newDeadlinesTry() *cobra.Command {
	var file string
	var lines int
	cmd := &cobra.Command{
		Use:   "try",
		Short: "试算：日历或者规则变更会改变哪些期限 / what a calendar or the rules would change",
		Long: `Counts every clock again, of open cases and of past ones, and lists those that would end otherwise, with the days that make
the difference. Nothing is changed.

Without --calendar by the calendar and the rules in force, against what is stored. With --calendar FILE by a notice that is not
in force yet, against the calendar in force. FILE is CSV with the columns day, kind (放假 or 上班) and name:

    2027-02-05,放假,春节
    2027-02-14,上班,春节

A year whose 1 January is in FILE is replaced as a whole; other days one by one.`,
		Args: cobra.NoArgs,
	}
	cmd.Flags().StringVar(&file, "calendar", "", "a notice to try, as CSV")
	cmd.Flags().IntVar(&lines, "lines", trialLines, "how many clocks of a county to list; 0 for all")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withStore(cmd.Context(), func(ctx context.Context, w *workspace) error {
			var other *calendar.Calendar
			if file != "" {
				days, err := w.store.Calendar(ctx)
				if err != nil {
					return err
				}
				if other, err = noticeFrom(file, days); err != nil {
					return err
				}
			}
			_, err := c.tryClocks(ctx, w, other, lines)
			return err
		})
	}
	return cmd
}

func (c *command) newDeadlinesRecount() *cobra.Command {
	var apply bool
	var lines int
	cmd := &cobra.Command{
		Use:   "recount",
		Short: "重算：按现行日历和规则重算进行中的期限 / recount the running clocks by the calendar and rules in force",
		Long: `Shows what would change, as "try" does, and with --apply counts the running clocks anew: one transaction and one event a case.
The service does the same by itself every ten minutes; stopped clocks keep the calendar and the rules of their time.`,
		Args: cobra.NoArgs,
	}
	cmd.Flags().BoolVar(&apply, "apply", false, "write it")
	cmd.Flags().IntVar(&lines, "lines", trialLines, "how many clocks of a county to list; 0 for all")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withStore(cmd.Context(), func(ctx context.Context, w *workspace) error {
			stale, err := c.tryClocks(ctx, w, nil, lines)
			if err != nil {
				return err
			}
			if !apply {
				fmt.Fprintf(c.env.stdout, "%d running clocks to recount; nothing was written: run it again with --apply\n", stale)
				return nil
			}
			runner, err := newRunner(ctx, w.cfg, w.store, now, w.log)
			if err != nil {
				return err
			}
			result, err := runner.RunOnce(ctx, "recount", now())
			fmt.Fprintf(c.env.stdout, "recount: %s\n", result)
			return err
		})
	}
	return cmd
}

// tryClocks tries a calendar on every county, or that in force, and gives how many running clocks were counted by others.
func (c *command) tryClocks(ctx context.Context, w *workspace, other *calendar.Calendar, lines int) (stale int, err error) {
	counties, err := w.store.Counties(ctx)
	if err != nil {
		return 0, err
	}
	out := c.env.stdout
	for _, county := range counties {
		fmt.Fprintf(out, "%s (%d)\n", county.Name, county.ID)
		listed := 0
		sum, err := app.NewTrials(w.store).Try(ctx, domain.SystemScope(county.ID, county.AreaPath), other, func(k *domain.Case, x domain.ClockChange) {
			if listed++; lines > 0 && listed > lines {
				return
			}
			state := "running"
			if !x.Deadline.Running() {
				state = "stopped"
			}
			fmt.Fprintf(out, "  %s: %s\n", state, x.Line(k))
		})
		if err != nil {
			return stale, err
		}
		if lines > 0 && listed > lines {
			fmt.Fprintf(out, "  … and %d more (--lines 0 lists all)\n", listed-lines)
		}
		for _, x := range []struct {
			name string
			n    app.TrialCounts
		}{{"running", sum.Running}, {"stopped", sum.Stopped}} {
			fmt.Fprintf(out, "  %s: %d clocks of %d cases, %d by another calendar or other rules; %d would end otherwise (%d later, %d earlier, %d by pause or hour)\n",
				x.name, x.n.Clocks, x.n.Cases, x.n.Stale, x.n.Moved(), x.n.Later, x.n.Earlier, x.n.Otherwise)
		}
		stale += sum.Running.Stale
	}
	return stale, nil
}

// noticeFrom reads a notice and puts it into the calendar in force.
func noticeFrom(path string, days *calendar.Calendar) (*calendar.Calendar, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	entries, err := calendar.ReadNotice(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return days.With(days.Version()+"+", entries)
}
