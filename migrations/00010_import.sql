-- Files brought in: one row a run, with who, when and what became of the rows. The file itself and the one with its bad
-- rows hold names, so they are encrypted, and the hourly sweep takes them away after a week; the row stays.

-- +goose Up
create table import_run (
    county       smallint not null references county,
    id           uuid not null,
    kind         text not null check (kind in ('areas', 'organisations', 'points', 'people', 'ledger', 'gb31000', 'ministry')),
    dry          boolean not null,
    state        text not null check (state in ('waiting', 'running', 'done', 'failed')),
    file_name    text not null check (length(file_name) <= 200),
    committee    int references org,
    file_hash    bytea not null check (octet_length(file_hash) = 32),
    format       text not null check (format in ('xlsx', 'csv', 'json')),
    file         bytea,
    errors       bytea,
    requested_by bigint references person,
    requested_as bigint references assignment,
    role         text not null,
    via          text not null check (via in ('session', 'token', 'system')),
    requested_at timestamptz not null,
    started_at   timestamptz,
    beat_at      timestamptz,
    finished_at  timestamptz,
    rows         int not null default 0 check (rows >= 0),
    done         int not null default 0,
    added        int not null default 0 check (added >= 0),
    changed      int not null default 0 check (changed >= 0),
    same         int not null default 0 check (same >= 0),
    bad          int not null default 0 check (bad >= 0),
    detail       text not null default '',
    primary key (county, id),
    constraint file_is_not_plain_text check (get_byte(file, 0) = 1 and octet_length(file) >= 33),
    constraint errors_is_not_plain_text check (get_byte(errors, 0) = 1 and octet_length(errors) >= 33),
    check (done between 0 and rows),
    check ((requested_by is null) = (requested_as is null)),
    check (via = 'system' or requested_by is not null),
    check ((state = 'waiting') = (started_at is null)),
    check ((state in ('done', 'failed')) = (finished_at is not null)),
    check (state <> 'done' or added + changed + same + bad = rows)
);
create index import_run_newest on import_run (county, requested_at desc, id desc);
create unique index import_run_one_at_a_time on import_run (county) where state in ('waiting', 'running') and not dry;
comment on table import_run is 'A file of areas, organisations, points, people or past files on its way in (导入记录).';
comment on column import_run.committee is 'Of cases of another system: the committee that takes those whose own is not known here.';
comment on column import_run.file_hash is 'SHA-256 of the file as it came.';

alter table import_run enable row level security;
create policy reader on import_run using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (current_setting('app.imports', true) = 'on'
         or current_setting('app.system', true) = 'on'));
