-- The files of a case. The bytes lie encrypted outside the database; here is what they are, the key of each, and what each is to its
-- case. A file is there before the row that speaks of it, and a file that no row speaks of is swept away.

-- +goose Up
create table attachment_file (
    county           smallint not null,
    case_id          uuid not null,
    id               uuid not null,
    media            text not null check (media ~ '^[a-z]+/[a-z0-9.+-]+$'),
    size             bigint not null check (size between 1 and 52428800),
    digest           text not null collate "C" check (digest ~ '^[0-9a-f]{64}$'),
    pixels           int check (pixels >= 1),
    rendition_media  text check (rendition_media ~ '^[a-z]+/[a-z0-9.+-]+$'),
    rendition_size   bigint check (rendition_size >= 1),
    rendition_digest text collate "C" check (rendition_digest ~ '^[0-9a-f]{64}$'),
    pages            int check (pages >= 1),
    data_key         bytea,
    brought_by       bigint references person,
    brought_at       timestamptz not null,
    erased_at        timestamptz,
    primary key (county, case_id, id),
    unique (county, case_id, id, digest),
    foreign key (county, case_id) references cases (county, id),
    check ((rendition_media is null) = (rendition_size is null) and (rendition_size is null) = (rendition_digest is null)
        and (rendition_digest is null) = (pages is null)),
    check ((data_key is null) = (erased_at is not null)),
    constraint data_key_is_not_plain_text check (get_byte(data_key, 0) = 1 and octet_length(data_key) >= 49)
);
create index attachment_file_by_id on attachment_file (county, id);
comment on table attachment_file is 'A file that was brought to a case: its bytes lie encrypted in the file store, under its number.';
comment on column attachment_file.data_key is 'The key of this file alone, encrypted. Without it the bytes are noise: erasing it erases them, in backups of the store too.';
comment on column attachment_file.digest is 'SHA-256 of the original as it came.';

create table attachment (
    county           smallint not null,
    case_id          uuid not null,
    no               smallint not null check (no between 1 and 300),
    kind             text not null check (kind in ('identity', 'power_of_attorney', 'evidence', 'photo', 'recording', 'signed_form', 'receipt', 'other')),
    title_ref        uuid not null,
    party_no         smallint,
    dated_on         date,
    added_on         date not null,
    added_by         bigint not null references person,
    file             uuid not null,
    media            text not null,
    size             bigint not null,
    digest           text not null collate "C",
    rendition_media  text,
    rendition_size   bigint,
    rendition_digest text collate "C",
    pages            int,
    withdrawn_on     date,
    withdrawn_by     bigint references person,
    withdrawn_reason text check (withdrawn_reason ~ '^[a-z_]+$'),
    archived_on      date,
    erased_on        date,
    primary key (county, case_id, no),
    unique (county, case_id, file),
    unique (county, case_id, no, digest, archived_on),
    foreign key (county, case_id, party_no) references party (county, case_id, no),
    -- the row of the case says what was brought, and nothing else; deferred, because many are stored at once
    foreign key (county, case_id, file, digest) references attachment_file (county, case_id, id, digest) deferrable initially deferred,
    check (kind not in ('identity', 'power_of_attorney') or party_no is not null),
    check (dated_on <= added_on is not false),
    -- what is archived stays in the file
    check (withdrawn_on is null or archived_on is null),
    check (archived_on >= added_on is not false),
    check (withdrawn_on >= added_on is not false and erased_on >= added_on is not false),
    check ((withdrawn_on is null) = (withdrawn_by is null) and (withdrawn_by is null) = (withdrawn_reason is null)),
    check ((rendition_media is null) = (rendition_size is null) and (rendition_size is null) = (rendition_digest is null)
        and (rendition_digest is null) = (pages is null))
);
comment on table attachment is 'A file of a case: what it is to it, whose, and its SHA-256. Withdrawn, never deleted (材料).';

create table archived_document (
    county        smallint not null,
    case_id       uuid not null,
    no            smallint not null check (no >= 1),
    filing        smallint not null check (filing >= 1),
    document      text not null check (document ~ '^[a-z_]+$'),
    document_no   smallint not null check (document_no >= 0),
    attachment_no smallint,
    digest        text not null collate "C" check (digest ~ '^[0-9a-f]{64}$'),
    signers       text[] not null,
    dated_on      date,
    archived_on   date not null,
    locked_on     date,
    primary key (county, case_id, no),
    unique (county, case_id, filing, document, document_no),
    foreign key (county, case_id) references cases (county, id),
    -- a file of the manifest keeps its digest and its lock; by the check of attachment it can then not be withdrawn
    foreign key (county, case_id, attachment_no, digest, locked_on) references attachment (county, case_id, no, digest, archived_on),
    check ((document = 'attachment') = (attachment_no is not null) and (attachment_no is null) = (locked_on is null)),
    check (attachment_no is null or attachment_no = document_no),
    check (locked_on <= archived_on is not false)
);
comment on table archived_document is 'What the file of a case held when it was locked: document, SHA-256, signers, day (归档清单). Never changed.';

-- +goose StatementBegin
do $$
declare t text;
begin
    foreach t in array array['attachment_file', 'attachment', 'archived_document']
    loop
        execute format('alter table %I enable row level security', t);
        execute format($p$create policy reader on %I using (
            county = nullif(current_setting('app.county', true), '')::smallint
            and (current_setting('app.system', true) = 'on'
                 or position(case_id::text in current_setting('app.cases', true)) > 0))$p$, t);
    end loop;
end $$;
-- +goose StatementEnd
