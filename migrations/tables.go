package migrations

// Class says how a table is spread over machines.
type Class string

// The classes of tables.
const (
	Reference Class = "reference" // small, whole on every machine
	County    Class = "county"    // county first in every key; a county's rows stay together
	Local     Class = "local"     // housekeeping of one machine
)

// Table is one table of the schema.
type Table struct {
	Name      string
	Class     Class
	Protected bool   // behind row-level security
	Open      string // why a county table is not
}

// Tables lists every table. A test fails for one that is missing, and holds each to the rules of its class.
var Tables = []Table{
	{Name: "county", Class: Reference},
	{Name: "area", Class: Reference},
	{Name: "area_code", Class: Reference},
	{Name: "area_merger", Class: Reference},
	{Name: "org", Class: Reference},
	{Name: "point", Class: Reference},
	{Name: "point_status", Class: Reference},
	{Name: "room", Class: Reference},
	{Name: "person", Class: Reference},
	{Name: "assignment", Class: Reference},
	{Name: "account", Class: Reference},
	{Name: "account_code", Class: Reference},
	{Name: "api_token", Class: Reference},
	{Name: "dispute_type", Class: Reference},
	{Name: "calendar_version", Class: Reference},
	{Name: "calendar_day", Class: Reference},

	{Name: "cases", Class: County, Protected: true},
	{Name: "case_grant", Class: County, Protected: true},
	{Name: "personal_value", Class: County, Protected: true},
	{Name: "party", Class: County, Protected: true},
	{Name: "agreement", Class: County, Protected: true},
	{Name: "signature", Class: County, Protected: true},
	{Name: "obligation", Class: County, Protected: true},
	{Name: "urging", Class: County, Protected: true},
	{Name: "confirmation", Class: County, Protected: true},
	{Name: "follow_up", Class: County, Protected: true},
	{Name: "deadline", Class: County, Protected: true},
	{Name: "supplement", Class: County, Protected: true},
	{Name: "transfer", Class: County, Protected: true},
	{Name: "approval", Class: County, Protected: true},
	{Name: "pause", Class: County, Protected: true},
	{Name: "extension", Class: County, Protected: true},
	{Name: "representative", Class: County, Protected: true},
	{Name: "escalation", Class: County, Protected: true},
	{Name: "escalation_report", Class: County, Protected: true},
	{Name: "erasure", Class: County, Protected: true},
	{Name: "attachment", Class: County, Protected: true},
	{Name: "attachment_file", Class: County, Protected: true},
	{Name: "appointment", Class: County, Protected: true},
	{Name: "recusal", Class: County, Protected: true},
	{Name: "invitee", Class: County, Protected: true},
	{Name: "contact_attempt", Class: County, Protected: true},
	{Name: "notice", Class: County, Protected: true},
	{Name: "data_consent", Class: County, Protected: true},
	{Name: "archived_document", Class: County, Protected: true},
	{Name: "mediation_session", Class: County, Protected: true},
	{Name: "booking", Class: County, Protected: true},
	{Name: "waived_note", Class: County, Protected: true},
	{Name: "private_note", Class: County, Protected: true},
	{Name: "private_waiver", Class: County, Protected: true},
	{Name: "screening", Class: County, Protected: true},
	{Name: "draft", Class: County, Protected: true},
	{Name: "event", Class: County, Protected: true},
	{Name: "event_todo", Class: County, Protected: true},
	{Name: "alert", Class: County, Protected: true},
	{Name: "log_leaf", Class: County, Protected: true},
	{Name: "log_hash", Class: County, Protected: true},
	{Name: "checkpoint", Class: County, Protected: true},
	{Name: "rate_case", Class: County, Protected: true},
	{Name: "rate_month", Class: County, Protected: true},
	{Name: "idempotency", Class: County, Protected: true},
	{Name: "access_log", Class: County, Protected: true},
	{Name: "account_event", Class: County, Protected: true},
	{Name: "search_text", Class: County, Protected: true},
	{Name: "search_party", Class: County, Protected: true},
	{Name: "subject_request", Class: County, Protected: true},
	{Name: "import_run", Class: County, Protected: true},
	{Name: "export_run", Class: County, Protected: true},
	{Name: "exchange_mapping", Class: County, Open: "which of the receiver's codes is which of ours; nothing of a case, and every office of the county exports by it"},
	{Name: "exchange_mapping_entry", Class: County, Open: "as exchange_mapping"},
	{Name: "file_number", Class: County, Open: "a committee's counter without any content; whoever may accept takes the next number, also from a point that is no part of the committee's own scope"},

	{Name: "session", Class: Local},
	{Name: "login_failure", Class: Local},
	{Name: "job_run", Class: Local},
	{Name: "goose_db_version", Class: Local},
	{Name: "river_job", Class: Local},
	{Name: "river_leader", Class: Local},
	{Name: "river_migration", Class: Local},
	{Name: "river_queue", Class: Local},
	{Name: "river_client", Class: Local},
	{Name: "river_client_queue", Class: Local},
}
