package domain_test

import (
	"slices"
	"strings"
	"testing"

	"baimi/domain"
)

func TestBigramsArePairsOfNeighbours(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"婚姻纠纷":            "姻纠 婚姻 纠纷",
		"晾衣，滴水":           "晾衣 滴水",
		"ＡＢ ab":           "ab",
		"3号楼":             "3号 号楼",
		"赔1200元":          "00 12 20 0元 赔1",
		"电话13800138000回拨": "0回 回拨 电话 话1",
		"单":               "",
		"䶮龑":              "䶮龑",
		"𠮷田":              "𠮷田",
	} {
		got := domain.Bigrams(text)
		list := strings.Fields(want)
		slices.Sort(list)
		if !slices.Equal(got, list) && len(got)+len(list) > 0 {
			t.Errorf("%s: %v, want %v", text, got, list)
		}
	}
}

func TestWordsOfTwoCharactersAndMore(t *testing.T) {
	t.Parallel()
	text := "甲一村3组王家砌院墙，占了通道。"
	for typed, found := range map[string]bool{
		"院墙": true, "通道": true, "院墙 通道": true, "３组": true, "墙占": false, "院墙，占了": true, "院墙 赡养": false, "砌院墙": true,
	} {
		w, err := domain.ParseWords(typed)
		if err != nil || w.In("别处", text) != found {
			t.Errorf("%s: %v %v", typed, w.In(text), err)
		}
	}
	for typed, says := range map[string]string{
		"墙": "两个字", "，。": "请输入", "院墙 墙": "两个字", "13800138000": "号码", "一二 三四 五六 七八 九十 甲乙 丙丁 戊己 庚辛": "最多",
	} {
		if _, err := domain.ParseWords(typed); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", typed, err)
		}
	}
	if w, err := domain.ParseWords(" "); err != nil || len(w) > 0 {
		t.Errorf("nothing typed is nothing looked for: %v %v", w, err)
	}
}

func TestLikeness(t *testing.T) {
	t.Parallel()
	a := "王某家在两家之间的通道上砌院墙，李某家出入受阻，双方多次争吵。"
	b := "李某反映王某在通道上砌院墙，李某家出入受阻，与王某争吵。"
	c := "张某拖欠陈某装修工钱八千元，多次讨要没有结果。"
	if ab, ac := domain.Likeness(a, b), domain.Likeness(a, c); ab < 0.5 || ac > 0.2 || domain.Likeness(a, a) != 1 {
		t.Errorf("the same matter %.2f, another %.2f", ab, ac)
	}
	if domain.Likeness("吵架。", "吵架。") != 0 {
		t.Error("two words are like nothing")
	}
}
