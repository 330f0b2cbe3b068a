package domain

import (
	"testing"

	"pgregory.net/rapid"
)

func TestFileNoFollowsTheMinistrysForm(t *testing.T) {
	if got, want := FileNo(2024, "简城", FileWordRen, 12), "（2024）简城人调字第12号"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := FileNo(2024, "简城", FileWordMin, 12), "（2024）简城民调字第12号"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestParseFileNoReadsImportedLedgers(t *testing.T) {
	want := FileNoParts{2019, "简城", FileWordMin, 7}
	for _, s := range []string{"（2019）简城民调字第7号", "(2019)简城民调字第07号", "〔2019〕简城民调字第 007 号", " （2019）简城 民调字第7号\n"} {
		if got, ok := ParseFileNo(s); !ok || got != want {
			t.Errorf("%q: %+v, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "（19）简城民调字第7号", "（2019）简城调字第7号", "（2019）简城民调字第0号", "（2019）简城民调字第9999999999号", "x（2019）简城民调字第7号"} {
		if got, ok := ParseFileNo(s); ok {
			t.Errorf("%q is read as %+v", s, got)
		}
	}
}

func TestParseFileNoReadsWhatFileNoWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := FileNoParts{
			Year: rapid.IntRange(1980, 2100).Draw(t, "year"), Short: rapid.StringMatching(`\p{Han}{0,8}`).Draw(t, "short"),
			Word: rapid.SampledFrom([]string{FileWordRen, FileWordMin}).Draw(t, "word"), N: rapid.IntRange(1, 99_999_999).Draw(t, "n"),
		}
		if got, ok := ParseFileNo(FileNo(want.Year, want.Short, want.Word, want.N)); !ok || got != want {
			t.Fatalf("%+v, %v, want %+v", got, ok, want)
		}
	})
}

func FuzzParseFileNo(f *testing.F) {
	f.Add("（2019）简城民调字第7号")
	f.Add("(2019)人调字第007号")
	f.Fuzz(func(t *testing.T, s string) {
		p, ok := ParseFileNo(s)
		if !ok {
			return
		}
		if again, ok := ParseFileNo(FileNo(p.Year, p.Short, p.Word, p.N)); !ok || again != p {
			t.Errorf("%q: %+v, again %+v", s, p, again)
		}
	})
}
