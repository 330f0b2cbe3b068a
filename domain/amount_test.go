package domain

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func amount(t testing.TB, s string) Amount {
	t.Helper()
	a, err := ParseAmount(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return a
}

func TestAmountIsReadAsPeopleTypeIt(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0.00", "12000": "12000.00", "12,000.5": "12000.50", "￥１２０００": "12000.00", " 12000 元": "12000.00", "0.01": "0.01",
		"999999999999.99": "999999999999.99", "1,234,567.89": "1234567.89", "00012": "12.00", "1，000": "1000.00",
	} {
		if got := amount(t, in).String(); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
	for _, in := range []string{"", "元", "-1", "－1", "100-200", "−5", "+1", "1.234", "1e5", "3万", "3万元", "1,23", "12,00.0", "1000000000000", ".5", "5.", "NaN", "0x10", "\xff"} {
		if got, err := ParseAmount(in); CodeOf(err) != CodeInvalid {
			t.Errorf("%q: %s, %v", in, got, err)
		}
	}
}

func TestNewAmountKeepsToTheColumn(t *testing.T) {
	for _, s := range []string{"-0.01", "0.001", "1000000000000", "999999999999.991"} {
		if a, err := NewAmount(decimal.RequireFromString(s)); CodeOf(err) != CodeInvalid {
			t.Errorf("%s: %s, %v", s, a, err)
		}
	}
	if a, err := NewAmount(decimal.RequireFromString("1.500")); err != nil || a.String() != "1.50" {
		t.Errorf("%s, %v", a, err)
	}
}

func TestCapitalAmount(t *testing.T) {
	for in, want := range map[string]string{
		// the examples of 支付结算办法, annex 1
		"1409.50": "人民币壹仟肆佰零玖元伍角", "6007.14": "人民币陆仟零柒元壹角肆分", "1680.32": "人民币壹仟陆佰捌拾元叁角贰分",
		"107000.53": "人民币壹拾万零柒仟元伍角叁分", "16409.02": "人民币壹万陆仟肆佰零玖元零贰分", "325.04": "人民币叁佰贰拾伍元零肆分",
		// the edges
		"0": "人民币零元整", "0.05": "人民币伍分", "0.50": "人民币伍角", "0.53": "人民币伍角叁分", "1": "人民币壹元整", "10": "人民币壹拾元整",
		"10.05": "人民币壹拾元零伍分", "100": "人民币壹佰元整", "1000": "人民币壹仟元整", "1001": "人民币壹仟零壹元整", "1010": "人民币壹仟零壹拾元整",
		"10000": "人民币壹万元整", "10001": "人民币壹万零壹元整", "100100": "人民币壹拾万零壹佰元整", "1010000": "人民币壹佰零壹万元整",
		"100000000": "人民币壹亿元整", "100010000": "人民币壹亿零壹万元整", "100000001": "人民币壹亿零壹元整", "110001000": "人民币壹亿壹仟万零壹仟元整",
		"999999999999.99": "人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
	} {
		if got := amount(t, in).Capital(); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// readCapital reads capital numerals back, by sums and not by the writer's way.
func readCapital(s string) decimal.Decimal {
	var total, group, digit int64 // fen; the group of four; the last digit
	for _, r := range strings.TrimSuffix(strings.TrimPrefix(s, "人民币"), "整") {
		switch r {
		case '拾':
			group, digit = group+digit*10, 0
		case '佰':
			group, digit = group+digit*100, 0
		case '仟':
			group, digit = group+digit*1000, 0
		case '万', '亿', '元':
			total, group, digit = total+(group+digit)*map[rune]int64{'万': 1_000_000, '亿': 10_000_000_000, '元': 100}[r], 0, 0
		case '角':
			total, digit = total+digit*10, 0
		case '分':
			total, digit = total+digit, 0
		default:
			digit = int64(strings.IndexRune("零壹贰叁肆伍陆柒捌玖", r) / len("零"))
		}
	}
	return decimal.New(total, -2)
}

func TestCapitalAmountReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Digits drawn one by one, half of them nought: the noughts are what goes wrong.
		digits := rapid.SliceOfN(rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 9)), 1, 14).Draw(t, "digits")
		var fen int64
		for _, d := range digits {
			fen = fen*10 + d
		}
		a, err := NewAmount(decimal.New(fen, -2))
		if err != nil {
			t.Fatal(err)
		}
		capital := a.Capital()
		if got := readCapital(capital); !got.Equal(a.Decimal()) {
			t.Fatalf("%s: %s reads %s", a, capital, got)
		}
		for _, bad := range []string{"零零", "零万", "零亿", "零元整", "零拾"} {
			if strings.Contains(capital, bad) && fen != 0 {
				t.Fatalf("%s: %s has %s", a, capital, bad)
			}
		}
		body, err := json.Marshal(a)
		var again, scanned Amount
		if err != nil || json.Unmarshal(body, &again) != nil || !again.Equal(a) {
			t.Fatalf("%s: %s, %v", a, body, err)
		}
		if v, err := a.Value(); err != nil || scanned.Scan(v) != nil || !scanned.Equal(a) {
			t.Fatalf("%s does not come back from the database: %v", a, err)
		}
	})
}

func TestAmountOfReports(t *testing.T) {
	for _, c := range []struct {
		in       string
		decimals int
		want     string
	}{{"12345.67", 2, "1.23万元"}, {"12350", 3, "1.235万元"}, {"0", 2, "0.00万元"}, {"15000", 0, "2万元"}, {"99.99", 4, "0.0100万元"}, {"1", 9, "0.000100万元"}} {
		if got := amount(t, c.in).Wan(c.decimals); got != c.want {
			t.Errorf("%s: %s, want %s", c.in, got, c.want)
		}
	}
	sum := amount(t, "999999999999.99").Add(amount(t, "0.02"))
	if sum.String() != "1000000000000.01" || sum.Capital() != "人民币1000000000000.01元" {
		t.Error(sum, sum.Capital())
	}
}

func TestAmountJSON(t *testing.T) {
	for in, want := range map[string]string{`"12.5"`: "12.50", `12.5`: "12.50", `0`: "0.00"} {
		var a Amount
		if err := json.Unmarshal([]byte(in), &a); err != nil || a.String() != want {
			t.Errorf("%s: %s, %v", in, a, err)
		}
	}
	for _, in := range []string{`null`, `""`, `true`, `-1`, `1e3`, `1.001`, `{}`} {
		var a Amount
		if err := json.Unmarshal([]byte(in), &a); err == nil {
			t.Errorf("%s passes as %s", in, a)
		}
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"12,000.50", "￥１２０００元", "3万", "-1", "1e9", "999999999999.99", "0,000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseAmount(s)
		if err != nil {
			if CodeOf(err) != CodeInvalid {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		if again, err := ParseAmount(a.String()); err != nil || !again.Equal(a) || !readCapital(a.Capital()).Equal(a.Decimal()) {
			t.Errorf("%q: %s, again %s, %v", s, a, again, err)
		}
	})
}
