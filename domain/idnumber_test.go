package domain

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"baimi/domain/calendar"
)

var idToday = calendar.MustDate(2026, 11, 22)

func TestIDNumberVectors(t *testing.T) { // domain.md 6.2
	for _, c := range []struct {
		in    string
		sex   int
		birth string
		age   int
	}{
		{"11010519491231002X", SexFemale, "1949-12-31", 76},
		{"11010519491231002x", SexFemale, "1949-12-31", 76},
		{" １１０１０５ 1949-1231 002ｘ", SexFemale, "1949-12-31", 76},
		{"510185199003070013", SexMale, "1990-03-07", 36},
		{"510185201506010020", SexFemale, "2015-06-01", 11},
		{"810000198012010036", SexMale, "1980-12-01", 45},
	} {
		id, err := ParseIDNumber(c.in, idToday)
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		if id.Sex != c.sex || id.Birth.String() != c.birth || id.AgeOn(idToday) != c.age || len(id.Number) != 18 {
			t.Errorf("%q: %d %s %d", c.in, id.Sex, id.Birth, id.AgeOn(idToday))
		}
	}
}

func TestIDNumberRefusesAndSaysWhy(t *testing.T) {
	for _, c := range []struct{ in, why string }{
		{"", "18位"},
		{"5101851990030700", "18位"},
		{"5101851990030700133", "18位"},
		{"130503670401001", "15位"},
		{"510185199003070014", "校验"},
		{"510815199003070013", "校验"},
		{"440524188001010014", "130岁"},
		{"51018519900307001A", "数字"},
		{"5101851990X3070013", "数字"},
		{"51018519900３0七0013", "18位"},
		{withIDCheck("51018519900230001"), "不存在"},
		{withIDCheck("51018519901301001"), "不存在"},
		{withIDCheck("51018500000101001"), "不存在"},
		{withIDCheck("51018520261123001"), "晚于今天"},
	} {
		id, err := ParseIDNumber(c.in, idToday)
		if CodeOf(err) != CodeInvalid || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%q: %v, %v, want %s", c.in, id, err, c.why)
		}
		if err != nil && len(c.in) > 8 && strings.Contains(err.Error(), c.in) {
			t.Errorf("the error repeats the number: %v", err)
		}
	}
	if _, err := ParseIDNumber(withIDCheck("51018520261122001"), idToday); err != nil {
		t.Error("born today:", err)
	}
	if _, err := ParseIDNumber(withIDCheck("51018518951123001"), idToday); err != nil {
		t.Error("130 years old, 131 tomorrow:", err)
	}
	if _, err := ParseIDNumber(withIDCheck("51018518951122001"), idToday); err == nil {
		t.Error("131 years old today passes")
	}
}

func withIDCheck(s string) string { return s + string(idCheck(s)) }

func TestIDNumberPrintsMasked(t *testing.T) {
	id, err := ParseIDNumber("510185199003070013", idToday)
	if err != nil {
		t.Fatal(err)
	}
	if s := fmt.Sprintf("%v %+v %#v %s", id, id, id, id); strings.Contains(s, "1990") {
		t.Error(s)
	}
}

func TestAgeOfALeapDayChild(t *testing.T) {
	id := IDNumber{Birth: calendar.MustDate(2008, 2, 29)}
	for _, c := range []struct {
		on  calendar.Date
		age int
	}{{calendar.MustDate(2026, 2, 27), 17}, {calendar.MustDate(2026, 2, 28), 18}, {calendar.MustDate(2028, 2, 28), 19}, {calendar.MustDate(2028, 2, 29), 20}} {
		if got := id.AgeOn(c.on); got != c.age {
			t.Errorf("on %s: %d, want %d", c.on, got, c.age)
		}
	}
}

func drawIDNumber(t *rapid.T) (number string, birth calendar.Date, male bool) {
	birth = calendar.MustDate(1930, 1, 1).AddDays(rapid.IntRange(0, 34_000).Draw(t, "birth"))
	seq := rapid.IntRange(0, 999).Draw(t, "sequence")
	region := rapid.SampledFrom([]string{"512081", "513902", "510185", "820000", "000000"}).Draw(t, "region")
	body := region + strings.ReplaceAll(birth.String(), "-", "") + fmt.Sprintf("%03d", seq)
	return withIDCheck(body), birth, seq%2 == 1
}

func TestIDNumberReadsBirthAndSexAndFindsTypingErrors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number, birth, male := drawIDNumber(t)
		id, err := ParseIDNumber(number, idToday)
		if err != nil || id.Birth != birth || (id.Sex == SexMale) != male {
			t.Fatalf("%s: %+v, %v", number, id.Birth, err)
		}
		i := rapid.IntRange(0, 16).Draw(t, "i")
		wrong := []byte(number)
		wrong[i] = '0' + (wrong[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if _, err := ParseIDNumber(string(wrong), idToday); err == nil {
			t.Fatalf("%s passes for %s", wrong, number)
		}
		swapped := []byte(number)
		if swapped[i], swapped[i+1] = swapped[i+1], swapped[i]; string(swapped) != number {
			if _, err := ParseIDNumber(string(swapped), idToday); err == nil {
				t.Fatalf("%s passes for %s", swapped, number)
			}
		}
	})
}

func FuzzParseIDNumber(f *testing.F) {
	for _, s := range []string{"11010519491231002X", "130503670401001", "510185199002300013", "ＸＸＸＸＸＸ", "\xff", "５１０１８５１９９００３０７００１３"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := ParseIDNumber(s, idToday)
		if err != nil {
			if CodeOf(err) != CodeInvalid {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		if again, err := ParseIDNumber(id.Number, idToday); err != nil || again != id {
			t.Errorf("%q: not stable", s)
		}
	})
}
