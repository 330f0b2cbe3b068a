package demo

import (
	"context"
	"slices"
	"strings"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
)

// openRooms gives each town's committee a mediation room and a room with a screen.
func openRooms(ctx context.Context, store *storage.Store, b *builder, planted storage.Planted) (map[domain.OrgID][]domain.RoomID, error) {
	rooms := map[domain.OrgID][]domain.RoomID{}
	for _, rank := range b.out.Orgs {
		for _, o := range rank {
			if o.CommitteeType != "township" && o.CommitteeType != "subdistrict" {
				continue
			}
			id := planted.Orgs[o.Name]
			for _, r := range []domain.Room{{Name: "一号调解室"}, {Name: "亲情视频室", Remote: true}} {
				r.County, r.Org, r.OpenedOn = County, id, b.out.From
				no, err := store.AddRoom(ctx, r)
				if err != nil {
					return nil, err
				}
				rooms[id] = append(rooms[id], no)
			}
		}
	}
	return rooms, nil
}

// meet plans the rounds of mediation: each is recorded on its day, and where the matter is still open the next one is booked.
func (p *plan) meet() {
	p.screen()
	rounds := 1
	if p.fate.stop == "" && chance(p.rnd, 300) {
		rounds = 2
	}
	for n := range rounds {
		if n > 0 {
			p.after(2, 6)
		}
		ends := p.fate.course == courseFailed && n == rounds-1
		p.round(n, ends, p.fate.stop == "" && n == rounds-1)
	}
	if p.fate.stop == domain.StatusMediating {
		p.arrange()
	}
}

// screen plans that each party is asked alone where somebody has used his hands, before they sit together.
func (p *plan) screen() {
	if !slices.Contains(p.texts.risks, "violence") {
		return
	}
	at := p.at
	p.soon(5, 15)
	p.do(func(d *dispute, now time.Time) error {
		for _, x := range d.c.Parties {
			in := domain.NewScreening{PartyNo: x.No, AskedAt: now, Alone: true, Safe: true, Advice: []string{"police_near"}, Note: "愿意当面谈，希望辅警在场。"}
			if err := d.c.ScreenParty(d.act(at.mediator, now, "", at.officer), in); err != nil {
				return err
			}
		}
		return nil
	})
}

// soon lets some minutes pass, few of them towards the evening, when the office closes.
func (p *plan) soon(least, most int) {
	if p.now.In(calendar.Shanghai).Hour() >= 17 {
		least, most = 1, 2
	}
	p.later(least, most)
}

// round plans one round and its record.
func (p *plan) round(n int, fails, last bool) {
	at := p.at
	p.soon(20, 40)
	result := domain.RoundContinues
	switch {
	case fails:
		result = domain.RoundNotAgreed
	case last:
		result = domain.RoundAgreed
	}
	facts := strings.TrimSuffix(p.texts.facts, "。")
	said := "申请人陈述：" + facts + "。" + pick(p.rnd, []string{"被申请人认可大部分经过，对责任有异议。", "被申请人称自己也有损失。", "被申请人表示愿意商量。"})
	if n > 0 {
		said = "双方在上次调解的基础上再次协商。" + pick(p.rnd, []string{"申请人降低了要求。", "被申请人提出分期。", "双方亲属到场劝说。"})
	}
	found := pick(p.rnd, []string{"调解员到现场查看，走访邻居，情况属实。", "核对了票据和聊天记录。", "双方确认了起因和经过。"})
	urged := pick(p.rnd, []string{"讲邻里情分，讲相邻关系的规定，双方各让一步。", "分别做工作，说明诉讼的时间和花费。", "请村里老人一起劝说，双方情绪平稳。"})
	p.do(func(d *dispute, now time.Time) error {
		in := domain.SessionRecord{
			Held: true, Joint: true, Place: domain.SessionPlace{Address: at.committee + "办公室"}, StartsAt: now.Add(-45 * time.Minute), EndsAt: now.Add(-5 * time.Minute),
			RightsTold: true, Statements: said, Verified: found, Persuasion: urged, Result: result,
		}
		for _, x := range d.c.Parties {
			in.Parties = append(in.Parties, x.No)
		}
		return d.c.RecordSession(d.act(at.mediator, now, "", at.officer), in)
	})
}

// arrange books the next round of an open matter: today or in the days to come, where neither the mediator nor the room has
// another.
func (p *plan) arrange() {
	at := p.at
	place := domain.SessionPlace{Address: at.committee + "办公室"}
	var room domain.RoomID
	if rooms := p.w.rooms[at.mediator.Committee]; len(rooms) > 0 {
		room = pick(p.rnd, rooms)
		place = domain.SessionPlace{Room: room}
	}
	slot := max(p.w.taken[int64(at.mediator.Person)], p.w.taken[-int64(room)])
	p.w.taken[int64(at.mediator.Person)] = slot + 1
	if room != 0 {
		p.w.taken[-int64(room)] = slot + 1
	}
	on := p.w.today
	for range slot / 4 {
		on = p.workday(on.AddDays(1))
	}
	hour := []int{19, 9, 14, 16}[slot%4] // today's is in the evening, so that it lies ahead
	if slot/4 > 0 {
		hour = []int{8, 10, 14, 16}[slot%4]
	}
	from := on.StartOfDay().Add(time.Duration(hour) * time.Hour)
	p.soon(5, 20)
	p.do(func(d *dispute, now time.Time) error {
		if !from.After(now) {
			return nil // typed in after the hour
		}
		in := domain.SessionPlan{Joint: true, Place: place, StartsAt: from, EndsAt: from.Add(90 * time.Minute)}
		return d.c.PlanSession(d.act(at.mediator, now, "", at.officer), in)
	})
}
