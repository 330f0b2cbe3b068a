package main

import (
	"crypto/rand"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"baimi/app"
	"baimi/storage/storagetest"
)

func TestAccountsAreAddedResetAndDisabled(t *testing.T) {
	t.Parallel()
	db := storagetest.New(t)
	w := newWorld(t, "DATABASE_URL", db.AppURL)
	w.must(t, "demo", "--size", "small")
	enter := func(login, password string) error {
		use := app.NewSignIn(openTest(t, db), time.Now, rand.Reader, app.DefaultSignInConfig())
		_, _, err := use.SignIn(t.Context(), app.SignInInput{Login: login, Password: password, From: netip.MustParseAddr("10.1.1.1")})
		return err
	}
	add := []string{"user", "add", "New.One", "--name", "新同志", "--role", "judicial_officer", "--org", "禾丰司法所（演示）"}

	out := w.must(t, append(add, "--random")...)
	_, password, _ := strings.Cut(strings.TrimSpace(out), "now:  ")
	if err := enter("new.one", password); err != nil {
		t.Errorf("with the random password %q: %v", password, err)
	}
	hash := lines(t, db.OwnerURL, "select password_hash from account where login = 'new.one'")
	if len(hash) != 1 || !strings.HasPrefix(hash[0], "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash: %v", hash)
	}

	file := write(t, "password", "from the file 1234\n")
	w.must(t, "user", "reset-password", "new.one", "--password-file", file)
	if err := enter("new.one", "from the file 1234"); err != nil {
		t.Errorf("with the password of the file: %v", err)
	}
	if code, _, errs := w.baimiWith(t, t.Context(), "from standard input\n", "user", "reset-password", "new.one"); code != 0 {
		t.Errorf("from standard input: %d %s", code, errs)
	}
	if err := enter("new.one", "from standard input"); err != nil {
		t.Errorf("with the password of standard input: %v", err)
	}
	w.must(t, "user", "disable", "new.one")
	if enter("new.one", "from standard input") == nil {
		t.Error("a disabled account gets in")
	}

	for name, args := range map[string][]string{
		"a short password":    {"user", "reset-password", "keeper1", "--password-file", write(t, "p", "short")},
		"an unknown role":     {"user", "add", "x.y.z", "--name", "某", "--role", "king", "--org", "1", "--random"},
		"a role out of place": {"user", "add", "x.y.z", "--name", "某", "--role", "judicial_officer", "--org", "简城街道人民调解委员会（演示）", "--random"},
		"several that fit":    {"user", "add", "x.y.z", "--name", "某", "--role", "mediator", "--org", "司法所", "--random"},
		"nobody":              {"user", "disable", "nobody"},
		"taken":               append(add, "--random"),
	} {
		if code, _, errs := w.baimi(t, args...); code != 1 || errs == "" {
			t.Errorf("%s: %d %q", name, code, errs)
		}
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}
