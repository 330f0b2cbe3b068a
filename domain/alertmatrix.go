package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// matrixRow is a row of the matrix of domain.md 2.6: which clocks, whether their end binds somebody here, and who is told
// when.
type matrixRow struct {
	rules []string
	duty  bool
	lines []matrixLine
}

// matrixLine is whom one moment of a clock is told.
type matrixLine struct {
	when  turn
	level AlertLevel
	to    []Audience
}

// turn is a moment of a clock's life: so much left, the end, so much after it.
type turn struct {
	side  side
	n     int
	unit  calendar.Unit // day, working day, month
	again bool          // and again after as much
}

type side int

const (
	beforeIt side = iota
	atEnd
	afterIt
)

func daysLeft(n int, unit calendar.Unit) turn { return turn{side: beforeIt, n: n, unit: unit} }
func daysPast(n int, unit calendar.Unit) turn { return turn{side: afterIt, n: n, unit: unit} }

var theEnd = turn{side: atEnd}

// matrix is domain.md 2.6 for clocks. D3, D9, D11, D12, D14, D15 and D18 have no row there; each goes by the nearest one.
var matrix = []matrixRow{
	{rules: []string{"D1", "D2", "D3"}, duty: true, lines: []matrixLine{
		{daysLeft(1, calendar.WorkingDay), NoticeLevel, []Audience{ForMediator}},
		{theEnd, WarningLevel, []Audience{ForMediator, ForDirector, ForDashboard}},
		{daysPast(2, calendar.WorkingDay), WarningLevel, []Audience{ForJudicialOffice}},
	}},
	{rules: []string{"D4", "D5", "D6", "D7", "D8", "D18"}, duty: true, lines: []matrixLine{
		{daysLeft(7, calendar.Day), NoticeLevel, []Audience{ForMediator}},
		{daysLeft(3, calendar.Day), NoticeLevel, []Audience{ForMediator, ForDirector}},
		{daysLeft(1, calendar.Day), NoticeLevel, []Audience{ForMediator, ForDirector, ForJudicialOffice}},
		{theEnd, WarningLevel, []Audience{ForMediator, ForDirector, ForJudicialOffice, ForDashboard}},
		{daysPast(7, calendar.Day), WarningLevel, []Audience{ForBureau}},
	}},
	{rules: []string{"D10"}, lines: []matrixLine{
		{daysLeft(10, calendar.Day), NoticeLevel, []Audience{ForMediator}},
		{daysLeft(3, calendar.Day), NoticeLevel, []Audience{ForMediator, ForDirector}},
	}},
	{rules: []string{"D9", "D11"}, lines: []matrixLine{
		{daysLeft(1, calendar.Day), NoticeLevel, []Audience{ForMediator}},
	}},
	{rules: []string{"D12", "D14"}, lines: []matrixLine{
		{daysLeft(3, calendar.Day), NoticeLevel, []Audience{ForMediator}},
	}},
	{rules: []string{"D13"}, duty: true, lines: []matrixLine{
		{daysLeft(3, calendar.Day), NoticeLevel, []Audience{ForMediator}},
		{theEnd, WarningLevel, []Audience{ForMediator, ForDirector, ForDashboard}},
		{daysPast(7, calendar.Day), WarningLevel, []Audience{ForJudicialOffice}},
	}},
	{rules: []string{"D15"}, duty: true, lines: []matrixLine{
		{theEnd, WarningLevel, []Audience{ForMediator, ForDirector}},
		{daysPast(7, calendar.Day), WarningLevel, []Audience{ForJudicialOffice}},
	}},
	{rules: []string{"D16"}, duty: true, lines: []matrixLine{
		{theEnd, RedLevel, []Audience{ForDirector, ForJudicialOffice, ForBureau, ForDashboard}},
	}},
	{rules: []string{"D17"}, duty: true, lines: []matrixLine{
		{theEnd, NoticeLevel, []Audience{ForMediator, ForDirector, ForDashboard}},
		{turn{side: afterIt, n: 7, unit: calendar.Day, again: true}, NoticeLevel, []Audience{ForMediator, ForDirector}},
		{turn{side: afterIt, n: 1, unit: calendar.Month, again: true}, NoticeLevel, []Audience{ForJudicialOffice}},
	}},
}

func rowOf(rule string) (matrixRow, bool) {
	i := slices.IndexFunc(matrix, func(r matrixRow) bool { return slices.Contains(r.rules, rule) })
	if i < 0 {
		return matrixRow{}, false
	}
	return matrix[i], true
}

// Duty tells whether somebody here must have acted before the clock ends, so that it can be overdue. The others are rights
// of the parties (D9, D10, D12, D14) or the time of another body (D11): one is reminded of them, nobody is late.
func Duty(rule string) bool {
	r, ok := rowOf(rule)
	return ok && r.duty
}

// Duty tells whether somebody must have acted before the clock ends.
func (d Deadline) Duty() bool { return Duty(d.Rule) }

// happeningRow is whom something that is no clock is told, at once.
type happeningRow struct {
	level AlertLevel
	to    []Audience
}

// happeningMatrix is the rest of 2.6. Whom a crowd is told besides follows from its size: see AlertPolicy.
var happeningMatrix = map[AlertKind]happeningRow{
	KindHighRisk:    {RedLevel, []Audience{ForDirector, ForJudicialOffice, ForBureau}},
	KindManyPeople:  {WarningLevel, []Audience{ForDirector, ForJudicialOffice}},
	KindLargeAmount: {WarningLevel, []Audience{ForDirector, ForJudicialOffice}},
	KindSameParties: {NoticeLevel, []Audience{ForMediator, ForDirector, ForJudicialOffice}},
	KindClueCluster: {NoticeLevel, []Audience{ForMediator, ForDirector, ForJudicialOffice}},
}
