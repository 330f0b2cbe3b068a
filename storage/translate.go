package storage

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"

	"baimi/domain"
)

// translate turns what PostgreSQL refuses for the client's sake into a domain error; everything else stays internal.
func translate(err error) error {
	var pg *pgconn.PgError
	if err == nil || domain.CodeOf(err) != "" {
		return err
	}
	if gone(err) {
		return fmt.Errorf("%w (%w)", domain.Errorf(domain.CodeUnavailable, "数据库暂时无法连接，请稍后重试"), err)
	}
	if !errors.As(err, &pg) {
		return err
	}
	switch pg.Code {
	case "23505":
		return fmt.Errorf("%w (%s)", domain.Errorf(domain.CodeExists, "已有相同的记录，请刷新后查看"), pg.ConstraintName)
	case "23P01":
		if pg.TableName == "booking" {
			return fmt.Errorf("%w (%s)", domain.Errorf(domain.CodeBooked, "调解室或者调解员刚被另一次调解会约定，请另选时间、场所或者调解员"), pg.ConstraintName)
		}
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

// gone tells that the connection was lost or could not be made; whether the work was done is then unknown, and an
// idempotency key makes it safe to ask again.
func gone(err error) bool {
	var connect *pgconn.ConnectError
	var network *net.OpError
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, driver.ErrBadConn)
}
