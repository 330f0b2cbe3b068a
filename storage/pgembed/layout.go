package pgembed

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// ClusterDir is where the cluster of a major version lies in data folder dir.
func ClusterDir(dir string, major int) string {
	return filepath.Join(dir, "pg"+strconv.Itoa(major))
}

// PasswordFile holds the superuser's password of the cluster in dir.
func PasswordFile(dir string) string { return filepath.Join(dir, "password") }

// FindCluster returns the major version of the cluster in dir, 0 when there is
// none. Of several, which an upgrade leaves behind, the newest is in use.
func FindCluster(dir string) (major int, err error) {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	newest := 0
	for _, e := range entries {
		digits, ok := strings.CutPrefix(e.Name(), "pg")
		n, err := strconv.Atoi(digits)
		if !ok || err != nil || n <= newest {
			continue // pg15.init-… is an initdb that was cut short
		}
		newest = n
	}
	if newest == 0 {
		return 0, nil
	}
	return newest, checkVersionFile(ClusterDir(dir, newest), newest)
}

// checkVersionFile trusts the cluster's own word over the folder's name.
func checkVersionFile(cluster string, major int) error {
	b, err := os.ReadFile(filepath.Join(cluster, "PG_VERSION"))
	if err != nil {
		return fmt.Errorf("%s is no cluster: %w", cluster, err)
	}
	if got := strings.TrimSpace(string(b)); got != strconv.Itoa(major) {
		return fmt.Errorf("%w: %s says it is version %s", ErrOtherMajor, cluster, got)
	}
	return nil
}
