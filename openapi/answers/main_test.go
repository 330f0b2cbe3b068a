package main

import "testing"

// TestAnswersGetTheirHeaders shows each way an answer may be written, and that a complete document is left alone.
func TestAnswersGetTheirHeaders(t *testing.T) {
	t.Parallel()
	const ours = "RateLimit: {$ref: '#/components/headers/RateLimit'}, " +
		"Access-Control-Allow-Origin: {$ref: '#/components/headers/Access-Control-Allow-Origin'}"
	before := `paths:
  /a:
    get:
      responses:
        '200': {description: 已读, content: {}}
        '204': {description: 无}
        default: {$ref: '#/components/responses/Problem'}
    put:
      responses:
        '200':
          description: 好
          content: {}
        '201':
          description: 好
        '202':
          description: 好
          headers: {ETag: {}}
components:
  responses:
    Problem:
      description: 错
      headers:
        ETag: {}
`
	after := `paths:
  /a:
    get:
      responses:
        '200': {description: 已读, headers: {` + ours + `}, content: {}}
        '204': {description: 无, headers: {` + ours + `}}
        default: {$ref: '#/components/responses/Problem'}
    put:
      responses:
        '200':
          description: 好
          headers: {` + ours + `}
          content: {}
        '201':
          description: 好
          headers: {` + ours + `}
        '202':
          description: 好
          headers: {` + ours + `, ETag: {}}
components:
  responses:
    Problem:
      description: 错
      headers:
        RateLimit: {$ref: '#/components/headers/RateLimit'}
        Access-Control-Allow-Origin: {$ref: '#/components/headers/Access-Control-Allow-Origin'}
        ETag: {}
`
	for _, text := range []string{before, after} {
		got, err := complete([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != after {
			t.Errorf("made of it:\n%s", got)
		}
	}
}
