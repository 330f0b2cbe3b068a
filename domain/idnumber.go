package domain

import (
	"time"

	"baimi/domain/calendar"
)

// The sexes of GB/T 2261.1-2003.
const (
	SexUnknown     = 0 // 未知的性别
	SexMale        = 1 // 男
	SexFemale      = 2 // 女
	SexUnspecified = 9 // 未说明的性别
)

const maxAge = 130

// IDNumber is a checked citizen identity number (公民身份号码, GB 11643-1999), also that of a residence permit for Hong Kong,
// Macao and Taiwan residents (810000, 820000, 830000), with what it says. It prints masked.
type IDNumber struct {
	Number string // 18 characters, X in upper case
	Sex    int    // SexMale or SexFemale
	Birth  calendar.Date
}

// String shows the mask.
func (n IDNumber) String() string { return MaskIDNumber(n.Number) }

// GoString shows the mask under %#v too.
func (n IDNumber) GoString() string { return n.String() }

// AgeOn is the age in full years (周岁) on a day; a person born on 29 February completes a year on 28 February where there
// is no 29th (民法典 art. 202).
func (n IDNumber) AgeOn(on calendar.Date) int {
	return ageOn(n.Birth, on)
}

// birthIn is the birth date that a resident's card says; nil where there is none, or a wrong number.
func birthIn(in NewParty, today calendar.Date) *calendar.Date {
	if in.Kind != Natural || in.IDType != residentCard {
		return nil
	}
	id, err := ParseIDNumber(in.IDNumber, today)
	if err != nil {
		return nil
	}
	return &id.Birth
}

// ParseIDNumber checks a number as typed: 18 characters, the check character, a real birth date that is not after the day
// on and not more than 130 years before it. The region's code is not checked: codes change and numbers stay (512081,
// 513902 and 510185 are all Jianyang). Numbers of 15 digits, void since 2013, are refused. The error is an *Error that
// never repeats the number.
func ParseIDNumber(s string, on calendar.Date) (IDNumber, error) {
	var none IDNumber
	id := foldTyped(s)
	switch {
	case len(id) == 15 && digitsOnly(id):
		return none, Errorf(CodeInvalid, "15位的旧身份证号码已停用，请录入18位号码")
	case len(id) != 18:
		return none, Errorf(CodeInvalid, "身份证号码应为18位")
	case !digitsOnly(id[:17]) || !digitsOnly(id[17:]) && id[17] != 'X':
		return none, Errorf(CodeInvalid, "身份证号码前17位应为数字，最后一位为数字或X")
	}
	birth, err := calendar.NewDate(digitsValue(id[6:10]), time.Month(digitsValue(id[10:12])), digitsValue(id[12:14]))
	if err != nil {
		return none, Errorf(CodeInvalid, "身份证号码中的出生日期不存在，请核对第7至14位")
	}
	if idCheck(id) != id[17] {
		return none, Errorf(CodeInvalid, "身份证号码校验不通过，请逐位核对")
	}
	out := IDNumber{Number: id, Sex: SexFemale, Birth: birth}
	if id[16]%2 == 1 {
		out.Sex = SexMale
	}
	if birth.After(on) {
		return none, Errorf(CodeInvalid, "身份证号码中的出生日期晚于今天，请核对第7至14位")
	}
	if out.AgeOn(on) > maxAge {
		return none, Errorf(CodeInvalid, "按身份证号码计算年龄超过%d岁，请核对第7至14位", maxAge)
	}
	return out, nil
}

// idCheck is the check character of GB 11643 (ISO 7064, MOD 11-2).
func idCheck(id string) byte {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(id[i]-'0')
	}
	return "10X98765432"[sum%11]
}

func digitsOnly(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// digitsValue reads a few digits already checked by digitsOnly.
func digitsValue(s string) int {
	n := 0
	for _, c := range []byte(s) {
		n = n*10 + int(c-'0')
	}
	return n
}
