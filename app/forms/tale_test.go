package forms_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"baimi/app"
	"baimi/app/forms"
	"baimi/domain"
	"baimi/domain/calendar"
)

func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

const (
	committee domain.OrgID = 30
	village                = "510185001001"
)

var (
	mediator = domain.Actor{Person: 2, Assignment: 2, County: 1, Via: domain.ViaSession, Role: domain.RoleMediator, Org: committee, Committee: committee, OrgArea: village}
	director = domain.Actor{Person: 4, Assignment: 4, County: 1, Via: domain.ViaSession, Role: domain.RoleCommitteeDirector, Org: committee, Committee: committee, OrgArea: village}
	everyDay = func() *calendar.Calendar {
		c, err := calendar.New("test", []calendar.Entry{
			{Day: day("2026-01-01"), Name: "元旦", Source: "test"}, {Day: day("2027-01-01"), Name: "元旦", Source: "test"},
		})
		if err != nil {
			panic(err)
		}
		return c
	}()
)

func by(a domain.Actor, on string) domain.Act {
	return domain.Act{Actor: a, At: day(on).StartOfDay().Add(10 * time.Hour), Calendar: everyDay, Random: rand.NewChaCha8([32]byte{})}
}

func because(a domain.Act, reason string) domain.Act {
	a.Reason = reason
	return a
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if e := (*domain.Error)(nil); errors.As(err, &e) && len(e.Fields) > 0 {
		tb.Fatal(err, e.Fields[:min(3, len(e.Fields))])
	}
	if err != nil {
		tb.Fatal(err)
	}
}

// wall is a quarrel of two neighbours over a wall, told with names that few fonts have; change alters its registration.
func wall(tb testing.TB, change ...func(*domain.Registration)) *domain.Case {
	tb.Helper()
	amount := decimal.RequireFromString("3200.50")
	in := domain.Registration{
		Committee: committee, AreaPath: village, Source: domain.SourceApplied, Type: "02", Confidentiality: domain.Ordinary,
		Place: "甲一村三组王家院坝", Amount: &amount,
		Facts: "2026年3月5日，申请人王小明在翻建老宅时，与相邻的被申请人欧阳䶮堃因滴水、通行发生争执。申请人认为两家之间宽1.20米的巷道历来供双方通行，被申请人于2025年12月在巷道内砌围墙（长6.5米、高1.8米），妨碍通行和采光；被申请人认为围墙在自家宗地以内，而申请人翻建时出檐0.45米，滴水直接落入其院内。双方多次协商未果。",
		Wish:  "1.拆除围墙，恢复巷道。\n2.赔偿损失。", RequestedOn: day("2026-09-01"), RequestedHow: domain.RequestedVisit,
		Parties: []domain.NewParty{
			{Role: domain.Applicant, Kind: domain.Natural, Name: "王小明", Phone: "13800138000", IDNumber: "510185199003070013", Address: "四川省成都市简阳市简城街道红建路3号", Ethnicity: "29", Occupation: "务农", Workplace: "红建村三组"},
			{Role: domain.Respondent, Kind: domain.Natural, Name: "欧阳䶮𬱖", Phone: "13900139000", IDNumber: "510185197501010014", Address: "四川省成都市简阳市简城街道红建路阳光花园小区6栋2单元1203室"},
		},
	}
	for _, f := range change {
		f(&in)
	}
	r, err := domain.Register(by(mediator, "2026-09-01"), in)
	must(tb, err)
	return r.Case
}

