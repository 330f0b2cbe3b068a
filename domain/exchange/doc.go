// Package exchange says in which columns cases leave for other systems and come from them: a format is an ordered list of
// items, each naming what of a case it holds and how sure we are of it (domain.md 4.2, 5.5). Which of our codes is which of
// the receiver's is a table that the office edits; here are its defaults.
package exchange
