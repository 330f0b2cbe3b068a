package storage

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"baimi/domain"
)

// AgreementByCode finds the case and the number of the agreement that a verification code stands on, through one index. The
// scope is the county's system scope: whoever asks is nobody the service knows, and is told nothing of the case.
func (s *Store) AgreementByCode(ctx context.Context, scope domain.Scope, code domain.VerificationCode) (id domain.CaseID, no int, err error) {
	var g domain.Agreement
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		return t.db.WithContext(ctx).Select("case_id", "no").Where("county = ? and code = ?", scope.County, string(code)).Take(&g).Error
	})
	if errors.Is(err, gorm.ErrRecordNotFound) || domain.CodeOf(err) == domain.CodeNotFound {
		return id, 0, domain.NotFound("核验码")
	}
	if err != nil {
		return id, 0, fmt.Errorf("find an agreement by its code: %w", err)
	}
	return domain.CaseID{County: scope.County, UUID: g.CaseID}, g.No, nil
}
