// Package calendar holds civil dates, the working-day calendar of the State
// Council, the counting of legal periods and the rules D1 to D20 that say which
// period runs when.
//
// Four values and two questions: a Clock (start, term, pauses, extensions, and
// the Policy of its rule) counted by a Calendar gives a Result with its trace; a
// Rulebook gives the clock. World and Recompute ask what a new calendar or rule
// book would change. Due and DueSince are the plain count without pauses.
//
// Sources: 民法典 arts. 200-204, 民事诉讼法 art. 85, and the yearly notice
// 国务院办公厅关于部分节假日安排的通知. The package reads no clock, no file and no
// zone database: dates and calendars come in as values, and the only zone is a
// fixed UTC+8, so a deadline is the same on every machine.
package calendar
