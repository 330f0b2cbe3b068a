// Package ledger is the sealed log of a county: a Merkle tree (RFC 6962) whose leaves are the hashes of the county's
// events in the order they were sealed, and checkpoints, signed notes that state how long the log is and what its root
// is. Whoever holds a checkpoint that has left the machine can tell later whether the log still begins with exactly
// what it began with then; whoever holds the database alone can rewrite everything and sign it anew. The formats are
// those of Go's checksum database and of the C2SP specifications (signed-note, tlog-checkpoint), so that other tools
// read them.
package ledger
