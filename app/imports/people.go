package imports

import (
	"slices"
	"strconv"

	"baimi/domain"
)

var (
	roles = func() (list []choice) {
		for _, r := range domain.Roles {
			list = append(list, choice{r.Name, string(r.Role)})
		}
		return list
	}()
	engagements = entries("engagement")
	sexes       = []choice{{"男", "1"}, {"女", "2"}, {"未说明", "9"}}
)

var people = &kind{
	code: domain.ImportPeople, title: "人员",
	columns: []column{
		{key: "no", header: "人员编号", required: true, parse: ownCode, example: "51018500123", width: 18, help: "工号或者调解员证号，本县（市、区）内每人一个"},
		{key: "name", header: "姓名", required: true, parse: personName, example: "周明德", width: 14},
		{key: "sex", header: "性别", choices: sexes, example: "男", width: 10},
		{key: "org", header: "机构编号", required: true, parse: ownCode, example: "JY-0101", width: 16, help: "任职的机构或者受理点"},
		{key: "role", header: "身份", required: true, choices: roles, example: "人民调解员", width: 20, help: "一人有几个身份的，每个身份填一行"},
		{key: "engagement", header: "调解员类别", choices: engagements, example: "聘任", width: 14},
		{key: "fulltime", header: "专职", choices: yesNo, example: "否", width: 10},
		{key: "from", header: "任职日期", required: true, parse: day, example: "2024-01-01", width: 14},
		{key: "to", header: "离任日期", parse: day, width: 14, help: "补录过去的任职时填写；在任的不填，离任请在人员管理中办理"},
		{key: "login", header: "登录名", parse: login, example: "zhoumingde", width: 18, help: "要使用系统的人员填写；账号建立后打印开通单，凭单上的一次性验证码设置密码"},
	},
	notes: []string{
		"以人员编号识别：已有的编号不会重复添加，内容不同的按表更新；同一人的同一机构、同一身份、同一任职日期是一条任职。",
		"这里不填写身份证号码和手机号码。",
		"司法局工作人员和系统、安全、审计管理员不在这里建立：由安全管理员授权，或者在服务器上用命令导入。",
		"离任、请假请在人员管理中办理，先移交手中的案件；这里的离任日期只用于补录过去的任职。",
	},
	plan: planPeople,
}

// person is somebody that is there or that rows of the file make.
type person struct {
	domain.PersonRecord
	by    *row
	held  []*held
	login string
}

type held struct {
	domain.AssignmentRecord
	org *org
	by  *row
}

func planPeople(p *planner, rows []*row) {
	byNo, byID := p.persons()
	for _, r := range rows {
		no := r.values["no"]
		if no == "" {
			r.settle(false, nil)
			continue
		}
		x := byNo[no]
		if x == nil {
			x = p.numberless(r, byID)
			if x == nil {
				x = &person{by: r}
				x.Name = r.values["name"]
				x.Sex = r.sex(0)
			}
			byNo[no] = x
		}
		p.person(r, x)
		if !r.ok() && x.by == r {
			delete(byNo, no) // the next row of the same person makes him then
		}
	}
}

// persons are the people that are there, by staff number and by number of ours, with their roles.
func (p *planner) persons() (byNo map[string]*person, byID map[domain.PersonID]*person) {
	byNo, byID = map[string]*person{}, map[domain.PersonID]*person{}
	for _, x := range p.records.People {
		one := &person{PersonRecord: x, login: deref(x.Login)}
		if byID[x.ID] = one; x.StaffNo != nil {
			byNo[*x.StaffNo] = one
		}
	}
	for _, a := range p.records.Assignments {
		if x := byID[a.Person]; x != nil {
			x.held = append(x.held, &held{AssignmentRecord: a, org: p.orgByID[a.Org]})
		}
	}
	return byNo, byID
}

// numberless is somebody made without a file whom a row must mean: the same sign-in and name.
func (p *planner) numberless(r *row, byID map[domain.PersonID]*person) *person {
	if id, ok := p.records.Logins[r.values["login"]]; ok && r.values["login"] != "" {
		if x := byID[id]; x != nil && x.StaffNo == nil && x.Name == r.values["name"] {
			return x
		}
	}
	return nil
}

