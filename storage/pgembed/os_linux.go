package pgembed

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// procAttr: a group of its own, because Ctrl-C in a terminal is for us, who
// then stop PostgreSQL in order; and a fast shutdown when we are killed.
func procAttr(cred *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: cred, Setpgid: true, Pdeathsig: syscall.SIGINT}
}

// processesOf lists PostgreSQL's living processes that work in folder data:
// the postmaster changes into it, and its backends with it.
func processesOf(data string) []int {
	real, err := filepath.EvalSymlinks(data)
	if err != nil {
		return nil
	}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var pids []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil || !livingPostgres(pid) {
			continue
		}
		if cwd, err := os.Readlink(filepath.Join("/proc", e.Name(), "cwd")); err == nil && cwd == real {
			pids = append(pids, pid)
		}
	}
	return pids
}

// livingPostgres tells whether pid lives (a zombie does not) and goes by
// PostgreSQL's name.
func livingPostgres(pid int) bool {
	b, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return false
	}
	// 1234 (postgres) S …; the name may itself hold brackets
	_, rest, _ := strings.Cut(string(b), "(")
	end := strings.LastIndex(rest, ")")
	if end < 0 || len(rest) < end+3 {
		return false
	}
	name, state := rest[:end], rest[end+2]
	return strings.HasPrefix(name, "postgres") && state != 'Z' && state != 'X'
}
