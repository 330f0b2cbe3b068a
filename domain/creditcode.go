package domain

import "strings"

// creditLetters are the 31 characters of GB 32100, in the order of their values; I, O, S, V and Z are not among them.
const creditLetters = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// ParseCreditCode checks a unified social credit code (统一社会信用代码, GB 32100-2015) as typed and returns its 18 characters in
// upper case. The error is an *Error in Chinese.
func ParseCreditCode(s string) (string, error) {
	code := foldTyped(s)
	if len(code) != 18 {
		return "", Errorf(CodeInvalid, "统一社会信用代码应为18位")
	}
	weights := [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}
	sum := 0
	for i, c := range []byte(code) {
		value := strings.IndexByte(creditLetters, c)
		if value < 0 {
			return "", Errorf(CodeInvalid, "统一社会信用代码第%d位不对：只有数字和大写字母，不含I、O、S、V、Z", i+1)
		}
		if i < len(weights) {
			sum += weights[i] * value
		}
	}
	if creditLetters[(31-sum%31)%31] != code[17] {
		return "", Errorf(CodeInvalid, "统一社会信用代码校验不通过，请逐位核对")
	}
	return code, nil
}
