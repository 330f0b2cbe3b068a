package domain

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// Amount is a sum of money in yuan with two decimals, never negative: what a dispute is about, what a party pays. The
// zero Amount is 0 yuan. A single amount fits decimal(14,2) and so stays under a million million; sums of many need not.
// Compare with Equal or Cmp, not with ==.
type Amount struct{ yuan decimal.Decimal }

var (
	amountForm = regexp.MustCompile(`^[¥￥]?(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(\.\d{1,2})?元?$`)
	maxAmount  = decimal.New(99_999_999_999_999, -2)
)

// NewAmount takes a decimal in yuan. The error is an *Error when it is negative, has more than two decimals or does not fit
// decimal(14,2).
func NewAmount(yuan decimal.Decimal) (Amount, error) {
	switch {
	case yuan.IsNegative():
		return Amount{}, Errorf(CodeInvalid, "金额不能为负数")
	case yuan.GreaterThan(maxAmount):
		return Amount{}, Errorf(CodeInvalid, "金额过大，最多12位整数")
	case !yuan.Equal(yuan.Truncate(2)):
		return Amount{}, Errorf(CodeInvalid, "金额最多两位小数")
	}
	return Amount{yuan}, nil
}

// ParseAmount reads yuan as people type them: 12000, 12,000.50, ￥１２０００, 12000元. Amounts in 万 are refused rather than
// guessed at. The error is an *Error.
func ParseAmount(s string) (Amount, error) {
	// foldTyped drops hyphens, which here is a minus sign or a range (100-200), never lay-out.
	if strings.ContainsFunc(s, isHyphen) {
		return Amount{}, Errorf(CodeInvalid, "金额不能有负号或“-”，请填写一个以元为单位的数")
	}
	s = strings.ReplaceAll(foldTyped(strings.ReplaceAll(s, "，", ",")), "。", ".")
	if strings.Contains(s, "万") {
		return Amount{}, Errorf(CodeInvalid, "金额请以元填写，例如3万元写作30000")
	}
	m := amountForm.FindStringSubmatch(s)
	if m == nil {
		return Amount{}, Errorf(CodeInvalid, "金额不对：请以元填写，最多12位整数、两位小数，例如12000或12000.50")
	}
	yuan, err := decimal.NewFromString(strings.ReplaceAll(m[1], ",", "") + m[2])
	if err != nil {
		return Amount{}, fmt.Errorf("amount that matched its form: %w", err)
	}
	return NewAmount(yuan)
}

// Decimal is the amount in yuan.
func (a Amount) Decimal() decimal.Decimal { return a.yuan }

// IsZero reports whether it is 0 yuan.
func (a Amount) IsZero() bool { return a.yuan.IsZero() }

// Equal reports whether both are the same sum.
func (a Amount) Equal(b Amount) bool { return a.yuan.Equal(b.yuan) }

// Cmp is -1, 0 or 1 as a is less than, equal to or more than b.
func (a Amount) Cmp(b Amount) int { return a.yuan.Cmp(b.yuan) }

// Add is the sum of both, exact.
func (a Amount) Add(b Amount) Amount { return Amount{a.yuan.Add(b.yuan)} }

// String is yuan with two decimals: 12000.50. It is also the form in JSON (a string, since a JSON number is a binary fraction
// to most readers) and in the database.
func (a Amount) String() string { return a.yuan.StringFixed(2) }

// Wan is the amount in 万元 for reports, rounded half up to 0 to 6 decimals: 1.20万元.
func (a Amount) Wan(decimals int) string {
	return a.yuan.Shift(-4).StringFixed(int32(min(max(decimals, 0), 6))) + "万元"
}

// MarshalJSON writes "12000.50".
func (a Amount) MarshalJSON() ([]byte, error) { return []byte(`"` + a.String() + `"`), nil }

// UnmarshalJSON reads a string or a number of yuan.
func (a *Amount) UnmarshalJSON(data []byte) error {
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return Errorf(CodeInvalid, "金额不对：请以元填写，例如12000.50")
	}
	parsed, err := ParseAmount(n.String())
	if err != nil {
		return err
	}
	*a = parsed
	return nil
}

// Value stores the amount in a decimal(14,2) column.
func (a Amount) Value() (driver.Value, error) { return a.String(), nil }

// Scan reads a decimal column.
func (a *Amount) Scan(src any) error {
	var yuan decimal.Decimal
	if err := yuan.Scan(src); err != nil {
		return fmt.Errorf("amount from the database: %w", err)
	}
	if yuan.IsNegative() {
		return fmt.Errorf("amount from the database is negative")
	}
	*a = Amount{yuan}
	return nil
}

// Capital is the amount in capital numerals with 人民币 before it, as an agreement states it beside the digits: 人民币壹万陆仟
// 肆佰零玖元零贰分. The rules are those of 支付结算办法, annex 1 (正确填写票据和结算凭证的基本规定): 整 after yuan, none after 角 and
// 分; a run of noughts inside gives one 零; where the yuan's own place is nought and 角 follows, the 零 is left out. An
// amount of a million million yuan and more, which no single one is, falls back to digits.
func (a Amount) Capital() string {
	if a.yuan.GreaterThan(maxAmount) {
		return "人民币" + a.String() + "元"
	}
	fen := a.yuan.Shift(2).IntPart()
	yuan, jiao, fen := fen/100, fen/10%10, fen%10
	var b strings.Builder
	b.WriteString("人民币")
	if yuan > 0 || jiao == 0 && fen == 0 {
		b.WriteString(capitalInteger(yuan) + "元")
	}
	switch {
	case jiao == 0 && fen == 0:
		b.WriteString("整")
	case jiao == 0 && yuan > 0:
		b.WriteString("零")
	}
	if jiao > 0 {
		b.WriteString(capitalDigits[jiao] + "角")
	}
	if fen > 0 {
		b.WriteString(capitalDigits[fen] + "分")
	}
	return b.String()
}

var capitalDigits = [...]string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}

// capitalInteger writes 0 to 999 999 999 999.
func capitalInteger(n int64) string {
	if n == 0 {
		return capitalDigits[0]
	}
	places := [...]string{"", "拾", "佰", "仟"}
	groups := [...]string{"", "万", "亿"}
	digits := fmt.Sprint(n)
	var b strings.Builder
	pending, inGroup := false, false // noughts seen since the last digit; a digit seen in this group of four
	for i, c := range digits {
		place := len(digits) - 1 - i
		if c == '0' {
			pending = true
		} else {
			if pending {
				b.WriteString(capitalDigits[0])
			}
			b.WriteString(capitalDigits[c-'0'] + places[place%4])
			pending, inGroup = false, true
		}
		if place%4 == 0 && inGroup {
			b.WriteString(groups[place/4])
			inGroup = false
		}
	}
	return b.String()
}
