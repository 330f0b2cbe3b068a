package backup

import "errors"

// What can be wrong, for errors.Is.
var (
	// ErrNone: there is no complete backup in the folder.
	ErrNone = errors.New("no backup found")
	// ErrBusy: another backup is being written into the folder.
	ErrBusy = errors.New("another backup is being made")
	// ErrNoPassphrase: a backup is not written in the clear.
	ErrNoPassphrase = errors.New("a passphrase is needed")
	// ErrWrongPassphrase: the backup was made with another one.
	ErrWrongPassphrase = errors.New("wrong passphrase")
	// ErrCorrupt: a part is missing, damaged, or belongs to another backup.
	ErrCorrupt = errors.New("backup is damaged")
	// ErrFormat: the backup was written by a newer version of this program.
	ErrFormat = errors.New("unknown format of backup")
	// ErrNotEmpty: a restore never writes over anything.
	ErrNotEmpty = errors.New("target is not empty")
	// ErrTablespaces: the cluster lies in several places; a private one never does.
	ErrTablespaces = errors.New("cluster has tablespaces outside its folder")
	// ErrKeysChanged: a key was added or removed meanwhile; make the backup again.
	ErrKeysChanged = errors.New("keys changed during the backup")
)
