package imports

import (
	"strconv"

	"baimi/domain"
)

var levels = []choice{
	{"县（市、区）", "0"}, {"镇（街道）", "1"}, {"村（社区）", "2"}, {"村（居）民小组", "3"}, {"网格", "4"}, {"院落（小区、林盘）", "5"}, {"楼栋", "6"},
}

var areas = &kind{
	code: domain.ImportAreas, title: "区划",
	columns: []column{
		{key: "code", header: "区划代码", required: true, parse: areaCode, example: "510185102", width: 22, help: "官方代码；村以下没有官方代码的，在上级代码后自编2至3位"},
		{key: "name", header: "名称", required: true, parse: placeName, example: "杨家镇", width: 24},
		{key: "level", header: "级别", required: true, choices: levels, example: "镇（街道）", width: 18},
		{key: "parent", header: "上级代码", parse: areaCode, example: "510185", width: 22, help: "除县（市、区）外必填；上级可以在同一个文件里"},
		{key: "from", header: "启用日期", required: true, parse: pastDay, example: "2020-01-01", width: 14, help: "这个代码和名称从哪一天起使用"},
		{key: "former", header: "原代码", parse: areaCode, width: 22, help: "只在代码变更时填写：原来的代码。撤并请用“区划撤并”登记"},
		{key: "source", header: "依据", parse: anyText(200), example: "GB/T 2260", width: 24, help: "代码或名称的来源，可以不填"},
	},
	notes: []string{
		"以区划代码识别：已有的代码不会重复添加，名称不同的从启用日期起更名。",
		"代码变更：填写新代码，并在“原代码”填写现在的代码。",
		"两个区划合并、村改属他镇，不在这里办理，请登记区划撤并，原来的数据才能保留并汇总到新的区划。",
	},
	plan: planAreas,
}

// mostChildren is how many areas fit below one: a level has three digits.
const mostChildren = 999

func planAreas(p *planner, rows []*row) {
	seen := map[string]*row{}
	fresh := map[*row]*area{}
	for _, r := range rows {
		code := r.values["code"]
		if !once(seen, r, "区划代码", code) || code == "" {
			continue
		}
		// the code may be new, or the new code of an area that is there
		_, there := p.areas[code]
		if former := r.values["former"]; !there && former != "" {
			if p.areas[former] == nil || p.areas[former].by != nil {
				r.refuse("原代码", "没有代码为%s的区划", former)
				continue
			}
			p.areas[code] = p.areas[former]
			continue
		}
		if !there {
			a := &area{by: r}
			a.Code, a.Name, a.ValidFrom = code, r.values["name"], r.date("from")
			a.Level = levelOf(r)
			p.areas[code], fresh[r] = a, a
		}
	}
	for _, r := range rows {
		switch a := fresh[r]; {
		case a != nil:
			p.newArea(r, a)
		case r.values["code"] != "" && p.areas[r.values["code"]] != nil && seen[r.values["code"]] == r:
			p.knownArea(r, p.areas[r.values["code"]])
		}
	}
	settleDown(rows, fresh)
	for _, r := range rows {
		if a := fresh[r]; a != nil {
			r.settle(true, func(w *writer) error { return w.addArea(r, a) })
			r.depth = int(a.Level)
			continue
		}
		r.settle(false, r.apply)
	}
}

func levelOf(r *row) domain.AreaLevel {
	n, err := strconv.Atoi(r.values["level"])
	if err != nil {
		return -1
	}
	return domain.AreaLevel(n)
}

func (p *planner) newArea(r *row, a *area) {
	if a.Level == domain.LevelCounty {
		r.refuse("级别", "县（市、区）只在第一次导入区划时建立，这里已经有了；请核对代码")
		return
	}
	if a.Level > domain.LevelCounty && r.values["parent"] == "" {
		r.refuse("上级代码", "请填写上级的区划代码")
		return
	}
	above := p.areaFor(r, "上级代码", r.values["parent"])
	if above == nil || a.Level < 0 {
		return
	}
	if above.Level+1 != a.Level {
		r.refuse("级别", "上级“%s”是%s，下一级应为%s", above.Name, levelName(above.Level), levelName(above.Level+1))
		return
	}
	if !a.ValidFrom.IsZero() && a.ValidFrom.Before(above.ValidFrom) {
		r.refuse("启用日期", "不能早于上级“%s”的启用日期（%s）", above.Name, above.ValidFrom)
	}
	a.above = above
	if p.children[above]++; p.children[above]+above.Children > mostChildren {
		r.refuse("上级代码", "“%s”下面最多%d个区划", above.Name, mostChildren)
	}
}

func levelName(l domain.AreaLevel) string {
	if code := strconv.Itoa(int(l)); l >= 0 && int(l) < len(levels) {
		return label(levels, code)
	}
	return "（没有更低的级别）"
}

// knownArea compares a row with the area that is there.
func (p *planner) knownArea(r *row, a *area) {
	if !r.ok() {
		return
	}
	if levelOf(r) != a.Level {
		r.refuse("级别", "这个代码是“%s”，级别为%s", a.Name, levelName(a.Level))
	}
	if parent := r.values["parent"]; parent != "" && (a.above == nil || p.areas[parent] != a.above) {
		r.refuse("上级代码", "“%s”现在的上级不是%s；改变隶属请登记区划撤并", a.Name, parent)
	}
	r.change("区划代码", a.Code, r.values["code"])
	r.change("名称", a.Name, r.values["name"])
	if len(r.changes) == 0 || !r.ok() {
		return
	}
	from := r.date("from")
	switch {
	case from.Before(a.CodeFrom):
		r.refuse("启用日期", "现在的代码和名称自%s起使用，变更须晚于这一天", a.CodeFrom)
	case from == a.CodeFrom && a.Code != r.values["code"]:
		r.refuse("启用日期", "原代码自%s起使用，新代码的启用日期须晚于这一天", a.CodeFrom)
	}
	n := domain.NewAreaCode{Area: a.ID, Code: r.values["code"], Name: r.values["name"], Source: sourceOf(r), From: from}
	r.apply = func(w *writer) error { return w.store.SetAreaCode(w.ctx, n) }
}

func sourceOf(r *row) string {
	if s := r.values["source"]; s != "" {
		return s
	}
	return "导入文件"
}

// settleDown refuses rows whose parent's row turned out bad, however deep they hang.
func settleDown(rows []*row, fresh map[*row]*area) {
	for again := true; again; {
		again = false
		for _, r := range rows {
			a := fresh[r]
			if a == nil || !r.ok() || a.above == nil || a.above.by == nil || a.above.by.ok() {
				continue
			}
			r.refuse("上级代码", "上级在第%d行，那一行有误，请先改正", a.above.by.no)
			again = true
		}
	}
}
