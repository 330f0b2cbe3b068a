package storage_test

import (
	"context"
	"strings"
	"testing"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// archivedCase is a withdrawn case with two files, one of them withdrawn, locked with its register.
func archivedCase(t *testing.T, w *storagetest.Town, p people) *domain.Case {
	t.Helper()
	id := withdrawn(t, w, w.Store, p, 1).CaseID()
	dir, today := w.Act(t, p.director), calendar.DateOf(storagetest.Now)
	w.Attach(t, dir, id, 1)
	w.Attach(t, dir, id, 2)
	why := dir
	why.Reason = "unclear"
	w.Change(t, why, id, func(_ context.Context, c *domain.Case) error { return c.WithdrawAttachment(why, 2) })
	w.Change(t, dir, id, func(_ context.Context, c *domain.Case) error { return c.Close(dir, today) })
	return w.Change(t, dir, id, func(_ context.Context, c *domain.Case) error {
		return c.Archive(dir, today, domain.FiledDocument{Code: "register"}, domain.FiledDocument{Code: "notice", No: 1})
	})
}

func TestTheManifestIsStoredAndHoldsToTheRecord(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := archivedCase(t, w, p)
	if len(c.Archived) != 3 || c.Archived[2].AttachmentNo == nil || c.Archived[2].Digest != c.Attachments[0].Digest || c.Attachments[1].ArchivedOn != nil {
		t.Errorf("%+v", c.Archived)
	}
	if c.Archived[0].Digest == c.Archived[1].Digest {
		t.Error("two documents have one digest")
	}
	wholeCheck(t, w)
}

// What is archived is the database's to keep, too: whoever holds the service's role changes neither list nor file.
func TestWhatIsArchivedCannotBeChanged(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	archivedCase(t, w, p)
	scope := domain.SystemScope(1, "510185")
	for q, want := range map[string]string{
		"update archived_document set digest = repeat('ab', 32)":       "42501",
		"delete from archived_document":                                "42501",
		"delete from attachment":                                       "42501",
		"update attachment set digest = repeat('ab', 32) where no = 1": "23503",
		"update attachment set archived_on = null where no = 1":        "23503",
		"update attachment set withdrawn_on = added_on, withdrawn_by = added_by, withdrawn_reason = 'unclear' where no = 1": "23514",
	} {
		if _, err := storage.ExecAs(t, w.Store, scope, q); state(err) != want {
			t.Errorf("%s: %v, want %s", q, err, want)
		}
	}
}

func TestPlantedFaultsOfTheManifestAreFound(t *testing.T) {
	t.Parallel()
	for what, x := range map[string]struct{ sql, says string }{
		"a digest of a form":  {"update archived_document set digest = repeat('ab', 32) where no = 1", "another digest than the record gives"},
		"another form":        {"update archived_document set document = 'agreement' where no = 2", "another digest than the record gives"},
		"a digest of a file":  {"update archived_document set digest = repeat('ab', 32) where no = 3", "is not file 1 as it was archived"},
		"a line that is gone": {"delete from archived_document where no = 3", "archived in one place and not in the other"},
		"another locking":     {"update archived_document set filing = 2 where no = 1", "of which there are 1"},
	} {
		w := storagetest.NewTown(t)
		p := hire(t, w)
		c := archivedCase(t, w, p)
		plant(t, w, x.sql)
		fold(t, w)
		var found []string
		if _, err := w.Store.Check(t.Context(), county, storagetest.Now, func(f storage.Finding) {
			if f.Kind == storage.FoundManifest && f.Where == c.CaseID().String() {
				found = append(found, f.What)
			}
		}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.Join(found, "\n"), x.says) {
			t.Errorf("%s: %v", what, found)
		}
	}
}
