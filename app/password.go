package app

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"baimi/domain"
)

// hashing is argon2id with 19 MiB (OWASP's first choice): 44 ms on two small cores.
var hashing = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// nobody is the hash of a random password, with the same parameters: an unknown login costs the time of a known one.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$4E8I6pI13fmd0IsBRLQNEg$zIL3hErxHBhsuUuMsNKIelPcqHbfVIJzkIQs9qIdieE"

const (
	minPassword = 10
	maxPassword = 200
)

// HashPassword makes the stored form of a password.
func HashPassword(password string) (string, error) {
	hash, err := argon2id.CreateHash(password, hashing)
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

// CheckPassword says what is wrong with a new password, "" for nothing.
func CheckPassword(login, password string) string {
	switch n := utf8.RuneCountInString(password); {
	case n < minPassword:
		return fmt.Sprintf("密码至少要有%d个字符", minPassword)
	case n > maxPassword:
		return fmt.Sprintf("密码最多%d个字符", maxPassword)
	case strings.Contains(strings.ToLower(password), strings.ToLower(login)):
		return "密码不能包含登录名"
	case strings.Trim(password, string([]rune(password)[0])) == "":
		return "密码不能全是同一个字符"
	}
	return guessable(password)
}

func badPassword(pointer, message string) error {
	return &domain.Error{Code: domain.CodeInvalid, Message: "密码不符合要求", Fields: []domain.FieldError{
		{Pointer: pointer, Code: "password", Message: message},
	}}
}
