package storage_test

import (
	"slices"
	"strings"
)

// model is a case as somebody remembers it who has read domain.md 2.2 and the rulings and never the code: where it stands,
// and the few facts its moves depend on.
type model struct {
	status  string
	behind  []string // the states to which a move back leads, the last one first to be left
	said    [2]string
	named   bool // a mediator is named
	started bool
	ended   string // how the mediation ended
	owed    int    // what is still to be performed
	asked   string // the move that waits for an approval
	handed  bool   // a transfer waits for its answer
	days    int    // since the transfer

	draft    string // an agreement on its way: draft, then signed
	bound    bool   // an agreement is in force
	written  bool   // and it is on paper
	visit    string // the last visit under it: planned, missed, done
	tries    int    // how often it was tried
	court    string // what came of the last application for confirmation
	fresh    bool   // none was made for the agreement in force
	objected bool

	clue   bool   // it began as one
	passed bool   // a receiver took it up
	day    int    // of the sequence
	danger string // the last one found: open, over
	told   bool   // and it was reported
	agents []int  // of the first party: the day each stopped, -1 for one who acts
	blank  bool   // its texts were erased and none was written since
	still  bool   // the first party's data are no longer used

	questioned bool // a party objects to the mediator, and nobody has decided
	guests     int  // invited, and still taking part
	informed   bool // the parties were told how their data are handled
	agreedData bool // the first party's consent to the handling of sensitive data stands
}

// acting counts the agents of the first party who act today: the last day is one of them.
func (m model) acting() (n int) {
	for _, until := range m.agents {
		if until == -1 || until >= m.day {
			n++
		}
	}
	return n
}

// worked counts the working days since the day of the transfer that are over. Day 0 is a Wednesday, and no holiday is near.
func (m model) worked() (n int) {
	for day := m.day - m.days + 1; day < m.day; day++ {
		if weekday := (3 + day) % 7; weekday != 0 && weekday != 6 {
			n++
		}
	}
	return n
}

// pending tells whether a court has an application before it.
func (m model) pending() bool { return m.court == "applied" || m.court == "docketed" }

func (m model) in(states string) bool { return slices.Contains(strings.Fields(states), m.status) }

func (m model) refused() bool   { return m.said[0] == "refused" || m.said[1] == "refused" }
func (m model) consented() bool { return m.said[0] == "consented" && m.said[1] == "consented" }

// lawful is one row of the model: where a move is open, to whom, on what further condition, and what it does.
type lawful struct {
	from string
	who  string
	when func(m model) bool
	then func(m model) model
}

// committee and the others name the people of the model by what they are to its one case: own is its mediator once one is
// named, and a colleague before; receiver directs the committee to which it may be handed over.
const (
	hands    = "keeper own colleague director"
	decide   = "own colleague director"
	approve  = "director office"
	before   = "registered supplement"
	inHand   = "accepted mediating suspended"
	wholeWay = before + " " + inHand
	agreed   = "agreed_oral agreed_written"
	filed    = "closed archived"
	paper    = "agreed_written " + filed
	every    = "clue dismissed void " + live
	over     = "dismissed failed withdrawn not_accepted void " + filed
	readers  = "keeper own colleague director office bureau receiver"
	live     = wholeWay + " transferred not_accepted failed withdrawn " + agreed + " " + filed
)

func to(status string) func(model) model {
	return func(m model) model { m.status = status; return m }
}

// ending is an end of the work: nobody waits for an approval any more, nothing stands still.
func ending(status, how string) func(model) model {
	return func(m model) model {
		m.status, m.ended, m.asked, m.behind, m.draft, m.questioned = status, how, "", nil, "", false
		return m
	}
}

func always(model) bool   { return true }
func stays(m model) model { return m }

