package domain_test

import (
	"testing"

	"baimi/domain"
	"baimi/domain/calendar"
)

func withThird(r *domain.Registration) {
	r.Parties = append(r.Parties, domain.NewParty{Role: domain.ThirdParty, Kind: domain.Natural, Name: "赵四"})
}

// No mediation starts before every party, a third one too, was told its rights and duties (司法部令75号 30).
func TestNoStartWithoutNoticeToEveryParty(t *testing.T) {
	for name, x := range map[string]struct {
		on      calendar.Date
		told    []domain.Notice
		present []int
		want    []string
	}{
		"nobody told":               {started, nil, nil, []string{"/notices"}},
		"one party not told":        {started, notices(accepted, 1, 2), []int{1}, []string{"/notices"}},
		"nobody of that number":     {started, notices(accepted, 1, 2, 3, 4), []int{1, 9}, []string{"/notices/3/partyNo", "/present/1"}},
		"told tomorrow":             {started, notices(tomorrow, 1, 2, 3), nil, []string{"/notices/0/on", "/notices/1/on", "/notices/2/on"}},
		"told before acceptance":    {started, notices(requested, 1, 2, 3), nil, []string{"/notices/0/on", "/notices/1/on", "/notices/2/on"}},
		"told only after the start": {started, append(notices(accepted, 1, 2), notices(today, 3)...), nil, []string{"/notices/2/on"}},
		"starts tomorrow":           {tomorrow, notices(accepted, 1, 2, 3), nil, []string{"/on"}},
		"starts before acceptance":  {requested, notices(accepted, 1, 2, 3), nil, []string{"/notices/0/on", "/notices/1/on", "/notices/2/on", "/on"}},
		"no day of the start":       {calendar.Date{}, notices(accepted, 1, 2, 3), nil, []string{"/on"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := takeIn(t, withThird)
			must(t, c.Accept(act(director), acceptance(accepted)))
			wantFields(t, c.Start(act(own), x.on, x.told, x.present), x.want...)
		})
	}
}

// Taking part is consent, from that day (ruling P2).
func TestTakingPartIsConsent(t *testing.T) {
	c := takeIn(t, withThird)
	must(t, c.RecordConsent(act(keeper), 1, domain.Consented, requested))
	must(t, c.Accept(act(director), acceptance(accepted)))
	must(t, c.Start(act(own), started, notices(accepted, 1, 2, 3), []int{1, 2}))
	for i, want := range []struct {
		consent domain.Consent
		on      calendar.Date
	}{{domain.Consented, requested}, {domain.Consented, started}, {domain.ConsentUnknown, calendar.Date{}}} {
		p := c.Parties[i]
		var on calendar.Date
		if p.ConsentOn != nil {
			on = *p.ConsentOn
		}
		if p.Consent != want.consent || on != want.on || c.Told(p.No, domain.NoticeRights, started).GivenOn != accepted || c.Told(p.No, domain.NoticeRights, started).How != "oral" {
			t.Errorf("party %d: %s on %s, notices %+v", i+1, p.Consent, on, c.Notices)
		}
	}
	if *c.StartedOn != started {
		t.Errorf("started on %s", c.StartedOn)
	}
}
