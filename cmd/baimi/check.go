package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"baimi/domain"
	"baimi/domain/ledger"
	"baimi/storage"
)

// errBad is the end of a check that found something; what it found is printed before.
var errBad = errors.New("the check found something")

func (c *command) newCheck() *cobra.Command {
	var file, keyFile string
	var files bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "核验：由事件重新推出全部结果并比对 / re-derive everything from the events and compare",
		Long: `Re-reads every record: event chains, cases against their events, file numbers, rights, clocks, alerts, figures, personal
values, and the sealed log. It prints what is wrong and where, and ends with "bad: 0" or the number of findings (exit code 1).

With --files it also opens every attachment and holds it to its SHA-256, and tells what lies in the file store and belongs to nothing.

With --checkpoint FILE, a signed checkpoint that was kept elsewhere, it proves that the log extends it: whoever owns this
machine could have rewritten everything here, but not that file. Without one it says what it cannot see.`,
		Args: cobra.NoArgs,
	}
	cmd.Flags().StringVar(&file, "checkpoint", "", "a checkpoint that left the machine earlier")
	cmd.Flags().StringVar(&keyFile, "checkpoint-key", "", "public key of the checkpoints, kept elsewhere (default: checkpoint.pub in the keys folder)")
	cmd.Flags().BoolVar(&files, "files", false, "also open every attachment and compare it with its SHA-256 (reads the whole file store)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withStore(cmd.Context(), func(ctx context.Context, w *workspace) error {
			return c.check(ctx, w, file, keyFile, files)
		})
	}
	return cmd
}

func (c *command) check(ctx context.Context, w *workspace, file, keyFile string, files bool) error {
	outside, err := readCheckpoint(w.cfg, file, keyFile)
	if err != nil {
		return err
	}
	counties, err := w.store.Counties(ctx)
	if err != nil {
		return err
	}
	collectSeldom(c.env.vars)
	bad := 0
	for _, county := range counties {
		fmt.Fprintf(c.env.stdout, "%s (%d)\n", county.Name, county.ID)
		scope := domain.SystemScope(county.ID, county.AreaPath)
		var sum storage.CheckSummary
		var log strings.Builder // told after the records
		var faults int
		group, both := errgroup.WithContext(ctx)
		group.Go(func() (err error) {
			faults, err = checkLog(both, &log, w.store, scope, outside)
			return err
		})
		group.Go(func() (err error) {
			sum, err = w.store.Check(both, scope, now(), func(f storage.Finding) {
				fmt.Fprintf(c.env.stdout, "  %s: %s: %s\n", f.Kind, f.Where, f.What)
			})
			return err
		})
		if err := group.Wait(); err != nil {
			return err
		}
		fmt.Fprintf(c.env.stdout, "  %s\n%s", indent(sum.String()), &log)
		bad += sum.Bad + faults
		if files {
			n, err := c.checkFiles(ctx, w.store, scope)
			if err != nil {
				return err
			}
			bad += n
		}
	}
	fmt.Fprintf(c.env.stdout, "bad: %d\n", bad)
	if bad > 0 {
		return errBad
	}
	return nil
}

// outsideCheckpoint is a checkpoint from outside with the key it is held to.
type outsideCheckpoint struct {
	county int
	note   string
	keys   string
}

func readCheckpoint(cfg Config, file, keyFile string) (outsideCheckpoint, error) {
	var o outsideCheckpoint
	if file == "" {
		return o, nil
	}
	note, err := os.ReadFile(file)
	if err != nil {
		return o, err
	}
	o.note = string(note)
	c, err := ledger.Peek(o.note)
	if err != nil {
		return o, fmt.Errorf("%s: %w", file, err)
	}
	o.county = c.County
	if keyFile == "" {
		o.keys, err = storage.LoadCheckpointPublic(cfg.KeysDir)
		return o, err
	}
	keys, err := os.ReadFile(keyFile)
	o.keys = string(keys)
	return o, err
}

// checkFiles opens every attachment.
func (c *command) checkFiles(ctx context.Context, store *storage.Store, scope domain.Scope) (int, error) {
	sum, err := store.CheckFiles(ctx, scope, now(), func(f storage.Finding) {
		fmt.Fprintf(c.env.stdout, "  %s: %s: %s\n", f.Kind, f.Where, f.What)
	})
	if err == nil {
		fmt.Fprintf(c.env.stdout, "  files: %s\n", sum)
	}
	return sum.Bad, err
}

// checkLog holds the sealed log to the events and, for its county, to the checkpoint from outside.
func checkLog(ctx context.Context, out io.Writer, store *storage.Store, scope domain.Scope, o outsideCheckpoint) (faults int, err error) {
	report := func(f ledger.Fault) { fmt.Fprintf(out, "  log: %s\n", f) }
	var v ledger.Verified
	if o.note != "" && o.county == int(scope.County) {
		v, err = store.VerifyAgainst(ctx, scope, o.note, o.keys, report)
	} else {
		v, err = store.VerifyLog(ctx, scope, report)
	}
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(out, "  sealed log: %d of %d events, %d waiting, %d checkpoints, %d faults\n", v.Sealed, v.Events, v.Waiting, v.Checkpoints, v.Faults)
	if v.Outside != nil {
		fmt.Fprintf(out, "  the log extends the checkpoint of %d events from outside\n", v.Outside.Size)
	}
	for _, unseen := range v.Unseen {
		fmt.Fprintf(out, "  not seen: %s\n", unseen)
	}
	return int(v.Faults), nil
}

// indent sets the further lines of a text under the first.
func indent(text string) string { return strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ") }
