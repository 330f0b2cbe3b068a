package calendar

import (
	"fmt"
	"slices"
	"strings"
)

// Compare says in Chinese, a line each, how another rule book differs from this one; nothing when they say the same.
func (b Rulebook) Compare(other Rulebook) []string {
	var lines []string
	for _, r := range b.Rules {
		if o, ok := other.version(r); ok {
			for _, d := range r.differences(o) {
				lines = append(lines, r.Key().String()+" "+r.Name+"："+d)
			}
		} else {
			lines = append(lines, fmt.Sprintf("%s %s：取消%s", r.Key(), r.Name, sinceText(r.Since)))
		}
	}
	for _, o := range other.Rules {
		if _, ok := b.version(o); !ok {
			lines = append(lines, fmt.Sprintf("%s %s：新增%s，%s起%s", o.Key(), o.Name, sinceText(o.Since), o.From.Name(), o.Term))
		}
	}
	return append(lines, b.compareRoutes(other)...)
}

// version finds the row of the same rule that came into force on the same day.
func (b Rulebook) version(like Rule) (Rule, bool) {
	i := slices.IndexFunc(b.Rules, func(r Rule) bool { return r.Key() == like.Key() && r.Since == like.Since })
	if i < 0 {
		return Rule{}, false
	}
	return b.Rules[i], true
}

func (r Rule) differences(o Rule) []string {
	var lines []string
	for _, f := range []struct{ name, was, is string }{
		{"名称", r.Name, o.Name},
		{"长度", r.Term.String(), o.Term.String()},
		{"最后一日遇休息日", rolls(r.Term), rolls(o.Term)},
		{"起算", r.From.Name(), o.From.Name()},
		{"性质", string(r.Kind), string(o.Kind)},
		{"中止事由", r.pausesText(), o.pausesText()},
		{"延长", r.Extends.text(), o.Extends.text()},
		{"依据", r.Basis, o.Basis},
		{"确定程度", string(r.Duty + r.Length), string(o.Duty + o.Length)},
		{"说明", r.Note, o.Note},
		{"失效日", r.Until.Chinese(), o.Until.Chinese()},
	} {
		if f.was != f.is {
			lines = append(lines, fmt.Sprintf("%s由“%s”改为“%s”", f.name, f.was, f.is))
		}
	}
	return lines
}

func rolls(t Term) string {
	if t.Rolls {
		return "顺延"
	}
	return "不顺延"
}

func sinceText(since Date) string {
	if since.IsZero() {
		return ""
	}
	return "（" + since.Chinese() + "起）"
}

func (r Rule) pausesText() string {
	names := make([]string, len(r.Pauses))
	for i, p := range r.Pauses {
		names[i] = p.Reason.Name() + basis(p.Basis) + string(p.Sure)
	}
	return strings.Join(names, "；")
}

func (e ExtendRule) text() string {
	if len(e.SignedBy) == 0 {
		return "不能延长"
	}
	names := make([]string, len(e.SignedBy))
	for i, s := range e.SignedBy {
		names[i] = s.Name()
	}
	text := strings.Join(names, "、") + "同意"
	if e.AtMost.Length > 0 {
		text += "，最多" + e.AtMost.String()
	}
	return text + basis(e.Basis) + string(e.Sure)
}

// compareRoutes says for which mediations another rule would be chosen.
func (b Rulebook) compareRoutes(other Rulebook) []string {
	var lines []string
	both := Rulebook{Routes: slices.Concat(b.Routes, other.Routes)}
	for _, f := range both.combinations() {
		was, err := b.Mediation(f)
		is, err2 := other.Mediation(f)
		if was.Rule != is.Rule || (err == nil) != (err2 == nil) {
			lines = append(lines, fmt.Sprintf("调解期限（来源%s，移送%s，类型%s，在线%t）：由%s改为%s", f.Source, f.Referral, f.Type, f.Online, was.Rule, is.Rule))
		}
	}
	return lines
}
