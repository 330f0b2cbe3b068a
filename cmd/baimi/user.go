package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
)

func (c *command) newUser() *cobra.Command {
	user := &cobra.Command{Use: "user", Short: "账号 / accounts", Args: cobra.ArbitraryArgs, RunE: group, SuggestionsMinimumDistance: 2}
	user.AddCommand(c.newUserAdd(), c.newUserList(), c.newUserReset(), c.newUserDisable())
	return user
}

// loginForm is the database's own rule, told before a password is asked for.
var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{2,63}$`)

// newStaff is what `user add` is told.
type newStaff struct {
	login, name, role, org string
}

func (c *command) newUserAdd() *cobra.Command {
	var in newStaff
	var from passwordSource
	cmd := &cobra.Command{
		Use:   "add LOGIN",
		Short: "新建人员和账号 / add a person with a role and a sign-in",
		Args:  cobra.ExactArgs(1),
	}
	cmd.Flags().StringVar(&in.name, "name", "", "the person's name")
	cmd.Flags().StringVar(&in.role, "role", "", "one of "+strings.Join(roleNames(), ", "))
	cmd.Flags().StringVar(&in.org, "org", "", "the organisation where the role is held: its number or its name")
	from.addFlags(cmd)
	for _, name := range []string{"name", "role", "org"} {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err) // the flags are defined above
		}
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		in.login = strings.ToLower(args[0])
		return c.addUser(cmd.Context(), in, from)
	}
	return cmd
}

func roleNames() []string {
	names := make([]string, len(domain.Roles))
	for i, r := range domain.Roles {
		names[i] = string(r.Role)
	}
	return names
}

func (c *command) addUser(ctx context.Context, in newStaff, from passwordSource) error {
	if !slices.Contains(roleNames(), in.role) {
		return fmt.Errorf("--role %q: right is one of %s", in.role, strings.Join(roleNames(), ", "))
	}
	if !loginForm.MatchString(in.login) {
		return fmt.Errorf("%q is no sign-in name: right are 3 to 64 small letters, digits, dot, hyphen or underscore, the first a letter or digit", in.login)
	}
	name, err := domain.ParseCivilName(in.name, domain.Natural)
	if err != nil {
		return fmt.Errorf("--name: %w", err)
	}
	in.name = name
	return c.withStore(ctx, func(ctx context.Context, w *workspace) error {
		org, err := findOrg(ctx, w.store, in.org)
		if err != nil {
			return err
		}
		if err := suits(domain.Role(in.role), org); err != nil {
			return err
		}
		password, err := c.newPassword(in.login, from)
		if err != nil {
			return err
		}
		hash, err := app.HashPassword(password.text)
		if err != nil {
			return err
		}
		at := now()
		_, err = w.store.AddStaff(ctx, storage.NewStaff{
			Name: in.name, Login: in.login, PasswordHash: hash, Role: domain.Role(in.role), Org: org.ID,
			From: calendar.DateOf(at), At: at,
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(c.env.stdout, "已新建 / added: %s, %s, %s, %s\n", in.login, in.name, domain.Role(in.role).Name(), org.Name)
		password.printIfRandom(c.env.stdout)
		return nil
	})
}

func (c *command) newUserList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "列出账号 / list the accounts",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withStore(cmd.Context(), c.listUsers)
		},
	}
}

func (c *command) listUsers(ctx context.Context, w *workspace) error {
	accounts, err := w.store.Accounts(ctx)
	if err != nil {
		return err
	}
	today := calendar.DateOf(now())
	var t table
	for _, a := range accounts {
		held, err := w.store.Assignments(ctx, a.Person, today)
		if err != nil {
			return err
		}
		var roles []string
		for _, x := range held {
			roles = append(roles, x.Role.Name()+" "+x.OrgName)
		}
		state := "启用 active"
		if a.DisabledAt != nil {
			state = "停用 disabled"
		}
		t.add(a.Login, a.PersonName, state, strings.Join(roles, "；"))
	}
	t.print(c.env.stdout)
	return nil
}
