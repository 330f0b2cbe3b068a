// Package domain holds the words and rules of people's mediation (人民调解):
// the dispute case and its table of moves, parties, agreements, obligations,
// who may act, and the event each act leaves behind. It needs no database and
// reads no clock: time, calendars and randomness come in as values.
package domain
