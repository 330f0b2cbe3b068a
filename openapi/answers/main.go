// Command answers writes the headers that every answer has into the answers of openapi.yaml that lack them. `go generate`
// runs it, so that who adds an operation need not think of them.
package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// headers are what the service sends with every answer, whatever the operation; components/headers describes them.
var headers = []string{"RateLimit", "Access-Control-Allow-Origin"}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "answers:", err)
		os.Exit(1)
	}
}

func run(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read the document: %w", err)
	}
	done, err := complete(text)
	if err != nil || string(done) == string(text) {
		return err
	}
	if err := os.WriteFile(file, done, 0o600); err != nil { // an existing file keeps its mode
		return fmt.Errorf("write the document: %w", err)
	}
	return nil
}

// insertion is text that goes before a character of a line, both counted from 0.
type insertion struct {
	line, column int
	text         string
}

// complete gives the document with the headers. It inserts text and leaves everything else as it was written.
func complete(text []byte) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	lines := strings.Split(string(text), "\n")
	var todo []insertion
	for _, answer := range answersOf(doc.Content[0]) {
		todo = append(todo, missing(answer, lines)...)
	}
	slices.SortFunc(todo, func(a, b insertion) int { return cmp.Or(b.line-a.line, b.column-a.column) }) // the last first: earlier places stay
	for _, t := range todo {
		line := []rune(lines[t.line])
		lines[t.line] = string(line[:t.column]) + t.text + string(line[t.column:])
	}
	return []byte(strings.Join(lines, "\n")), nil
}

// answersOf lists the answers of all operations, also those with a name of their own.
func answersOf(doc *yaml.Node) []*yaml.Node {
	var found []*yaml.Node
	for _, path := range values(at(doc, "paths")) {
		for _, operation := range values(path) {
			found = append(found, values(at(operation, "responses"))...)
		}
	}
	found = append(found, values(at(at(doc, "components"), "responses"))...)
	return slices.DeleteFunc(found, func(n *yaml.Node) bool { return at(n, "$ref") != nil })
}

// at is the value of a member, nil when there is none.
func at(n *yaml.Node, name string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

func values(n *yaml.Node) []*yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	var v []*yaml.Node
	for i := 1; i < len(n.Content); i += 2 {
		v = append(v, n.Content[i])
	}
	return v
}

// missing is what has to go into one answer.
func missing(answer *yaml.Node, lines []string) []insertion {
	had := at(answer, "headers")
	var text []string
	for _, name := range headers {
		if at(had, name) == nil {
			text = append(text, name+": {$ref: '#/components/headers/"+name+"'}")
		}
	}
	if len(text) == 0 {
		return nil
	}
	list := strings.Join(text, ", ")
	switch {
	case had != nil && had.Style&yaml.FlowStyle != 0:
		return []insertion{{had.Line - 1, had.Column, list + ", "}}
	case had != nil:
		indent := strings.Repeat(" ", had.Column-1)
		return []insertion{{had.Line - 1, 0, indent + strings.Join(text, "\n"+indent) + "\n"}}
	}
	return []insertion{afterDescription(answer, "headers: {"+list+"}", lines)}
}

// afterDescription is where an answer without headers gets them.
func afterDescription(answer *yaml.Node, text string, lines []string) insertion {
	flow := answer.Style&yaml.FlowStyle != 0
	if next := secondKey(answer); next != nil {
		if flow {
			return insertion{next.Line - 1, next.Column - 1, text + ", "}
		}
		return insertion{next.Line - 1, 0, strings.Repeat(" ", next.Column-1) + text + "\n"}
	}
	description := answer.Content[1]
	if !flow {
		return insertion{description.Line, 0, strings.Repeat(" ", answer.Column-1) + text + "\n"}
	}
	line := []rune(lines[description.Line-1])
	end := description.Column - 1 + slices.Index(line[description.Column-1:], '}')
	return insertion{description.Line - 1, end, ", " + text}
}

func secondKey(n *yaml.Node) *yaml.Node {
	if len(n.Content) > 2 {
		return n.Content[2]
	}
	return nil
}
