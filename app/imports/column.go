package imports

import (
	"fmt"
	"slices"
	"strings"

	"baimi/app/sheets"
	"baimi/domain/calendar"
)

// problemHeader is the column that a returned file has more; in a file that comes in it is passed over.
const problemHeader = "问题"

// column is one column of a kind of file.
type column struct {
	key      string
	header   string
	required bool
	help     string
	example  string
	width    float64
	choices  []choice
	parse    func(c *cellReader) (string, string) // the text as it is kept, or what is wrong with it
}

// choice is a word of a drop-down and the code it stands for.
type choice struct{ label, code string }

func labels(list []choice) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = c.label
	}
	return out
}

// label is the word for a code.
func label(list []choice, code string) string {
	for _, c := range list {
		if c.code == code {
			return c.label
		}
	}
	return code
}

// cellReader is a cell that is not empty, with what reading it may need.
type cellReader struct {
	text     string
	date1904 bool
	today    calendar.Date
}

// read makes the rows of a sheet into rows of a kind. A file without a required column is refused as a whole.
func (k *kind) read(s sheets.Sheet, today calendar.Date) ([]*row, error) {
	at := make([]int, len(k.columns))
	var missing []string
	for i, c := range k.columns {
		at[i] = slices.Index(s.Header, c.header)
		if at[i] < 0 && c.required {
			missing = append(missing, "“"+c.header+"”")
		}
	}
	if len(missing) > 0 {
		return nil, invalidFile("这不是“%s”的表格：第一行缺少%s列。请使用系统的模板填写", k.title, strings.Join(missing, "、"))
	}
	if twice := duplicate(s.Header); twice != "" {
		return nil, invalidFile("第一行有两列都叫“%s”，请删去一列", twice)
	}
	rows := make([]*row, len(s.Rows))
	for i, x := range s.Rows {
		r := &row{no: x.No, values: map[string]string{}}
		for j, c := range k.columns {
			r.take(c, x.At(at[j]), cellReader{date1904: s.Date1904, today: today})
		}
		rows[i] = r
	}
	return rows, nil
}

func duplicate(header []string) string {
	for i, h := range header {
		if h != "" && slices.Contains(header[:i], h) {
			return h
		}
	}
	return ""
}

// row is a row on its way in.
type row struct {
	no       int
	values   map[string]string // by the column's key, as kept; "" for an empty cell
	problems []string
	outcome  outcome
	changes  []string // what a changed row changes
	depth    int      // rows are written from the lowest up: what others hang on comes first
	apply    func(w *writer) error
}

type outcome int

const (
	bad outcome = iota
	added
	changed
	same
)

func (r *row) take(c column, cell sheets.Cell, in cellReader) {
	in.text = cell.Text
	switch {
	case cell.Problem != "":
		r.refuse(c.header, "%s", cell.Problem)
	case cell.Text == "" && c.required:
		r.refuse(c.header, "请填写")
	case cell.Text == "":
	case len(c.choices) > 0:
		i := slices.IndexFunc(c.choices, func(x choice) bool { return x.label == cell.Text || x.code == cell.Text })
		if i < 0 {
			r.refuse(c.header, "只能填写：%s", strings.Join(labels(c.choices), "、"))
			return
		}
		r.values[c.key] = c.choices[i].code
	default:
		value, wrong := c.parse(&in)
		if wrong != "" {
			r.refuse(c.header, "%s", wrong)
			return
		}
		r.values[c.key] = value
	}
}

// refuse notes what is wrong with a column; the row is not written.
func (r *row) refuse(header, format string, args ...any) {
	r.problems = append(r.problems, "【"+header+"】"+fmt.Sprintf(format, args...))
}

func (r *row) ok() bool { return len(r.problems) == 0 }

// change notes a difference that the row makes to what is there.
func (r *row) change(what, from, to string) {
	if from != to {
		r.changes = append(r.changes, fmt.Sprintf("%s：%s→%s", what, blank(from), blank(to)))
	}
}

func blank(s string) string {
	if s == "" {
		return "（空）"
	}
	return s
}

// text is a value, nil for an empty cell.
func (r *row) text(key string) *string {
	if v := r.values[key]; v != "" {
		return &v
	}
	return nil
}

// date is a value that was read as a day.
func (r *row) date(key string) calendar.Date {
	d, err := calendar.ParseDate(r.values[key])
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// end is the day from which something is no more; nil while it lasts.
func (r *row) end() *calendar.Date {
	if r.values["to"] == "" {
		return nil
	}
	d := r.date("to")
	return &d
}
