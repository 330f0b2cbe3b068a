// Package exports takes cases out as files: in the columns of a format, with the receiver's codes, through the same list and the
// same walls that its owner reads cases by. Personal values are masked unless purpose and role need them; each case that goes out
// is in the access log; each file says whose it is, what for, and is gone when its time is over.
package exports
