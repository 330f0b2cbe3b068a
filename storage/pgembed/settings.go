package pgembed

import (
	"maps"
	"slices"
)

const port = "5432" // names the socket file; TCP is off

// settings are given on the command line, so that neither postgresql.conf nor
// ALTER SYSTEM can take durability away.
func (s *Server) settings() map[string]string {
	set := map[string]string{
		"listen_addresses": "", "port": port,
		"unix_socket_directories": s.run, "unix_socket_permissions": "0700",
		"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on",
		"wal_level": "replica", "max_wal_senders": "4", // base backups
		"logging_collector": "off", "log_destination": "stderr",
		"log_timezone": "UTC", "timezone": "UTC", "lc_messages": "C.UTF-8",
		"max_connections": "100", "shared_buffers": "128MB",
		"idle_in_transaction_session_timeout": "5min",
		// Statements and row contents hold personal data: they stay out of the log.
		"log_error_verbosity": "terse", "log_min_error_statement": "panic",
		"log_statement": "none", "log_min_duration_statement": "-1",
	}
	if s.cfg.Ephemeral {
		maps.Copy(set, map[string]string{
			"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
			"wal_level": "minimal", "max_wal_senders": "0",
			"autovacuum": "off", "max_connections": "200",
		})
	}
	maps.Copy(set, s.cfg.Settings)
	return set
}

func (s *Server) args() []string {
	args := []string{"-D", s.data}
	set := s.settings()
	for _, name := range slices.Sorted(maps.Keys(set)) {
		args = append(args, "-c", name+"="+set[name])
	}
	return args
}
