package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"baimi/app/jobs"
	"baimi/domain/calendar"
)

func (c *command) newJob() *cobra.Command {
	var asOf string
	cmd := &cobra.Command{
		Use:       "job NAME",
		Short:     "手动执行一次定时任务 / run one scheduled job once, by hand",
		Long:      "Runs one job now, outside its schedule. Jobs: " + strings.Join(jobs.Names(), ", "),
		Args:      cobra.ExactArgs(1),
		ValidArgs: jobs.Names(),
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "work as of this time: 2026-11-22, 2026-11-22T08:00 or RFC 3339; Shanghai time (default now)")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		at, err := parseAsOf(asOf, now())
		if err != nil {
			return err
		}
		if at.After(now()) {
			return errors.New("--as-of lies ahead: alerts would be raised for clocks that still run")
		}
		return c.runJob(cmd.Context(), args[0], at)
	}
	return cmd
}

func (c *command) runJob(ctx context.Context, name string, at time.Time) error {
	return c.withStore(ctx, func(ctx context.Context, w *workspace) error {
		// what a job writes is recorded at the time it is written, whatever time it works as of
		runner, err := newRunner(ctx, w.cfg, w.store, now, w.log)
		if err != nil {
			return err
		}
		result, err := runner.RunOnce(ctx, name, at)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.env.stdout, "%s as of %s: %s\n", name, at.In(calendar.Shanghai).Format(time.RFC3339), result)
		return nil
	})
}

// parseAsOf reads a time; a day alone is its end, when everything of that day has happened.
func parseAsOf(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return now, nil
	}
	if d, err := calendar.ParseDate(text); err == nil {
		end := d.EndOfDay().Add(-time.Second)
		if end.After(now) && d == calendar.DateOf(now) {
			return now, nil
		}
		return end, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02T15:04:05"} {
		if t, err := time.ParseInLocation(layout, text, calendar.Shanghai); err == nil {
			return t, nil
		}
	}
	return time.Time{}, errors.New("--as-of: right is 2026-11-22, 2026-11-22T08:00 or 2026-11-22T08:00:00+08:00")
}
