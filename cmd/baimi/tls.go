package main

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// serverTLS returns nil for plain http, else the certificate to serve with; for one of our own also its fingerprint, by
// which people recognise it in the browser's warning.
func serverTLS(cfg Config, now time.Time) (conf *tls.Config, fingerprint string, err error) {
	var cert tls.Certificate
	switch cfg.TLS {
	case tlsFiles:
		cert, err = tls.LoadX509KeyPair(cfg.TLSCert, cfg.TLSKey)
		if err != nil {
			return nil, "", fmt.Errorf("BAIMI_TLS_CERT and BAIMI_TLS_KEY: %w", err)
		}
	case tlsSelf:
		if cert, err = ownCertificate(filepath.Join(cfg.DataDir, "tls"), certificateNames(cfg.Listen), now); err != nil {
			return nil, "", fmt.Errorf("self-made certificate: %w", err)
		}
		fingerprint = fingerprintOf(cert.Certificate[0])
	default:
		return nil, "", nil
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{cert}}, fingerprint, nil
}

// certificateNames are the names under which this machine is asked for; when it listens everywhere, its host name too.
func certificateNames(listen string) []string {
	names := []string{"localhost", "127.0.0.1", "::1"}
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return names
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		if host, err = os.Hostname(); err != nil {
			return names
		}
	}
	for _, known := range names {
		if host == known {
			return names
		}
	}
	return append(names, host)
}

const (
	certFile = "self.crt"
	keyFile  = "self.key"
)

// ownCertificate loads the certificate of an earlier start, or makes one when there is none, when it ends within a month
// or when the machine now goes by another name.
func ownCertificate(dir string, names []string, now time.Time) (tls.Certificate, error) {
	cert, err := tls.LoadX509KeyPair(filepath.Join(dir, certFile), filepath.Join(dir, keyFile))
	switch {
	case err == nil && stillGood(cert.Leaf, names, now):
		return cert, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return cert, err
	}
	certPEM, keyPEM, err := makeCertificate(names, now)
	if err != nil {
		return cert, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return cert, err
	}
	for name, text := range map[string][]byte{certFile: certPEM, keyFile: keyPEM} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			return cert, err
		}
	}
	return tls.X509KeyPair(certPEM, keyPEM)
}

func stillGood(leaf *x509.Certificate, names []string, now time.Time) bool {
	if leaf == nil || now.Before(leaf.NotBefore) || now.AddDate(0, 1, 0).After(leaf.NotAfter) {
		return false
	}
	for _, name := range names {
		if leaf.VerifyHostname(name) != nil {
			return false
		}
	}
	return true
}

// fingerprintOf is the SHA-256 of the certificate as browsers show it.
func fingerprintOf(der []byte) string {
	sum := sha256.Sum256(der)
	parts := make([]string, len(sum))
	for i, b := range sum {
		parts[i] = fmt.Sprintf("%02X", b)
	}
	return strings.Join(parts, ":")
}