// law is the life cycle once more, by hand.
var law = map[string]lawful{
	"dismiss":            {"clue", hands, always, to("dismissed")},
	"register":           {"clue", hands, always, to("registered")},
	"request_supplement": {"registered", decide, always, to("supplement")},
	"receive_supplement": {"supplement", hands, always, to("registered")},
	"accept": {"registered", decide, func(m model) bool { return !m.refused() }, func(m model) model {
		m.status, m.named = "accepted", true
		return m
	}},
	"decline": {before, decide, always, ending("not_accepted", "not_accepted")},
	// before acceptance a committee may simply pass a matter on; afterwards the parties are asked (委托)
	"transfer": {wholeWay, approve, func(m model) bool { return !m.named || m.consented() }, func(m model) model {
		m.behind = append(slices.Clone(m.behind), m.status)
		m.status, m.handed, m.days = "transferred", true, 0
		return m
	}},
	"confirm_transfer": {"transferred", "receiver", func(m model) bool { return m.handed }, func(m model) model {
		m.handed, m.passed, m.ended, m.asked, m.behind, m.draft, m.questioned = false, true, "transferred", "", nil, "", false
		return m
	}},
	"refuse_transfer": {"transferred", "receiver", func(m model) bool { return m.handed }, backed},
	// three working days after the day of the transfer
	"return_transfer": {"transferred", "job", func(m model) bool { return m.handed && m.worked() >= 3 }, backed},
	"assign":          {inHand + " " + agreed, approve, always, stays},
	"consent":         {wholeWay, hands, always, nil}, // its result depends on what was said
	"start": {"accepted", "own", func(m model) bool { return !m.refused() && !m.questioned }, func(m model) model {
		m.status, m.started = "mediating", true
		for i := range m.said {
			if m.said[i] == "" {
				m.said[i] = "consented" // taking part is consent
			}
		}
		return m
	}},
	"ask_suspension": {"accepted mediating", "own", func(m model) bool { return m.asked == "" }, func(m model) model { m.asked = "suspend"; return m }},
	"suspend": {"accepted mediating", approve, always, func(m model) model {
		m.behind = append(slices.Clone(m.behind), m.status)
		m.status, m.asked = "suspended", ""
		return m
	}},
	"resume":   {"suspended", "own director", always, backed},
	"fail":     {inHand, "own", always, ending("failed", "failed")},
	"withdraw": {wholeWay, decide, always, ending("withdrawn", "withdrawn")},
	"agree_orally": {"mediating", "own", func(m model) bool { return !m.refused() }, func(m model) model {
		return agreeing(ending("agreed_oral", "agreed")(m), 0, false)
	}},
	"agree_in_writing": {"mediating agreed_oral", "own", func(m model) bool { return m.status == "agreed_oral" || !m.refused() }, func(m model) model {
		return agreeing(ending("agreed_written", "agreed")(m), 1, true)
	}},
	"draft": {"mediating agreed_oral", "own", func(m model) bool { return !m.refused() }, func(m model) model { m.draft, m.blank = "draft", false; return m }},
	"sign": {"mediating agreed_oral", "own", func(m model) bool { return m.draft == "draft" && !m.refused() }, func(m model) model {
		m.draft = "signed"
		return m
	}},
	"seal": {"mediating agreed_oral", "own director", func(m model) bool { return m.draft == "signed" && !m.refused() }, func(m model) model {
		return agreeing(ending("agreed_written", "agreed")(m), 1, true)
	}},
	"perform": {agreed, "own director", func(m model) bool { return m.owed > 0 }, func(m model) model { m.owed--; return m }},
	"urge":    {agreed, "own director", func(m model) bool { return m.owed > 0 }, stays},
	"visit":   {agreed, decide, func(m model) bool { return m.bound && m.visit == "planned" }, func(m model) model { m.visit = "done"; return m }},
	"miss": {agreed, decide, func(m model) bool { return m.bound && m.visit == "planned" }, func(m model) model {
		m.visit, m.tries = "missed", m.tries+1
		return m
	}},
	"plan": {agreed, "job", func(m model) bool { return m.bound && m.visit == "missed" && m.tries < 3 }, func(m model) model { m.visit = "planned"; return m }},
	// both sides together, once for an agreement unless they took it back; a court that has decided is not asked again
	"apply": {"agreed_written closed", "own director", func(m model) bool {
		return m.bound && m.written && !m.pending() && (m.fresh || m.court == "withdrawn")
	}, func(m model) model {
		m.court, m.fresh, m.objected = "applied", false, false
		return m
	}},
	"docket":    {paper, "own director", func(m model) bool { return m.court == "applied" }, courtSays("docketed")},
	"take_back": {paper, "own director", model.pending, courtSays("withdrawn")},
	"confirm":   {paper, "own director", func(m model) bool { return m.court == "docketed" }, courtSays("confirmed")},
	"reject":    {paper, "own director", func(m model) bool { return m.court == "docketed" }, courtSays("dismissed")},
	"object":    {paper, "own director", func(m model) bool { return m.court == "confirmed" && !m.objected }, func(m model) model { m.objected = true; return m }},
	"annul":     {agreed + " " + filed, "own director office", func(m model) bool { return m.bound }, unbound},
	"close": {agreed + " failed withdrawn not_accepted transferred", approve, func(m model) bool {
		return m.owed == 0 && !m.handed && (!m.bound || m.visit == "done" || m.visit == "missed" && m.tries == 3)
	}, func(m model) model {
		m.status, m.asked, m.draft = "closed", "", ""
		return m
	}},
	"archive": {"closed", approve, always, to("archived")},
	// rounds are recorded until the file is locked; sessions that are booked ahead meet those of other cases and are no part of this
	"record": {"mediating suspended failed withdrawn closed " + agreed, "own", func(m model) bool { return m.started }, func(m model) model {
		m.blank = false
		return m
	}},
	"ask_reopening": {agreed + " " + filed, "director", func(m model) bool {
		return m.asked == "" && m.started && m.ended == "agreed" && !m.pending()
	}, func(m model) model { m.asked = "reopen"; return m }},
	"reopen": {agreed + " " + filed, "office", func(m model) bool { return m.asked == "reopen" && !m.pending() }, func(m model) model {
		m.status, m.ended, m.asked, m.draft = "mediating", "", "", ""
		return unbound(m)
	}},
	"refuse_approval": {"accepted mediating " + agreed + " " + filed, approve, func(m model) bool { return m.asked != "" }, func(m model) model { m.asked = ""; return m }},
	"void":            {live, "bureau", always, ending("void", "")},

	// who may see a case may tell of a danger and what was done, in every state (人民调解法 25); one that the law asks to report
	// does not end unreported
	"alarm":   {every, readers, always, func(m model) model { m.danger, m.told, m.blank = "open", false, false; return m }},
	"measure": {every, readers, func(m model) bool { return m.danger == "open" }, stays},
	"report":  {every, readers, func(m model) bool { return m.danger != "" }, func(m model) model { m.told = true; return m }},
	"calm":    {every, readers, func(m model) bool { return m.danger == "open" && m.told }, func(m model) model { m.danger = "over"; return m }},
	// two agents of one party at most
	"represent": {wholeWay + " " + agreed, hands, func(m model) bool { return m.acting() < 2 }, func(m model) model {
		m.agents = append(slices.Clone(m.agents), -1)
		return m
	}},
	"unrepresent": {wholeWay + " " + agreed, hands, func(m model) bool { return slices.Contains(m.agents, -1) }, func(m model) model {
		m.agents = slices.Clone(m.agents)
		m.agents[slices.Index(m.agents, -1)] = m.day
		return m
	}},
	// a party objects to the mediator; the mediation does not begin before it is decided
	"question": {inHand, hands, func(m model) bool { return !m.questioned }, func(m model) model { m.questioned, m.blank = true, false; return m }},
	"overrule": {inHand, approve, func(m model) bool { return m.questioned }, func(m model) model { m.questioned, m.blank = false, false; return m }},
	// both parties agreed
	"invite":        {inHand, hands, always, func(m model) model { m.guests, m.blank = m.guests+1, false; return m }},
	"uninvite":      {inHand, hands, func(m model) bool { return m.guests > 0 }, func(m model) model { m.guests--; return m }},
	"call":          {wholeWay + " " + agreed, hands, always, func(m model) model { m.blank = false; return m }},
	"inform":        {wholeWay + " " + agreed, hands, always, func(m model) model { m.informed = true; return m }},
	"agree_to_data": {wholeWay + " " + agreed, hands, func(m model) bool { return m.informed && !m.agreedData }, func(m model) model { m.agreedData = true; return m }},
	"withdraw_data": {live, hands, func(m model) bool { return m.agreedData }, func(m model) model { m.agreedData = false; return m }},
	"correct":       {"clue " + wholeWay, hands, always, stays},
	// to the day before; that of a found dispute cannot lie before the finding
	"misdated": {wholeWay + " " + agreed + " failed withdrawn not_accepted transferred", approve, func(m model) bool { return !m.clue }, stays},
	// a person's own wish does not reach into a file that must be kept, the end of the time for keeping it does
	"erase":       {over, "bureau job", func(m model) bool { return !m.blank }, func(m model) model { m.blank = true; return m }},
	"stop":        {strings.TrimPrefix(over, "dismissed "), "bureau job", func(m model) bool { return !m.still }, func(m model) model { m.still = true; return m }},
	"erase_asked": {over, "bureau job", func(m model) bool { return !m.blank && !m.named }, func(m model) model { m.blank = true; return m }},
}

// backed leads back to the state that was left last.
func backed(m model) model {
	m.status, m.handed = m.behind[len(m.behind)-1], false
	m.behind = m.behind[:len(m.behind)-1]
	return m
}

// agreeing is an agreement under which so much is owed, and after which somebody goes to see.
func agreeing(m model, owed int, written bool) model {
	m.owed, m.bound, m.written, m.visit, m.tries, m.fresh, m.blank = owed, true, written, "planned", 0, true, false
	return m
}

// unbound is the end of an agreement: nothing is awaited under it any more.
func unbound(m model) model {
	m.owed, m.bound, m.visit = 0, false, ""
	return m
}

func courtSays(result string) func(model) model {
	return func(m model) model { m.court = result; return m }
}

// allows tells whether the model lets somebody make a move now.
func (m model) allows(action, who string) bool {
	l := law[action]
	if who == "receiver" && !m.handed && !m.passed {
		return false // it sees nothing of the case
	}
	return m.in(l.from) && slices.Contains(strings.Fields(l.who), who) && l.when(m)
}
