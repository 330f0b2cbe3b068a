package api_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"pgregory.net/rapid"
)

// drawer makes requests out of the document: what a client that has read nothing else might send.
type drawer struct {
	*rand.Rand
	cases []string // ids that exist, of the drawer's own county and elsewhere
	ids   []int64  // numbers of people, organisations, points, areas that exist
}

// nearly changes one drawn value into one that may break its schema; nil leaves all as the document asks for.
type nearly struct{ left int }

// value draws a value of a schema. near counts the values down and spoils the one at which it reaches zero.
func (d *drawer) value(s *openapi3.Schema, near *nearly) any {
	if near != nil {
		if near.left--; near.left == 0 {
			return nasty[d.IntN(len(nasty))]
		}
	}
	if len(s.Enum) > 0 {
		return s.Enum[d.IntN(len(s.Enum))]
	}
	switch {
	case s.Type.Is("object"):
		return d.object(s, near)
	case s.Type.Is("array"):
		list := []any{}
		most := 3
		if s.MaxItems != nil {
			most = min(most, int(*s.MaxItems))
		}
		for range max(int(s.MinItems), d.IntN(most+1)) {
			list = append(list, d.value(s.Items.Value, near))
		}
		return list
	case s.Type.Is("boolean"):
		return d.IntN(2) == 0
	case s.Type.Is("integer"), s.Type.Is("number"):
		return d.number(s)
	}
	return d.text(s)
}

func (d *drawer) object(s *openapi3.Schema, near *nearly) any {
	o := map[string]any{}
	names := make([]string, 0, len(s.Properties))
	for name := range s.Properties {
		names = append(names, name)
	}
	slices.Sort(names) // the same seed draws the same
	for _, name := range names {
		if slices.Contains(s.Required, name) || d.IntN(2) == 0 {
			o[name] = d.value(s.Properties[name].Value, near)
		}
	}
	return o
}

func (d *drawer) number(s *openapi3.Schema) any {
	if d.IntN(2) == 0 && len(d.ids) > 0 {
		return d.ids[d.IntN(len(d.ids))]
	}
	low, high := int64(1), int64(3)
	if s.Min != nil {
		low = int64(*s.Min)
	}
	if s.Max != nil {
		high = min(int64(*s.Max), low+5)
	}
	return low + d.Int64N(max(high-low, 0)+1)
}

// text draws what a field of its kind usually holds, and now and then anything the pattern allows.
func (d *drawer) text(s *openapi3.Schema) any {
	switch {
	case s.Format == "date" || strings.Contains(s.Pattern, "-[0-9]{2}-"):
		return []string{today, today, "2026-11-17", "2026-12-20", "2026-10-01", "2024-02-29"}[d.IntN(6)]
	case s.Format == "date-time":
		return []string{"2026-11-18T02:00:00Z", "2026-12-01T00:00:00Z"}[d.IntN(2)]
	case s.Pattern != "":
		return rapid.StringMatching(s.Pattern).Example(d.IntN(1 << 16))
	}
	words := []string{"王小明", "510185199003070013", "13800138000", "两家因院墙排水发生争执。", "甲一村三组", "1", "written", "2026"}
	text := words[d.IntN(len(words))]
	for uint64(len([]rune(text))) < s.MinLength {
		text += "字"
	}
	if s.MaxLength != nil {
		text = string([]rune(text)[:min(len([]rune(text)), int(*s.MaxLength))])
	}
	return text
}

// path fills in the parameters of a path and adds some of the query.
func (d *drawer) path(template string, params openapi3.Parameters) string {
	query := url.Values{}
	for _, p := range params {
		x := p.Value
		switch x.In {
		case "path":
			template = strings.ReplaceAll(template, "{"+x.Name+"}", url.PathEscape(d.pathValue(x)))
		case "query":
			if x.Required || d.IntN(3) == 0 {
				v := d.value(x.Schema.Value, nil)
				if list, ok := v.([]any); ok {
					for _, y := range list {
						query.Add(x.Name, fmt.Sprint(y))
					}
					continue
				}
				query.Set(x.Name, fmt.Sprint(v))
			}
		}
	}
	if len(query) > 0 {
		template += "?" + query.Encode()
	}
	return template
}

func (d *drawer) pathValue(p *openapi3.Parameter) string {
	switch {
	case d.IntN(20) == 0:
		return "x" + strings.ToValidUTF8(string([]rune(fmt.Sprint(nasty[d.IntN(len(nasty))]) + "y")[:1]), "z")
	case p.Name == "caseId":
		return d.cases[d.IntN(len(d.cases))]
	case p.Schema.Value.Type.Is("integer"):
		if d.IntN(2) == 0 {
			return strconv.Itoa(1 + d.IntN(3))
		}
		return strconv.FormatInt(d.ids[d.IntN(len(d.ids))], 10)
	}
	return fmt.Sprint(d.value(p.Schema.Value, nil))
}
