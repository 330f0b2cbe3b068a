package domain_test

import (
	"testing"
	"time"

	"baimi/domain"
)

// The alarm of two hours runs for what is grave, and for what the law itself asks to report; the report ends it.
func TestTheAlarmRunsUntilItWasReported(t *testing.T) {
	for name, x := range map[string]struct {
		change    func(*domain.NewEscalation)
		alarm     bool
		mandatory bool
		by        string // a report that ends the alarm
		notBy     string // one that does not; "" for none
	}{
		"red":                        {func(in *domain.NewEscalation) { in.Level = domain.LevelRed }, true, false, "center", ""},
		"orange":                     {func(in *domain.NewEscalation) { in.Level = domain.LevelOrange }, true, false, "government", ""},
		"yellow":                     {func(in *domain.NewEscalation) {}, false, false, "", ""},
		"a crime that threatens":     {func(in *domain.NewEscalation) { in.Kind = domain.EscalationCrime }, true, true, "center", ""},
		"a child harmed":             {func(in *domain.NewEscalation) { in.Victim = domain.VictimMinor }, true, true, "education", "center"},
		"violence against a weak":    {func(in *domain.NewEscalation) { in.Kind, in.Victim = domain.EscalationViolence, domain.VictimIncapable }, true, true, "police", "civil_affairs"},
		"violence among strong ones": {func(in *domain.NewEscalation) { in.Kind = domain.EscalationViolence }, false, false, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := at(t, domain.StatusArchived)
			in := danger(domain.LevelYellow)
			x.change(&in)
			must(t, c.RaiseEscalation(act(keeper), in))
			d := clock(c, "D16")
			if (d != nil) != x.alarm || c.Escalations[0].Mandatory != x.mandatory {
				t.Fatalf("alarm %+v, %+v", d, c.Escalations[0])
			}
			end := domain.EscalationEnd{No: 1, At: act(own).At, Result: domain.ResultStable, Prevented: domain.EscalationSuicide, PreventedPeople: 2}
			if x.mandatory {
				wantCode(t, c.EndEscalation(act(own), end), domain.CodeGuard)
			}
			if x.alarm {
				if due := in.FoundAt.Add(2 * time.Hour); !d.DueAt.Equal(due) {
					t.Errorf("alarm at %s, want %s", d.DueAt, due)
				}
				if x.notBy != "" {
					must(t, c.ReportEscalation(act(own), domain.NewReport{No: 1, Organ: x.notBy, How: "phone", At: act(own).At}))
					if !clock(c, "D16").Running() {
						t.Error("a report to another organ ended the alarm")
					}
				}
				must(t, c.ReportEscalation(act(own), domain.NewReport{No: 1, Organ: x.by, How: "phone", At: act(own).At, Receipt: "J2026-1"}))
				if clock(c, "D16").Running() {
					t.Error("the report did not end the alarm")
				}
			}
			must(t, c.EndEscalation(act(own), end))
			if e := c.Escalations[0]; *e.Result != domain.ResultStable || *e.PreventedPeople != 2 || c.Status != domain.StatusArchived {
				t.Errorf("%+v in %s", e, c.Status)
			}
			wantCode(t, c.EndEscalation(act(own), end), domain.CodeGuard)
		})
	}
}

// A danger that grows starts the alarm then; measures add up.
func TestAGrowingDangerStartsTheAlarm(t *testing.T) {
	c := at(t, domain.StatusMediating)
	must(t, c.RaiseEscalation(act(keeper), danger(domain.LevelBlue)))
	red := domain.LevelRed
	must(t, c.RecordMeasures(act(own), domain.NewMeasures{No: 1, At: act(own).At, Taken: []string{"calm"}, Note: "已劝离。"}))
	must(t, c.RecordMeasures(act(own), domain.NewMeasures{No: 1, At: act(own).At, Taken: []string{"watch", "calm"}, Level: &red}))
	x := c.Escalations[0]
	if len(x.Measures) != 2 || x.MeasuresNote.Reveal() != "已劝离。" || clock(c, "D16") == nil || !clock(c, "D16").StartsAt.Equal(act(own).At) {
		t.Errorf("%+v, alarm %+v", x, clock(c, "D16"))
	}
	must(t, c.Void(because(bureau, "double_entry")))
	if !clock(c, "D16").Running() {
		t.Error("the voiding silenced the alarm")
	}
}

func TestAnEscalationRefusesNonsense(t *testing.T) {
	c := at(t, domain.StatusMediating)
	now := act(keeper)
	wantFields(t, c.RaiseEscalation(now, domain.NewEscalation{}), "/foundAt", "/level", "/kind", "/signs")
	ahead := danger(domain.LevelRed)
	ahead.FoundAt, ahead.Signs = now.At.Add(time.Second), "\u200b\u202e "
	wantFields(t, c.RaiseEscalation(now, ahead), "/foundAt", "/signs")
	must(t, c.RaiseEscalation(now, danger(domain.LevelRed)))
	early := danger(domain.LevelRed).FoundAt.Add(-time.Hour)
	wantFields(t, c.RecordMeasures(now, domain.NewMeasures{No: 1, At: early}), "/at", "/measures")
	wantFields(t, c.ReportEscalation(now, domain.NewReport{No: 1, At: early}), "/at", "/organ", "/how")
	wantFields(t, c.EndEscalation(now, domain.EscalationEnd{No: 1, At: early, Prevented: domain.EscalationOther}), "/at", "/result", "/preventedPeople", "/prevented")
	wantFields(t, c.EndEscalation(now, domain.EscalationEnd{No: 1, At: now.At, Result: domain.ResultCriminal, Prevented: domain.EscalationCrime, PreventedPeople: 1}), "/prevented")
	wantCode(t, c.RecordMeasures(now, domain.NewMeasures{No: 2, At: now.At, Taken: []string{"calm"}}), domain.CodeNotFound)
	wantCode(t, c.ReportEscalation(now, domain.NewReport{No: 2, At: now.At, Organ: "police", How: "phone"}), domain.CodeNotFound)
}
