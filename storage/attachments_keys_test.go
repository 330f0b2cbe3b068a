package storage_test

import (
	"bytes"
	"maps"
	"net/http/httptest"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"baimi/domain"
	"baimi/storage/files"
	"baimi/storage/storagetest"
)

// A rotation seals the keys of files anew and leaves the files as they lie; they open as before.
func TestFilesOpenAfterTheirKeysWereSealedAnew(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	id := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)).CaseID()
	c := w.Attach(t, w.Act(t, p.keeper), id, 1)
	kept(t, w) // the keys are in a folder, as those of a service are
	before := onDisk(t, w.FilesDir)
	was := w.Keys.State().Primary
	if err := w.Store.RotateKeys(t.Context(), []domain.Scope{county}, func(string) {}); err != nil {
		t.Fatal(err)
	}
	if err := w.Store.DropOldKeys(t.Context(), []domain.Scope{county}); err != nil {
		t.Fatal(err)
	}
	if w.Keys.State().Primary == was || !maps.EqualFunc(before, onDisk(t, w.FilesDir), bytes.Equal) {
		t.Error("no new key, or the files were touched")
	}
	if got, err := reads(t, w.Store, p.director, id, c.Attachments[0].File, domain.OriginalPart); err != nil || !bytes.Equal(got, storagetest.Picture(1)) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

// The same holds with the files in a bucket: they are there, encrypted, and go with the sweep.
func TestFilesLieInABucketAsTheyDoOnDisk(t *testing.T) {
	t.Parallel()
	backend := s3mem.New()
	if err := backend.CreateBucket("evidence"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(backend).Server())
	t.Cleanup(server.Close)
	w := storagetest.NewTown(t)
	bucket, err := files.OpenS3(t.Context(), files.S3{Bucket: "evidence", Endpoint: server.URL, AccessKey: "key", SecretKey: "secret", Prefix: "baimi"})
	if err != nil {
		t.Fatal(err)
	}
	w.Store.UseFiles(bucket)
	p := hire(t, w)
	c := withdrawn(t, w, w.Store, p, 1)
	c = w.Attach(t, w.Act(t, p.director), c.CaseID(), 1)
	w.Bring(t, p.director, c.CaseID(), 2)
	if got, err := reads(t, w.Store, p.director, c.CaseID(), c.Attachments[0].File, domain.OriginalPart); err != nil || !bytes.Equal(got, storagetest.Picture(1)) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if len(onDisk(t, w.FilesDir)) != 0 {
		t.Error("something lies on the disk too")
	}
	if sum, said := faults(t, w.Store, storagetest.Now); sum.Bad != 0 || sum.Files != 2 || sum.Objects != 4 {
		t.Errorf("%s\n%s", sum, said)
	}
	if _, err := w.Store.EraseValues(t.Context(), county, w.Act(t, domain.SystemActor(1)), c.CaseID(), domain.Erasing{Texts: true, Ground: domain.GroundWithdrawn}); err != nil {
		t.Fatal(err)
	}
	if n, err := w.Store.SweepFiles(t.Context(), county, storagetest.Now); err != nil || n != 2 {
		t.Errorf("swept %d, %v", n, err)
	}
	if sum, said := faults(t, w.Store, storagetest.Now); sum.Bad != 0 || sum.Erased != 1 || sum.Objects != 2 {
		t.Errorf("%s\n%s", sum, said)
	}
}
