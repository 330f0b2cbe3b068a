package storage

import (
	"fmt"
	"time"

	"gorm.io/gorm"

	"baimi/domain"
)

// expiryGrace is how long after its time the hourly sweep may take to clear a file.
const expiryGrace = 2 * time.Hour

// exports looks for files of exports that nobody may fetch any more and that are still there.
func (k *checker) exports(db *gorm.DB) error {
	rows, err := scanAll[domain.ExportRun](db.Table("export_run").Select("no, expires_at").
		Where("county = ? and expires_at < ? and (file is not null or filter is not null)", k.scope.County, k.now.Add(-expiryGrace)), "导出记录")
	if err != nil {
		return fmt.Errorf("exports: %w", err)
	}
	for _, x := range rows {
		k.found(FoundFile, "export "+x.No, "its time was over at %s, and its file is still kept", x.ExpiresAt.UTC().Format(time.RFC3339))
	}
	return nil
}
