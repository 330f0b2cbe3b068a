package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"baimi/app"
	"baimi/domain"
)

func (c *command) newUserReset() *cobra.Command {
	var from passwordSource
	cmd := &cobra.Command{
		Use:   "reset-password LOGIN",
		Short: "重设密码，并退出其全部登录 / set a new password and end all sign-ins",
		Args:  cobra.ExactArgs(1),
	}
	from.addFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withAccount(cmd.Context(), args[0], func(ctx context.Context, w *workspace, a domain.Account) error {
			return c.resetPassword(ctx, w, a, from)
		})
	}
	return cmd
}

// withAccount finds the account first: a mistyped name is told before a password is asked for.
func (c *command) withAccount(ctx context.Context, login string, fn func(context.Context, *workspace, domain.Account) error) error {
	return c.withStore(ctx, func(ctx context.Context, w *workspace) error {
		account, err := w.store.AccountByLogin(ctx, strings.ToLower(login))
		if err != nil {
			return fmt.Errorf("%s: %w", login, err)
		}
		return fn(ctx, w, account)
	})
}

func (c *command) resetPassword(ctx context.Context, w *workspace, a domain.Account, from passwordSource) error {
	if a.DisabledAt != nil {
		return fmt.Errorf("%s is disabled: a new password would not let anybody in", a.Login)
	}
	password, err := c.newPassword(a.Login, from)
	if err != nil {
		return err
	}
	hash, err := app.HashPassword(password.text)
	if err != nil {
		return err
	}
	if err := w.store.SetPassword(ctx, a.ID, hash, now()); err != nil {
		return err
	}
	if err := w.store.DeleteSessions(ctx, a.ID, nil); err != nil {
		return err
	}
	fmt.Fprintf(c.env.stdout, "已重设密码 / password set: %s, %s\n", a.Login, a.PersonName)
	password.printIfRandom(c.env.stdout)
	return nil
}

func (c *command) newUserDisable() *cobra.Command {
	return &cobra.Command{
		Use:   "disable LOGIN",
		Short: "停用账号，其登录和令牌同时失效 / disable an account; its sign-ins and tokens end",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withAccount(cmd.Context(), args[0], func(ctx context.Context, w *workspace, a domain.Account) error {
				if err := w.store.DisableAccount(ctx, a.ID, domain.DisabledByOrder, now()); err != nil {
					return err
				}
				fmt.Fprintf(c.env.stdout, "已停用 / disabled: %s, %s\n", a.Login, a.PersonName)
				return nil
			})
		},
	}
}
