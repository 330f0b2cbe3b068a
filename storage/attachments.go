package storage

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/google/uuid"
	"github.com/tink-crypto/tink-go/v2/streamingaead/subtle"
	"gorm.io/gorm"

	"baimi/domain"
	"baimi/storage/files"
)

// FileStore is where the bytes of attachments lie.
type FileStore interface {
	Put(ctx context.Context, name string, content []byte) error
	Get(ctx context.Context, name string) ([]byte, error)
	Delete(ctx context.Context, name string) error
	List(ctx context.Context, prefix string) iter.Seq2[files.Object, error]
}

// UseFiles says where the bytes of attachments lie. It comes before the first request.
func (s *Store) UseFiles(f FileStore) { s.files = f }

var errNoFiles = errors.New("storage: no file store was opened")

// attachmentFile is a row of attachment_file.
type attachmentFile struct {
	County          domain.County `gorm:"primaryKey"`
	CaseID          uuid.UUID     `gorm:"primaryKey"`
	ID              uuid.UUID     `gorm:"primaryKey"`
	Media           string
	Size            int64
	Digest          domain.Digest
	Pixels          *int
	RenditionMedia  *string
	RenditionSize   *int64
	RenditionDigest *domain.Digest
	Pages           *int
	DataKey         []byte
	BroughtBy       *domain.PersonID
	BroughtAt       time.Time
	ErasedAt        *time.Time
}

// TableName names the table.
func (attachmentFile) TableName() string { return "attachment_file" }

func (f attachmentFile) place() string {
	return fmt.Sprintf("attachment_file/%d/%s/%s", f.County, f.CaseID, f.ID)
}

// object is the name under which a part of it lies.
func (f attachmentFile) object(part domain.FilePart) string {
	return fmt.Sprintf("%d/%s/%s", f.County, f.ID, part)
}

func (f attachmentFile) parts() []domain.FilePart {
	if f.RenditionMedia == nil {
		return []domain.FilePart{domain.OriginalPart}
	}
	return []domain.FilePart{domain.OriginalPart, domain.RenditionPart}
}

func (f attachmentFile) stored() domain.StoredFile {
	out := domain.StoredFile{ID: f.ID, Media: f.Media, Size: f.Size, Digest: f.Digest, Pixels: f.Pixels}
	if f.RenditionMedia != nil {
		out.Rendition = &domain.Rendition{Media: *f.RenditionMedia, Size: *f.RenditionSize, Digest: *f.RenditionDigest, Pages: *f.Pages}
	}
	return out
}

// digest is the SHA-256 of a part as the row has it.
func (f attachmentFile) digest(part domain.FilePart) domain.Digest {
	if part == domain.RenditionPart {
		return deref(f.RenditionDigest)
	}
	return f.Digest
}

// KeepFile stores the bytes of a file, encrypted by a key of its own, and then the row that says so, in the caller's
// transaction: a crash between leaves bytes without a row, which are noise and are swept away, never the other way round.
func (s *Store) KeepFile(ctx context.Context, scope domain.Scope, n domain.BroughtFile) error {
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		row, err := s.keepBytes(ctx, n)
		if err != nil {
			return err
		}
		return translate(t.db.WithContext(ctx).Create(&row).Error)
	})
}

func (s *Store) keepBytes(ctx context.Context, n domain.BroughtFile) (attachmentFile, error) {
	row := attachmentFile{
		County: n.Case.County, CaseID: n.Case.UUID, ID: n.File.ID, Media: n.File.Media, Size: n.File.Size, Digest: n.File.Digest, Pixels: n.File.Pixels,
		BroughtAt: n.At,
	}
	if n.By != 0 {
		row.BroughtBy = &n.By
	}
	if r := n.File.Rendition; r != nil {
		row.RenditionMedia, row.RenditionSize, row.RenditionDigest, row.Pages = &r.Media, &r.Size, &r.Digest, &r.Pages
	}
	if s.files == nil {
		return row, errNoFiles
	}
	key := make([]byte, dataKeyLength)
	if _, err := io.ReadFull(rand.Reader, key); err != nil {
		return row, fmt.Errorf("key of a file: %w", err)
	}
	for part, content := range map[domain.FilePart][]byte{domain.OriginalPart: n.Original, domain.RenditionPart: n.Rendition} {
		if part == domain.RenditionPart && n.File.Rendition == nil {
			continue
		}
		if digestOf(content) != row.digest(part) {
			return row, fmt.Errorf("the %s of a file is not what was said of it", part)
		}
		sealed, err := sealFile(key, row.object(part), content)
		if err != nil {
			return row, err
		}
		if err := s.files.Put(ctx, row.object(part), sealed); err != nil {
			return row, unavailable("文件没有保存成功，请稍后再试", err)
		}
	}
	var err error
	if row.DataKey, err = s.keys.Seal(key, row.place()); err != nil {
		return row, fmt.Errorf("encrypt the key of a file: %w", err)
	}
	return row, nil
}

// digestOf is the SHA-256 of some bytes.
func digestOf(content []byte) domain.Digest {
	sum := sha256.Sum256(content)
	return domain.Digest(hex.EncodeToString(sum[:]))
}

const (
	dataKeyLength = 32
	fileSegment   = 1 << 16 // what is sealed at a time
)

func fileCipher(key []byte) (*subtle.AESGCMHKDF, error) {
	return subtle.NewAESGCMHKDF(key, "SHA256", dataKeyLength, fileSegment, 0)
}

