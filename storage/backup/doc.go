// Package backup copies a private PostgreSQL cluster, the attachments and the
// keys into one folder, encrypted with a passphrase, and brings them back.
//
// A backup is a folder named after the moment it was begun, in UTC:
//
//	20261122T031500Z/
//	  cluster.tar.gz.age   base backup of the whole cluster with its WAL
//	  files.tar.gz.age     attachments
//	  keys.tar.gz.age      keys, the cluster's password, and what the other parts hash to
//	  manifest.json        when, of what, sizes and hashes; no secrets
//
// The cluster is read over the replication protocol while it serves: the copy
// holds all that was committed before the backup began and nothing by halves.
// Attachments are copied after the cluster, so that every file a row speaks of
// is there. Any part can be opened without this program, by age and tar.
package backup
