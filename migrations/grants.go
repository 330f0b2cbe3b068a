package migrations

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// grants gives the service's role what it needs and no more. Events may be added, never changed; the schema may be
// read for the start-up check. %s is the quoted role.
const grants = `
grant usage on schema public to %[1]s;
grant select, insert, update, delete on all tables in schema public to %[1]s;
grant usage, select on all sequences in schema public to %[1]s;
revoke insert, update, delete on goose_db_version from %[1]s;
revoke update, delete on county from %[1]s;
revoke insert, update, delete on calendar_version, calendar_day, dispute_type from %[1]s;
revoke update, delete on event, access_log, account_event from %[1]s;
grant execute on function access_log_turn(timestamptz) to %[1]s;
grant execute on function refresh_statistics() to %[1]s;
grant execute on function engagements(smallint, int[], bigint[], timestamptz, timestamptz) to %[1]s;
grant execute on function forget_private_notes(smallint, uuid, smallint) to %[1]s;
grant execute on function cases_in_session(smallint, timestamptz, timestamptz) to %[1]s;
revoke update, delete on log_leaf, log_hash, checkpoint from %[1]s;
revoke delete on appointment, recusal, invitee, contact_attempt, notice, data_consent from %[1]s;
revoke delete on subject_request, private_note, private_waiver, waived_note, mediation_session, booking, screening, cases, party, representative, escalation, escalation_report, erasure, agreement, signature, obligation, deadline, personal_value, alert, file_number from %[1]s;
revoke update, delete on case_grant from %[1]s;
grant delete on case_grant to %[1]s;
revoke update on search_text, search_party from %[1]s;
revoke delete on export_run from %[1]s;
revoke delete on attachment from %[1]s;
revoke update, delete on archived_document from %[1]s;
revoke update, delete on exchange_mapping, exchange_mapping_entry from %[1]s;
`

// grantTo creates the login role if it is missing, sets its password, and grants. Roles belong to the whole cluster,
// so several databases may be migrated at once: an advisory lock keeps them apart.
func grantTo(ctx context.Context, db *sql.DB, role, password string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("grant: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // after a commit there is nothing to roll back
	if _, err := tx.ExecContext(ctx, "select pg_advisory_xact_lock(7031)"); err != nil {
		return fmt.Errorf("grant: %w", err)
	}
	name := pgx.Identifier{role}.Sanitize()
	var exists, weak bool
	const q = "select count(*) > 0, coalesce(bool_or(rolsuper or rolbypassrls or rolcreaterole), false) from pg_roles where rolname = $1"
	if err := tx.QueryRowContext(ctx, q, role).Scan(&exists, &weak); err != nil {
		return fmt.Errorf("grant: %w", err)
	}
	if weak {
		return fmt.Errorf("role %s may pass by row-level security: the service needs a plain role", role)
	}
	if !exists {
		if _, err := tx.ExecContext(ctx, "create role "+name+" login"); err != nil {
			return fmt.Errorf("create role %s: %w", role, err)
		}
	}
	if password != "" {
		literal, err := quoteLiteral(ctx, tx, password)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "alter role "+name+" password "+literal); err != nil {
			return fmt.Errorf("set the password of role %s: %w", role, err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(grants, name)); err != nil {
		return fmt.Errorf("grant to role %s: %w", role, err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("grant: %w", err)
	}
	return nil
}

// quoteLiteral lets PostgreSQL quote, for statements that take no parameters.
func quoteLiteral(ctx context.Context, tx *sql.Tx, s string) (string, error) {
	var q string
	if err := tx.QueryRowContext(ctx, "select quote_literal($1::text)", s).Scan(&q); err != nil {
		return "", fmt.Errorf("quote: %w", err)
	}
	return q, nil
}
