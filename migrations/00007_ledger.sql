-- The sealed log: the hashes of a county's events as the leaves of a Merkle tree, in the order a job sealed them, the
-- nodes of the tree, and the signed checkpoints that leave the machine. Append-only: the service's role may add, never
-- change. It holds no content of a case, yet only the county's own jobs read it.

-- +goose Up
create table log_leaf (
    county  smallint not null,
    idx     bigint not null check (idx >= 0),
    case_id uuid not null,
    seq     int not null,
    hash    bytea not null check (octet_length(hash) = 32),
    primary key (county, idx),
    unique (county, case_id, seq),
    foreign key (county, case_id, seq) references event (county, case_id, seq)
);
comment on table log_leaf is 'A sealed event: its place in the log and its hash as it was then. Without gaps from 0.';

create table log_hash (
    county smallint not null,
    idx    bigint not null check (idx >= 0),
    hash   bytea not null check (octet_length(hash) = 32),
    primary key (county, idx)
);
comment on table log_hash is 'The nodes of the tree, by the numbers of golang.org/x/mod/sumdb/tlog: a leaf''s, then those of the subtrees it fills.';

create table checkpoint (
    county smallint not null references county,
    size   bigint not null check (size >= 1),
    root   bytea not null check (octet_length(root) = 32),
    note   text collate "C" not null,
    at     timestamptz not null,
    primary key (county, size),
    check (octet_length(note) <= 400 and starts_with(note, 'baimi/' || county || E'\n' || size || E'\n')),
    check (at = date_trunc('second', at, 'UTC'))
);
comment on table checkpoint is 'What the log was at a time: its length and root, and the signed note that says so, as it left the machine.';

-- +goose StatementBegin
do $$
declare t text;
begin
    foreach t in array array['log_leaf', 'log_hash', 'checkpoint']
    loop
        execute format('alter table %I enable row level security', t);
        execute format($p$create policy reader on %I using (
            county = nullif(current_setting('app.county', true), '')::smallint
            and current_setting('app.system', true) = 'on')$p$, t);
    end loop;
end $$;
-- +goose StatementEnd

alter table event_todo drop constraint event_todo_consumer_check;
alter table event_todo add constraint event_todo_consumer_check check (consumer in ('rate', 'alert', 'seal'));

-- What happened before there was a log is sealed too.
insert into event_todo (county, consumer, case_id, seq) select county, 'seal', case_id, seq from event;
