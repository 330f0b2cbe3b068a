package forms

import (
	"strings"

	"baimi/domain"
	"baimi/domain/calendar"
)

// cover is the front of the file (F01).
var cover = Kind{Code: "cover", FormNo: "F01", Name: "卷宗封面", Blank: true, Numbers: once(always), On: never, Write: func(m Matter, _ int) []Block {
	c := m.Case
	ended := c.ClosedOn
	if ended == nil {
		ended = c.ConcludedOn
	}
	return []Block{
		Gap(18),
		Heading{Text: m.committee()},
		Gap(6),
		Heading{Text: "调 解 卷 宗"},
		Gap(14),
		Grid{Rows: []GridRow{
			tall("卷名", m.caption()), tall("卷号", m.fileNo()), tall("人民调解员", m.names(c.Mediators...)),
			tall("调解日期", "自 "+day(c.AcceptedOn)+" 起\n至 "+day(ended)+" 止"),
			{Least: 16, Cells: []Cell{label("立卷人", 3), value("", 3), label("立卷日期", 2), value(day(c.ArchivedOn), 4)}},
			{Least: 16, Cells: []Cell{label("保管期限", 3), value("", 3), label("件数", 2), value("", 4)}},
			tall("备注", ""),
		}},
	}
}}

func tall(name, text string) GridRow {
	return GridRow{Least: 16, Cells: []Cell{label(name, 3), value(text, 9)}}
}

// backCover ends the file (F14).
var backCover = Kind{Code: "back_cover", FormNo: "F14", Name: "封底", Blank: true, Numbers: once(always), On: never, Write: func(m Matter, _ int) []Block {
	return []Block{
		Gap(40),
		Heading{Text: "本 卷 情 况", Small: true},
		Gap(6),
		Grid{Rows: []GridRow{
			tall("本卷共计", "　　　　页"), tall("附件说明", ""), tall("立卷人", ""), tall("检查人", ""), tall("日期", day(nil)),
		}},
	}
}}

// remarks tells what in the file is missing or out of the ordinary (F13), in the clerk's hand.
var remarks = Kind{
	Code: "remarks", FormNo: "F13", Name: "卷宗情况说明", Blank: true, Numbers: once(always), On: never,
	Filed: once(func(m Matter) bool { return len(m.remarkable()) > 0 }),
	Write: func(m Matter, _ int) []Block {
		return []Block{
			Heading{Text: "卷 宗 情 况 说 明"},
			Para{Text: "卷号：" + m.fileNo(), Flush: true},
			Grid{Rows: []GridRow{{Least: 120, Cells: []Cell{{Text: strings.Join(m.remarkable(), "\n"), Width: 12, Top: true}}}}},
			Sign{Lines: []string{"立卷人（签名）：", day(nil)}},
		}
	},
}

// remarkable is what the service itself knows to be out of the ordinary.
func (m Matter) remarkable() []string {
	var told []string
	c := m.Case
	if c.Origin == domain.OriginLateEntry {
		told = append(told, "本案为补录："+or(m.label("lateReason", deref(c.LateReason)))+"。")
	}
	if c.Round > 1 {
		told = append(told, "本案曾结案，后重新调解，现为第"+chineseNumber(c.Round)+"轮。")
	}
	for _, p := range c.Parties {
		if p.IDAbsent != nil {
			told = append(told, or(p.Name.Reveal())+"未登记证件号码，原因："+m.label("idAbsence", *p.IDAbsent)+"。")
		}
	}
	return told
}

func chineseNumber(n int) string {
	return string([]rune("零一二三四五六七八九十")[min(n, 10)])
}

// seal is the committee's place for its seal and the day.
func seal(m Matter, on *calendar.Date) []Block {
	return []Block{Gap(8), Para{Text: m.committee() + "（印章）", Align: Right}, Para{Text: day(on), Align: Right}}
}
