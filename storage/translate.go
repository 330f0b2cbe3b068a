package storage

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"baimi/domain"
)

// translate turns what PostgreSQL refuses for the client's sake into a domain error; everything else stays internal.
func translate(err error) error {
	var pg *pgconn.PgError
	if err == nil || !errors.As(err, &pg) {
		return err
	}
	switch pg.Code {
	case "23505":
		return fmt.Errorf("%w (%s)", domain.Errorf(domain.CodeExists, "已有相同的记录，请刷新后查看"), pg.ConstraintName)
	case "23P01":
		return fmt.Errorf("%w (%s)", domain.Errorf(domain.CodeExists, "与已有记录的起止日期重叠"), pg.ConstraintName)
	case "40001", "40P01", "55P03":
		return fmt.Errorf("%w (%s)", domain.Errorf(domain.CodeUnavailable, "系统繁忙，请稍后重试"), pg.Code)
	case "57P01", "57P02", "57P03":
		return fmt.Errorf("%w (%s)", domain.Errorf(domain.CodeUnavailable, "数据库正在重启，请稍后重试"), pg.Code)
	case "22021", "22P05":
		return fmt.Errorf("%w (%s)", domain.Errorf(domain.CodeInvalid, "内容里有无法保存的字符"), pg.Code)
	}
	return err
}
