package main

import (
	"crypto/tls"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestOwnCertificateIsKeptWhileItIsGood(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tls")
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	first := ownFingerprint(t, dir, []string{"localhost", "127.0.0.1"}, at)
	if again := ownFingerprint(t, dir, []string{"localhost"}, at.AddDate(0, 6, 0)); again != first {
		t.Error("a good certificate was replaced: people would be warned anew")
	}
	other := ownFingerprint(t, dir, []string{"localhost", "mediation.example"}, at)
	if other == first {
		t.Error("the certificate does not know the new name")
	}
	if late := ownFingerprint(t, dir, []string{"localhost"}, at.AddDate(1, 0, 10)); late == other {
		t.Error("a certificate that ends within a month was kept")
	}
	info, err := os.Stat(filepath.Join(dir, keyFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("key file: %v %v", info.Mode(), err)
	}
}

func ownFingerprint(t *testing.T, dir string, names []string, at time.Time) string {
	t.Helper()
	cert, err := ownCertificate(dir, names, at)
	if err != nil {
		t.Fatal(err)
	}
	if cert.Leaf == nil || cert.Leaf.VerifyHostname(names[len(names)-1]) != nil {
		t.Fatalf("not for %v", names)
	}
	return fingerprintOf(cert.Certificate[0])
}

func TestCertificateFilesOfAnotherKeyAreRefused(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	at := time.Now()
	for _, dir := range []string{a, b} {
		if _, err := ownCertificate(dir, []string{"localhost"}, at); err != nil {
			t.Fatal(err)
		}
	}
	cfg := Config{TLS: tlsFiles, TLSCert: filepath.Join(a, certFile), TLSKey: filepath.Join(b, keyFile)}
	if _, _, err := serverTLS(cfg, at); err == nil {
		t.Error("taken")
	}
	cfg.TLSKey = filepath.Join(a, keyFile)
	conf, _, err := serverTLS(cfg, at)
	if err != nil || conf.MinVersion < tls.VersionTLS12 {
		t.Errorf("%v %v", conf, err)
	}
}
