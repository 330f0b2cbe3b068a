-- Who looked at what. One row for each detail view, unmasking, search by person, export, print and download (ruling P18);
-- kept three years (网络数据安全管理条例 12; 个人信息保护法 56), a month a partition, so that old rows go without a trace of
-- load. Partitions live in a schema of their own, into which the service's role cannot look: past the parent there is no
-- row-level security.

-- +goose Up
create table access_log (
    county     smallint not null references county,
    at         timestamptz not null,
    id         uuid not null,
    person     bigint,
    assignment bigint,
    role       text not null,
    org        int,
    via        text not null check (via in ('session', 'token', 'system')),
    request    text not null check (length(request) <= 64),
    what       text not null check (what in ('detail', 'unmask', 'search_person', 'export', 'print', 'download')),
    case_id    uuid,
    demand_no  text collate "C",
    party_no   smallint,
    fields     text[] not null check (fields <@ array['id_number', 'phone', 'address', 'rendition', 'original']),
    attachment_no int check (attachment_no >= 1),
    reason     text not null check (reason ~ '^[a-z_]*$'),
    count      int check (count >= 0),
    primary key (county, at, id),
    check ((via = 'system') = (person is null) and (person is null) = (assignment is null)),
    check ((case_id is null) = (demand_no is null)),
    check (case_id is not null or what in ('search_person', 'export', 'print', 'download')),
    check (case_id is not null or party_no is null),
    check ((what = 'unmask') = (fields && array['id_number', 'phone', 'address'])),
    check ((attachment_no is not null) = (fields && array['rendition', 'original'])),
    check (not 'original' = any (fields) or what = 'download' and reason <> ''),
    check (what <> 'unmask' or reason <> '')
) partition by range (at);
create index access_log_by_case on access_log (county, case_id, at desc, id desc) where case_id is not null;
create index access_log_by_person on access_log (county, person, at desc, id desc);
comment on table access_log is 'Who got to see personal data: who, in which role, what, of which case, why, when, by which request. Append-only.';
comment on column access_log.fields is 'Of an unmasking: which values were shown, never the values.';
comment on column access_log.count is 'Of a search, export or print over several cases: how many it gave.';

create schema access_months;
create table access_months.rest partition of access_log default;

-- +goose StatementBegin
create function access_log_turn(as_of timestamptz) returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
-- Opens the months from as_of's to the third after it and drops those that are past their three years. It works with
-- the owner's rights, because the service's role may make and drop no table; so what is dropped goes by the earlier of
-- as_of and the database's own clock: nobody who has taken over the service can wipe the log with a date. Rows that came
-- before their month was opened wait in access_months.rest and move into it.
declare
    oldest timestamptz := least(as_of, now()) - interval '3 years';
    month  timestamp;
    part   record;
    name   text;
    low    timestamptz;
    high   timestamptz;
    turned int := 0;
begin
    perform pg_advisory_xact_lock(7035);
    for month in select generate_series(date_trunc('month', as_of at time zone 'Asia/Shanghai'),
        date_trunc('month', as_of at time zone 'Asia/Shanghai') + interval '3 months', interval '1 month')
    loop
        name := to_char(month, '"m"YYYY_MM');
        continue when to_regclass('access_months.' || name) is not null;
        low := month at time zone 'Asia/Shanghai';
        high := (month + interval '1 month') at time zone 'Asia/Shanghai';
        execute format('create table access_months.%I (like public.access_log including defaults including constraints)', name);
        execute format('with moved as (delete from access_months.rest where at >= %L and at < %L returning *)
            insert into access_months.%I select * from moved', low, high, name);
        execute format('alter table public.access_log attach partition access_months.%I for values from (%L) to (%L)', name, low, high);
        turned := turned + 1;
    end loop;
    for part in select relname from pg_class where relnamespace = 'access_months'::regnamespace and relkind = 'r'
        and relname ~ '^m[0-9]{4}_[0-9]{2}$'
    loop
        high := (to_timestamp(substr(part.relname, 2), 'YYYY_MM')::timestamp + interval '1 month') at time zone 'Asia/Shanghai';
        if high <= oldest then
            execute format('drop table access_months.%I', part.relname);
            turned := turned + 1;
        end if;
    end loop;
    delete from access_months.rest where at < oldest;
    return turned;
end $$;
-- +goose StatementEnd
revoke all on function access_log_turn(timestamptz) from public;
select access_log_turn(now());

alter table access_log enable row level security;
-- One writes lines about oneself; the audit administrator reads all of the county, and who has read a case those of it.
create policy reader on access_log using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (case_id = any (nullif(current_setting('app.cases', true), '')::uuid[])
         or current_setting('app.audit', true) = 'on'
         or current_setting('app.system', true) = 'on'))
