package forms

import (
	"fmt"

	"baimi/domain/calendar"
)

// Kind is a form of the file (domain.md 3.2). One that stands several times in a file, a notice for each party, has a
// document for each number that Numbers gives; one that the case has no use for gives none.
type Kind struct {
	Code    string // a word
	FormNo  string // F09
	Name    string
	Blank   bool // may be printed empty, for the pen
	Numbers func(m Matter) []int
	Filed   func(m Matter) []int          // those that stand in the volume, where it is not all of them
	About   func(m Matter, no int) string // what tells one of several from the others; nil where the number does
	Write   func(m Matter, no int) []Block
	On      func(m Matter, no int) *calendar.Date // the day it speaks of, for the contents of the file
}

// Kinds are the forms, in the order of the file (卷内目录).
func Kinds() []Kind {
	return []Kind{
		cover, application, register, notice, mandate, recusalForm, declined, transferLetter, sessionNotice, extensionForm, sessionRecord, agreementForm, oralAgreement, terminated,
		urgingLetter, visitRecord, confirmationForm, warningReport, closingReport, remarks, backCover,
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
	return Document{Code: k.Code, FormNo: k.FormNo, Title: k.Name, Foot: deref(m.Case.FileNo), Blocks: k.Write(m, no)}
}

// Title is the name of one of several.
func (k Kind) Title(m Matter, no int) string {
	switch {
	case no == 0 || len(k.Numbers(m)) < 2:
		return k.Name
	case k.About != nil:
		return fmt.Sprintf("%s（%s）", k.Name, k.About(m, no))
	}
	return fmt.Sprintf("%s（%d）", k.Name, no)
}

// filed are the numbers that stand in the volume.
func (k Kind) filed(m Matter) []int {
	if k.Filed != nil {
		return k.Filed(m)
	}
	return k.Numbers(m)
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
