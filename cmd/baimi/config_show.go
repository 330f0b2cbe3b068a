package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

func (c *command) newConfig() *cobra.Command {
	config := &cobra.Command{Use: "config", Short: "配置 / settings", Args: cobra.ArbitraryArgs, RunE: group}
	config.AddCommand(&cobra.Command{
		Use:   "show",
		Short: "列出全部配置项、取值和来源 / every setting, its value and where it came from",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			values, readErr := readSettings(c.env.vars, c.file, nil)
			showSettings(c.env.stdout, values)
			cfg, err := newConfig(values)
			if cfg.Moved != "" {
				fmt.Fprintf(c.env.stdout, "\nBAIMI_DATA_DIR is %s: %s\n", cfg.DataDir, cfg.Moved)
			}
			return errors.Join(readErr, err)
		},
	})
	return config
}

func showSettings(out io.Writer, values map[string]value) {
	var t table
	for _, s := range settings {
		v, set := values[s.name]
		if !set {
			v = value{"", "not set"}
		}
		t.add(s.name, "= "+shownValue(s, v), "("+v.source+")")
	}
	t.print(out)
	fmt.Fprintln(out)
	for _, s := range settings {
		fmt.Fprintf(out, "%s: %s\n    %s\n", s.name, s.help, s.right)
	}
}

// shownValue hides secrets; of a database's address only the password.
func shownValue(s setting, v value) string {
	switch {
	case !s.secret || v.text == "":
		return v.text
	case strings.HasSuffix(s.name, "_URL"):
		return withoutPassword(v.text)
	}
	return "(hidden)"
}