// mediated is the wall's quarrel with mediation begun and an agent for one side.
func mediated(tb testing.TB, change ...func(*domain.Registration)) *domain.Case {
	tb.Helper()
	c := wall(tb, change...)
	must(tb, c.AddRepresentative(by(director, "2026-09-02"), domain.NewRepresentative{
		PartyNo: 1, Kind: domain.RepresentativeAgent, Name: "赵代理", IDNumber: "510185198506060015", Phone: "13700137000",
		Powers: []string{"collect_evidence", "sign"}, From: day("2026-09-02"),
	}))
	must(tb, c.Accept(by(director, "2026-09-03"), domain.Acceptance{
		On: day("2026-09-03"), Mediators: []domain.PersonID{mediator.Person},
		Number: domain.FileNumber{Year: 2026, Seq: 1, Text: domain.FileNo(2026, "甲一", domain.FileWordRen, 1)},
	}))
	numbers, notices := []int{}, []domain.Notice{}
	for _, p := range c.Parties {
		numbers = append(numbers, p.No)
		notices = append(notices, domain.Notice{PartyNo: p.No, How: "oral", On: day("2026-09-03")})
	}
	must(tb, c.Start(by(mediator, "2026-09-05"), day("2026-09-05"), notices, numbers))
	return c
}

// agreed is the wall's quarrel with a written agreement on a duty and a payment.
func agreed(tb testing.TB, change ...func(*domain.Registration)) *domain.Case {
	tb.Helper()
	c := mediated(tb, change...)
	from := day("2026-09-06").StartOfDay().Add(9 * time.Hour)
	must(tb, c.PlanSession(by(mediator, "2026-09-05"), domain.SessionPlan{
		Joint: true, Place: domain.SessionPlace{Address: "甲一村村民委员会二楼"}, StartsAt: from, EndsAt: from.Add(2 * time.Hour), Invited: "孙大爷、周婶",
	}))
	must(tb, c.RecordSession(by(mediator, "2026-09-07"), domain.SessionRecord{
		No: 1, Held: true, Joint: true, StartsAt: from.Add(10 * time.Minute), EndsAt: from.Add(100 * time.Minute), Parties: []int{1, 2}, Representatives: []int{1},
		Invited: "孙大爷、周婶", RightsTold: true, Statements: "王小明陈述：巷道历来两家共走，围墙一砌，三轮车进不来。\n欧阳䶮𬱖陈述：围墙在自家宗地里，滴水落进院内多年。",
		Verified: "调解员与村干部到现场丈量，巷道最窄处0.80米，滴水确在被申请人院内。", Persuasion: "讲明相邻关系“有利生产、方便生活、团结互助、公平合理”的原则，双方各退一步。", Result: domain.RoundAgreed,
	}))
	on, amount := day("2026-09-07"), decimal.RequireFromString("3200.50")
	must(tb, c.AgreeInWriting(by(mediator, "2026-09-07"), domain.Terms{
		On:   on,
		Text: "一、被申请人自行拆除围墙北段2.0米，恢复巷道宽度不少于1.20米，供双方共同通行，任何一方不得堆放杂物。\n二、申请人在檐口加装排水天沟，将滴水引入村内排水沟，费用自理；因滴水造成的损失，一次性补偿被申请人。\n三、双方互致歉意，就本纠纷再无其他争议。",
		Obligations: []domain.NewObligation{
			{Debtor: 2, Creditor: 1, What: "拆除围墙北段2.0米", Manner: "act", DueOn: day("2026-09-09")},
			{Debtor: 1, Creditor: 2, What: "滴水损失补偿", Amount: &amount, Manner: "transfer", DueOn: day("2026-09-14")},
		},
	}, domain.Signing{
		Parties:          []domain.Signature{{PartyNo: 1, Method: "handwritten", SignedOn: on}, {PartyNo: 2, Method: "fingerprint", SignedOn: on}},
		MediatorSignedOn: on, SealedOn: on,
	}))
	return c
}

func matter(c *domain.Case) forms.Matter {
	return forms.Matter{
		Case: c, Committee: "简阳市简城街道甲一村人民调解委员会", TypeName: "邻里纠纷",
		Names: map[domain.PersonID]string{mediator.Person: "李调解", director.Person: "陈主任"},
		Orgs:  map[domain.OrgID]string{50: "简阳市简城街道人民调解委员会"}, Label: label, VerifyAt: "https://tiaojie.example/v",
	}
}

// label is the service's own; a code word without a name would stand in an official document.
func label(dictionary, code string) string {
	name := app.ReasonLabel(code, dictionary)
	if name == code {
		panic("no name of " + dictionary + " " + code)
	}
	return name
}
