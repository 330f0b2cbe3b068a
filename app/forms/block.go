package forms

// Document is one form ready to be drawn.
type Document struct {
	Code   string // a word: agreement
	FormNo string // F09
	Title  string
	Foot   string // beside the page number: the file's number
	Front  bool   // a cover, whose pages are not counted
	Blocks []Block
}

// Block is a piece of a form, from top to bottom: Heading, Para, Grid, Table, Sign, Code, Gap, NewPage, Picture or PaperPages.
type Block interface{ block() }

// Heading is centred and bold: the form's title, or a part's.
type Heading struct {
	Text  string
	Small bool
}

// Para is a paragraph, justified; a text of several lines is several paragraphs.
type Para struct {
	Text  string
	Bold  bool
	Flush bool  // without the indent of two characters
	Align Align // "" is justified
}

// Align is where a line stands.
type Align string

// Right is the one place beside justified: numbers, seals, days.
const Right Align = "right"

// Grid is a ruled form: rows of labels and what is filled in.
type Grid struct{ Rows []GridRow }

// GridRow is a row of cells whose widths share the line.
type GridRow struct {
	Cells []Cell
	Least float64 // millimetres of height, for what is written by hand
}

// Cell is a part of a row. Width is its share of the twelfths of the line.
type Cell struct {
	Text  string
	Width int
	Label bool // bold and centred
	Top   bool // long text starts at the top
}

// Table is a list with a head that stands on each page again.
type Table struct {
	Widths []int // twelfths
	Head   []string
	Rows   [][]string
}

// Sign is where somebody signs by hand: lines at the right, kept together on a page.
type Sign struct{ Lines []string }

// Gap is an empty height in millimetres.
type Gap float64

// NewPage starts a page.
type NewPage struct{}

func (Heading) block() {}
func (Para) block()    {}
func (Grid) block()    {}
func (Table) block()   {}
func (Sign) block()    {}
func (Gap) block()     {}
func (NewPage) block() {}

// label and value make the cells of a grid.
func label(text string, width int) Cell { return Cell{Text: text, Width: width, Label: true} }
func value(text string, width int) Cell { return Cell{Text: text, Width: width} }

// long is a row of a label at the left and a text that may run over lines, at least so high.
func long(name, text string, least float64) GridRow {
	return GridRow{Cells: []Cell{label(name, 2), {Text: text, Width: 10, Top: true}}, Least: least}
}
