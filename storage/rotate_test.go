package storage_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// idNumber makes the n-th of many valid numbers.
func idNumber(n int) string {
	s := fmt.Sprintf("51018519%02d0307%03d", 40+n/900, n%900)
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += w * int(s[i]-'0')
	}
	return s + string("10X98765432"[sum%11])
}

// withdrawn is a case that has ended, between two people nobody else is.
func withdrawn(t testing.TB, w *storagetest.Town, s *storage.Store, p people, n int) *domain.Case {
	t.Helper()
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	in.Parties[0].IDNumber, in.Parties[1].IDNumber = idNumber(2*n), idNumber(2*n+1)
	a := w.Act(t, p.keeper)
	r, err := domain.Register(a, in)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.CreateCase(t.Context(), p.keeper.Scope(), r.Case); err != nil {
		t.Fatal(err)
	}
	dir := w.Act(t, p.director)
	dir.Reason = "applicant_wish"
	c, err := s.UpdateCase(t.Context(), p.director.Scope(), r.Case.CaseID(), func(_ context.Context, c *domain.Case) error {
		return c.Withdraw(dir, calendar.DateOf(storagetest.Now))
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// failed is a case that was accepted and came to nothing.
func failed(t testing.TB, w *storagetest.Town, p people, n int) {
	t.Helper()
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	in.Parties[0].IDNumber, in.Parties[1].IDNumber = idNumber(2*n), idNumber(2*n+1)
	c := w.Register(t, w.Act(t, p.keeper), in)
	w.Accept(t, w.Act(t, p.director), c.CaseID(), p.mediator.Person)
	med := w.Act(t, p.mediator)
	med.Reason = "no_prospect"
	today := calendar.DateOf(storagetest.Now)
	w.Change(t, med, c.CaseID(), func(_ context.Context, c *domain.Case) error {
		return c.Fail(med, domain.Ending{On: today, Remedies: []string{"court"}, ToldOn: today})
	})
}

func draft(t testing.TB, w *storagetest.Town, s *storage.Store, p people) uuid.UUID {
	t.Helper()
	id := uuid.New()
	_, err := s.UpdateDraft(t.Context(), p.keeper.Scope(), id, func(was *domain.IntakeDraft) (*domain.IntakeDraft, error) {
		return domain.SaveDraft(w.Act(t, p.keeper), was, id, 0, []byte(`{"facts": "还没写完"}`))
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// subjectRequest is somebody's request for a copy.
func subjectRequest(t testing.TB, w *storagetest.Town, s *storage.Store, p people) domain.SubjectRequest {
	t.Helper()
	r, err := domain.TakeSubjectRequest(w.Act(t, p.bureau), uuid.New(), domain.NewSubjectRequest{
		Kind: domain.SubjectCopy, On: calendar.DateOf(storagetest.Now), How: "visit", IdentityChecked: true,
		Subject: domain.Subject{Name: "王小明", IDNumber: "510185199003070013"},
	})
	if err == nil {
		err = s.PutSubjectRequest(t.Context(), p.bureau.Scope(), r)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// kept opens a second store on the same keys folder, as a second process does.
func kept(t *testing.T, w *storagetest.Town) *storage.Store {
	t.Helper()
	dir := t.TempDir() + "/keys"
	if err := w.Keys.Save(dir); err != nil {
		t.Fatal(err)
	}
	keys, err := storage.LoadKeyring(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := storage.Open(t.Context(), w.DB.AppURL, keys, storage.Options{MaxConnections: 8})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// TestKeysChangeWhileTheServiceWorks rotates twice while another process registers, reads and searches; then nothing is left
// under the old keys, they go, and everything is as it was.
func TestKeysChangeWhileTheServiceWorks(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	service := kept(t, w)
	var first []*domain.Case
	for n := range 20 {
		first = append(first, withdrawn(t, w, service, p, n))
	}
	id := draft(t, w, service, p)
	scope := p.keeper.Scope()
	if err := service.Remember(t.Context(), scope, "k1", "registerCase", slices.Repeat([]byte{1}, 32), []byte("一份答复"), storagetest.Now); err != nil {
		t.Fatal(err)
	}
	asked := subjectRequest(t, w, service, p)
	imported := domain.ImportRun{
		County: w.County, ID: uuid.New(), Kind: domain.ImportLedger, State: domain.ImportWaiting, FileName: "台账.csv", FileHash: slices.Repeat([]byte{1}, 32),
		Format: "csv", Role: domain.RoleBureauOfficer, Via: domain.ViaSystem, RequestedAt: storagetest.Now, Rows: 1,
	}
	if err := service.CreateImport(t.Context(), county, imported, []byte("调委会,卷号")); err != nil {
		t.Fatal(err)
	}
	fold(t, w)
	before := figures(t, w)
	var over atomic.Bool
	done := make(chan error, 1)
	work := func() error {
		for n := 100; !over.Load() || n < 110; n++ {
			c := withdrawn(t, w, service, p, n)
			if _, err := service.Case(t.Context(), scope, first[n%len(first)].CaseID()); err != nil {
				return err
			}
			if got := found(t, service, p.director.Scope(), domain.CaseFilter{Words: words(t, "排水")}, 200); !slices.Contains(got, first[0].DemandNo) || !slices.Contains(got, c.DemandNo) {
				return fmt.Errorf("%d found by a word while the keys change", len(got))
			}
		}
		return nil
	}
	go func() { done <- work() }()
	was := w.Keys.State().Primary
	for range 2 {
		if err := w.Store.RotateKeys(t.Context(), []domain.Scope{county}, func(string) {}); err != nil {
			t.Fatal(err)
		}
		if err := w.Store.DropOldKeys(t.Context(), []domain.Scope{county}); err != nil {
			t.Fatal(err)
		}
	}
	over.Store(true)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if s := w.Keys.State(); s.Primary == was || len(s.Old) > 0 || s.Prepared != 0 {
		t.Errorf("keys %+v, was %x", s, was)
	}
	for _, c := range first {
		got, err := w.Store.Case(t.Context(), scope, c.CaseID())
		if err != nil || got.Parties[0].IDNumber.Reveal() != c.Parties[0].IDNumber.Reveal() {
			t.Fatalf("%v", err)
		}
	}
	if d, err := service.Draft(t.Context(), scope, id); err != nil || string(d.Content) != `{"facts": "还没写完"}` {
		t.Errorf("draft %+v, %v", d, err)
	}
	if a, ok, err := service.Replay(t.Context(), scope, "k1", "registerCase", slices.Repeat([]byte{1}, 32)); err != nil || !ok || string(a) != "一份答复" {
		t.Errorf("answer %q %v %v", a, ok, err)
	}
	if n, err := service.PersonInCases(t.Context(), county, first[3].Parties[1].IDNumber.Reveal()); err != nil || len(n) != 1 || n[0].Case != first[3].CaseID() {
		t.Errorf("found by number: %v %v", n, err)
	}
	if list, _, err := service.SubjectRequests(t.Context(), p.bureau.Scope(), true, domain.Page{Size: 10}); err != nil || len(list) != 1 || list[0].Subject != asked.Subject {
		t.Errorf("requests %+v, %v", list, err)
	}
	if file, err := service.ImportFile(t.Context(), county, imported.ID); err != nil || string(file) != "调委会,卷号" {
		t.Errorf("the file of an import: %q, %v", file, err)
	}
	if n, err := service.CasesOfSubject(t.Context(), county, first[3].Parties[1].IDNumber.Reveal()); err != nil || len(n) != 1 {
		t.Errorf("cases of a person: %v %v", n, err)
	}
	fold(t, w)
	if after := figures(t, w); after <= before {
		t.Errorf("figures %d, then %d", before, after)
	}
	if sum, bad := checkTown(t, w, storagetest.Now); sum.Bad > 0 {
		t.Errorf("%s\n%v", sum, bad)
	}
}

// figures is how many cases the months count as withdrawn before acceptance.
func figures(t *testing.T, w *storagetest.Town) int {
	t.Helper()
	n, err := strconv.Atoi(one(t, w, "select coalesce(sum(withdrawn_before_acceptance), 0)::text from rate_month"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestAChangeOfKeysIsTakenUpWhereItStopped stops after each step, as a crash would.
func TestAChangeOfKeysIsTakenUpWhereItStopped(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	for n := range 5 {
		withdrawn(t, w, w.Store, p, n)
	}
	scopes := []domain.Scope{county}
	for step, stop := range map[string]func() error{
		"prepared": w.Keys.Prepare,
		"taken over": func() error {
			if err := w.Keys.Prepare(); err != nil {
				return err
			}
			return w.Keys.Promote()
		},
	} {
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		if sum, bad := checkTown(t, w, storagetest.Now); sum.Bad > 0 && step == "prepared" {
			t.Errorf("%s: %v", step, bad)
		}
		if err := w.Store.DropOldKeys(t.Context(), scopes); step == "taken over" && err == nil {
			t.Error("keys were dropped that still seal something")
		}
		if err := w.Store.RotateKeys(t.Context(), scopes, func(string) {}); err != nil {
			t.Fatal(err)
		}
		if err := w.Store.DropOldKeys(t.Context(), scopes); err != nil {
			t.Fatal(err)
		}
		if sum, bad := checkTown(t, w, storagetest.Now); sum.Bad > 0 || w.Keys.Changing() {
			t.Errorf("after %s: %v", step, bad)
		}
	}
}

// TestAHundredPeopleAreErased erases them after a rotation: chains, figures and file stay, every text is gone.
func TestAHundredPeopleAreErased(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	for n := range 50 {
		if n%2 == 0 {
			withdrawn(t, w, w.Store, p, n)
		} else {
			failed(t, w, p, n) // which the rates count, and whose file must be kept for its time
		}
	}
	inHand := owed(t, w, p)
	fold(t, w)
	if n := one(t, w, "select sum(failed)::text from rate_month"); n != "25" {
		t.Fatalf("the rates count %s failures", n)
	}
	rates := one(t, w, "select string_agg(m::text, '|' order by m::text) from rate_month m")
	chains := one(t, w, "select string_agg(encode(hash, 'hex'), '' order by case_id, seq) from event")
	if err := w.Store.RotateKeys(t.Context(), []domain.Scope{county}, func(string) {}); err != nil {
		t.Fatal(err)
	}
	act := w.Act(t, domain.SystemActor(1))
	quiet, err := w.Store.PersonInCases(t.Context(), county, idNumber(2)) // whose file is kept and used no more
	if err != nil || len(quiet) != 1 {
		t.Fatalf("%+v %v", quiet, err)
	}
	if _, err := w.Store.UpdateCase(t.Context(), county, quiet[0].Case, func(_ context.Context, c *domain.Case) error { return c.StopProcessing(act, 1) }); err != nil {
		t.Fatal(err)
	}
	byNumber := domain.CaseFilter{Party: &domain.PartyQuery{IDNumbers: []string{idNumber(2)}}}
	if rows := found(t, w.Store, p.bureau.Scope(), byNumber, 10); len(rows) != 0 {
		t.Errorf("found by the number: %v", rows)
	}
	for n := range 100 {
		in, err := w.Store.PersonInCases(t.Context(), county, idNumber(n))
		if err != nil || len(in) != 1 || in[0].PartyNo != n%2+1 {
			t.Fatalf("person %d: %+v %v", n, in, err)
		}
		erasing := domain.Erasing{PartyNo: in[0].PartyNo, Ground: domain.GroundRequest}
		c, err := w.Store.EraseValues(t.Context(), county, act, in[0].Case, erasing)
		if n/2%2 == 1 {
			if domain.CodeOf(err) != domain.CodeGuard {
				t.Fatalf("person %d: erased at his wish from a file: %v", n, err)
			}
			erasing.Ground = domain.GroundPurposeOver
			c, err = w.Store.EraseValues(t.Context(), county, act, in[0].Case, erasing)
		}
		if err != nil || !strings.HasPrefix(c.Parties[n%2].Name.Reveal(), "已删除（") {
			t.Fatalf("person %d: %v", n, err)
		}
		if in, err = w.Store.PersonInCases(t.Context(), county, idNumber(n)); err != nil || len(in) != 0 {
			t.Fatalf("still found: %+v %v", in, err)
		}
	}
	_, err = w.Store.EraseValues(t.Context(), county, act, inHand.CaseID(), domain.Erasing{PartyNo: 1, Ground: domain.GroundRequest})
	if domain.CodeOf(err) != domain.CodeNotOpen {
		t.Errorf("a case in hand: %v", err)
	}
	if err := w.Store.DropOldKeys(t.Context(), []domain.Scope{county}); err != nil {
		t.Error(err)
	}
	for q, want := range map[string]string{
		"select count(*)::text from personal_value where erased_at is not null and cipher is null and blind is null and erased_ground in ('subject_request', 'purpose_over')": "400",
		"select count(*)::text from event where kind = 'erase' and reason in ('subject_request', 'purpose_over') and via = 'system'":                                          "100",
		"select string_agg(m::text, '|' order by m::text) from rate_month m":                                                                                                  rates,
		"select string_agg(encode(hash, 'hex'), '' order by case_id, seq) from event where kind not in ('erase', 'stop_processing')":                                          chains,
	} {
		if got := one(t, w, q); got != want {
			t.Errorf("%s\n got %.200s\nwant %.200s", q, got, want)
		}
	}
	fold(t, w)
	if sum, bad := checkTown(t, w, storagetest.Now); sum.Bad > 0 || sum.Erased != 400 {
		t.Errorf("%s\n%v", sum, bad)
	}
}

// TestEverySealedColumnIsSealedAnew holds the list of sealed columns to the schema's own constraints.
func TestEverySealedColumnIsSealedAnew(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	have := one(t, w, `select string_agg(table_name || '.' || column_name, ' ' order by table_name || '.' || column_name collate "C")
		from information_schema.columns where table_schema = 'public' and data_type = 'bytea'
			and column_name not like '%hash' and column_name not in ('blind', 'root') and table_name not like 'river_%'`)
	if want := storage.SealedColumns(); have != want {
		t.Errorf("the schema seals %s, a rotation %s", have, want)
	}
}

// one reads one text past all policies.
func one(t *testing.T, w *storagetest.Town, q string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	var text string
	if err := conn.QueryRow(t.Context(), q).Scan(&text); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return text
}
