package forms

import "testing"

// Astray draws documents and gives what came to stand outside the margins, and on which page each begins.
func Astray(documents ...Document) (outside []string, begin []int, err error) {
	s, begin, err := drawn(documents)
	if err != nil {
		return nil, nil, err
	}
	return s.astray, begin, nil
}

// Lines breaks a text whose characters are each one wide, those of ASCII half.
func Lines(s string, width, indent float64) [][]string {
	return lines(func(s string) float64 {
		w := 0.0
		for _, r := range s {
			if r < 0x80 {
				w += .5
			} else {
				w++
			}
		}
		return w
	}, s, width, indent)
}

// The characters that may not begin and end a line.
const (
	NoStart = noStart
	NoEnd   = noEnd
)

// Text is a document as a reader has it: a line for each paragraph, row of a form, place to sign.
func Text(d Document) string { return plain(d) }

// Pages are what the contents of the volume say, and where the forms begin.
func Pages(m Matter) (said, begin []int, err error) {
	documents, entries, err := volume(m)
	if err != nil {
		return nil, nil, err
	}
	_, begin, err = drawn(documents)
	for _, e := range entries {
		said = append(said, e.page)
	}
	return said, begin[2 : 2+len(said)], err
}

// Contents are the names in the contents of the volume.
func Contents(tb testing.TB, m Matter) []string {
	tb.Helper()
	_, entries, err := volume(m)
	if err != nil {
		tb.Fatal(err)
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.name
	}
	return names
}

// Places are the forms before which files lie.
func Places() map[string]bool {
	codes := map[string]bool{}
	for _, p := range places {
		codes[p.before] = true
	}
	return codes
}