// sealFile encrypts a part of a file; place binds it to its name.
func sealFile(key []byte, place string, content []byte) ([]byte, error) {
	box, err := fileCipher(key)
	if err != nil {
		return nil, fmt.Errorf("encrypt a file: %w", err)
	}
	var out bytes.Buffer
	w, err := box.NewEncryptingWriter(&out, []byte(place))
	if err != nil {
		return nil, fmt.Errorf("encrypt a file: %w", err)
	}
	if _, err := w.Write(content); err != nil {
		return nil, fmt.Errorf("encrypt a file: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("encrypt a file: %w", err)
	}
	return out.Bytes(), nil
}

func openFile(key []byte, place string, sealed []byte) ([]byte, error) {
	box, err := fileCipher(key)
	if err != nil {
		return nil, fmt.Errorf("decrypt a file: %w", err)
	}
	r, err := box.NewDecryptingReader(bytes.NewReader(sealed), []byte(place))
	if err != nil {
		return nil, fmt.Errorf("decrypt a file: %w", err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("decrypt a file: %w", err)
	}
	return content, nil
}

// StoredFile reads what is known of a file of a case that was opened before; one that was attached already is not found.
func (s *Store) StoredFile(ctx context.Context, scope domain.Scope, id domain.CaseID, file uuid.UUID) (out domain.StoredFile, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		row, err := takeOne[attachmentFile](t.db.WithContext(ctx).Table("attachment_file").Where(`county = ? and case_id = ? and id = ? and erased_at is null and not exists (
			select from attachment a where a.county = attachment_file.county and a.case_id = attachment_file.case_id and a.file = attachment_file.id)`,
			id.County, id.UUID, file), "上传的文件")
		out = row.stored()
		return err
	})
	return out, err
}

// ReadFile opens a part of a file of a case that was opened before.
func (s *Store) ReadFile(ctx context.Context, scope domain.Scope, id domain.CaseID, file uuid.UUID, part domain.FilePart) (content []byte, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		row, err := takeOne[attachmentFile](t.db.WithContext(ctx).Table("attachment_file").
			Where("county = ? and case_id = ? and id = ?", id.County, id.UUID, file), "文件")
		if err != nil {
			return err
		}
		content, err = s.readPart(ctx, row, part)
		return err
	})
	return content, err
}

func (s *Store) readPart(ctx context.Context, row attachmentFile, part domain.FilePart) ([]byte, error) {
	if row.DataKey == nil {
		return nil, domain.Errorf(domain.CodeGone, "该文件已经依法删除")
	}
	if s.files == nil {
		return nil, errNoFiles
	}
	key, err := s.keys.Unseal(row.DataKey, row.place())
	if err != nil {
		return nil, fmt.Errorf("open the key of file %s: %w", row.ID, err)
	}
	sealed, err := s.files.Get(ctx, row.object(part))
	if err != nil {
		return nil, unavailable("文件暂时读取不到，请告知系统管理员", err)
	}
	content, err := openFile(key, row.object(part), sealed)
	if err == nil && digestOf(content) != row.digest(part) {
		err = fmt.Errorf("file %s is not the one whose SHA-256 was kept", row.ID)
	}
	if err != nil {
		return nil, unavailable("文件已损坏，请告知系统管理员", err)
	}
	return content, nil
}

// forgetFiles makes the bytes of the files unreadable that the case's new erasures take: their keys go with the commit,
// the noise that is left with the next sweep.
func forgetFiles(db *gorm.DB, before, c *domain.Case) error {
	for i, x := range c.Attachments {
		if x.ErasedOn == nil || i < len(before.Attachments) && before.Attachments[i].ErasedOn != nil {
			continue
		}
		at := c.NewEvents[len(c.NewEvents)-1].RecordedAt
		res := db.Exec("update attachment_file set data_key = null, erased_at = ? where county = ? and case_id = ? and id = ? and erased_at is null",
			at, c.County, c.ID, x.File)
		if err := affectedOne(res, "file"); err != nil {
			return err
		}
	}
	return nil
}

// resealFileKeys seals the keys of files anew; the files themselves stay as they are.
func resealFileKeys(s *Store, db *gorm.DB, county domain.County, at *resealCursor, limit int) (int, error) {
	var rows []attachmentFile
	err := db.Raw(`select * from attachment_file where county = ? and (case_id, id) > (?, ?) and data_key is not null
		and substring(data_key from 2 for 4) <> ? order by case_id, id limit ? for update`,
		county, at.caseID, at.id, keyPrefix(s.keys.State().Primary), limit).Scan(&rows).Error
	if err != nil {
		return 0, err
	}
	for _, x := range rows {
		key, err := s.keys.Unseal(x.DataKey, x.place())
		if err != nil {
			return 0, fmt.Errorf("open the key of file %s: %w", x.ID, err)
		}
		if x.DataKey, err = s.keys.Seal(key, x.place()); err != nil {
			return 0, fmt.Errorf("seal the key of file %s: %w", x.ID, err)
		}
		res := db.Exec("update attachment_file set data_key = ? where county = ? and case_id = ? and id = ?", x.DataKey, county, x.CaseID, x.ID)
		if err := affectedOne(res, "file"); err != nil {
			return 0, err
		}
		at.caseID, at.id = x.CaseID, x.ID
	}
	return len(rows), nil
}

// unavailable tells people to come back or to call somebody; what really happened stays in the log.
func unavailable(message string, err error) error {
	return errors.Join(domain.Errorf(domain.CodeUnavailable, "%s", message), err)
}
