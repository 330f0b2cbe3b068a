package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"baimi/app"
)

// passwordSource says where a new password comes from.
type passwordSource struct {
	file   string
	random bool
}

func (s *passwordSource) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.file, "password-file", "", "read the password from the first line of this file")
	cmd.Flags().BoolVar(&s.random, "random", false, "make a random password and print it once")
	cmd.MarkFlagsMutuallyExclusive("password-file", "random")
}

// password is a new password; a random one is printed, once.
type password struct {
	text   string
	random bool
}

func (p password) printIfRandom(w io.Writer) {
	if p.random {
		fmt.Fprintf(w, "密码（只显示这一次）/ password, shown only now:  %s\n", p.text)
	}
}

// newPassword takes a password from where it was told to, else from the terminal (twice) or from standard input.
func (c *command) newPassword(login string, from passwordSource) (password, error) {
	var p password
	var err error
	switch {
	case from.random:
		p = password{text: randomPassword(), random: true}
	case from.file != "":
		p.text, err = firstLine(from.file)
	default:
		p.text, err = c.askSecret("密码 / password: ", "再次输入 / again: ")
	}
	if err != nil {
		return p, err
	}
	if wrong := app.CheckPassword(login, p.text); wrong != "" {
		return p, errors.New(wrong)
	}
	return p, nil
}

// randomPassword has 26 letters and digits of 5 bits each.
func randomPassword() string { return strings.ToLower(rand.Text()) }

func firstLine(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // read only
	return readLine(f)
}

var errNotTheSame = errors.New("两次输入不一致 / the two inputs differ")

// askSecret reads a secret without showing it. From a pipe one line is taken; again == "" asks once.
func (c *command) askSecret(prompt, again string) (string, error) {
	terminal, ok := c.env.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(terminal.Fd())) {
		secret, err := readLine(c.env.stdin)
		if err != nil {
			return "", fmt.Errorf("read from standard input: %w", err)
		}
		return secret, nil
	}
	secret, err := c.askOnce(terminal, prompt)
	if err != nil || again == "" {
		return secret, err
	}
	second, err := c.askOnce(terminal, again)
	if err != nil {
		return "", err
	}
	if second != secret {
		return "", errNotTheSame
	}
	return secret, nil
}

func (c *command) askOnce(terminal *os.File, prompt string) (string, error) {
	fmt.Fprint(c.env.stderr, prompt)
	b, err := term.ReadPassword(int(terminal.Fd()))
	fmt.Fprintln(c.env.stderr)
	return string(b), err
}
