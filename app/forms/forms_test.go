package forms_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"baimi/app/forms"
	"baimi/domain"
)

var update = flag.Bool("update", false, "write the golden documents anew")

// all are the documents of a case, in the order of the file.
func all(m forms.Matter) []forms.Document {
	var out []forms.Document
	for _, k := range forms.Kinds() {
		for _, no := range k.Numbers(m) {
			out = append(out, k.Make(m, no))
		}
	}
	return out
}

// ended walks the quarrel to each of its ends, so that every form is filled in once.
func ended(t *testing.T) map[string]*domain.Case {
	t.Helper()
	refused := wall(t)
	must(t, refused.Decline(because(by(director, "2026-09-02"), "special_organ"), domain.Ending{On: day("2026-09-02"), Remedies: []string{"court", "police"}, ToldOn: day("2026-09-02")}))
	failed := mediated(t)
	must(t, failed.AskRecusal(by(director, "2026-09-05"), domain.NewRecusal{
		Kind: domain.RecusalAsked, PartyNo: 2, Mediator: mediator.Person, Grounds: []string{"interest"}, Statement: "调解员与申请人合伙经营农资店。", On: day("2026-09-05"),
	}))
	must(t, failed.DecideRecusal(by(director, "2026-09-05"), domain.RecusalDecision{
		No: 1, Status: domain.RecusalRefused, On: day("2026-09-05"), Reason: "经核实，两人2019年已经散伙，没有利害关系。",
	}))
	must(t, failed.GiveNotice(by(mediator, "2026-09-05"), domain.Telling{Kind: domain.NoticePrivacy, Parties: []int{1}, How: "written", On: day("2026-09-05")}))
	must(t, failed.RecordDataConsent(by(mediator, "2026-09-05"), domain.NewDataConsent{
		PartyNo: 1, Kinds: []string{"account", "medical"}, Granted: true, How: "written", On: day("2026-09-05"),
	}))
	must(t, failed.WithdrawDataConsent(by(mediator, "2026-09-06"), 1, day("2026-09-06")))
	must(t, failed.Extend(by(mediator, "2026-09-06"), domain.Prolongation{AgreedOn: day("2026-09-06"), Until: day("2026-12-01"), Parties: []int{1, 2}, How: "oral"}))
	must(t, failed.Fail(because(by(mediator, "2026-09-08"), "no_prospect"), domain.Ending{On: day("2026-09-08"), Remedies: []string{"court"}, ToldOn: day("2026-09-08")}))
	sent := mediated(t)
	must(t, sent.RaiseEscalation(by(mediator, "2026-09-06"), domain.NewEscalation{
		FoundAt: day("2026-09-06").StartOfDay(), Level: domain.LevelOrange, Kind: domain.EscalationFight, PeopleCount: 6, Signs: "双方各叫了亲属，扬言要动手。",
	}))
	must(t, sent.ReportEscalation(by(mediator, "2026-09-06"), domain.NewReport{No: 1, Organ: "police", How: "phone", At: day("2026-09-06").StartOfDay()}))
	for no := range sent.Parties {
		must(t, sent.RecordConsent(by(mediator, "2026-09-06"), no+1, domain.Consented, day("2026-09-06")))
	}
	must(t, sent.Transfer(because(by(director, "2026-09-07"), "difficult"), domain.Handover{On: day("2026-09-07"), ToOrg: 50}))
	late := agreed(t)
	must(t, late.Urge(by(mediator, "2026-09-10"), 1, day("2026-09-10"), domain.ByPhone))
	oral := mediated(t)
	must(t, oral.AgreeOrally(by(mediator, "2026-09-07"), domain.Terms{On: day("2026-09-07"), Text: "互相道歉，握手言和。", NoPerformance: true}))
	no := false
	must(t, oral.RecordFollowUp(by(mediator, "2026-09-09"), 1, domain.Visit{
		On: day("2026-09-09"), How: domain.ByPhone, Reached: true, Satisfaction: domain.Satisfied, Seen: domain.SeenNothingDue, NewRisk: &no,
	}))
	return map[string]*domain.Case{"declined": refused, "failed": failed, "sent on": sent, "agreed": late, "oral": oral}
}

func TestFormsSayWhatTheGoldenDocumentsSay(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for name, c := range ended(t) {
		var b strings.Builder
		for _, d := range all(matter(c)) {
			seen[d.Code] = true
			fmt.Fprintf(&b, "==== %s %s\n%s\n", d.FormNo, d.Title, forms.Text(d))
		}
		path := filepath.Join("testdata", strings.ReplaceAll(name, " ", "_")+".txt")
		if *update {
			must(t, os.WriteFile(path, []byte(b.String()), 0o600))
			continue
		}
		want, err := os.ReadFile(path)
		must(t, err)
		if b.String() != string(want) {
			t.Errorf("%s: got\n%s\nwant %s (go test ./app/forms -update, and read what changed)", name, b.String(), path)
		}
	}
	for _, k := range forms.Kinds() {
		if !seen[k.Code] {
			t.Errorf("no golden document of %s %s", k.FormNo, k.Name)
		}
	}
}

func TestTheSameCaseGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	m := matter(agreed(t))
	for name, draw := range map[string]func() ([]byte, error){
		"pdf": func() ([]byte, error) { return forms.PDF(all(m)...) }, "docx": func() ([]byte, error) { return forms.DOCX(all(m)...) },
		"volume": func() ([]byte, error) { return forms.Volume(m) },
	} {
		a, err := draw()
		must(t, err)
		b, err := draw()
		must(t, err)
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs from itself", name)
		}
	}
}

func TestNothingRunsOverTheMargins(t *testing.T) {
	t.Parallel()
	many := func(in *domain.Registration) {
		for i := range 500 {
			in.Parties = append(in.Parties, domain.NewParty{
				Role: domain.Respondent, Kind: domain.Natural, Name: strings.Repeat("䶮𬱖", 2+i%4), Phone: "13900139000", Address: strings.Repeat("红建路", 30),
			})
		}
	}
	long := func(in *domain.Registration) {
		yuan := decimal.NewFromInt(1_000_000_000)
		in.Facts = strings.Repeat("双方为“通行、采光”（均有证据）争执ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789；", 180)
		in.Wish, in.Amount, in.Place = strings.Repeat("赔", 900), &yuan, strings.Repeat("三组", 50)
	}
	for name, c := range map[string]*domain.Case{"ordinary": agreed(t), "many": wall(t, many), "long": agreed(t, long)} {
		for _, d := range all(matter(c)) {
			outside, _, err := forms.Astray(d)
			must(t, err)
			if len(outside) > 0 {
				t.Errorf("%s: %s runs over the margins at %q", name, d.Title, outside[:min(3, len(outside))])
			}
		}
	}
	for _, k := range forms.Kinds() {
		if k.Blank {
			outside, _, err := forms.Astray(k.Make(forms.Matter{Case: &domain.Case{}, Label: label}, 0))
			must(t, err)
			if len(outside) > 0 {
				t.Errorf("blank %s runs over the margins at %q", k.Name, outside[0])
			}
		}
	}
}

func TestTheVolumeCountsItsPages(t *testing.T) {
	t.Parallel()
	m := matter(agreed(t))
	b, err := forms.Volume(m)
	must(t, err)
	if !bytes.HasPrefix(b, []byte("%PDF-")) {
		t.Fatal("no PDF")
	}
	said, begin, err := forms.Pages(m)
	must(t, err)
	if len(said) < 7 || !slices.Equal(said, begin) {
		t.Errorf("the contents say %v, the forms begin on %v", said, begin)
	}
}

// Chinese typesetting: no line begins with a closing mark or ends with an opening one, none is too wide, nothing is lost.
func TestLinesBreakAsChineseDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"字", "龘", "，", "。", "（", "）", "“", "”", "13800138000", "A1", " ", "《", "》"})
		text := strings.Join(rapid.SliceOfN(piece, 0, 120).Draw(t, "text"), "")
		width := rapid.Float64Range(6, 30).Draw(t, "width")
		got := forms.Lines(text, width, 2)
		var whole strings.Builder
		for i, l := range got {
			line := strings.Join(l, "")
			whole.WriteString(line)
			if i > 0 && len(l) > 1 && strings.Contains(forms.NoStart, l[0]) && !allMarks(got[i-1]) {
				t.Fatalf("line %d begins with %q: %q", i, l[0], got)
			}
			if i < len(got)-1 && len(l) > 1 && strings.Contains(forms.NoEnd, l[len(l)-1]) {
				t.Fatalf("line %d ends with %q: %q", i, l[len(l)-1], got)
			}
		}
		if whole.String() != text {
			t.Fatalf("%q became %q", text, whole.String())
		}
	})
}

// allMarks: a line of nothing but closing marks has nothing to give to the next.
func allMarks(line []string) bool {
	for _, w := range line[min(1, len(line)):] {
		if !strings.Contains(forms.NoStart, w) {
			return false
		}
	}
	return true
}

func TestEveryFormHasItsWord(t *testing.T) {
	t.Parallel()
	for _, k := range forms.Kinds() {
		if label("form", k.Code) != k.Name {
			t.Errorf("the dictionary calls %s %q, the form is %q", k.Code, label("form", k.Code), k.Name)
		}
	}
}
