package imports

import (
	"errors"
	"slices"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/exchange"
)

// kind is one sort of file: everything about it is said here and in its own file.
type kind struct {
	code    domain.ImportKind
	title   string
	columns []column
	notes   []string
	plan    func(p *planner, rows []*row) // says of each row what it would do
	format  *exchange.Format              // of a kind that comes in the columns of an exchange format
}

// kinds are in the order in which a new county needs them.
var kinds = []*kind{areas, organisations, points, people, ledger, gb31000Cases, ministryCases}

func kindOf(code domain.ImportKind) (*kind, error) {
	for _, k := range kinds {
		if k.code == code {
			return k, nil
		}
	}
	return nil, domain.NotFound("导入类别")
}

// Kinds lists the kinds of files with their Chinese names.
func Kinds() (codes []domain.ImportKind, titles []string) {
	for _, k := range kinds {
		codes, titles = append(codes, k.code), append(titles, k.title)
	}
	return codes, titles
}

// entries are the words of a dictionary as choices, without some.
func entries(name string, without ...string) []choice {
	var list []choice
	for _, d := range app.Codes() {
		if d.Name != name {
			continue
		}
		for _, e := range d.Entries {
			if !slices.Contains(without, e.Code) {
				list = append(list, choice{e.Label, e.Code})
			}
		}
	}
	return list
}

func invalidFile(format string, args ...any) error {
	return domain.Errorf(domain.CodeInvalid, format, args...)
}

// messageOf is a refusal's Chinese text, with those of its fields.
func messageOf(err error) string {
	var e *domain.Error
	if !errors.As(err, &e) {
		return "未能保存，请稍后重试"
	}
	text := e.Message
	for i, f := range e.Fields {
		if i == 0 {
			text = f.Message
			continue
		}
		text += "；" + f.Message
	}
	return text
}

// kindName is the Chinese word for a kind of organisation.
func kindName(k domain.OrgKind) string { return label(entries("organisationKind"), string(k)) }
