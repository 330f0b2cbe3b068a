-- Local tables: the service's own housekeeping on one node; nothing about a case. River's tables are made by a Go step.

-- +goose Up
create table session (
    hash       bytea primary key check (octet_length(hash) = 32),
    account    bigint not null,
    assignment bigint not null,
    created_at timestamptz not null,
    seen_at    timestamptz not null,
    expires_at timestamptz not null,
    check (expires_at > created_at)
);
create index on session (account);

create table login_failure (
    subject   text not null,
    failed_at timestamptz not null
);
create index on login_failure (subject, failed_at);
comment on table login_failure is 'One row a failed sign-in, by account and by address (hashed); the service counts the recent ones.';

create table job_run (
    job         text not null,
    tick        timestamptz not null,
    started_at  timestamptz not null,
    finished_at timestamptz,
    outcome     text check (outcome in ('done', 'failed')),
    detail      text not null default '',
    primary key (job, tick),
    check ((finished_at is null) = (outcome is null))
);
comment on table job_run is 'The ledger of scheduled work: one row for each planned time of each job.';
