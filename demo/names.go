package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// surnames are those of the region, the common ones more than once.
var surnames = strings.Fields(`李 李 李 王 王 王 张 张 张 刘 刘 陈 陈 陈 杨 杨 周 周 黄 黄 罗 罗 唐 邓 何 吴 曾 谢 彭 钟 赵 徐 胡 朱 郭
	林 郑 冯 汪 蒋 余 苏 廖 叶 夏 严 雷 付 魏 樊 毛 白 欧阳 江 贾 施 宋 古 游 龚 雍 巫`)

var (
	maleGiven = strings.Fields(`建国 志强 德华 光明 永贵 国栋 伟 勇 文军 长林 世杰 大勇 家明 国强 建军 永福 德全 长贵 明德 庆国 世荣 忠诚
		立新 思远 志远 文斌 磊 立平 浩 勇刚 光富 正华 天福 兴国 昌明 学文 成林 子豪 宇航 俊杰 海涛 强 军 平 刚 超 明辉 绍云 绍清 泽民 开文 登高`)
	femaleGiven = strings.Fields(`桂芳 秀英 玉兰 小红 素琴 春燕 丽 敏 淑华 晓梅 凤英 红霞 翠花 秀芳 春梅 素华 桂英 淑珍 静 晓燕 雨晴 丽华 玉珍
		群英 秀琼 桂琼 素芬 小琴 燕 婷 雪梅 丽君 思雨 欣怡 佳 琼芳 从珍 泽芳 开秀 银秀 兴琼 明珍 绍芬 学英 莉 娟 萍 鹃`)
)

// person is somebody made up.
type person struct {
	name   string
	sex    int // GB/T 2261.1
	number string
	phone  string
}

func newPerson(rnd *rand.Rand, oldest, youngest int) person {
	return newPersonOf(rnd, 1+rnd.IntN(2), oldest, youngest)
}

func newPersonOf(rnd *rand.Rand, sex, oldest, youngest int) person {
	p := person{sex: sex}
	given := maleGiven
	if p.sex == 2 {
		given = femaleGiven
	}
	p.name = pick(rnd, surnames) + pick(rnd, given)
	p.number, p.phone = idNumber(rnd, oldest, youngest, p.sex), phone(rnd)
	return p
}

// born is the year of birth.
func (p person) born() int {
	year, _ := strconv.Atoi(p.number[6:10]) // as idNumber wrote it
	return year
}

// surname and given are the parts of a made-up name.
func surname(name string) string {
	if strings.HasPrefix(name, "欧阳") {
		return "欧阳"
	}
	return string([]rune(name)[:1])
}

func given(name string) string { return strings.TrimPrefix(name, surname(name)) }

func pick[T any](rnd *rand.Rand, from []T) T { return from[rnd.IntN(len(from))] }

// chance is true so many times in a thousand.
func chance(rnd *rand.Rand, perMille float64) bool { return rnd.Float64()*1000 < perMille }

// phone makes up a number; all of them begin alike, so that nobody takes them for somebody's.
func phone(rnd *rand.Rand) string { return fmt.Sprintf("19900%06d", rnd.IntN(1_000_000)) }

// idNumber makes up a citizen's number with a right check character, of a region that does not exist.
func idNumber(rnd *rand.Rand, oldest, youngest, sex int) string {
	order := rnd.IntN(500)*2 + sex%2
	number := fmt.Sprintf("990000%04d%02d%02d%03d", oldest+rnd.IntN(youngest-oldest), 1+rnd.IntN(12), 1+rnd.IntN(28), order)
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(number[i]-'0')
	}
	return number + "10X98765432"[sum%11:][:1]
}

// villageNames makes up n names, each once, none of them a town's.
func villageNames(rnd *rand.Rand, n int) []string {
	first := strings.Fields("桂 柳 凤 金 银 清 白 红 双 新 永 和 福 莲 桃 梨 竹 松 乐 安 兴 丰")
	second := strings.Fields("花 溪 湾 井 堰 坝 林 塘 田 坡 泉 河 岭 渡 沟 埝 冲")
	taken := map[string]bool{"平泉": true, "清河": true}
	for _, t := range towns {
		taken[strings.TrimSuffix(strings.TrimSuffix(t.name, "街道"), "镇")] = true
	}
	var all []string
	for _, a := range first {
		for _, b := range second {
			if !taken[a+b] {
				all = append(all, a+b)
			}
		}
	}
	rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return slices.Clone(all[:n])
}

// marked says that something which looks like a real office is none.
func marked(name string) string { return name + "（" + Mark + "）" }
