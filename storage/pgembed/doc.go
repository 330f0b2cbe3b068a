// Package pgembed runs a private PostgreSQL cluster as a supervised child of
// the service, for installations that bring no database of their own.
//
// One folder holds everything:
//
//	<dir>/lock       flock held while a service uses the folder
//	<dir>/password   superuser's password, 0600
//	<dir>/run/       the unix socket, 0700
//	<dir>/pg15/      the cluster; its name carries the major version
//
// The cluster listens on the unix socket only. Its settings are durable unless
// Config.Ephemeral says otherwise: what was acknowledged survives a kill -9 of
// the service, of PostgreSQL and of both. A PostgreSQL that dies while it is
// wanted is started again; one that keeps dying is given up, and Done closes.
package pgembed
