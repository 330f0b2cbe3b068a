package domain_test

import (
	"testing"

	"baimi/domain"
)

// What a case counts as, by where it stands (ruling P7).
func TestContribution(t *testing.T) {
	withdrawnBefore := takeIn(t)
	must(t, withdrawnBefore.Withdraw(because(director, "applicant_wish"), accepted))
	voidedAfter := at(t, domain.StatusAgreedOral)
	must(t, voidedAfter.Void(because(bureau, "double_entry")))
	imported := at(t, domain.StatusAgreedOral)
	imported.Origin = domain.OriginImported
	for name, x := range map[string]struct {
		c      *domain.Case
		bucket domain.Bucket
	}{
		"registered":             {at(t, domain.StatusRegistered), ""},
		"accepted":               {at(t, domain.StatusAccepted), ""},
		"mediating":              {at(t, domain.StatusMediating), ""},
		"oral agreement":         {at(t, domain.StatusAgreedOral), domain.BucketSucceeded},
		"written agreement":      {at(t, domain.StatusAgreedWritten), domain.BucketSucceeded},
		"closed":                 {at(t, domain.StatusClosed), domain.BucketSucceeded},
		"archived":               {at(t, domain.StatusArchived), domain.BucketSucceeded},
		"failed":                 {at(t, domain.StatusFailed), domain.BucketFailed},
		"withdrawn":              {at(t, domain.StatusWithdrawn), domain.BucketWithdrawn},
		"withdrawn before":       {withdrawnBefore, domain.BucketWithdrawnBefore},
		"not accepted":           {at(t, domain.StatusNotAccepted), domain.BucketNotAccepted},
		"voided before its end":  {at(t, domain.StatusVoid), domain.BucketVoid},
		"voided after its end":   {voidedAfter, domain.BucketVoid},
		"imported from a ledger": {imported, domain.BucketImported},
	} {
		got, ok := x.c.Contribution()
		if ok != (x.bucket != "") || got.Bucket != x.bucket {
			t.Errorf("%s: %q, %v", name, got.Bucket, ok)
		}
		if ok && (got.Month != day("2026-09-01") || got.Committee != committee || got.AreaPath != village || got.Type != "02" || got.Source != domain.SourceApplied) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
