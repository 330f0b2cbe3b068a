package imports

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/domain/exchange"
)

// Cases of another system come in the columns in which ours go out, as past files: closed ones, with their numbers. What a past
// file has no place for stands in its facts, so that nothing is lost and an export gives it back.
var (
	gb31000Cases  = exchangeKind(domain.ImportGB31000, "综治25项案件", exchange.MustOf(domain.FormatGB31000))
	ministryCases = exchangeKind(domain.ImportMinistry, "案件统计口径案件", exchange.MustOf(domain.FormatMinistry))
)

// columnsNeeded are without which a past file cannot be made.
var columnsNeeded = []exchange.Field{
	exchange.FieldNumber, exchange.FieldType, exchange.FieldFacts, exchange.FieldAcceptedOn, exchange.FieldConcludedOn, exchange.FieldApplicants, exchange.FieldRespondents,
}

var itemWidths = map[exchange.Kind]float64{exchange.Text: 24, exchange.Date: 13, exchange.Number: 13, exchange.Code: 14}

func exchangeKind(code domain.ImportKind, title string, f exchange.Format) *kind {
	k := &kind{code: code, title: title, notes: []string{
		"各列与导出的文件相同，也可以上传导出的JSON文件；只导入已经结案的案件，导入后为“已归档”，保留原卷号，不计入成功率。",
		"以调委会和卷号的年份、序号识别：已经导入的不会重复添加。化解组织（单位）按名称对应调委会；本县没有的，归入导入时指定的调委会。",
		"对方的代码按对照表转换；卷宗里没有位置的内容记入纠纷情况，再导出时原样带出。遮盖了个人信息的文件不能导入。",
	}}
	for _, x := range f.Items {
		c := column{key: x.Code, header: x.Name, help: x.Note, width: itemWidths[x.Kind], required: slices.Contains(columnsNeeded, x.Field), parse: longText}
		switch {
		case x.Kind == exchange.Date && x.Field != "":
			c.parse = day
		case x.Field == exchange.FieldPeople:
			c.parse = seqNo
		}
		k.columns = append(k.columns, c)
	}
	k.columns = append(k.columns,
		column{key: "year", header: "卷号年份", parse: yearNo, width: 12, help: "卷号不是“（年份）××人调字第×号”的，填写年份和序号"},
		column{key: "seq", header: "卷号序号", parse: seqNo, width: 12},
	)
	k.format = &f
	k.plan = func(p *planner, rows []*row) {
		p.planFiles(rows, func(r *row) (domain.PastFile, bool) { return p.receivedFile(r, f) }, p.fileReceived(f))
	}
	return k
}

// received is what a row says of a field; the last item of it that is filled in, for what stands in two.
func (r *row) received(f exchange.Format, field exchange.Field) (value string, of exchange.Item) {
	for _, x := range f.Items {
		if x.Field == field && r.values[x.Code] != "" {
			value, of = r.values[x.Code], x
		}
	}
	return value, of
}

// receivedCode is what a row says of a field as our code.
func (p *planner) receivedCode(r *row, f exchange.Format, field exchange.Field) string {
	theirs, item := r.received(f, field)
	if theirs == "" {
		return ""
	}
	ours, ok := p.mapping.In(item.List, theirs)
	if !ok {
		r.refuse(item.Name, "“%s”没有对应的代码，请在对照表“%s”中设置", theirs, item.List.Name())
	}
	return ours
}

// fileNumber puts the number where past ledgers have theirs.
func (r *row) fileNumber(f exchange.Format) { r.values["no"], _ = r.received(f, exchange.FieldNumber) }

// takingCommittee is the committee of a row by its name, or the one that takes what others have had.
func (p *planner) takingCommittee(r *row, f exchange.Format) *org {
	name, item := r.received(f, exchange.FieldCommittee)
	var found []*org
	for _, o := range p.orgByID {
		if name != "" && o.Kind == domain.OrgCommittee && o.Name == name {
			found = append(found, o)
		}
	}
	switch {
	case len(found) == 1:
		return found[0]
	case len(found) > 1:
		r.refuse(item.Name, "有%d个叫“%s”的调委会", len(found), name)
	case p.takes != 0 && p.orgByID[p.takes] != nil:
		return p.orgByID[p.takes]
	default:
		r.refuse("化解组织", "没有名为“%s”的调委会，请在导入时指定承接的调委会", name)
	}
	return nil
}

// receivedFile reads what a row says of a past file.
func (p *planner) receivedFile(r *row, f exchange.Format) (in domain.PastFile, ok bool) {
	r.fileNumber(f)
	in.Number = r.number()
	committee := p.takingCommittee(r, f)
	in.Type = p.receivedCode(r, f, exchange.FieldType)
	in.Outcome = domain.Outcome(p.receivedCode(r, f, exchange.FieldOutcome))
	p.receivedSource(r, f, &in)
	in.Confidentiality = domain.Ordinary
	if l := p.receivedCode(r, f, exchange.FieldLevel); l != "" {
		in.Confidentiality = domain.Confidentiality(l)
	}
	if in.Confidentiality == domain.Restricted {
		r.refuse("保密级别", "查阅受限的案件不随文件导入，请由双方调委会当面移交")
	}
	in.AcceptedOn, in.ConcludedOn = p.receivedDay(r, f, exchange.FieldAcceptedOn), p.receivedDay(r, f, exchange.FieldConcludedOn)
	in.ArchivedOn, in.RequestedOn = in.ConcludedOn, in.AcceptedOn
	for _, field := range []exchange.Field{exchange.FieldHappenedOn, exchange.FieldRequestedOn} {
		if text, _ := r.received(f, field); text != "" {
			in.RequestedOn = p.receivedDay(r, f, field)
		}
	}
	in.Facts, _ = r.received(f, exchange.FieldFacts)
	in.Place, _ = r.received(f, exchange.FieldPlace)
	in.Amount = r.receivedAmount(f)
	if n, _ := r.received(f, exchange.FieldPeople); n != "" {
		in.PeopleCount, _ = strconv.Atoi(n)
	}
	in.Parties = r.receivedParties(f)
	if !r.ok() || committee == nil {
		return in, false
	}
	if committee.area == nil {
		r.refuse("化解组织", "调委会所在的区划已经撤并，请指定承接的调委会")
		return in, false
	}
	in.Committee, in.AreaPath = committee.ID, committee.area.Path
	if in.Place == "" {
		in.Place = committee.area.Name
	}
	return in, true
}

