// Command baimi is the case-management service for people's mediation: one binary that serves, migrates, looks after
// accounts and data, and checks itself. This package only parses, wires and prints; what Baimi knows is elsewhere.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// version is set by the linker: -X main.version=...
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop() // the first signal asks for an orderly end; from now on a second one ends the process
	}()
	os.Exit(execute(ctx, osEnvironment(), os.Args[1:]))
}

// execute runs one command and returns the exit code.
func execute(ctx context.Context, env environment, args []string) int {
	root := newRoot(env)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var coded *exitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &coded):
		if coded.err != nil {
			fmt.Fprintln(env.stderr, "baimi:", coded.err)
		}
		return coded.code
	}
	fmt.Fprintln(env.stderr, "baimi:", err)
	return 1
}

// exitError ends the program with a code of its own.
type exitError struct {
	code int
	err  error // nil when all was said already
}

func (e *exitError) Error() string { return fmt.Sprintf("exit code %d: %v", e.code, e.err) }

func (e *exitError) Unwrap() error { return e.err }

// now is the clock of the running program; tests and `--as-of` bring their own.
func now() time.Time { return time.Now() }
