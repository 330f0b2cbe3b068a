package imports

import (
	"strings"

	"baimi/domain"
)

var (
	orgKinds       = entries("organisationKind", string(domain.OrgPoint))
	committeeTypes = entries("committeeType")
	fileWords      = []choice{{domain.FileWordRen, domain.FileWordRen}, {domain.FileWordMin, domain.FileWordMin}}
)

var organisations = &kind{
	code: domain.ImportOrganisations, title: "机构",
	columns: []column{
		{key: "code", header: "机构编号", required: true, parse: ownCode, example: "JY-0101", width: 16, help: "本县（市、区）自编的编号，不重复；以后各表都用它指明机构"},
		{key: "name", header: "名称", required: true, parse: placeName, example: "杨家镇人民调解委员会", width: 36},
		{key: "kind", header: "类别", required: true, choices: orgKinds, example: "人民调解委员会", width: 24},
		{key: "type", header: "调委会类别", choices: committeeTypes, example: "乡镇调委会", width: 22, help: "人民调解委员会必填，其他机构不填"},
		{key: "short", header: "简称", parse: anyText(20), example: "杨家", width: 12, help: "人民调解委员会必填，用在卷号里，本县（市、区）内不重复"},
		{key: "word", header: "卷号用字", choices: fileWords, example: "人调字", width: 12, help: "人民调解委员会填写，不填为“人调字”"},
		{key: "parent", header: "上级机构编号", parse: ownCode, example: "JY-0100", width: 16, help: "村（社区）调委会填所属镇街调委会，镇街调委会填司法所，司法所填司法局"},
		{key: "area", header: "所在区划代码", required: true, parse: areaCode, example: "510185102", width: 22, help: "司法所、司法局按这个区划查看和指导案件"},
		{key: "from", header: "设立日期", required: true, parse: pastDay, example: "2020-01-01", width: 14},
		{key: "to", header: "撤销日期", parse: day, width: 14, help: "从这一天起不再存在；没有撤销的不填"},
	},
	notes: []string{
		"以机构编号识别：已有的编号不会重复添加，内容不同的按表更新。",
		"没有编号而名称、类别、区划都相同的机构，会补上编号。",
		"受理点请用“受理点”的模板。",
	},
	plan: planOrgs,
}

func planOrgs(p *planner, rows []*row) {
	seen, shorts := map[string]*row{}, map[string]*row{}
	is := map[*row]*org{}
	for _, r := range rows {
		code := r.values["code"]
		if !once(seen, r, "机构编号", code) || code == "" {
			continue
		}
		o := p.orgs[code]
		if o == nil {
			o = p.nameless(r, domain.OrgKind(r.values["kind"]))
		}
		if o == nil {
			o = &org{by: r}
		}
		p.orgs[code], is[r] = o, o
	}
	for _, r := range rows {
		if o := is[r]; o != nil {
			once(shorts, r, "简称", r.values["short"])
			p.org(r, o)
		}
	}
	p.hang(rows, is)
	for _, r := range rows {
		o := is[r]
		if o == nil {
			continue
		}
		r.settle(o.by == r, func(w *writer) error { return w.saveOrg(r, o) })
		for up := o.above; up != nil && up.by != nil && r.depth < len(rows); up = up.above {
			r.depth++
		}
	}
}

// nameless is an organisation made without a file that a row must mean.
func (p *planner) nameless(r *row, kind domain.OrgKind) *org {
	for _, o := range p.orgByID {
		if o.OrgRecord.Code == nil && o.Kind == kind && o.Name == r.values["name"] && o.area != nil && o.area == p.areas[r.values["area"]] {
			return o
		}
	}
	return nil
}

// org checks a row of the organisations, and what of it is new.
func (p *planner) org(r *row, o *org) {
	kind := domain.OrgKind(r.values["kind"])
	if o.by == nil && kind != "" && o.Kind != kind {
		r.refuse("类别", "这个编号是“%s”，类别不同；请核对编号", o.Name)
		return
	}
	if kind == domain.OrgCommittee {
		if r.values["type"] == "" {
			r.refuse("调委会类别", "人民调解委员会请填写调委会类别")
		}
		if r.values["short"] == "" {
			r.refuse("简称", "人民调解委员会请填写简称，用在卷号里")
		}
		if r.values["word"] == "" {
			r.values["word"] = domain.FileWordRen
		}
		if other := p.shortTaken(r.values["short"], o); other != "" {
			r.refuse("简称", "“%s”已经用了这个简称", other)
		}
	} else if kind != "" && (r.values["type"] != "" || r.values["short"] != "" || r.values["word"] != "") {
		r.refuse("类别", "只有人民调解委员会填写调委会类别、简称和卷号用字")
	}
	if to := r.end(); to != nil && !to.After(r.date("from")) {
		r.refuse("撤销日期", "须晚于设立日期")
	}
	area := p.areaFor(r, "所在区划代码", r.values["area"])
	above := p.orgFor(r, "上级机构编号", r.values["parent"])
	if above == o {
		r.refuse("上级机构编号", "不能是自己")
	}
	if !r.ok() {
		return
	}
	r.changeOrg(o, area, above)
	o.area, o.above, o.Kind, o.Name = area, above, kind, r.values["name"]
}

// shortTaken is who else uses a committee's short name.
func (p *planner) shortTaken(short string, but *org) string {
	for _, o := range p.orgByID {
		if o != but && short != "" && deref(o.ShortName) == short {
			return o.Name
		}
	}
	return ""
}

// changeOrg notes what a row changes of an organisation that is there.
func (r *row) changeOrg(o *org, area *area, above *org) {
	if o.by == r {
		return
	}
	r.change("机构编号", deref(o.OrgRecord.Code), r.values["code"])
	r.change("名称", o.Name, r.values["name"])
	r.change("调委会类别", label(committeeTypes, deref(o.CommitteeType)), label(committeeTypes, r.values["type"]))
	r.change("简称", deref(o.ShortName), r.values["short"])
	r.change("卷号用字", deref(o.FileWord), r.values["word"])
	r.change("上级机构", nameOf(o.above), nameOf(above))
	if o.area != area {
		r.changes = append(r.changes, "所在区划："+areaNameOf(o.area)+"→"+areaNameOf(area))
	}
	r.change("设立日期", o.ValidFrom.String(), r.values["from"])
	r.change("撤销日期", dateText(o.ValidTo), r.values["to"])
}

func nameOf(o *org) string {
	if o == nil {
		return ""
	}
	return o.Name
}

func areaNameOf(a *area) string {
	if a == nil {
		return "（已撤并的区划）"
	}
	return a.Name
}

// hang refuses rows that hang on bad ones or, round about, on themselves.
func (p *planner) hang(rows []*row, is map[*row]*org) {
	for again := true; again; {
		again = false
		for _, r := range rows {
			o := is[r]
			if o == nil || !r.ok() || o.above == nil {
				continue
			}
			if by := o.above.by; by != nil && !by.ok() {
				r.refuse("上级机构编号", "上级在第%d行，那一行有误，请先改正", by.no)
				again = true
				continue
			}
			var chain []string
			for up := o.above; up != nil; up = up.above {
				if chain = append(chain, up.Name); up == o || len(chain) > len(p.orgs)+1 {
					r.refuse("上级机构编号", "上级互相循环：%s", strings.Join(chain[:min(len(chain), 5)], "→"))
					again = true
					break
				}
			}
		}
	}
}
