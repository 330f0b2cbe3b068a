package forms

import "strings"

// plain is a document as text, for tests to compare.
func plain(d Document) string {
	var b strings.Builder
	line := func(parts ...string) {
		b.WriteString(strings.ReplaceAll(strings.Join(parts, " | "), "\n", " / "))
		b.WriteString("\n")
	}
	for _, x := range d.Blocks {
		switch x := x.(type) {
		case Heading:
			line("# " + x.Text)
		case Para:
			line(x.Text)
		case Grid:
			for _, r := range x.Rows {
				var cells []string
				for _, c := range r.Cells {
					cells = append(cells, c.Text)
				}
				line(cells...)
			}
		case Table:
			line(x.Head...)
			for _, r := range x.Rows {
				line(r...)
			}
		case Sign:
			for _, l := range x.Lines {
				line("> " + l)
			}
		case Code:
			line("[QR] " + x.Content)
			for _, l := range x.Lines {
				line("> " + l)
			}
		case NewPage:
			line("---")
		}
	}
	return b.String()
}
