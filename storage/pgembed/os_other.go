//go:build unix && !linux

package pgembed

import (
	"context"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// procAttr: there is no Pdeathsig here; an orphan is stopped at the next start.
func procAttr(cred *syscall.Credential) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: cred, Setpgid: true}
}

// processesOf knows the postmaster only: its command line names the folder.
func processesOf(data string) []int {
	pid := pidIn(filepath.Join(data, "postmaster.pid"))
	if pid > 0 && livingPostgres(pid) && strings.Contains(commandLine(pid), data) {
		return []int{pid}
	}
	return nil
}

func livingPostgres(pid int) bool { return strings.Contains(commandLine(pid), "postgres") }

func commandLine(pid int) string {
	out, err := exec.CommandContext(context.Background(), "ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return "" // no such process
	}
	return string(out)
}
