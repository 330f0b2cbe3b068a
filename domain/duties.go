package domain

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// Manners are the ways to perform, with what they are called.
var Manners = []struct{ Code, Name string }{
	{"cash", "现金"}, {"transfer", "转账"}, {"delivery", "交付物品"}, {"act", "履行行为"},
}

func mannerName(code string) string {
	for _, m := range Manners {
		if m.Code == code {
			return m.Name
		}
	}
	return code
}

// Duties are the duties of an agreement in words, one each: who, to whom, what, how much, where, how and until when. They
// stand on the paper, and the paper is compared with them.
func (c *Case) Duties(g Agreement) []string {
	own := c.obligationsOf(g.No)
	var items []string
	for i := 0; i < len(own); {
		n := 1
		for i+n < len(own) && own[i].Instalment != nil && own[i+n].Duty == own[i].Duty {
			n++
		}
		items = append(items, c.dutyInWords(g, own[i:i+n]))
		i += n
	}
	if len(items) == 0 && g.NoPerformance {
		return []string{"本协议无给付内容，自生效之日起遵守。"}
	}
	return items
}

// dutyInWords is one duty: a row, or the rows of its instalments.
func (c *Case) dutyInWords(g Agreement, rows []Obligation) string {
	o := rows[0]
	from, to, what := c.nameOfParty(o.Debtor), c.nameOfParty(o.Creditor), o.What.Reveal()
	var b strings.Builder
	switch {
	case o.Instalment != nil:
		total := decimal.Zero
		for _, x := range rows {
			total = total.Add(*x.Amount)
		}
		fmt.Fprintf(&b, "%s应分%d期向%s履行：%s，计%s", from, len(rows), to, what, InWords(total))
	case g.AgreedOn != nil && o.DueOn == *g.AgreedOn:
		fmt.Fprintf(&b, "%s当日（%s）向%s履行：%s", from, o.DueOn.Chinese(), to, what)
	default:
		fmt.Fprintf(&b, "%s应于%s前向%s履行：%s", from, o.DueOn.Chinese(), to, what)
	}
	if o.Instalment == nil && o.Amount != nil {
		b.WriteString("，计" + InWords(*o.Amount))
	}
	b.WriteString("，履行方式：" + mannerName(o.Manner))
	if o.Place.Given() {
		b.WriteString("，履行地点：" + o.Place.Reveal())
	}
	if o.Instalment == nil {
		return b.String() + "。"
	}
	for i, x := range rows {
		sep := "；"
		if i == 0 {
			sep = "："
		}
		fmt.Fprintf(&b, "%s第%d期%s前%s", sep, i+1, x.DueOn.Chinese(), InWords(*x.Amount))
	}
	return b.String() + "。"
}

func (c *Case) nameOfParty(no int) string {
	if p := c.partyNo(no); p != nil {
		return p.Name.Reveal()
	}
	return ""
}

// InWords is a sum in capital characters with its digits, as agreements want it.
func InWords(d decimal.Decimal) string {
	a, err := NewAmount(d)
	if err != nil {
		return d.String() + "元"
	}
	return fmt.Sprintf("%s（￥%s元）", a.Capital(), a)
}
