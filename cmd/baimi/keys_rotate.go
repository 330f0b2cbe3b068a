package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"baimi/domain"
)

func (c *command) newKeys() *cobra.Command {
	keys := &cobra.Command{Use: "keys", Short: "个人信息密钥 / the keys of personal values", Args: cobra.ArbitraryArgs, RunE: group, SuggestionsMinimumDistance: 2}
	keys.AddCommand(
		&cobra.Command{
			Use: "list", Short: "查看密钥 / which keys there are, and what the old ones still seal", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return c.withStore(cmd.Context(), c.listKeys) },
		},
		&cobra.Command{
			Use: "prepare", Short: "准备新密钥 / make a new key that seals nothing yet", Args: cobra.NoArgs,
			Long: `Makes a new key beside the old one. Only where several machines serve: copy the keys folder to all of them before
"baimi keys rotate", or the others could not read what the new key seals. On one machine rotate alone is enough.`,
			RunE: func(cmd *cobra.Command, _ []string) error {
				return c.withStore(cmd.Context(), func(ctx context.Context, w *workspace) error {
					if err := w.store.Keys().Prepare(); err != nil {
						return err
					}
					return c.listKeys(ctx, w)
				})
			},
		},
		c.newKeysRotate(),
		&cobra.Command{
			Use: "drop", Short: "删除旧密钥 / forget the old keys, if nothing is sealed by them any more", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return c.withStore(cmd.Context(), c.dropKeys) },
		},
	)
	return keys
}

func (c *command) newKeysRotate() *cobra.Command {
	var drop bool
	cmd := &cobra.Command{
		Use: "rotate", Short: "轮换密钥 / a new key takes over and seals everything anew, while the service works", Args: cobra.NoArgs,
		Long: `Makes a new key (or takes the prepared one), lets it take over, and seals every personal value, draft and stored answer anew
with its search index, in small transactions. The service may go on working. A run that was killed is taken up by the next.

The old key stays, so that nothing is lost, until "baimi keys drop" (or --drop here), which refuses while it still seals
anything. An older backup needs the old key; each backup carries the keys of its day. Make a new backup afterwards.`,
	}
	cmd.Flags().BoolVar(&drop, "drop", false, "forget the old keys at the end")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withStore(cmd.Context(), func(ctx context.Context, w *workspace) error {
			scopes, err := countyScopes(ctx, w)
			if err != nil {
				return err
			}
			say := func(s string) { fmt.Fprintln(c.env.stdout, s) }
			if err := w.store.RotateKeys(ctx, scopes, say); err != nil {
				return err
			}
			if drop {
				return c.dropKeys(ctx, w)
			}
			return c.listKeys(ctx, w)
		})
	}
	return cmd
}

func (c *command) dropKeys(ctx context.Context, w *workspace) error {
	scopes, err := countyScopes(ctx, w)
	if err != nil {
		return err
	}
	if err := w.store.DropOldKeys(ctx, scopes); err != nil {
		return err
	}
	return c.listKeys(ctx, w)
}

func (c *command) listKeys(ctx context.Context, w *workspace) error {
	s := w.store.Keys().State()
	fmt.Fprintf(c.env.stdout, "在用 / in use:  %08x\n", s.Primary)
	if s.Prepared != 0 {
		fmt.Fprintf(c.env.stdout, "已准备 / prepared:  %08x\n", s.Prepared)
	}
	for _, id := range s.Old {
		fmt.Fprintf(c.env.stdout, "旧密钥 / old:  %08x\n", id)
	}
	if len(s.Old) == 0 {
		return nil
	}
	scopes, err := countyScopes(ctx, w)
	if err != nil {
		return err
	}
	for _, scope := range scopes {
		left, err := w.store.SealedByOldKeys(ctx, scope)
		if err != nil {
			return err
		}
		n := 0
		for _, x := range left {
			n += x
		}
		fmt.Fprintf(c.env.stdout, "county %d: %d values are still sealed by old keys\n", scope.County, n)
	}
	return nil
}

// countyScopes are the system scopes of all counties.
func countyScopes(ctx context.Context, w *workspace) ([]domain.Scope, error) {
	counties, err := w.store.Counties(ctx)
	if err != nil {
		return nil, err
	}
	scopes := make([]domain.Scope, 0, len(counties))
	for _, x := range counties {
		scopes = append(scopes, domain.SystemScope(x.ID, x.AreaPath))
	}
	return scopes, nil
}
