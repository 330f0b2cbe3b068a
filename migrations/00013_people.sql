-- Who acts for a party, what a dispute may turn into, what was erased, and what is still being typed.

-- +goose Up
create table representative (
    county        smallint not null,
    case_id       uuid not null,
    no            smallint not null check (no >= 1),
    party_no      smallint,
    side          text check (side in ('applicant', 'respondent', 'third')),
    kind          text not null check (kind in ('agent', 'guardian', 'head', 'elected')),
    name_ref      uuid not null,
    id_type       text check (id_type ~ '^[0-9]{3}$'),
    id_number_ref uuid,
    phone_ref     uuid,
    relation      text check (relation ~ '^[a-z_]+$'),
    powers        text[] not null check (powers <@ array['apply_or_end', 'collect_evidence', 'choose_mediator', 'dispose_claims', 'sign', 'receive_papers']),
    from_on       date not null,
    until_on      date,
    primary key (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    foreign key (county, case_id, party_no) references party (county, case_id, no),
    check ((party_no is null) <> (side is null)),
    check ((kind = 'elected') = (side is not null)),
    -- an agent's powers are those of his paper; the law gives the others theirs
    check ((kind in ('agent', 'elected')) = (cardinality(powers) > 0)),
    check (kind <> 'guardian' or relation is not null),
    check ((id_type is null) = (id_number_ref is null)),
    check (until_on >= from_on is not false)
);
create unique index representative_head on representative (county, case_id, party_no) where kind = 'head' and until_on is null;
comment on table representative is 'Who acts for a party: agent, guardian, head of an organisation, or elected by a side (代理人、代表人).';
alter table signature add foreign key (county, case_id, signed_by) references representative (county, case_id, no);

create table escalation (
    county            smallint not null,
    case_id           uuid not null,
    no                smallint not null check (no >= 1),
    found_at          timestamptz not null,
    found_by          bigint not null references person,
    level             text not null check (level in ('red', 'orange', 'yellow', 'blue')),
    kind              text not null check (kind in ('suicide', 'crime', 'violence', 'crowd_petition', 'crowd_fight', 'other')),
    victim            text not null check (victim in ('other', 'minor', 'incapable')),
    mandatory         boolean not null,
    people_count      int not null check (people_count >= 1),
    signs_ref         uuid not null,
    measures          text[] not null check (measures <@ array['calm', 'separate', 'remove_weapons', 'watch', 'notify_family', 'shelter',
                          'protection_order', 'on_site', 'other']),
    measures_note_ref uuid,
    measured_at       timestamptz,
    result            text check (result in ('stable', 'criminal', 'public_order', 'lifted')),
    ended_at          timestamptz,
    prevented         text check (prevented in ('suicide', 'crime', 'crowd_petition', 'crowd_fight')),
    prevented_people  int check (prevented_people >= 1),
    primary key (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    -- the law itself asks for the report: a crime that threatens (人民调解法 25), a minor (未成年人保护法 11), violence against
    -- somebody of no or limited capacity (反家庭暴力法 14)
    check (mandatory = (kind in ('crime', 'crowd_fight') or victim = 'minor' or (victim = 'incapable' and kind = 'violence'))),
    check ((cardinality(measures) > 0) = (measured_at is not null) and (measures_note_ref is null or measured_at is not null)),
    check (measured_at >= found_at is not false and ended_at >= found_at is not false),
    check ((result is null) = (ended_at is null)),
    check ((prevented is null) = (prevented_people is null)),
    check (prevented is null or result in ('stable', 'lifted'))
);
comment on table escalation is 'A danger found in a dispute, what was done and how it ended (预警). It goes beside the life cycle.';

create table escalation_report (
    county        smallint not null,
    case_id       uuid not null,
    no            smallint not null check (no >= 1),
    escalation_no smallint not null,
    organ         text not null check (organ in ('police', 'center', 'judicial_office', 'government', 'civil_affairs', 'education', 'other')),
    how           text not null check (how in ('phone', 'on_the_spot', 'letter', 'system')),
    reported_at   timestamptz not null,
    reported_by   bigint not null references person,
    receipt       text check (receipt <> ''),
    primary key (county, case_id, no),
    foreign key (county, case_id, escalation_no) references escalation (county, case_id, no)
);
comment on table escalation_report is 'The report of an escalation to one organ (F30).';

create table erasure (
    county            smallint not null,
    case_id           uuid not null,
    no                smallint not null check (no >= 1),
    party_no          smallint,
    representative_no smallint,
    texts             boolean not null,
    ground            text not null check (ground in ('subject_request', 'consent_withdrawn', 'purpose_over', 'unlawful')),
    refs              uuid[] not null check (cardinality(refs) > 0),
    erased_on         date not null,
    primary key (county, case_id, no),
    foreign key (county, case_id, party_no) references party (county, case_id, no),
    foreign key (county, case_id, representative_no) references representative (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    check (num_nonnulls(party_no, representative_no, nullif(texts, false)) = 1)
);
comment on table erasure is 'Which personal values of a case were erased, whose, on what ground. refs names rows of personal_value.';

create table draft (
    county   smallint not null references county,
    id       uuid not null,
    owner    bigint not null references person,
    org      int not null references org,
    status   text not null check (status in ('draft', 'registered', 'discarded')),
    version  int not null check (version >= 1),
    saved_at timestamptz not null,
    content  bytea,
    case_id  uuid,
    primary key (county, id),
    foreign key (county, case_id) references cases (county, id),
    -- what was registered or discarded holds nothing any more
    check ((status = 'draft') = (content is not null)),
    check ((status = 'registered') = (case_id is not null)),
    constraint content_is_not_plain_text check (get_byte(content, 0) = 1 and octet_length(content) >= 33)
);
create index draft_of_owner on draft (county, owner, saved_at desc, id desc) where status = 'draft';
create index draft_old on draft (county, saved_at);
comment on table draft is 'An intake form that is still being typed (草稿): its owner''s alone, sealed, no case yet.';

-- +goose StatementBegin
do $$
declare t text;
begin
    foreach t in array array['representative', 'escalation', 'escalation_report', 'erasure']
    loop
        execute format('alter table %I enable row level security', t);
        execute format($p$create policy reader on %I using (
            county = nullif(current_setting('app.county', true), '')::smallint
            and (case_id = any (nullif(current_setting('app.cases', true), '')::uuid[])
                 or current_setting('app.system', true) = 'on'))$p$, t);
    end loop;
end $$;
-- +goose StatementEnd

alter table draft enable row level security;
create policy reader on draft using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (owner = nullif(current_setting('app.person', true), '')::bigint
         or current_setting('app.system', true) = 'on'));
