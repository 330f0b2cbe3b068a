package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"baimi/domain"
)

// operation is one of the document.
type operation struct {
	method, path string
	*openapi3.Operation
}

func (o *office) drawable() []operation {
	var list []operation
	for _, path := range slices.Sorted(maps.Keys(o.api.Paths.Map())) {
		item := o.api.Paths.Value(path)
		for _, method := range slices.Sorted(maps.Keys(item.Operations())) {
			op := item.Operations()[method]
			all := *op
			all.Parameters = slices.Concat(item.Parameters, op.Parameters)
			list = append(list, operation{method, path, &all})
		}
	}
	return list
}

// fuzzSpared are operations that would end the run for everybody: their refusals are tried elsewhere.
var fuzzSpared = []string{"signIn", "signOut", "signOutEverywhere", "changePassword", "switchAssignment"}

// TestTheDocumentIsAllThereIs draws requests from the document, as it asks for them and spoilt in one place, and sends
// them as everybody: no answer of 500 or more, none that the document does not know (user.do sees to both), nothing taken
// that the document forbids, and no case read that the reader's scope does not show. BAIMI_PROVE=1 draws a hundred thousand.
func TestTheDocumentIsAllThereIs(t *testing.T) {
	t.Parallel()
	requests := 5000
	if os.Getenv("BAIMI_PROVE") != "" {
		requests = 100_000
	}
	w := peopled(t, open(t))
	d := &drawer{Rand: rand.New(rand.NewPCG(20261122, 3))}
	for _, state := range []string{"registered", "accepted", "mediating", "agreed", "settled", "closed", "drafted", "signed", "in force", "applied", "confirmed"} {
		d.cases = append(d.cases, w.caseIn(t, state).String())
	}
	elsewhere := w.Register(t, w.Act(t, w.Hire(t, "far", domain.RolePointKeeper, w.PointB1)), w.Dispute(w.PointB1, w.CommitteeB1, w.VillageB1))
	d.cases = append(d.cases, elsewhere.CaseID().String(), "2-0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f")
	d.ids = []int64{1, 2, w.mediator, int64(w.PointA1), int64(w.CommitteeA1), int64(w.CommitteeB1), int64(w.VillageA1.ID), 1 << 40}
	ops := w.drawable()
	names := slices.Sorted(maps.Keys(w.users))
	taken, refused, invalid := 0, 0, 0
	keys := []string{}
	for range requests {
		op := ops[d.IntN(len(ops))]
		if slices.Contains(fuzzSpared, op.OperationID) {
			continue
		}
		who := names[d.IntN(len(names))]
		path := d.path(op.path, op.Parameters)
		var body any
		valid := true
		if op.RequestBody != nil {
			media := op.RequestBody.Value.Content.Get("application/json")
			if media == nil {
				continue // not a form: uploads have their own test
			}
			var near *nearly
			if d.IntN(2) == 0 {
				near = &nearly{left: 1 + d.IntN(12)}
			}
			body = d.value(media.Schema.Value, near)
		}
		key := fmt.Sprintf("fuzz-%d", d.Int64())
		if len(keys) > 0 && d.IntN(10) == 0 {
			key = keys[d.IntN(len(keys))] // somebody's, used again
		}
		keys = append(keys, key)
		headers := []string{}
		if op.method == http.MethodPost {
			headers = append(headers, "Idempotency-Key", key)
		}
		if body != nil {
			valid = fits(t, op, body)
		}
		a := w.users[who].do(op.method, path, body, headers...)
		switch {
		case a.status < 300 && !valid:
			b, _ := json.Marshal(body)
			t.Errorf("%s by %s took what the document forbids: %s", op.OperationID, who, b)
		case a.status < 300:
			taken++
		case valid:
			refused++
		default:
			invalid++
		}
		// the audit administrator reads which case was looked at, and nothing of the case
		if op.OperationID != "listAccesses" && op.method == http.MethodGet && a.status == http.StatusOK {
			w.ownRows(t, op.OperationID, who, a)
		}
	}
	t.Logf("%d requests over %d operations: %d taken, %d refused though well-formed, %d refused as malformed", requests, len(ops), taken, refused, invalid)
}

// fits asks the document, not the service, whether it knows such a body.
func fits(t *testing.T, op operation, body any) bool {
	t.Helper()
	b, err := json.Marshal(body)
	fatal(t, err)
	media := op.RequestBody.Value.Content.Get("application/json")
	var v any
	dec := json.NewDecoder(bytes.NewReader(b))
	fatal(t, dec.Decode(&v))
	return media.Schema.Value.VisitJSON(v, openapi3.VisitAsRequest(), openapi3.EnableFormatValidation()) == nil
}

// ownRows looks for the ids of cases in an answer and asks the domain whether the reader may see them.
func (w *world) ownRows(t *testing.T, operation, who string, a answer) {
	t.Helper()
	for _, id := range caseIDs(a.raw) {
		c, err := w.Store.Case(context.Background(), domain.SystemScope(w.County, w.CountyArea.Path), id)
		if err != nil {
			continue // a number that only looks like a case's
		}
		scope := w.actors[who].Scope()
		// that somebody may come to harm reaches the office and the bureau of a case that is hidden from them (ruling P13)
		warned := operation == "listAlerts" && (scope.Audience == domain.ForJudicialOffice || scope.Audience == domain.ForBureau) &&
			len(c.Escalations) > 0 && domain.Within(c.AreaPath, scope.Area)
		if !warned && !scope.Sees(c) {
			t.Errorf("%s showed case %s to %s", operation, id, who)
		}
	}
}

func caseIDs(raw []byte) []domain.CaseID {
	var ids []domain.CaseID
	for _, word := range strings.FieldsFunc(string(raw), func(r rune) bool { return r == '"' || r == ',' || r == ':' }) {
		if len(word) == 38 {
			if id, err := domain.ParseCaseID(word); err == nil {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
