package domain

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// TermsFinding is what somebody should look at in terms before they are put on paper, at the field where it is typed. One that stops
// is refused when the terms are recorded.
type TermsFinding struct {
	Pointer, Code, Message, Basis string
	Stops                         bool
}

// CheckedTerms is what can be said of terms: what is wrong or doubtful, and their sums.
type CheckedTerms struct {
	Findings []TermsFinding
	Total    decimal.Decimal   // of all payments
	Sums     []decimal.Decimal // of each duty, in order; zero for none
}

// CheckTerms looks at terms of a written agreement as DraftAgreement would, and further for what a court could not enforce or
// confirm (domain.md 1.5, 3.5). It changes nothing.
func (c *Case) CheckTerms(a Act, in Terms) (CheckedTerms, error) {
	var out CheckedTerms
	var p problems
	scratch := c.Clone()
	scratch.abandonDrafts(in.On)
	if _, err := scratch.addAgreement(a, &p, in, Agreement{Form: Written, Effect: c.draftEffect()}); err != nil {
		return out, err
	}
	var e *Error
	if errors.As(p.err(), &e) {
		for _, f := range e.Fields {
			out.Findings = append(out.Findings, TermsFinding{Pointer: f.Pointer, Code: f.Code, Message: f.Message, Stops: true})
		}
	}
	for _, o := range in.Obligations {
		sum := decimal.Zero
		if o.Amount != nil {
			sum = *o.Amount
		}
		out.Sums = append(out.Sums, sum)
		out.Total = out.Total.Add(sum)
	}
	out.Findings = append(out.Findings, c.doubts(in, out.Total)...)
	return out, nil
}

const (
	basisUnclear   = "民事诉讼法解释第358条"
	basisNotTaken  = "民事诉讼法解释第355条"
	basisContents  = "人民调解工作若干规定第35条"
	basisAmountSum = "产品规定"
)

// vagueWords leave open what is owed or when; statusWords and titleWords are those by which agreements decide on what no court
// confirms. They are hints for people, never refusals.
var (
	vagueWords  = []string{"尽快", "尽早", "适当", "酌情", "视情况", "大概", "大约", "左右", "若干", "近期", "以后再", "另行商量", "另行协商", "尽量"}
	statusWords = []string{"离婚", "解除婚姻", "婚姻无效", "婚姻有效", "解除收养", "收养关系", "亲子关系", "断绝父子", "断绝母子", "断绝关系", "脱离父子", "脱离母子"}
	titleWords  = []string{"所有权", "使用权归", "权属", "确权", "产权归", "归其所有", "归申请人所有", "归被申请人所有", "归甲方所有", "归乙方所有", "林权", "地界以", "专利权", "商标权", "著作权"}
	sumInWords  = regexp.MustCompile(`[0-9０-９][0-9０-９,，.．]*\s*(万)?元`)
)

// firstOf is the first of the words that stands in a text; "" for none.
func firstOf(words []string, text string) string {
	for _, w := range words {
		if strings.Contains(text, w) {
			return w
		}
	}
	return ""
}

// doubts are the warnings.
func (c *Case) doubts(in Terms, total decimal.Decimal) []TermsFinding {
	var list []TermsFinding
	warn := func(pointer, code, basis, format string, args ...any) {
		list = append(list, TermsFinding{Pointer: pointer, Code: code, Message: fmt.Sprintf(format, args...), Basis: basis})
	}
	hints := func(pointer, text string) {
		if w := firstOf(vagueWords, text); w != "" {
			warn(pointer, "vague", basisUnclear, "“%s”不明确，内容不明确的协议法院会驳回司法确认申请；请写明具体的内容、数额或者日期", w)
		}
		if w := firstOf(statusWords, text); w != "" {
			warn(pointer, "personal_status", basisNotTaken, "“%s”涉及身份关系，法院不确认身份关系的有效、无效或者解除；给付内容请单独写明", w)
		}
		if w := firstOf(titleWords, text); w != "" {
			warn(pointer, "ownership", basisNotTaken, "“%s”涉及权属，法院不受理物权、知识产权确权的司法确认申请，调委会也不能确认权属", w)
		}
	}
	hints("/terms", in.Text)
	for i, o := range in.Obligations {
		at := fmt.Sprintf("/obligations/%d", i)
		hints(at+"/what", o.What)
		if o.Amount == nil && sumInWords.MatchString(o.What) {
			warn(at+"/amount", "amount_in_words", basisUnclear, "履行内容里写有金额，请填写在“金额”栏，协议书会印出大写金额")
		}
		if o.Manner == "delivery" && blank(o.Place) {
			warn(at+"/place", "place", basisContents, "交付物品的，请写明履行地点")
		}
	}
	if c.Amount != nil && total.IsPositive() && !total.Equal(*c.Amount) {
		warn("/obligations", "differs_from_case", basisAmountSum, "协议给付合计%s元，与登记的涉及金额%s元不同，请核对", total.StringFixed(2), c.Amount.StringFixed(2))
	}
	return list
}
