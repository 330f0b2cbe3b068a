package domain

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestMasksShowTheAgreedForms(t *testing.T) {
	for _, c := range []struct{ what, in, got, want string }{
		{"id", "510185199003070013", MaskIDNumber("510185199003070013"), "510185********0013"},
		{"id", "11010519491231002X", MaskIDNumber("11010519491231002X"), "110105********002X"},
		{"passport", "E12345678", MaskIDNumber("E12345678"), "E1*****78"},
		{"short", "12345", MaskIDNumber("12345"), "*****"},
		{"mobile", "13800001234", MaskPhone("13800001234"), "138****1234"},
		{"landline", "028-12345678", MaskPhone("028-12345678"), "028-****5678"},
		{"landline", "0832-1234567-801", MaskPhone("0832-1234567-801"), "0832-****567"},
		{"phone", "1234567", MaskPhone("1234567"), "*****67"},
		{"phone", "12345", MaskPhone("12345"), "*****"},
		{"name", "张三", MaskName("张三"), "张*"},
		{"name", "张三丰", MaskName("张三丰"), "张**"},
		{"name", "买买提·吐尔逊", MaskName("买买提·吐尔逊"), "买**"},
		{"name", "𠮷田", MaskName("𠮷田"), "𠮷*"},
		{"name", "张", MaskName("张"), "*"},
		{"name", "", MaskName(""), ""},
		{"address", "", MaskAddress(""), ""},
		{"address", "四川省成都市简阳市简城街道红建路12号3单元", MaskAddress("四川省成都市简阳市简城街道红建路12号3单元"), "四川省成都市简阳市简城街道****"},
		{"address", "简阳市平泉街道荷桥村3组", MaskAddress("简阳市平泉街道荷桥村3组"), "简阳市平泉街道****"},
		{"address", "浙江省杭州市西湖区文三路1号", MaskAddress("浙江省杭州市西湖区文三路1号"), "浙江省杭州市西湖区****"},
		{"address", "四川省甘孜藏族自治州康定市炉城街道", MaskAddress("四川省甘孜藏族自治州康定市炉城街道"), "四川省甘孜藏族自治州康定市炉城街道"},
		{"address", "简阳市红建路小区3栋", MaskAddress("简阳市红建路小区3栋"), "简阳市****"},
		{"address", "三岔镇", MaskAddress("三岔镇"), "三岔镇"},
		{"address", "3组12号", MaskAddress("3组12号"), "****"},
	} {
		if c.got != c.want {
			t.Errorf("%s %q: %q, want %q", c.what, c.in, c.got, c.want)
		}
	}
}

// What a mask may show at most, for any text, valid or not.
func checkMasks(t interface{ Fatalf(string, ...any) }, s string) {
	n := utf8.RuneCountInString(s)
	shown := func(masked string) int { return utf8.RuneCountInString(masked) - strings.Count(masked, "*") }
	if m := MaskIDNumber(s); utf8.RuneCountInString(m) != n || shown(m) > 10 {
		t.Fatalf("id %q: %q", s, m)
	}
	if m := MaskPhone(s); shown(m) > 9 {
		t.Fatalf("phone %q: %q", s, m)
	}
	if m := MaskName(s); utf8.RuneCountInString(m) > 3 || n > 0 && !strings.Contains(m, "*") {
		t.Fatalf("name %q: %q", s, m)
	}
	if m := MaskAddress(s); strings.ContainsFunc(m, unicode.IsDigit) || utf8.RuneCountInString(m) > 40 {
		t.Fatalf("address %q: %q", s, m)
	}
}

func TestMasksAreTotalAndShowLittle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9 -]{0,30}`), rapid.StringMatching(`[\p{Han}0-9省市区县街道镇乡村路号]{0,40}`)).Draw(t, "s")
		checkMasks(t, s)
	})
}

func FuzzMasks(f *testing.F) {
	for _, s := range []string{"", "\xff\xff", "510185199003070013", "028-", "-", "--1234567", "四川省省省", "简阳市1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkMasks(t, s) })
}
