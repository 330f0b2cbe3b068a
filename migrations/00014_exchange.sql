-- Cases taken out and the codes they are told in. An export is kept as a record for good; its file, what it was looked for by and the
-- reason in words hold personal data, so they are encrypted, and the hourly sweep takes file and filter away when its time is over.

-- +goose Up
create table export_run (
    county       smallint not null references county,
    id           uuid not null,
    no           text collate "C" not null check (no ~ '^E[0-9]{8}-[0-9A-F]{8}$'),
    owner        text not null check (owner ~ '^account:[0-9]+[.][0-9]+$'),
    format       text not null check (format in ('gb31000', 'ministry')),
    file_type    text not null check (file_type in ('xlsx', 'json')),
    extended     boolean not null,
    clear        boolean not null,
    purpose      text not null check (purpose in ('statistics', 'report', 'inspection', 'exchange', 'handover', 'court_demand')),
    reason       bytea not null,
    filter       bytea,
    case_id      uuid,
    state        text not null check (state in ('waiting', 'running', 'done', 'failed', 'expired')),
    account      bigint not null references account,
    person       bigint not null references person,
    assignment   bigint not null references assignment,
    role         text not null,
    org          int not null references org,
    via          text not null check (via in ('session', 'token')),
    request      text not null check (length(request) <= 64),
    requested_at timestamptz not null,
    started_at   timestamptz,
    beat_at      timestamptz,
    finished_at  timestamptz,
    expires_at   timestamptz not null,
    rows         int not null default 0 check (rows >= 0),
    unmapped     int not null default 0 check (unmapped >= 0),
    withheld     int not null default 0 check (withheld >= 0),
    file         bytea,
    file_hash    bytea check (octet_length(file_hash) = 32),
    file_size    int not null default 0 check (file_size >= 0),
    downloads    int not null default 0 check (downloads >= 0),
    detail       text not null default '',
    primary key (county, id),
    unique (county, no),
    foreign key (county, case_id) references cases (county, id),
    check (expires_at > requested_at and expires_at <= requested_at + interval '31 days'),
    check (not clear or purpose in ('exchange', 'handover', 'court_demand')),
    check ((state = 'waiting') = (started_at is null)),
    check ((state in ('done', 'failed', 'expired')) = (finished_at is not null)),
    check ((file is not null) = (state = 'done')),
    check ((file_hash is not null) = (state in ('done', 'expired'))),
    constraint export_is_not_plain_text check ((file is null or get_byte(file, 0) = 1 and octet_length(file) >= 33)
        and get_byte(reason, 0) = 1 and octet_length(reason) >= 33 and (filter is null or get_byte(filter, 0) = 1))
);
create index export_run_newest on export_run (county, requested_at desc, id desc);
create index export_run_of_owner on export_run (county, owner, requested_at desc, id desc);
create index export_run_to_expire on export_run (county, expires_at) where state in ('waiting', 'running', 'done');
comment on table export_run is 'A list of cases, or one, taken out as a file (导出记录): who, what for, how many, and what became of the file.';
comment on column export_run.file_hash is 'SHA-256 of the file; it outlives the file, so that one found later can be told to be it.';
comment on column export_run.owner is 'The sign-in in its role: nobody else fetches the file.';

alter table export_run enable row level security;
-- Whoever made it reads it, in the role he made it in; the audit administrator reads all records of the county.
create policy reader on export_run using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (owner = nullif(current_setting('app.subject', true), '')
         or current_setting('app.audit', true) = 'on'
         or current_setting('app.system', true) = 'on'))
with check (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (owner = nullif(current_setting('app.subject', true), '')
         or current_setting('app.system', true) = 'on'));

create table exchange_mapping (
    county     smallint not null references county,
    format     text not null check (format in ('gb31000', 'ministry')),
    org        int not null check (org >= 0),
    version    int not null check (version >= 1),
    changed_by bigint not null references person,
    changed_as bigint not null references assignment,
    changed_at timestamptz not null,
    primary key (county, format, org, version)
);
comment on table exchange_mapping is 'One state of the table of codes of a county (org 0) or of an organisation in it, and who made it (对照表). Append-only.';

create table exchange_mapping_entry (
    county    smallint not null,
    format    text not null,
    org       int not null,
    version   int not null,
    list      text not null check (list ~ '^[a-z_]+$'),
    direction text not null check (direction in ('out', 'in')),
    from_code text not null check (from_code <> '' and length(from_code) <= 50),
    to_code   text not null check (length(to_code) <= 50),
    primary key (county, format, org, version, list, direction, from_code),
    foreign key (county, format, org, version) references exchange_mapping (county, format, org, version)
);
comment on table exchange_mapping_entry is 'Which code becomes which; an empty to_code takes a default away.';
