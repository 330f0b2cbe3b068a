// Withpg runs a command with a throw-away PostgreSQL server:
//
//	go run ./storage/storagetest/withpg -- go test ./...
//	go run ./storage/storagetest/withpg -durable -- go test -bench . ./bench
//
// A server for tests loses what it acknowledged when it falls; -durable makes one as the service has it, for figures.
// The command finds the superuser's URL in TEST_DATABASE_URL. Withpg ends with
// the command's exit code, passes signals on to it, and leaves nothing behind.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"baimi/storage/pgembed"
)

// The same as storagetest's, repeated so that this program builds, and soon,
// without all that storagetest imports.
const (
	urlEnv       = "TEST_DATABASE_URL"
	throwawayEnv = "BAIMI_TEST_THROWAWAY"
)

func main() {
	code, err := run(context.Background(), os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpg:", err)
	}
	os.Exit(code)
}

// durable are the settings of the service's own cluster, where those for tests differ, with its statements counted and connections for
// several pools at once.
var durable = map[string]string{
	"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "wal_level": "replica", "max_wal_senders": "4", "autovacuum": "on",
	"max_connections": "300", "shared_preload_libraries": "pg_stat_statements",
}

const failed = 125 // our own trouble, not the command's

func run(ctx context.Context, args []string) (code int, err error) {
	cfg := pgembed.Config{Log: slog.New(slog.DiscardHandler)}
	if len(args) > 0 && args[0] == "-durable" {
		args, cfg.Settings = args[1:], durable
	}
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		return failed, errors.New("usage: withpg [-durable] -- command …")
	}
	// from here on a signal is for the command; without one yet, it waits
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	defer signal.Stop(signals)

	pg, err := pgembed.StartThrowaway(ctx, cfg)
	if err != nil {
		return failed, err
	}
	defer func() { err = errors.Join(err, pg.Stop(ctx)) }()

	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), urlEnv+"="+pg.DSN("postgres"), throwawayEnv+"=1")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		return failed, err
	}
	return exitCode(waitFor(cmd, signals))
}

// waitFor passes signals on until the command ends.
func waitFor(cmd *exec.Cmd, signals <-chan os.Signal) error {
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case sig := <-signals:
			_ = cmd.Process.Signal(sig) // it may just have ended
		case err := <-ended:
			return err
		}
	}
}

// exitCode follows the shell: 128 and the signal for a command that was killed.
func exitCode(err error) (int, error) {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		if err != nil {
			return failed, err
		}
		return 0, nil
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal()), nil
	}
	return exit.ExitCode(), nil
}
