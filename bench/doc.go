// Package bench measures the speed of the real service on a real, durable PostgreSQL and prints it as ratios of interleaved
// runs, because absolute figures drift with the machine and its neighbours. `make bench` runs it.
package bench
