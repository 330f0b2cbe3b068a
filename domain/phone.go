package domain

import (
	"regexp"
	"strings"
)

var (
	mobileForm   = regexp.MustCompile(`^(?:\+?86|0086)?(1[3-9]\d{9})$`)
	landlineForm = regexp.MustCompile(`^\(?(010|02\d|0[3-9]\d{2})\)?-?(\d{7,8})(?:[-转](\d{1,6}))?$`)
)

// ParsePhone reads a telephone number of mainland China as people type it and returns its stored form: 13812345678 for a
// mobile, 028-12345678 or 0832-1234567-801 for a landline. Spaces, full-width characters, all kinds of hyphen, +86,
// brackets about the area code and 转 before an extension are taken. Area codes 010 and 02x have three digits, others four; Chengdu (028) has numbers of eight. The error is an
// *Error that never repeats the number. (domain.md 6.4)
func ParsePhone(s string) (string, error) {
	if m := mobileForm.FindStringSubmatch(foldTyped(s)); m != nil {
		return m[1], nil
	}
	if m := landlineForm.FindStringSubmatch(foldHyphens(s)); m != nil && (m[1] != "028" || len(m[2]) == 8) {
		out := m[1] + "-" + m[2]
		if m[3] != "" {
			out += "-" + m[3]
		}
		return out, nil
	}
	return "", Errorf(CodeInvalid, "电话号码不对：手机号应为1开头的11位数字，座机请写区号和号码，例如 028-12345678")
}

// foldHyphens is foldTyped that keeps the hyphens, as "-": an extension is told by its hyphen alone.
func foldHyphens(s string) string {
	parts := strings.FieldsFunc(s, isHyphen)
	for i := range parts {
		parts[i] = foldTyped(parts[i])
	}
	return strings.Join(parts, "-")
}
