package domain_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"baimi/domain"
)

// TestGlossaryHoldsEveryWord reads the typed constants of this package and the tables of the schema and looks for each in
// docs/glossary.md: the constant's name and its code word in one row.
func TestGlossaryHoldsEveryWord(t *testing.T) {
	text, err := os.ReadFile("../docs/glossary.md")
	must(t, err)
	rows := strings.Split(string(text), "\n")
	found := func(words ...string) bool {
		for _, r := range rows {
			all := strings.HasPrefix(r, "|")
			for _, w := range words {
				all = all && strings.Contains(r, w)
			}
			if all {
				return true
			}
		}
		return false
	}
	n := 0
	for name, value := range typedConstants(t) {
		n++
		if !found("`"+name+"`", "`"+value+"`") {
			t.Errorf("docs/glossary.md lacks a row with `%s` and `%s`", name, value)
		}
	}
	if n < 60 {
		t.Errorf("only %d constants were found: does this test still read them?", n)
	}
	for _, s := range domain.Statuses {
		if !found("`"+string(s.Status)+"`", "| "+s.Name+" |") {
			t.Errorf("docs/glossary.md calls `%s` something else than %s", s.Status, s.Name)
		}
	}
	for _, r := range domain.Roles {
		if !found("`"+string(r.Role)+"`", "| "+r.Name+" |") {
			t.Errorf("docs/glossary.md calls `%s` something else than %s", r.Role, r.Name)
		}
	}
	for _, m := range domain.Moves {
		if !found("`"+string(m.Action)+"`", "| "+m.Label+" |") {
			t.Errorf("docs/glossary.md calls `%s` something else than %s", m.Action, m.Label)
		}
	}
	for _, table := range tables(t) {
		if !found("| `" + table + "` |") {
			t.Errorf("docs/glossary.md lacks table %s", table)
		}
	}
}

// typedConstants are the exported string constants of a type of our own: the code words.
func typedConstants(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	must(t, err)
	words := map[string]string{}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		must(t, err)
		for _, d := range f.Decls {
			block, ok := d.(*ast.GenDecl)
			if !ok || block.Tok != token.CONST {
				continue
			}
			for _, s := range block.Specs {
				v := s.(*ast.ValueSpec)
				if v.Type == nil || len(v.Values) != 1 || !v.Names[0].IsExported() {
					continue
				}
				if lit, ok := v.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					words[v.Names[0].Name], err = strconv.Unquote(lit.Value)
					must(t, err)
				}
			}
		}
	}
	return words
}

var createTable = regexp.MustCompile(`(?m)^create table (?:if not exists )?([a-z_]+)`)

func tables(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../migrations/*.sql")
	must(t, err)
	var names []string
	for _, path := range files {
		text, err := os.ReadFile(path)
		must(t, err)
		for _, m := range createTable.FindAllStringSubmatch(string(text), -1) {
			names = append(names, m[1])
		}
	}
	if len(names) < 30 {
		t.Errorf("only %d tables were found", len(names))
	}
	return names
}
