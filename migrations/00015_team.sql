-- The people around a case: who mediates it and how he came to it, what is asked about mediators, who is invited; attempts to
-- reach people; what parties were told and what they said to the handling of sensitive data. What people are called and what
-- they said is in personal_value.

-- +goose Up
create table appointment (
    county    smallint not null,
    case_id   uuid not null,
    no        smallint not null check (no >= 1),
    person    bigint not null references person,
    way       text not null check (way in ('appointed', 'chosen')),
    chosen_by smallint[] not null,
    from_on   date not null,
    until_on  date,
    ended     text check (ended in ('changed', 'recused', 'replaced')),
    primary key (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    check ((way = 'chosen') = (cardinality(chosen_by) > 0)),
    check ((until_on is null) = (ended is null) and until_on >= from_on is not false)
);
create unique index appointment_standing on appointment (county, case_id, person) where until_on is null;
comment on table appointment is 'A mediator''s time with a case, named by the committee or chosen by parties (人民调解法 19).';

create table recusal (
    county        smallint not null,
    case_id       uuid not null,
    no            smallint not null check (no >= 1),
    kind          text not null check (kind in ('asked', 'replacement', 'own', 'disclosed')),
    person        bigint not null references person,
    party_no      smallint,
    grounds       text[] not null check (grounds <@ array['near_relative', 'interest', 'other_relation']),
    statement_ref uuid,
    asked_on      date not null,
    asked_by      bigint not null references person,
    status        text not null check (status in ('open', 'granted', 'refused', 'waived', 'withdrawn', 'lapsed')),
    decided_on    date,
    decided_by    bigint references person,
    consents      smallint[] not null,
    reason_ref    uuid,
    primary key (county, case_id, no),
    foreign key (county, case_id, party_no) references party (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    check ((kind in ('asked', 'replacement')) = (party_no is not null)),
    check (kind = 'replacement' or cardinality(grounds) > 0),
    check ((status = 'open') = (decided_on is null) and decided_on >= asked_on is not false),
    check ((status in ('open', 'lapsed')) = (decided_by is null)),
    -- never by the one concerned
    check (decided_by <> person is not false),
    check (status <> 'refused' or reason_ref is not null),
    check (status <> 'waived' or kind = 'disclosed'),
    check ((status = 'waived') = (cardinality(consents) > 0))
);
create unique index recusal_open on recusal (county, case_id, person) where status = 'open';
comment on table recusal is 'What is asked about a mediator: to stand aside, to be replaced, or to go on although he told of a relation (回避).';

create table invitee (
    county    smallint not null,
    case_id   uuid not null,
    no        smallint not null check (no >= 1),
    kind      text not null check (kind in ('relative', 'neighbour', 'colleague', 'expert', 'experienced', 'organisation')),
    name_ref  uuid not null,
    phone_ref uuid,
    party_no  smallint,
    why_ref   uuid not null,
    consents  smallint[] not null check (cardinality(consents) >= 2),
    agreed_on date not null,
    from_on   date not null,
    until_on  date,
    primary key (county, case_id, no),
    foreign key (county, case_id, party_no) references party (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    check (from_on >= agreed_on and until_on >= from_on is not false)
);
comment on table invitee is 'Somebody invited to the mediation with the consent of all parties (人民调解法 20).';

create table contact_attempt (
    county            smallint not null,
    case_id           uuid not null,
    no                smallint not null check (no >= 1),
    party_no          smallint,
    representative_no smallint,
    other_ref         uuid,
    how               text not null check (how in ('visit', 'phone', 'letter', 'message', 'public_notice')),
    tried_at          timestamptz not null,
    tried_by          bigint not null references person,
    result            text not null check (result in ('reached', 'not_reached', 'refused', 'promised')),
    note_ref          uuid,
    primary key (county, case_id, no),
    foreign key (county, case_id, party_no) references party (county, case_id, no),
    foreign key (county, case_id, representative_no) references representative (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    check (num_nonnulls(party_no, representative_no, other_ref) = 1)
);
comment on table contact_attempt is 'One attempt to reach somebody. That somebody cannot be reached rests on these rows; it is no refusal (联系记录).';

create table notice (
    county       smallint not null,
    case_id      uuid not null,
    no           smallint not null check (no >= 1),
    party_no     smallint not null,
    kind         text not null check (kind in ('rights', 'privacy')),
    text_version text not null check (text_version ~ '^[a-z]+_[0-9]{4}[a-z]?$' and starts_with(text_version, kind)),
    how          text not null check (how in ('oral', 'written', 'online')),
    given_on     date not null,
    given_by     bigint not null references person,
    primary key (county, case_id, no),
    foreign key (county, case_id, party_no) references party (county, case_id, no)
);
comment on table notice is 'That one party was told its rights and duties or how its data are handled: by which text, when, how, by whom.';

create table data_consent (
    county       smallint not null,
    case_id      uuid not null,
    no           smallint not null check (no >= 1),
    party_no     smallint not null,
    given_by     smallint,
    kinds        text[] not null check (cardinality(kinds) > 0 and kinds <@ array['medical', 'account', 'biometric', 'identity', 'whereabouts', 'child']),
    granted      boolean not null,
    how          text not null check (how in ('oral', 'written', 'online')),
    text_version text not null check (starts_with(text_version, 'privacy')),
    given_on     date not null,
    recorded_by  bigint not null references person,
    withdrawn_on date,
    primary key (county, case_id, no),
    foreign key (county, case_id, party_no) references party (county, case_id, no),
    foreign key (county, case_id, given_by) references representative (county, case_id, no),
    check (withdrawn_on is null or granted),
    check (withdrawn_on >= given_on is not false)
);
comment on table data_consent is 'A party''s separate consent to the handling of sensitive data, or its refusal; withdrawn from a day on (个人信息保护法 28-31).';

-- +goose StatementBegin
do $$
declare t text;
begin
    foreach t in array array['appointment', 'recusal', 'invitee', 'contact_attempt', 'notice', 'data_consent']
    loop
        execute format('alter table %I enable row level security', t);
        execute format($p$create policy reader on %I using (
            county = nullif(current_setting('app.county', true), '')::smallint
            and (case_id = any (nullif(current_setting('app.cases', true), '')::uuid[])
                 or current_setting('app.system', true) = 'on'))$p$, t);
    end loop;
end $$;
-- +goose StatementEnd
