package domain

import "slices"

// Warning is something that people should know and that forbids nothing.
type Warning struct {
	Code  string
	Text  string
	Basis string
}

// ownershipTypes are the ministry's types in which an agreement easily decides who owns what: houses and homesteads,
// mountains, woods and land.
var ownershipTypes = []string{"03", "07"}

// Warnings are what an agreement of this case gives reason to say (domain.md 3.5, 2.2).
func (c *Case) Warnings() []Warning {
	g := c.openDraft()
	if g == nil {
		if g = c.inForce(); g == nil {
			return nil
		}
	}
	var list []Warning
	if c.Type == familyType {
		list = append(list, Warning{
			"personal_status", "协议内容涉及婚姻、亲子、收养等身份关系效力的，人民法院不予受理司法确认申请", "民事诉讼法解释第355条",
		})
	}
	if slices.Contains(ownershipTypes, c.Type) {
		list = append(list, Warning{
			"ownership", "协议内容涉及物权、知识产权确权的，人民法院不予受理司法确认申请；调委会不能确认权属", "民事诉讼法解释第355条",
		})
	}
	if g.Form == Oral && !c.Immediate(*g) {
		list = append(list, Warning{"oral_and_later", "口头协议约定了以后履行的事项，建议签订书面调解协议书；口头协议不能申请司法确认", "人民调解工作若干规定第34条"})
	}
	if !g.InForce() {
		return list
	}
	if c.confirmed(g.No) == nil {
		list = append(list, Warning{
			"limitation", "协议未经人民法院确认，不能直接申请强制执行；一方不履行的，另一方可以起诉，诉讼时效一般为三年，自申请调解之日中断、重新计算", "民法典第188条、第195条；人民调解法第32条",
		})
	}
	return list
}
