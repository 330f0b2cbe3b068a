// Package storagetest gives each test a PostgreSQL database of its own, with
// the whole schema in it, in some ten milliseconds. For tests only.
//
// The databases live on the server that TEST_DATABASE_URL names (a superuser's
// URL). Run several packages on one server with
//
//	go run ./storage/storagetest/withpg -- go test ./...
//
// Without TEST_DATABASE_URL each test process starts a throw-away server.
package storagetest
