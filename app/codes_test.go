package app

import (
	"regexp"
	"testing"

	"baimi/domain"
)

func TestCodesAreUniqueWordsWithLabels(t *testing.T) {
	t.Parallel()
	word, standard := regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]*$`), regexp.MustCompile(`^[0-9]{2}$`)
	names := map[string]bool{}
	for _, d := range Codes() {
		if names[d.Name] {
			t.Errorf("two dictionaries %s", d.Name)
		}
		names[d.Name] = true
		codes, form := map[string]bool{}, word
		if d.Name == "ethnicity" { // the codes of a national standard
			form = standard
		}
		for _, e := range d.Entries {
			if codes[e.Code] || !form.MatchString(e.Code) || e.Label == "" {
				t.Errorf("%s: %+v", d.Name, e)
			}
			codes[e.Code] = true
		}
	}
}

func TestAReasonIsLabelledFromTheListOfItsMove(t *testing.T) {
	t.Parallel()
	if got := ReasonLabel("party_refused", ReasonLists[domain.ActionDecline]); got != "一方当事人明确拒绝调解" {
		t.Error(got)
	}
	if got := ReasonLabel("party_refused", ReasonLists[domain.ActionFail]); got != "一方当事人明确不愿继续调解" {
		t.Error(got)
	}
	if got := ReasonLabel("of_later", ReasonLists[domain.ActionFail]); got != "of_later" {
		t.Error(got)
	}
}
