package ledger

// Fault is one thing that is wrong with a log.
type Fault struct {
	Where string // the row: "event 3 of case 1-…", "leaf 17", "node 33", "checkpoint baimi/1 of 120 events …"
	What  string
}

func (f Fault) String() string { return f.Where + ": " + f.What }

// Verified is what a check of a log found.
type Verified struct {
	Events      int64       // of the county, sealed or not
	Sealed      int64       // leaves of the log
	Waiting     int64       // events not sealed yet
	Checkpoints int64       // stored ones
	Newest      *Checkpoint // the last of them; nil if there is none
	Outside     *Checkpoint // the one from outside that the log was held to; nil if there was none
	Faults      int64       // all, also those past the number that is reported one by one
	Unseen      []string    // what this check cannot see, and what would let it
}