// receivedSource reads the source, with the organ that referred the matter.
func (p *planner) receivedSource(r *row, f exchange.Format, in *domain.PastFile) {
	in.Source = domain.SourceApplied
	source := p.receivedCode(r, f, exchange.FieldSource)
	if source == "" {
		source = p.receivedCode(r, f, exchange.FieldSourceOnly)
	}
	referrer := p.receivedCode(r, f, exchange.FieldReferrer)
	if word, organ, ok := strings.Cut(source, "_"); ok {
		source, referrer = word, organ
	}
	if source != "" {
		in.Source = domain.Source(source)
	}
	if x := domain.Referrer(referrer); x != "" {
		in.Referrer = &x
	}
}

func (p *planner) receivedDay(r *row, f exchange.Format, field exchange.Field) calendar.Date {
	text, item := r.received(f, field)
	if text > p.today.String() {
		r.refuse(item.Name, "不能晚于今天（%s）", p.today)
	}
	return r.date(item.Code)
}

func (r *row) receivedAmount(f exchange.Format) *decimal.Decimal {
	shift := int32(0)
	text, item := r.received(f, exchange.FieldAmount)
	if text == "" {
		text, item = r.received(f, exchange.FieldAmountTenThousand)
		shift = 4
	}
	if text == "" {
		return nil
	}
	d, err := decimal.NewFromString(halfWidth(text))
	if err == nil {
		var a domain.Amount
		if a, err = domain.ParseAmount(d.Shift(shift).String()); err == nil {
			d = a.Decimal()
		}
	}
	if err != nil {
		r.refuse(item.Name, "应为金额，例如%s", map[int32]string{0: "3200.00", 4: "0.32"}[shift])
		return nil
	}
	return &d
}

// receivedParties are the parties by their sides; the main one's document and address are his.
func (r *row) receivedParties(f exchange.Format) []domain.NewParty {
	var all []domain.NewParty
	for _, side := range []struct {
		role  domain.PartyRole
		field exchange.Field
	}{{domain.Applicant, exchange.FieldApplicants}, {domain.Respondent, exchange.FieldRespondents}, {domain.ThirdParty, exchange.FieldThirdParties}} {
		names, item := r.received(f, side.field)
		if strings.ContainsAny(names, "*＊") {
			r.refuse(item.Name, "姓名已经遮盖；请让对方以“与综治等系统交换”或者“卷宗移交”为用途导出完整的文件")
		}
		for _, name := range list(names) {
			all = append(all, domain.NewParty{Role: side.role, Kind: kindOfName(name), Name: name})
		}
	}
	main, _ := r.received(f, exchange.FieldMainParty)
	i := slices.IndexFunc(all, func(x domain.NewParty) bool { return x.Role == domain.Applicant && (main == "" || x.Name == main) })
	if i != 0 {
		return all // whose document it is cannot be told; it stands as it came
	}
	x := &all[0]
	x.IDNumber, _ = r.received(f, exchange.FieldIDNumber)
	x.Address, _ = r.received(f, exchange.FieldAddress)
	if x.IDNumber != "" {
		x.IDType, _ = r.received(f, exchange.FieldIDType)
	}
	if s, _ := r.received(f, exchange.FieldSex); len(s) == 1 && strings.Contains("0129", s) {
		n := int(s[0] - '0')
		x.Sex = &n
	}
	if e, _ := r.received(f, exchange.FieldEthnicity); x.Kind == domain.Natural && domain.EthnicityName(e) != "" {
		x.Ethnicity = e
	}
	return all
}

// mostFacts is what facts hold, as in every form.
const mostFacts = 5000

// fileReceived makes the file, compares what an export of it would say with what came, and puts what is otherwise below the facts.
func (p *planner) fileReceived(f exchange.Format) func(r *row, in domain.PastFile) (*domain.Case, error) {
	return func(r *row, in domain.PastFile) (*domain.Case, error) {
		c, err := domain.FilePast(p.act(in), in)
		if err != nil {
			return nil, err
		}
		committee := p.orgByID[in.Committee]
		v := &exchange.View{Case: c, Committee: committee.Name, TypeName: exchange.ListCaseType.Label(c.Type), Clear: true}
		if committee.CommitteeType != nil {
			v.CommitteeType = *committee.CommitteeType
		}
		says, _ := v.Row(f.Items, p.mapping)
		var came []exchange.Came
		for i, x := range f.Items {
			if got := r.values[x.Code]; got != "" && got != says[i] {
				came = append(came, exchange.Came{Name: x.Name, Value: got})
			}
		}
		if len(came) == 0 {
			return c, nil
		}
		in.Facts = exchange.Compose(in.Facts, came)
		if n := len([]rune(in.Facts)); n > mostFacts {
			return nil, domain.Errorf(domain.CodeInvalid, "纠纷情况和没有对应位置的内容合计%d个字，最多%d个字，请删减", n, mostFacts)
		}
		return domain.FilePast(p.act(in), in)
	}
}
