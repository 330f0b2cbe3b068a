package forms

import "baimi/domain/calendar"

// Kind is a form of the file (domain.md 3.2). One that stands several times in a file, a notice for each party, has a
// document for each number that Numbers gives; one that the case has no use for gives none.
type Kind struct {
	Code    string
	Name    string
	Blank   bool // may be printed empty, for the pen
	Numbers func(m Matter) []int
	Write   func(m Matter, no int) []Block
	On      func(m Matter, no int) *calendar.Date // the day it speaks of, for the contents of the file
}

// Kinds are the forms, in the order of the file (卷内目录).
func Kinds() []Kind {
	return []Kind{
		cover, application, register, notice, mandate, agreementForm, oralAgreement, declined, terminated, transferLetter, extensionForm,
		urgingLetter, warningReport, visitRecord, confirmationForm, closingReport, remarks, backCover,
	}
}

// Find is the form with a code.
func Find(code string) (Kind, bool) {
	for _, k := range Kinds() {
		if k.Code == code {
			return k, true
		}
	}
	return Kind{}, false
}

// Make fills in a form. The number is one of Numbers.
func (k Kind) Make(m Matter, no int) Document {
	return Document{Code: k.Code, Title: k.Name, Foot: deref(m.Case.FileNo), Blocks: k.Write(m, no)}
}

// once is for a form that belongs to the case as a whole.
func once(when func(m Matter) bool) func(Matter) []int {
	return func(m Matter) []int {
		if when(m) {
			return []int{0}
		}
		return nil
	}
}

func always(Matter) bool { return true }

func never(Matter, int) *calendar.Date { return nil }
