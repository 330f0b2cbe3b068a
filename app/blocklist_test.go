package app

import "testing"

func TestGuessablePasswordsAreRefused(t *testing.T) {
	t.Parallel()
	for _, p := range []string{
		"woaini1314", "WoAiNi5201314", "woaini520!", "a123456789", "zhangwei123", "wangfang19900101", "lixiaoming888", "ab12345678",
		"password123", "P@ssw0rd123", "passw0rd2026", "qwertyuiop", "1qaz2wsx3edc", "asdfghjkl123", "1q2w3e4r5t", "abcdefghij", "0987654321",
		"13800138000", "19900307001", "abcabcabcabc", "aaaaaaaaaa", "admin@123456", "jianyang2026", "tiaojie2026", "renmintiaojie1", "baimi123456",
		"iloveyou1314", "welcome2026!", "Admin12345", "mimamima123", "nihao123456", "chengdu028028", "woaizhongguo", "qweasdzxc123",
		"adminpassword", "sifasuo12345", "liuyang2008", "zhaolei1988!",
	} {
		if CheckPassword("somebody", p) == "" {
			t.Errorf("%s was taken", p)
		}
	}
	for _, p := range []string{
		"test-password-1x", "correct horse battery staple", "院坝里的黄桷树开花了吗", "Tq7#mLz2vK", "kuli-dachuan-07", "mofan_sanlunche_84",
		"cunkou laoshu 37 ke", "9d2f5b6a7c8d", "yuxi4menghu9pao", "lanse-diandongche-32", "门口三棵老槐树都还在",
	} {
		if why := CheckPassword("somebody", p); why != "" {
			t.Errorf("%s: %s", p, why)
		}
	}
}
