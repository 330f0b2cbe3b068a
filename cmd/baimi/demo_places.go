package main

import (
	"baimi/domain/calendar"
)

// The demo's county. Codes and names of county and towns are the real ones; everything below is made up and says so.
const (
	demoCounty   = 1
	demoAreaPath = "510185"
	demoMark     = "演示"
)

// demoSince is before anything that the demo tells of.
var demoSince = calendar.MustDate(2020, 1, 1)

type demoTown struct{ code, name string }

// demoTowns are the 22 towns and subdistricts of Jianyang.
var demoTowns = []demoTown{
	{"510185001", "简城街道"},
	{"510185002", "射洪坝街道"},
	{"510185003", "新市街道"},
	{"510185005", "东溪街道"},
	{"510185006", "平泉街道"},
	{"510185007", "石桥街道"},
	{"510185008", "赤水街道"},
	{"510185102", "杨家镇"},
	{"510185106", "禾丰镇"},
	{"510185107", "云龙镇"},
	{"510185108", "三星镇"},
	{"510185113", "镇金镇"},
	{"510185114", "石钟镇"},
	{"510185115", "施家镇"},
	{"510185116", "三合镇"},
	{"510185117", "平武镇"},
	{"510185119", "踏水镇"},
	{"510185120", "江源镇"},
	{"510185121", "涌泉镇"},
	{"510185125", "青龙镇"},
	{"510185129", "宏缘镇"},
	{"510185130", "雷家镇"},
}

// demoSite is a town that the demo fills with life.
type demoSite struct {
	town      string
	short     string // of the town committee
	committee string // its type
	below     string // type of the committees below
	villages  []demoVillage
}

type demoVillage struct {
	name       string
	code       string // the last three digits
	lon, lat   float64
	director   demoPerson
	mediator   demoPerson // none: the director mediates
	keeper     demoPerson // of the first point
	courtyard  string
	centreName string // the second point
}

type demoPerson struct{ login, name string }

var demoSites = []demoSite{
	{
		town: "简城街道", short: "简城", committee: "subdistrict", below: "neighbourhood",
		villages: []demoVillage{
			{
				"演示一社区", "901", 104.5471, 30.4110,
				demoPerson{"director1", "罗秀芳"},
				demoPerson{"mediator1", "周明德"},
				demoPerson{"keeper1", "李春梅"},
				"东门小区", "演示一社区党群服务中心",
			},
			{
				"演示二社区", "902", 104.5523, 30.4072,
				demoPerson{"director2", "曾庆国"},
				demoPerson{},
				demoPerson{},
				"老车站院落", "演示二社区党群服务中心",
			},
			{
				"演示三社区", "903", 104.5398, 30.4035,
				demoPerson{"director3", "陈素华"},
				demoPerson{},
				demoPerson{},
				"棉纺厂宿舍", "演示三社区党群服务中心",
			},
		},
	},
	{
		town: "射洪坝街道", short: "射洪坝", committee: "subdistrict", below: "neighbourhood",
		villages: []demoVillage{
			{
				"演示四社区", "904", 104.5560, 30.3921,
				demoPerson{"director4", "邓国强"},
				demoPerson{},
				demoPerson{},
				"滨江花园", "演示四社区党群服务中心",
			},
			{
				"演示五社区", "905", 104.5617, 30.3874,
				demoPerson{"director5", "唐玉兰"},
				demoPerson{},
				demoPerson{},
				"城南安置小区", "演示五社区党群服务中心",
			},
			{
				"演示六社区", "906", 104.5489, 30.3836,
				demoPerson{"director6", "何建军"},
				demoPerson{},
				demoPerson{},
				"河西院落", "演示六社区党群服务中心",
			},
		},
	},
	{
		town: "禾丰镇", short: "禾丰", committee: "township", below: "village",
		villages: []demoVillage{
			{
				"演示一村", "907", 104.4031, 30.3152,
				demoPerson{"director7", "钟永福"},
				demoPerson{"mediator7", "谢长贵"},
				demoPerson{"keeper7", "冯桂英"},
				"大湾林盘", "演示一村党群服务中心",
			},
			{
				"演示二村", "908", 104.4176, 30.3018,
				demoPerson{"director8", "汪德全"},
				demoPerson{},
				demoPerson{},
				"黄葛林盘", "演示二村党群服务中心",
			},
			{
				"演示三村", "909", 104.3902, 30.2967,
				demoPerson{"director9", "彭淑珍"},
				demoPerson{},
				demoPerson{},
				"石坝林盘", "演示三村党群服务中心",
			},
		},
	},
}
