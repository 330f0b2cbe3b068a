-- Finding cases: by words of their texts and by a party's name or number, without a text in the clear. Both tables are
-- made from the case by keyed hashes, in the transaction that changes it, and can be made again at any time.

-- +goose Up
create table search_text (
    county    smallint not null,
    case_id   uuid not null,
    area_path text collate "C" not null,
    orgs      int[] not null,
    tokens    smallint[] not null,
    primary key (county, case_id),
    foreign key (county, case_id) references cases (county, id)
);
-- A short pending list: a search reads all of it.
create index search_text_tokens on search_text using gin (tokens) with (gin_pending_list_limit = 512);
comment on table search_text is 'The pairs of characters in the texts of an ordinary case, as keyed hashes of 16 bits. Confidential cases have no row.';
comment on column search_text.tokens is 'Sorted, each once. 65,536 values for some 100,000 pairs in use: several pairs share one, so every hit is compared with the text.';

create table search_party (
    county  smallint not null,
    blind   bytea not null check (octet_length(blind) = 16),
    case_id uuid not null,
    primary key (county, blind, case_id),
    foreign key (county, case_id) references cases (county, id)
);
create index on search_party (county, case_id);
comment on table search_party is 'The blind indexes of the names and numbers that the parties of a case have now; those of corrected values are gone.';

create index cases_by_file_no on cases (county, file_no collate "C") where file_no is not null;
create index cases_closed on cases (county, registered_at desc, id desc) where confidentiality <> 'ordinary';
comment on index cases_closed is 'Confidential cases have no search_text; their own readers'' searches walk these.';

-- What somebody looks for is part of the policy itself: a condition of a query's own on tokens is not leakproof, so its
-- index would not be used under a policy. Who names no words sees no row; '{}' shows all of one's area and organisations.
alter table search_text enable row level security;
create policy reader on search_text using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and tokens @> nullif(current_setting('app.words', true), '')::smallint[]
    and (((length(current_setting('app.area', true)) >= 6
           and area_path >= current_setting('app.area', true)
           and area_path < current_setting('app.area', true) || ':'
           or area_path ~ nullif(current_setting('app.former', true), ''))
          and area_path !~ coalesce(nullif(current_setting('app.gone', true), ''), '^$'))
         or orgs && nullif(current_setting('app.orgs', true), '')::int[]))
with check (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (current_setting('app.system', true) = 'on'
         or position(case_id::text in current_setting('app.cases', true)) > 0));

-- Who names a value shows himself the ids of the cases it is in, and nothing else; the search goes on through the policy
-- of cases.
alter table search_party enable row level security;
create policy reader on search_party using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (blind = any (nullif(current_setting('app.blinds', true), '')::bytea[])
         or position(case_id::text in current_setting('app.cases', true)) > 0
         or current_setting('app.system', true) = 'on'))
with check (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (current_setting('app.system', true) = 'on'
         or position(case_id::text in current_setting('app.cases', true)) > 0));