with check (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (person = nullif(current_setting('app.person', true), '')::bigint
         or current_setting('app.system', true) = 'on'));

create table account_event (
    county     smallint not null references county,
    at         timestamptz not null,
    id         uuid not null,
    account    bigint not null references account,
    kind       text not null check (kind in ('created', 'slip_issued', 'code_issued', 'activated', 'password_set', 'disabled', 'enabled',
                   'role_given', 'role_ended', 'sign_ins_ended')),
    person     bigint references person,
    assignment bigint references assignment,
    role       text not null,
    via        text not null check (via in ('session', 'token', 'system')),
    request    text not null check (length(request) <= 64),
    about      bigint references assignment,
    on_day     date,
    reason     text not null check (reason ~ '^[a-z_]*$'),
    primary key (county, at, id),
    check ((via = 'system') = (person is null) and (person is null) = (assignment is null)),
    check ((kind in ('role_given', 'role_ended')) = (about is not null)),
    check ((about is null) = (on_day is null))
);
create index account_event_by_account on account_event (county, account, at desc, id desc);
comment on table account_event is 'What was done to accounts and roles, by whom. Append-only; the audit administrator reads it.';
comment on column account_event.about is 'The role that was given or ended; on_day is the first day with it, or without.';

alter table account_event enable row level security;
create policy reader on account_event using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (current_setting('app.audit', true) = 'on' or current_setting('app.system', true) = 'on'))
with check (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (person = nullif(current_setting('app.person', true), '')::bigint
         or current_setting('app.system', true) = 'on'));

create table subject_request (
    county        smallint not null references county,
    id            uuid not null,
    kind          text not null check (kind in ('copy', 'correct', 'erase', 'stop')),
    requested_on  date not null,
    requested_how text not null check (requested_how in ('visit', 'letter', 'agent')),
    subject       bytea not null,
    blind         bytea not null check (octet_length(blind) = 16),
    area_path     text collate "C" not null check (area_path ~ '^[0-9]{6}([0-9]{3}){0,6}$'),
    org           int not null references org,
    taken_at      timestamptz not null,
    taken_by      bigint not null references person,
    due_on        date not null,
    decision      text check (decision in ('granted', 'partly', 'refused')),
    ground        text check (ground in ('archive_duty', 'in_hand', 'identity', 'no_data', 'others_data')),
    decided_on    date,
    decided_by    bigint references person,
    done_on       date,
    primary key (county, id),
    check (due_on >= requested_on and requested_on <= (taken_at at time zone 'Asia/Shanghai')::date),
    check ((decision is null) = (decided_on is null) and (decision is null) = (decided_by is null)),
    check ((decision in ('partly', 'refused')) is not distinct from (ground is not null) or decision is null and ground is null),
    check (decided_on >= requested_on and done_on >= decided_on),
    check (done_on is null or decision in ('granted', 'partly')),
    constraint subject_is_not_plain_text check (get_byte(subject, 0) = 1 and octet_length(subject) >= 33)
);
create index subject_request_newest on subject_request (county, taken_at desc, id desc);
comment on table subject_request is 'What somebody asks for as the person the data are about (个人信息保护法 44-47): a copy, a correction, erasure, or to stop using them.';
comment on column subject_request.subject is 'Encrypted: who asks, as the identity document says. blind finds the cases.';

alter table subject_request enable row level security;
create policy reader on subject_request using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and ((length(current_setting('app.area', true)) >= 6
          and area_path >= current_setting('app.area', true)
          and area_path < current_setting('app.area', true) || ':')
         or org = any (nullif(current_setting('app.orgs', true), '')::int[])
         or current_setting('app.system', true) = 'on'));