func (p *planner) person(r *row, x *person) {
	role := domain.Role(r.values["role"])
	org := p.orgFor(r, "机构编号", r.values["org"])
	if org != nil && role != "" && !role.Suits(org.Kind) {
		r.refuse("身份", "“%s”是%s，不能有%s", org.Name, kindName(org.Kind), role.Name())
	}
	if role != "" && p.by.Via != domain.ViaSystem {
		if err := p.by.MayGiveRole(role, x.ID); err != nil {
			r.refuse("身份", "%s", messageOf(err))
		}
	}
	if r.values["engagement"] != "" && !slices.Contains([]domain.Role{domain.RoleMediator, domain.RoleCommitteeDirector, domain.RolePointKeeper}, role) {
		r.refuse("调解员类别", "只有调解员、调委会主任、信息员填写")
	}
	if to := r.end(); to != nil && !to.After(r.date("from")) {
		r.refuse("离任日期", "须晚于任职日期")
	}
	if x.by != nil && x.by != r && x.Name != r.values["name"] && r.values["name"] != "" {
		r.refuse("姓名", "同一人员编号在第%d行写作“%s”", x.by.no, x.Name)
	}
	if !r.ok() {
		r.settle(false, nil)
		return
	}
	h, fresh := x.assignment(r, role, org)
	p.signIn(r, x)
	if !r.ok() {
		r.settle(false, nil)
		return
	}
	if x.by == nil {
		r.change("人员编号", deref(x.StaffNo), r.values["no"])
		r.change("姓名", x.Name, r.values["name"])
		if r.values["sex"] != "" {
			r.change("性别", label(sexes, strconv.Itoa(x.Sex)), label(sexes, r.values["sex"]))
		}
	}
	newLogin := x.login == "" && r.values["login"] != ""
	if newLogin {
		x.login = r.values["login"]
		r.change("登录名", "", x.login)
	}
	r.settle(fresh, func(w *writer) error { return w.savePerson(r, x, h, newLogin) })
}

// signIn checks the name somebody is to sign in by.
func (p *planner) signIn(r *row, x *person) {
	name := r.values["login"]
	owner, taken := p.records.Logins[name]
	switch {
	case name == "":
	case x.login != "" && x.login != name:
		r.refuse("登录名", "该人员的登录名是%s，不能改为%s", x.login, name)
	case x.login == name:
	case taken && (x.ID == 0 || owner != x.ID):
		r.refuse("登录名", "%s已由他人使用", name)
	case r.ok() && x.login == "":
		p.records.Logins[name] = x.ID
	}
}

// assignment finds the role that a row means, or makes it.
func (x *person) assignment(r *row, role domain.Role, org *org) (h *held, fresh bool) {
	from, to := r.date("from"), r.end()
	for _, h := range x.held {
		if h.org != org || h.Role != role || to != nil && !to.After(h.ValidFrom) || h.ValidTo != nil && !h.ValidTo.After(from) {
			continue
		}
		if h.by != nil {
			r.refuse("身份", "与第%d行是同一条任职", h.by.no)
			return h, false
		}
		if h.ValidFrom != from {
			r.refuse("任职日期", "该人员在“%s”已有这个身份，任职日期为%s；请改为一致，或者先填写离任日期", nameOf(org), h.ValidFrom)
			return h, false
		}
		h.by = r
		if dateText(h.ValidTo) != r.values["to"] {
			r.refuse("离任日期", "现为%s；离任请在人员管理中办理，先移交手中的案件", blank(dateText(h.ValidTo)))
		}
		r.change("调解员类别", label(engagements, deref(h.Engagement)), label(engagements, r.values["engagement"]))
		r.change("专职", label(yesNo, boolText(h.FullTime)), label(yesNo, r.values["fulltime"]))
		return h, false
	}
	for _, other := range x.held {
		during := (to == nil || to.After(other.ValidFrom)) && (other.ValidTo == nil || other.ValidTo.After(from))
		if during && other.Role != role && (role.Administers() || other.Role.Administers()) {
			r.refuse("身份", "三员分立：%s不能同时担任%s", other.Role.Name(), role.Name())
			return other, false
		}
	}
	h = &held{org: org, by: r}
	h.Role, h.ValidFrom = role, from
	x.held = append(x.held, h)
	return h, true
}

// sex is the row's, or else what is known.
func (r *row) sex(known int) int {
	if n, err := strconv.Atoi(r.values["sex"]); err == nil {
		return n
	}
	return known
}

func boolText(b *bool) string {
	if b == nil {
		return ""
	}
	return strconv.FormatBool(*b)
}
