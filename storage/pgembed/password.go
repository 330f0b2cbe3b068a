package pgembed

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
)

// RolePassword derives a login role's password from the superuser's, so that
// no second secret has to be kept and every process comes to the same one.
func RolePassword(superuserPassword, role string) string {
	mac := hmac.New(sha256.New, []byte(superuserPassword))
	mac.Write([]byte("baimi role " + role))
	return hex.EncodeToString(mac.Sum(nil))
}

// loadPassword reads the superuser's password, or makes one for a cluster that
// is still to be created.
func (s *Server) loadPassword(clusterExists bool) error {
	path := PasswordFile(s.cfg.Dir)
	b, err := os.ReadFile(path)
	switch {
	case err == nil:
		s.password = string(bytes.TrimSpace(b))
		if s.password == "" {
			return fmt.Errorf("%w: %s is empty", ErrPasswordLost, path)
		}
		return nil
	case !errors.Is(err, os.ErrNotExist):
		return err
	case clusterExists:
		return fmt.Errorf("%w: %s is missing; bring it back from the backup", ErrPasswordLost, path)
	}
	random := make([]byte, 24)
	if _, err := rand.Read(random); err != nil {
		return err
	}
	s.password = hex.EncodeToString(random)
	return writeSecret(path, s.password)
}

// writeSecret creates path 0600 whole or not at all.
func writeSecret(path, secret string) error {
	tmp := path + ".new"
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(secret + "\n")
	err = errors.Join(err, f.Chmod(0o600), f.Sync(), f.Close())
	if err != nil {
		return errors.Join(err, os.Remove(tmp))
	}
	return os.Rename(tmp, path)
}
