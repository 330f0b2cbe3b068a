package imports

import (
	"math"
	"slices"
	"strconv"

	"baimi/domain"
)

var datums = func() (list []choice) {
	for _, d := range domain.Datums {
		list = append(list, choice{string(d), string(d)})
	}
	return list
}()

var points = &kind{
	code: domain.ImportPoints, title: "受理点",
	columns: []column{
		{key: "code", header: "受理点编号", required: true, parse: ownCode, example: "JY-P0001", width: 16, help: "本县（市、区）自编的编号，与机构编号也不重复"},
		{key: "name", header: "名称", required: true, parse: placeName, example: "东门小区矛盾纠纷受理点", width: 32},
		{key: "parent", header: "所属机构编号", required: true, parse: ownCode, example: "JY-0101", width: 16, help: "受理点登记的案件归这个调委会"},
		{key: "area", header: "所在区划代码", required: true, parse: areaCode, example: "510185001001", width: 22},
		{key: "address", header: "地址", required: true, parse: anyText(200), example: "简城街道东门小区1栋1层", width: 36},
		{key: "hours", header: "开放时间", required: true, parse: anyText(200), example: "周一至周日 08:30-18:00", width: 26},
		{key: "lon", header: "经度", parse: coordinate(73, 136, "104.5471"), example: "104.5471", width: 14, help: "十进制度数；没有坐标的，经度、纬度、坐标系、精度、取点方式都不填"},
		{key: "lat", header: "纬度", parse: coordinate(3, 54, "30.4110"), example: "30.4110", width: 14},
		{key: "datum", header: "坐标系", choices: datums, example: "CGCS2000", width: 12, help: "GCJ-02（高德、腾讯）、BD-09（百度）会换算为CGCS2000"},
		{key: "accuracy", header: "精度（米）", parse: metres, example: "10", width: 12, help: "误差超过50米的坐标按“位置未知”统计"},
		{key: "origin", header: "取点方式", parse: anyText(50), example: "手机定位", width: 16},
		{key: "from", header: "启用日期", required: true, parse: pastDay, example: "2020-01-01", width: 14},
	},
	notes: []string{
		"以受理点编号识别：已有的编号不会重复添加，内容不同的按表更新。",
		"暂停、恢复、关闭受理点请在受理点页面办理，不在这里填写。",
	},
	plan: planPoints,
}

func planPoints(p *planner, rows []*row) {
	seen := map[string]*row{}
	at := map[domain.OrgID]domain.PointRecord{}
	for _, x := range p.records.Points {
		at[x.Org] = x
	}
	for _, r := range rows {
		code := r.values["code"]
		if !once(seen, r, "受理点编号", code) {
			continue
		}
		o := p.orgs[code]
		if o == nil {
			o = p.nameless(r, domain.OrgPoint)
		}
		if o != nil && o.Kind != domain.OrgPoint {
			r.refuse("受理点编号", "这个编号是“%s”，不是受理点", o.Name)
			continue
		}
		p.point(r, o, at)
	}
}

func (p *planner) point(r *row, o *org, at map[domain.OrgID]domain.PointRecord) {
	x := r.place()
	area := p.areaFor(r, "所在区划代码", r.values["area"])
	above := p.orgFor(r, "所属机构编号", r.values["parent"])
	if above != nil && !slices.Contains([]domain.OrgKind{
		domain.OrgCommittee, domain.OrgGroup, domain.OrgStationedWorkroom, domain.OrgPersonalWorkroom,
	}, above.Kind) {
		r.refuse("所属机构编号", "“%s”不是人民调解委员会，也不属于调委会，受理点不能设在它下面", above.Name)
	}
	fresh := o == nil
	if fresh {
		o = &org{by: r}
		o.Kind = domain.OrgPoint
	}
	if r.ok() && !fresh {
		r.values["short"], r.values["word"], r.values["type"], r.values["to"] = "", "", "", dateText(o.ValidTo)
		r.changeOrg(o, area, above)
		r.changePlace(at[o.ID], x)
	}
	if r.ok() {
		o.area, o.above, o.Name = area, above, r.values["name"]
	}
	r.settle(fresh, func(w *writer) error { return w.savePoint(r, o, x) })
}

// placeColumns are filled in together, or none of them.
var placeColumns = [][2]string{{"lon", "经度"}, {"lat", "纬度"}, {"datum", "坐标系"}, {"accuracy", "精度（米）"}, {"origin", "取点方式"}}

// place reads the coordinates of a row as they are kept.
func (r *row) place() domain.PointRecord {
	x := domain.PointRecord{Address: r.values["address"], Hours: r.values["hours"]}
	given := slices.ContainsFunc(placeColumns, func(c [2]string) bool { return r.values[c[0]] != "" })
	if !given || !r.ok() {
		return x
	}
	for _, c := range placeColumns {
		if r.values[c[0]] == "" {
			r.refuse(c[1], "填写坐标时，经度、纬度、坐标系、精度、取点方式都要填写")
		}
	}
	if !r.ok() {
		return x
	}
	number := func(key string) float64 {
		f, err := strconv.ParseFloat(r.values[key], 64)
		if err != nil {
			return math.NaN() // not reached: the column's reader has read it
		}
		return f
	}
	datum := domain.Datum(r.values["datum"])
	lon, lat := datum.ToCGCS2000(number("lon"), number("lat"))
	lon, lat = math.Round(lon*1e6)/1e6, math.Round(lat*1e6)/1e6
	accuracy, origin := int(number("accuracy")), r.values["origin"]
	if datum == domain.GCJ02 || datum == domain.BD09 {
		origin += "（由" + string(datum) + "换算）"
	}
	x.Longitude, x.Latitude, x.AccuracyM, x.Origin = &lon, &lat, &accuracy, &origin
	return x
}

func (r *row) changePlace(old, x domain.PointRecord) {
	r.change("地址", old.Address, x.Address)
	r.change("开放时间", old.Hours, x.Hours)
	r.change("坐标", placeText(old), placeText(x))
	r.change("取点方式", deref(old.Origin), deref(x.Origin))
}

func placeText(x domain.PointRecord) string {
	if x.Longitude == nil {
		return ""
	}
	return strconv.FormatFloat(*x.Longitude, 'f', 6, 64) + "," + strconv.FormatFloat(*x.Latitude, 'f', 6, 64) + "±" + strconv.Itoa(deref(x.AccuracyM)) + "米"
}
