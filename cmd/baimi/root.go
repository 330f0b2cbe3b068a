package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// command is what all commands share: the world around them and the flags that settings may come from.
type command struct {
	env  environment
	file string // --config
}

// group is a command that only holds others: without one it shows its help, and a mistyped one is an error, so that a
// cron job with a slip in it does not look like success for ever.
func group(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	text := fmt.Sprintf("there is no command %q; see `%s --help`", args[0], cmd.CommandPath())
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		text += "; did you mean " + near[0] + "?"
	}
	return errors.New(text)
}

func newRoot(env environment) *cobra.Command {
	c := &command{env: env}
	root := &cobra.Command{
		Use:   "baimi",
		Short: "百米：人民调解案件管理服务 / case management for people's mediation",
		Long: `百米：人民调解案件管理服务 / case management for people's mediation

Settings come from the environment and from a file; "baimi config show" lists all of them with where each came from.
First start on a new machine: "baimi run". A real installation: "baimi migrate", then "baimi serve".`,
		SilenceErrors:              true,
		SilenceUsage:               true,
		RunE:                       group,
		Args:                       cobra.ArbitraryArgs,
		SuggestionsMinimumDistance: 2,
	}
	root.SetIn(env.stdin)
	root.SetOut(env.stdout)
	root.SetErr(env.stderr)
	root.PersistentFlags().StringVar(&c.file, "config", "", "file of settings, lines NAME=value (default $BAIMI_CONFIG)")
	root.AddCommand(
		c.newRun(), c.newServe(), c.newMigrate(), c.newDemo(), c.newJob(), c.newUser(), c.newArea(), c.newImport(), c.newCheck(), c.newKeys(), c.newErase(), c.newDeadlines(),
		c.newDoctor(), c.newBackup(), c.newRestore(), c.newConfig(), c.newVersion(),
	)
	return root
}

// config reads the settings; flags holds what the command line overrides, by the setting's name. All mistakes are told
// at once.
func (c *command) config(flags map[string]string) (Config, error) {
	values, readErr := readSettings(c.env.vars, c.file, flags)
	cfg, err := newConfig(values)
	return cfg, errors.Join(readErr, err)
}
