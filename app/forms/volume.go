package forms

import (
	"fmt"

	"baimi/domain/calendar"
)

// contents lists the file's documents with their pages (卷内目录, F02).
func contents(m Matter, entries []entry) Document {
	t := Table{Widths: []int{1, 6, 3, 1, 1}, Head: []string{"序号", "文书名称", "日期", "页号", "备注"}}
	for i, e := range entries {
		page := ""
		if e.page > 0 {
			page = fmt.Sprint(e.page)
		}
		on := ""
		if e.on != nil {
			on = e.on.Chinese()
		}
		t.Rows = append(t.Rows, []string{fmt.Sprint(i + 1), e.name, on, page, ""})
	}
	return Document{Code: "contents", FormNo: "F02", Title: "卷内目录", Front: true, Blocks: []Block{
		Heading{Text: "卷 内 目 录"}, Para{Text: "卷号：" + m.fileNo(), Flush: true}, t,
	}}
}

type entry struct {
	name string
	on   *calendar.Date
	page int
}

// Volume is the whole file (卷宗) of a case as one PDF: cover, contents with page numbers, all forms, back cover. Pages are
// counted from the first form on.
func Volume(m Matter) ([]byte, error) {
	documents, _, err := volume(m)
	if err != nil {
		return nil, err
	}
	return PDF(documents...)
}

// volume draws once without page numbers in the contents, to learn them.
func volume(m Matter) ([]Document, []entry, error) {
	documents := []Document{cover.Make(m, 0), {}}
	documents[0].Front = true
	var entries []entry
	for _, k := range Kinds() {
		if k.Code == "cover" {
			continue
		}
		for _, x := range m.attached(k.Code) {
			d := m.attachmentDocument(x)
			documents, entries = append(documents, d), append(entries, entry{name: d.Title, on: x.DatedOn})
		}
		for _, no := range k.filed(m) {
			d := k.Make(m, no)
			d.Front = k.Code == "back_cover"
			documents = append(documents, d)
			if !d.Front {
				entries = append(entries, entry{name: k.Title(m, no), on: k.On(m, no)})
			}
		}
	}
	documents[1] = contents(m, entries)
	_, begin, err := drawn(documents)
	if err != nil {
		return nil, nil, err
	}
	for i := range entries {
		entries[i].page = begin[i+2]
	}
	documents[1] = contents(m, entries)
	return documents, entries, nil
}
