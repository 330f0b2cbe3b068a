package main

import (
	"bufio"
	"io"
	"os"
	"strings"
)

// environment is what a command finds around it. Tests bring their own.
type environment struct {
	vars   map[string]string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

func osEnvironment() environment {
	return environment{vars: environ(os.Environ()), stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}
}

func environ(pairs []string) map[string]string {
	vars := make(map[string]string, len(pairs))
	for _, kv := range pairs {
		if k, v, ok := strings.Cut(kv, "="); ok {
			vars[k] = v
		}
	}
	return vars
}

// readLine reads one line without its end; what follows stays unread only as far as the reader is buffered here.
func readLine(r io.Reader) (string, error) {
	line, err := bufio.NewReader(r).ReadString('\n')
	if err == io.EOF && line != "" {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}
