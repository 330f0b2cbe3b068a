package sheets

import (
	"bytes"
	"encoding/json"
	"io"
)

// JSON is a table as other programs send it: its columns, and its rows by the columns' codes.
const JSON Format = "json"

// Envelope is the kind that a JSON file of ours says it is.
const Envelope = "baimi-exchange"

// jsonTable is what is read of a JSON file; what else it says of itself is passed over.
type jsonTable struct {
	Items []struct {
		Code string `json:"code"`
		Name string `json:"name"`
	} `json:"items"`
	Rows []map[string]string `json:"rows"`
}

const notATable = "这不是表格：JSON文件应有items（各项目的code和name）和rows（各行，以code为键，内容都是文字）"

func readJSON(file []byte) (Sheet, error) {
	var in jsonTable
	if err := json.Unmarshal(bytes.TrimPrefix(file, []byte(bom)), &in); err != nil || len(in.Items) == 0 {
		return Sheet{}, unreadable(notATable)
	}
	s := &Sheet{Format: JSON}
	if len(in.Items) > maxColumns {
		return *s, unreadable("超过%d项，请删去多余的项目", maxColumns)
	}
	known := map[string]bool{}
	for _, x := range in.Items {
		if x.Code == "" || known[x.Code] {
			return *s, unreadable(notATable)
		}
		known[x.Code] = true
		s.Header = append(s.Header, headerText(x.Name))
		s.Codes = append(s.Codes, x.Code)
	}
	if len(in.Items)*len(in.Rows) > maxCells {
		return *s, unreadable("文件太大，请分成几个文件")
	}
	for i, values := range in.Rows {
		row := Row{No: i + 1, Cells: make([]Cell, len(in.Items))}
		for j, x := range in.Items {
			row.Cells[j] = cellOf(values[x.Code])
		}
		for code := range values {
			if !known[code] {
				return *s, unreadable("第%d行有items里没有的项目", i+1)
			}
		}
		if err := s.add(row); err != nil {
			return *s, err
		}
	}
	return s.done()
}

// WriteJSON writes a table that readJSON reads.
func WriteJSON(out io.Writer, codes, names []string, rows [][]string) error {
	type item struct {
		Code string `json:"code"`
		Name string `json:"name"`
	}
	t := struct {
		Kind  string              `json:"kind"`
		Items []item              `json:"items"`
		Rows  []map[string]string `json:"rows"`
	}{Kind: Envelope, Items: []item{}, Rows: []map[string]string{}}
	for i, c := range codes {
		t.Items = append(t.Items, item{c, names[i]})
	}
	for _, r := range rows {
		values := map[string]string{}
		for i, v := range r {
			values[codes[i]] = v
		}
		t.Rows = append(t.Rows, values)
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(t)
}
