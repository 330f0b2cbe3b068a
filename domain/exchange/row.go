package exchange

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"baimi/domain"
)

// Why an item of a case is not what it should be.
const (
	Unmapped = "unmapped" // the receiver's code for ours is not known
	Missing  = "missing"  // the format asks for it and there is none
	TooLong  = "too_long" // it is longer than the format allows; it is not cut
)

// Complaint is about one item of one case: it is told, never passed over in silence.
type Complaint struct {
	Item  Item
	Why   string
	Value string // of an unmapped item our code
}

// Text is the complaint in Chinese.
func (c Complaint) Text() string {
	switch c.Why {
	case Unmapped:
		return "“" + c.Item.List.Label(c.Value) + "”（" + c.Value + "）没有对应的代码，请在对照表“" + c.Item.List.Name() + "”中设置"
	case Missing:
		return "必填，没有内容"
	}
	return "超过这一格式的长度，未截短，请核对"
}

// withheld stands for what came in from elsewhere about a person and is not shown masked.
const withheld = "（已遮盖）"

// Row gives the values of a case in these items.
func (v *View) Row(items []Item, m Mapping) (values []string, complaints []Complaint) {
	_, came := v.told()
	for _, x := range items {
		value, unmapped := v.value(x, m, came)
		switch {
		case unmapped != "":
			complaints = append(complaints, Complaint{x, Unmapped, unmapped})
		case value == "" && x.Required:
			complaints = append(complaints, Complaint{x, Missing, ""})
		case x.Length > 0 && utf8.RuneCountInString(value) > x.Length:
			complaints = append(complaints, Complaint{x, TooLong, ""})
		}
		values = append(values, value)
	}
	return values, complaints
}

// value is one item: as it came, for a file that was brought in; else what the case says.
func (v *View) value(x Item, m Mapping, came map[string]string) (value, unmapped string) {
	if told, ok := came[x.Name]; ok {
		switch {
		case v.Clear:
		case x.Personal:
			return withheld, ""
		default:
			told = v.text(told)
		}
		return told, ""
	}
	if x.Field == "" {
		return "", ""
	}
	value = fields[x.Field](v)
	if value == "" || x.List == "" {
		return value, ""
	}
	theirs, ok := m.Out(x.List, value)
	if !ok {
		return "", value
	}
	return theirs, ""
}

// What a file brought that a past file has no place for stands in its facts, a line an item, where it can be read and found
// (domain.md ruling P6); an export of it gives it back.
const cameHead = "【来文："

var cameLine = regexp.MustCompile(`\n【来文：([^】\n]{1,40})】([^\n]*)`)

var toLine, fromLine = strings.NewReplacer("\n", "␤"), strings.NewReplacer("␤", "\n")

// Came is one such item.
type Came struct{ Name, Value string }

// Compose puts them below the facts.
func Compose(facts string, came []Came) string {
	var b strings.Builder
	b.WriteString(facts)
	for _, c := range came {
		b.WriteString("\n" + cameHead + c.Name + "】" + toLine.Replace(c.Value))
	}
	return b.String()
}

// told parts the facts from what came with them.
func (v *View) told() (facts string, came map[string]string) {
	text := v.Case.Facts.Reveal()
	if v.Case.Origin != domain.OriginImported {
		return text, nil
	}
	came = map[string]string{}
	for _, m := range cameLine.FindAllStringSubmatch(text, -1) {
		came[m[1]] = fromLine.Replace(m[2])
	}
	return cameLine.ReplaceAllString(text, ""), came
}
