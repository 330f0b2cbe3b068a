package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baimi/app"
	"baimi/domain"
)

func (c *command) newErase() *cobra.Command {
	var ground string
	names := make([]string, len(domain.ErasureGrounds))
	for i, g := range domain.ErasureGrounds {
		names[i] = string(g.Ground)
	}
	cmd := &cobra.Command{
		Use:   "erase",
		Short: "删除个人信息 / erase what the cases hold of a person, by the ID number",
		Long: `Reads ID numbers from standard input, one a line (never from the command line, where others could see them), and erases the
names, numbers, phones, addresses and birth dates of those people from every case that has ended, as party or as
representative, with the values that corrections had replaced. Each case keeps an event that says what was erased, on
what ground and when; chain, file number and figures stay. Cases that are still worked on are listed with the
reason and left alone, and so are files that must be kept, at a person's own wish.
Backups made before still hold the values.`,
		Args: cobra.NoArgs,
	}
	cmd.Flags().StringVar(&ground, "ground", "", "one of "+strings.Join(names, ", "))
	if err := cmd.MarkFlagRequired("ground"); err != nil {
		panic(err) // the flag is defined above
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if !slices.Contains(names, ground) {
			return fmt.Errorf("--ground %q: right is one of %s", ground, strings.Join(names, ", "))
		}
		return c.withStore(cmd.Context(), func(ctx context.Context, w *workspace) error {
			return c.erase(ctx, w, domain.ErasureGround(ground))
		})
	}
	return cmd
}

func (c *command) erase(ctx context.Context, w *workspace, ground domain.ErasureGround) error {
	scopes, err := countyScopes(ctx, w)
	if err != nil {
		return err
	}
	eraser := app.NewEraser(w.store, now, rand.Reader)
	people, cases, kept := 0, 0, 0
	lines := bufio.NewScanner(c.env.stdin)
	for lines.Scan() {
		number := strings.TrimSpace(lines.Text())
		if number == "" {
			continue
		}
		people++
		for _, scope := range scopes {
			out, err := eraser.Person(ctx, domain.SystemActor(scope.County), scope, number, ground)
			if err != nil {
				return fmt.Errorf("line %d: %w", people, err)
			}
			cases += len(out.Done)
			for _, x := range out.Kept {
				kept++
				fmt.Fprintf(c.env.stdout, "未删除 / not erased: line %d, case %s (%s): %s\n", people, x.Case, x.Status.Name(), x.Why)
			}
		}
	}
	if people == 0 {
		return errors.Join(lines.Err(), errors.New("no ID number was given on standard input"))
	}
	fmt.Fprintf(c.env.stdout, "已处理%d人：%d个案件已删除，%d个未删除 / %d people: erased from %d cases, kept in %d\n", people, cases, kept, people, cases, kept)
	return lines.Err()
}
