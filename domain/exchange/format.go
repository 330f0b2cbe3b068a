package exchange

import "baimi/domain"

// Kind is what stands in an item.
type Kind string

// The kinds of items. Every value travels as text, so that 18 digits stay 18 digits.
const (
	Text   Kind = "text"
	Date   Kind = "date"
	Number Kind = "number"
	Code   Kind = "code"
)

// Sure is how sure the definition of an item is, in the words of domain.md 0.1.
type Sure string

// The grades: read in the source (none is, for these standards), borne out by several systems, seen once, from memory, and
// our own design.
const (
	Confirmed Sure = "B"
	SeenOnce  Sure = "C"
	Memory    Sure = "M"
	Designed  Sure = "D"
)

// Item is one column of a format.
type Item struct {
	Code      string // its number in the standard; X and a number for what we add
	Name      string
	Kind      Kind
	Length    int    // characters at most; 0 when the source gives none
	Standard  string // where its codes come from
	Required  bool
	Sure      Sure
	Extension bool   // not of the standard itself
	Field     Field  // what of a case it holds; "" for what Baimi does not keep
	List      List   // the table that turns our code into the receiver's; "" when the codes are the same
	Personal  bool   // of a person: masked or left out unless clear values were asked for
	Note      string // what people should know of it
}

// Format is an ordered list of items.
type Format struct {
	Code   domain.ExchangeFormat
	Name   string
	Source string // what it rests on, and how sure that is
	Items  []Item
}

// Formats lists them.
func Formats() []Format { return []Format{gb31000, ministry} }

// Of finds a format by its code.
func Of(code domain.ExchangeFormat) (Format, error) {
	for _, f := range Formats() {
		if f.Code == code {
			return f, nil
		}
	}
	return Format{}, domain.NotFound("交换格式")
}

// MustOf is Of for the formats that are there.
func MustOf(code domain.ExchangeFormat) Format {
	f, err := Of(code)
	if err != nil {
		panic(err)
	}
	return f
}

// Columns are the items of a file: all, or those of the standard alone.
func (f Format) Columns(extended bool) []Item {
	var list []Item
	for _, x := range f.Items {
		if extended || !x.Extension {
			list = append(list, x)
		}
	}
	return list
}

// Lists are the tables of codes that the format needs.
func (f Format) Lists() []List {
	var all []List
	seen := map[List]bool{}
	for _, x := range f.Items {
		if x.List != "" && !seen[x.List] {
			seen[x.List] = true
			all = append(all, x.List)
		}
	}
	return all
}
