package main

import "baimi/domain"

// demoFate is one dispute of the demo: when it came in and how far it got by the day of the demo.
type demoFate struct {
	age    int           // days before the day of the demo
	ends   domain.Status // where it stands
	source domain.Source
	from   domain.Referrer
	late   bool // a clock has run out
	oral   bool // the agreement of a closed case was oral
}

// demoDays is how far back the disputes of the demo go.
const demoDays = 60

// demoFates are the disputes that took their time. Instant settlements come beside them, as many again.
var demoFates = []demoFate{
	{age: 2, ends: domain.StatusRegistered, source: domain.SourceApplied},
	{age: 1, ends: domain.StatusRegistered, source: domain.SourceInitiative},
	{age: 13, ends: domain.StatusRegistered, source: domain.SourceApplied, late: true},
	{age: 3, ends: domain.StatusAccepted, source: domain.SourceApplied},
	{age: 4, ends: domain.StatusAccepted, source: domain.SourceReferred, from: domain.ReferrerCourt},
	{age: 9, ends: domain.StatusMediating, source: domain.SourceApplied},
	{age: 12, ends: domain.StatusMediating, source: domain.SourceReferred, from: domain.ReferrerPolice},
	{age: 20, ends: domain.StatusMediating, source: domain.SourceInitiative},
	{age: 52, ends: domain.StatusMediating, source: domain.SourceApplied, late: true},
	{age: 58, ends: domain.StatusMediating, source: domain.SourceReferred, from: domain.ReferrerPetition, late: true},
	{age: 16, ends: domain.StatusAgreedOral, source: domain.SourceApplied},
	{age: 31, ends: domain.StatusAgreedOral, source: domain.SourceInitiative, late: true},
	{age: 18, ends: domain.StatusAgreedWritten, source: domain.SourceApplied},
	{age: 24, ends: domain.StatusAgreedWritten, source: domain.SourceReferred, from: domain.ReferrerCourt},
	{age: 40, ends: domain.StatusAgreedWritten, source: domain.SourceApplied, late: true},
	{age: 21, ends: domain.StatusFailed, source: domain.SourceApplied},
	{age: 36, ends: domain.StatusFailed, source: domain.SourceReferred, from: domain.ReferrerOther},
	{age: 11, ends: domain.StatusWithdrawn, source: domain.SourceApplied},
	{age: 28, ends: domain.StatusWithdrawn, source: domain.SourceApplied, oral: true}, // before acceptance
	{age: 15, ends: domain.StatusNotAccepted, source: domain.SourceApplied},
	{age: 33, ends: domain.StatusNotAccepted, source: domain.SourceReferred, from: domain.ReferrerProcuratorate},
	{age: 30, ends: domain.StatusClosed, source: domain.SourceApplied},
	{age: 34, ends: domain.StatusClosed, source: domain.SourceInitiative, oral: true},
	{age: 59, ends: domain.StatusClosed, source: domain.SourceApplied, late: true},
	{age: 38, ends: domain.StatusArchived, source: domain.SourceApplied},
	{age: 42, ends: domain.StatusArchived, source: domain.SourceReferred, from: domain.ReferrerPolice},
	{age: 47, ends: domain.StatusArchived, source: domain.SourceApplied, oral: true},
	{age: 55, ends: domain.StatusArchived, source: domain.SourceInitiative},
	{age: 60, ends: domain.StatusArchived, source: domain.SourceApplied},
	{age: 26, ends: domain.StatusVoid, source: domain.SourceApplied},
}

// demoInstants is how many quarrels were settled on the spot: about half of all, as in life.
const demoInstants = 30
