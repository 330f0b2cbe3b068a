// Package jobs is the clockwork: cron gives the ticks, each tick becomes one queued job of its planned time, and a
// ledger row lets it run once, whatever number of replicas tick. What a job does is a method of the store or a use
// case; every one works from what is due, not from "since the last run", so a missed tick loses nothing.
package jobs
