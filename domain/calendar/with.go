package calendar

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// With is the calendar with the entries of a notice put in, as a version of its own. A year whose 1 January is among them
// is replaced as a whole, for the notice says all of it; other days, as those a notice takes from the year before, are
// put in or replaced one by one.
func (c *Calendar) With(version string, entries []Entry) (*Calendar, error) {
	notice, err := New(version, entries)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(entries)
	for day, e := range c.entries {
		_, again := notice.entries[day]
		if !again && !notice.Covers(day) {
			all = append(all, e)
		}
	}
	return New(version, all)
}

// ReadNotice reads the days of a notice from CSV: day, kind and name, as 2027-02-05,放假,春节. A first line that names the
// columns is passed over, as are blanks around a value.
func ReadNotice(r io.Reader) ([]Entry, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = 3
	in.TrimLeadingSpace = true
	var entries []Entry
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			if len(entries) == 0 {
				return nil, errors.New("没有任何一天")
			}
			return entries, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := in.FieldPos(0)
		for i := range row {
			row[i] = strings.TrimSpace(strings.TrimPrefix(row[i], "\ufeff"))
		}
		day, err := ParseDate(row[0])
		if err != nil && line == 1 {
			continue
		}
		kinds := map[string]bool{"放假": false, "上班": true}
		working, known := kinds[row[1]]
		switch {
		case err != nil:
			return nil, fmt.Errorf("第%d行：“%s”不是日期，应为2027-02-05这样的写法", line, row[0])
		case !known:
			return nil, fmt.Errorf("第%d行：“%s”应为“放假”或者“上班”", line, row[1])
		case row[2] == "":
			return nil, fmt.Errorf("第%d行：没有节日名称", line)
		}
		entries = append(entries, Entry{Day: day, Working: working, Name: row[2], Source: "试算"})
	}
}
