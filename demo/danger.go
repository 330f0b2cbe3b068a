package demo

import (
	"time"

	"baimi/domain"
)

// danger is what a risk found at intake may turn into, as people put it.
type danger struct {
	kind     domain.EscalationKind
	level    domain.EscalationLevel
	signs    []string
	measures []string
	organ    string
}

var dangers = map[string]danger{
	"threat": {
		domain.EscalationCrime, domain.LevelOrange,
		[]string{"一方在电话里扬言要带人上门讨说法。", "一方在微信群里说“不给说法大家都别想好过”。"},
		[]string{"calm", "separate"},
		"police",
	},
	"violence": {
		domain.EscalationCrime, domain.LevelOrange,
		[]string{"双方家属已抓扯一次，旁边堆有锄头、木棒。", "一方酒后到对方家门口叫骂，被邻居拉开。"},
		[]string{"calm", "separate", "remove_weapons"},
		"police",
	},
	"suicide": {
		domain.EscalationSuicide, domain.LevelRed,
		[]string{"当事人情绪低落，对邻居说“活着没意思”，家里存有农药。", "当事人在电话里哭诉不想活了，已两天没有出门。"},
		[]string{"calm", "watch", "notify_family"},
		"judicial_office",
	},
	"crowd": {
		domain.EscalationPetition, domain.LevelYellow,
		[]string{"有人在群里相约下周一到市里反映。", "十余人聚在受理点外，要求当天给答复。"},
		[]string{"calm", "on_site"},
		"government",
	},
}

// alarm plans what was done about a danger: seen, met, reported within the hours the rule gives, over some days later.
func (p *plan) alarm() {
	if len(p.texts.risks) == 0 {
		return
	}
	x, ok := dangers[p.texts.risks[0]]
	if !ok {
		return
	}
	at, signs := p.at, pick(p.rnd, x.signs)
	people := max(1, p.texts.people)
	p.later(10, 40)
	p.do(func(d *dispute, now time.Time) error {
		return d.c.RaiseEscalation(d.act(at.mediator, now, "", at.officer), domain.NewEscalation{FoundAt: now, Level: x.level, Kind: x.kind, PeopleCount: people, Signs: signs})
	})
	p.later(10, 30)
	p.do(func(d *dispute, now time.Time) error {
		return d.c.RecordMeasures(d.act(at.mediator, now, "", at.officer), domain.NewMeasures{No: 1, At: now, Taken: x.measures})
	})
	p.later(5, 25)
	how := pick(p.rnd, []string{"phone", "phone", "on_the_spot"})
	p.do(func(d *dispute, now time.Time) error {
		return d.c.ReportEscalation(d.act(at.mediator, now, "", at.officer), domain.NewReport{No: 1, Organ: x.organ, How: how, At: now})
	})
	if p.fate.age > 0 { // still watched
		return
	}
	p.after(2, 6)
	end := domain.EscalationEnd{No: 1, Result: domain.ResultStable, Prevented: x.kind, PreventedPeople: people}
	if chance(p.rnd, 300) {
		end.Result = domain.ResultLifted
		end.Prevented, end.PreventedPeople = "", 0
	}
	p.do(func(d *dispute, now time.Time) error {
		end.At = now
		return d.c.EndEscalation(d.act(at.mediator, now, "", at.officer), end)
	})
}

// later lets some minutes of the same day pass.
func (p *plan) later(least, most int) {
	p.now = p.now.Add(time.Duration(least+p.rnd.IntN(most-least+1)) * time.Minute)
}
