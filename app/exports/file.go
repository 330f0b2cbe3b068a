package exports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"baimi/app"
	"baimi/app/sheets"
	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/domain/exchange"
)

// sheet is what stands in a file.
type sheet struct {
	rows       [][]string
	complaints []complaint
}

// complaint is what is wrong with one item of one row.
type complaint struct {
	row    int
	number string
	exchange.Complaint
}

// watermark says whose file it is: it stands on every printed page and in the envelope.
func (j *job) watermark() string {
	return fmt.Sprintf("内部资料 %s %s（%s） %s 用途：%s", j.run.No, j.by.PersonName, j.by.OrgName,
		j.run.RequestedAt.In(calendar.Shanghai).Format("2006-01-02 15:04"), j.purpose())
}

func (j *job) purpose() string { return app.ReasonLabel(string(j.run.Purpose), "exportPurpose") }

func (j *job) masking() string {
	if j.run.Clear {
		return "含完整的个人信息"
	}
	return "个人信息已遮盖，不能再导入"
}

func (j *job) file() ([]byte, error) {
	var out bytes.Buffer
	write := j.workbook
	if j.run.FileType == domain.ExportJSON {
		write = j.envelope
	}
	err := write(&out)
	return out.Bytes(), err
}

// widths of columns, by what stands in them.
var widths = map[exchange.Kind]float64{exchange.Text: 24, exchange.Date: 13, exchange.Number: 13, exchange.Code: 14}

// workbook writes the rows on the first worksheet, which is also what comes in again, what was not told on the second, and what
// the file is on the third. Every cell is text.
func (j *job) workbook(out *bytes.Buffer) error {
	rows := sheets.Page{Name: "案件", Rows: j.sheet.rows, Mark: j.watermark()}
	items := sheets.Page{Name: "项目", Mark: j.watermark(), Columns: []sheets.Column{
		{Header: "编号", Width: 8},
		{Header: "项目", Width: 24},
		{Header: "必填", Width: 8},
		{Header: "最大长度", Width: 10},
		{Header: "代码依据", Width: 16},
		{Header: "依据程度", Width: 12},
		{Header: "说明", Width: 60},
	}}
	for _, x := range j.items {
		rows.Columns = append(rows.Columns, sheets.Column{Header: x.Name, Width: widths[x.Kind], Required: x.Required})
		items.Rows = append(items.Rows, []string{x.Code, x.Name, yes(x.Required), length(x.Length), basis(x), string(x.Sure), x.Note})
	}
	faults := sheets.Page{Name: "未对照", Mark: j.watermark(), Columns: []sheets.Column{
		{Header: "行", Width: 8},
		{Header: "编号", Width: 30},
		{Header: "项目", Width: 24},
		{Header: "问题", Width: 70},
	}}
	for _, c := range j.sheet.complaints {
		faults.Rows = append(faults.Rows, []string{strconv.Itoa(c.row + 1), c.number, c.Item.Name, c.Text()})
	}
	about := sheets.Page{Name: "说明", Mark: j.watermark(), Columns: []sheets.Column{{Header: "项目", Width: 18}, {Header: "内容", Width: 80}}}
	for _, x := range j.about() {
		about.Rows = append(about.Rows, []string{x[0], x[1]})
	}
	return sheets.WriteXLSX(out, 0, rows, faults, items, about)
}

func yes(b bool) string {
	if b {
		return "必填"
	}
	return ""
}

func length(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// basis is where the codes of an item come from.
func basis(x exchange.Item) string {
	switch {
	case x.List != "":
		return "对照表：" + x.List.Name()
	case x.Field == "":
		return "本系统没有"
	}
	return x.Standard
}

// about is what the file says of itself.
func (j *job) about() [][2]string {
	list := [][2]string{
		{"导出编号", j.run.No},
		{"格式", j.format.Name},
		{"格式依据", j.format.Source},
		{"导出人", j.by.PersonName + "（" + j.by.OrgName + "，" + j.by.Role.Name() + "）"},
		{"导出时间", j.run.RequestedAt.In(calendar.Shanghai).Format("2006-01-02 15:04:05")},
		{"用途", j.purpose()},
		{"理由", j.reason},
		{"个人信息", j.masking()},
		{"案件数", strconv.Itoa(len(j.sheet.rows))},
	}
	if n := len(j.sheet.complaints); n > 0 {
		list = append(list, [2]string{"未对照", fmt.Sprintf("%d处没有对应的代码、缺少必填内容或者超过长度，见“未对照”", n)})
	}
	if n := j.run.Withheld; n > 0 {
		list = append(list, [2]string{"未导出", fmt.Sprintf("%d件设有保密级别的案件：所选的格式没有保密级别一项", n)})
	}
	return append(list, [2]string{"注意", "文件按导出编号登记，每次导出、下载都有记录；请按用途使用，用后删除。"})
}

// envelope is a file of JSON: what it is, its columns, and its rows by the columns' codes.
type envelope struct {
	Kind       string              `json:"kind"`
	Format     string              `json:"format"`
	FormatName string              `json:"formatName"`
	Basis      string              `json:"basis"`
	ExportNo   string              `json:"exportNo"`
	Watermark  string              `json:"watermark"`
	MadeBy     string              `json:"madeBy"`
	MadeAt     time.Time           `json:"madeAt"`
	Purpose    string              `json:"purpose"`
	Reason     string              `json:"reason"`
	Masked     bool                `json:"masked"`
	Withheld   int                 `json:"withheld"`
	Items      []envelopeItem      `json:"items"`
	Rows       []map[string]string `json:"rows"`
	Unmapped   []envelopeComplaint `json:"unmapped"`
}

type envelopeItem struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Length   int    `json:"length,omitempty"`
	Standard string `json:"standard,omitempty"`
	Required bool   `json:"required"`
	Sure     string `json:"sure"`
}

type envelopeComplaint struct {
	Row    int    `json:"row"` // from 1
	Number string `json:"number"`
	Item   string `json:"item"`
	Why    string `json:"why"`
	Value  string `json:"value,omitempty"`
	Text   string `json:"text"`
}

func (j *job) envelope(out *bytes.Buffer) error {
	e := envelope{
		Kind: sheets.Envelope, Format: string(j.run.Format), FormatName: j.format.Name, Basis: j.format.Source, ExportNo: j.run.No, Watermark: j.watermark(),
		MadeBy: j.by.PersonName, MadeAt: j.run.RequestedAt, Purpose: string(j.run.Purpose), Reason: j.reason, Masked: !j.run.Clear, Withheld: j.run.Withheld,
		Items: []envelopeItem{}, Rows: []map[string]string{}, Unmapped: []envelopeComplaint{},
	}
	for _, x := range j.items {
		e.Items = append(e.Items, envelopeItem{x.Code, x.Name, string(x.Kind), x.Length, x.Standard, x.Required, string(x.Sure)})
	}
	for _, row := range j.sheet.rows {
		values := make(map[string]string, len(row))
		for i, v := range row {
			values[j.items[i].Code] = v
		}
		e.Rows = append(e.Rows, values)
	}
	for _, c := range j.sheet.complaints {
		e.Unmapped = append(e.Unmapped, envelopeComplaint{c.row, c.number, c.Item.Code, c.Why, c.Value, c.Text()})
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(e)
}
