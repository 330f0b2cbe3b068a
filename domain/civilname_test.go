package domain

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestPersonNames(t *testing.T) {
	for in, want := range map[string]string{
		"张三": "张三", " 张　三 ": "张三", "欧阳娜娜": "欧阳娜娜", "某": "某",
		"买买提·吐尔逊": "买买提·吐尔逊", "买买提•吐尔逊": "买买提·吐尔逊", "买买提．吐尔逊": "买买提·吐尔逊", "买买提.吐尔逊": "买买提·吐尔逊", "买买提・吐尔逊": "买买提·吐尔逊",
		"𠮷田": "𠮷田", "\U0002EBF0": "\U0002EBF0", "\U000323B0某": "\U000323B0某", // extensions I and J, newer than Go's tables
		"张\u200b三\ufeff": "张三", "〇一": "〇一",
		"葛\U000E0100某": "葛某", "神\uFE00田": "神田", "\u202e张三": "张三", "阿不都热合曼·阿不力孜": "阿不都热合曼·阿不力孜", "㐂某": "㐂某", "龺䶮": "龺䶮",
		"John  Smith": "John Smith", "Ｊｏｈｎ": "John", "J. R. O’Neill-Sàn": "J. R. O'Neill-Sàn", "A·布拉克": "A·布拉克", "张 John": "张John",
	} {
		if got, err := ParseCivilName(in, Natural); err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{
		"", " ", "\u200b", "张\n三", "张\x00三", "张3", "·张", "张·", "张··三", "张三（男）", "-", "'", "John-", "\uE000", "⼀", "\xff张",
		strings.Repeat("张", 51),
	} {
		if got, err := ParseCivilName(in, Natural); CodeOf(err) != CodeInvalid {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func TestOrganisationNames(t *testing.T) {
	for in, want := range map[string]string{
		"简阳市某某商贸有限公司":            "简阳市某某商贸有限公司",
		" 某某（成都）3号店 No.5 & Co. ": "某某（成都）3号店 No.5 & Co.",
		"某某　公司":                  "某某 公司",
		"某某\u200b公司":             "某某公司",
	} {
		if got, err := ParseCivilName(in, Legal); err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "某", "某\n公司", "某\x07公司", "\xff\xff", "某\uE000公司", strings.Repeat("某", 121)} {
		if got, err := ParseCivilName(in, OtherOrganisation); CodeOf(err) != CodeInvalid {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func FuzzParseCivilName(f *testing.F) {
	for _, s := range []string{"张三", "买买提.吐尔逊", "J. Smith", "张 ", "某某（成都）公司", "\xff", "．", " . ", "A .B", "A ·B", "- -", "A\u00a0\u3000B"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, kind := range []PartyKind{Natural, Legal} {
			name, err := ParseCivilName(s, kind)
			if err != nil {
				continue
			}
			if again, err := ParseCivilName(name, kind); err != nil || again != name {
				t.Errorf("%s %q: %q, again %q, %v", kind, s, name, again, err)
			}
			if strings.ContainsFunc(name, unicode.IsControl) || !utf8.ValidString(name) || name != strings.TrimSpace(name) {
				t.Errorf("%s %q: %q", kind, s, name)
			}
		}
	})
}
