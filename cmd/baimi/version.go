package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"baimi/migrations"
)

func (c *command) newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "版本 / print the version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(c.env.stdout, "baimi %s (%s, schema %s)\n", version, runtime.Version(), migrations.Fingerprint())
			return err
		},
	}
}
