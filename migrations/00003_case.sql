-- County tables: everything about a case. county comes first in every key, so that a county's rows live together
-- and every look-up names it; no triggers, no foreign key to a local table. Personal values are nowhere here in
-- the clear: columns ending in _ref name rows of personal_value.

-- +goose Up
create table cases (
    county          smallint not null references county,
    id              uuid not null,
    version         int not null check (version >= 1),
    event_seq       int not null check (event_seq >= 1),
    event_hash      bytea not null check (octet_length(event_hash) = 32),

    demand_no       text collate "C" not null check (demand_no ~ '^[0-9]{4}[0-9A-Z]{9}$'),
    file_year       smallint,
    file_seq        int check (file_seq >= 1),
    file_no         text,
    status          text not null check (status in ('clue', 'dismissed', 'registered', 'supplement', 'not_accepted', 'transferred',
                        'accepted', 'mediating', 'suspended', 'agreed_oral', 'agreed_written', 'failed', 'withdrawn', 'closed', 'archived', 'void')),
    origin          text not null check (origin in ('live', 'late_entry', 'imported')),
    late_reason     text check (late_reason in ('paper_case', 'line_down', 'system_down', 'away')),
    instant         boolean not null,
    leg             smallint not null check (leg >= 1),
    round           smallint not null check (round >= 1),

    area_path       text collate "C" not null check (area_path ~ '^[0-9]{6}([0-9]{3}){0,6}$'),
    point           int references org,
    committee       int not null references org,
    orgs            int[] not null check (cardinality(orgs) > 0),
    mediators       bigint[] not null,
    presiding       bigint references person,
    confidentiality text not null check (confidentiality in ('ordinary', 'private', 'restricted')),
    readers         bigint[] not null,

    source          text not null check (source in ('applied', 'initiative', 'referred')),
    referrer        text check (referrer in ('court', 'procuratorate', 'police', 'petition_office', 'other')),
    court_referral  text not null check (court_referral in ('', 'delegated', 'entrusted_ordinary', 'entrusted_summary')),
    court_online    boolean not null,
    court_papers_on date,
    court_case_no   text check (court_case_no <> ''),
    previous        uuid,
    sent_from       uuid,
    type            text not null references dispute_type,
    place_ref       uuid not null,
    facts_ref       uuid not null,
    wish_ref        uuid,
    amount          numeric(14, 2) check (amount >= 0),
    people_count    int not null check (people_count >= 1),
    risks           text[] not null check (risks <@ array['violence', 'threat', 'minor', 'suicide', 'crowd', 'weapon']),

    found_on        date,
    requested_on    date not null,
    requested_how   text not null check (requested_how in ('visit', 'phone', 'paper', 'referral_letter', 'finding', 'online')),
    registered_at   timestamptz not null,
    registered_by   bigint not null references person,
    accepted_on     date,
    started_on      date,
    outcome         text check (outcome in ('agreed', 'failed', 'withdrawn', 'not_accepted', 'transferred')),
    concluded_on    date,
    end_reason      text check (end_reason ~ '^[a-z_]+$'),
    remedies        text[] not null default '{}',
    remedies_told_on date,
    closed_on       date,
    closed_by       bigint references person,
    archived_on     date,
    voided_on       date,
    void_reason     text check (void_reason ~ '^[a-z_]+$'),
    dismissal       text check (dismissal ~ '^[a-z_]+$'),
    dismissed_on    date,
    tier            text check (tier in ('building', 'courtyard', 'grid', 'village', 'town')),

    primary key (county, id),
    unique (county, demand_no, leg), -- one number follows the matter through its transfers
    foreign key (county, previous) references cases (county, id),
    foreign key (county, sent_from) references cases (county, id),
    check ((leg > 1) = (sent_from is not null)),
    unique (county, committee, file_year, file_seq),
    check (left(demand_no, 4)::int = county),
    check (committee = any (orgs) and (point is null or point = any (orgs))),
    check ((source = 'referred') = (referrer is not null)),
    check (referrer is not distinct from 'court' or (court_referral = '' and not court_online and court_papers_on is null and court_case_no is null)),
    check ((court_referral = '') or court_papers_on is not null),

    -- a clue has no parties that asked and counts nowhere; once it has become a case its finding stays on record (ruling P1)
    check (status not in ('clue', 'dismissed') or (found_on is not null and accepted_on is null and outcome is null and source = 'initiative')),
    check ((status = 'dismissed') = (dismissed_on is not null) and (dismissed_on is null) = (dismissal is null)),
    check ((tier is not null) = (dismissal is not distinct from 'settled_itself')),
    check (found_on is null or (requested_on >= found_on and dismissed_on >= found_on is not false)),
    check (requested_on <= (registered_at at time zone 'Asia/Shanghai')::date),
    -- a late entry says why (ruling P6); 人民调解法 is in force since 2011, what is older comes with the old ledgers
    check ((origin = 'late_entry') = (late_reason is not null)),
    check (origin = 'imported' or requested_on >= date '2011-01-01'),

    -- a file number, its year and the acceptance come together (domain.md 3.4: given at acceptance, never before)
    check ((accepted_on is null) = (file_no is null) and (file_no is null) = (file_year is null) and (file_no is null) = (file_seq is null)),
    check (accepted_on >= requested_on),
    check (extract(year from accepted_on) = file_year or origin = 'imported'),
    check (status not in ('registered', 'supplement', 'not_accepted') or accepted_on is null),
    check (status not in ('accepted', 'mediating', 'suspended', 'agreed_oral', 'agreed_written', 'failed') or accepted_on is not null),
    check (round = 1 or started_on is not null),
    -- a past ledger may name people who are not known here, and leave out what was not asked then (ruling P6)
    check (presiding is null or presiding = any (mediators)),
    check (accepted_on is null or presiding is not null or origin = 'imported'),

    check (started_on is null or (accepted_on is not null and started_on >= accepted_on)),
    check (status not in ('registered', 'supplement', 'not_accepted', 'accepted') or started_on is null),
    check (status not in ('mediating', 'agreed_oral', 'agreed_written') or started_on is not null),

    -- the outcome, its day and the states that carry it
    check ((outcome is null) = (concluded_on is null)),
    check (status not in ('registered', 'supplement', 'accepted', 'mediating', 'suspended') or outcome is null),
    check (status <> 'transferred' or outcome is null or outcome = 'transferred'),
    check (status not in ('agreed_oral', 'agreed_written') or outcome is not distinct from 'agreed'),
    check (status not in ('failed', 'withdrawn', 'not_accepted') or outcome is not distinct from status),
    check (status not in ('closed', 'archived') or outcome is not null),
    check (outcome is distinct from 'agreed' or started_on is not null or origin = 'imported'),
    check (outcome is distinct from 'failed' or accepted_on is not null),
    check (outcome is distinct from 'not_accepted' or accepted_on is null),
    check (concluded_on >= coalesce(started_on, accepted_on, requested_on)),
    -- failure and refusal tell the parties their other ways (人民调解法 26, 司法部令75号 24)
    check ((outcome in ('failed', 'not_accepted')) is not true
           or (end_reason is not null and remedies_told_on is not null and cardinality(remedies) > 0) or origin = 'imported'),
    check (origin <> 'imported' or (status in ('archived', 'void') and accepted_on is not null)),

    check ((status in ('closed', 'archived')) = (closed_on is not null) or status = 'void'),
    check ((closed_on is null) = (closed_by is null)),
    check (closed_on >= concluded_on),
    check (closed_by is null or closed_by <> all (mediators)),
    check ((status = 'archived') = (archived_on is not null) or status = 'void'),
    check (archived_on >= closed_on),
    check ((status = 'void') = (voided_on is not null) and (voided_on is null) = (void_reason is null))
);
create index cases_by_area on cases (county, area_path, registered_at desc, id desc);
create index cases_newest on cases (county, registered_at desc, id desc);
comment on table cases is 'A dispute (纠纷案件) from its registration on; belongs to exactly one committee.';
comment on column cases.closed_by is 'Never one of the case''s own mediators (ruling P15).';

create table case_grant (
    county  smallint not null,
    org     int not null references org,
    sort    timestamptz not null,
    case_id uuid not null,
    primary key (county, org, sort, case_id),
    foreign key (county, case_id) references cases (county, id)
);
create index on case_grant (county, case_id);
comment on table case_grant is 'cases.orgs unfolded for lists: newest first per organisation. Written with the case.';

create table personal_value (
    county        smallint not null,
    case_id       uuid not null,
    id            uuid not null,
    kind          text not null check (kind in ('name', 'id_number', 'phone', 'address', 'place', 'facts', 'wish', 'terms', 'agreement', 'birth', 'statement', 'title', 'ethnicity', 'occupation', 'workplace')),
    cipher        bytea,
    blind         bytea check (octet_length(blind) = 16),
    erased_at     timestamptz,
    erased_ground text,
    primary key (county, case_id, id),
    foreign key (county, case_id) references cases (county, id),
    check ((cipher is null) = (erased_at is not null) and (erased_at is null) = (erased_ground is null)),
    check (erased_at is null or blind is null),
    -- what the service stores is an AEAD message of a keyset: one version byte, four bytes of key id, a nonce, a tag, and inside a salt
    constraint cipher_is_not_plain_text check (get_byte(cipher, 0) = 1 and octet_length(cipher) >= 49)
);
create index personal_value_blind on personal_value (county, kind, blind) where blind is not null;
comment on table personal_value is 'Personal values, encrypted, each with its own salt inside. Erasing one changes only this table; events hold commitments.';

create table party (
    county         smallint not null,
    case_id        uuid not null,
    no             smallint not null check (no >= 1),
    role           text not null check (role in ('applicant', 'respondent', 'third')),
    kind           text not null check (kind in ('natural', 'legal', 'other')),
    name_ref       uuid not null,
    id_type        text check (id_type ~ '^[0-9]{3}$'),
    id_number_ref  uuid,
    phone_ref      uuid,
    address_ref    uuid,
    id_absent      text check (id_absent ~ '^[a-z_]+$'),
    sex            smallint check (sex in (0, 1, 2, 9)),
    birth_ref      uuid,
    ethnicity_ref  uuid,
    occupation_ref uuid,
    workplace_ref  uuid,
    capacity       text not null check (capacity in ('unknown', 'full', 'limited', 'none')),
    consent        text not null check (consent in ('unknown', 'consented', 'refused')),
    consent_on     date,
    tracking_hash  bytea not null check (octet_length(tracking_hash) = 32),
    primary key (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    check ((consent = 'unknown') = (consent_on is null)),
    check ((id_type is null) = (id_number_ref is null)),
    check (id_absent is null or id_number_ref is null),
    stopped_on     date,
    check (kind = 'natural' or (birth_ref is null and capacity = 'unknown' and num_nonnulls(ethnicity_ref, occupation_ref, workplace_ref) = 0))
);
-- not unique: through its transfers a matter keeps the secrets its parties were given
create index on party (county, tracking_hash);

create table agreement (
    county             smallint not null,
    case_id            uuid not null,
    no                 smallint not null check (no >= 1),
    status             text not null check (status in ('draft', 'signed', 'effective', 'fulfilled', 'changed', 'revoked', 'invalid', 'abandoned')),
    form               text not null check (form in ('oral', 'written')),
    effect             text not null check (effect in ('oral', 'three_acts', 'online')),
    terms_ref          uuid not null,
    code               text collate "C" check (code ~ '^[0-9]{4}[2-9A-HJKMNP-Z]{14}$'),
    text_ref           uuid,
    no_performance     boolean not null,
    drafted_on         date not null,
    agreed_on          date,
    mediator_signed_on date,
    sealed_on          date,
    effective_on       date,
    ended_on           date,
    ruling_no          text check (ruling_no <> ''),
    primary key (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    check ((form = 'oral') = (effect = 'oral')),
    -- a paper can be verified from its draft on; what it says is kept when it takes effect
    check ((form = 'written') = (code is not null) and left(code, 4)::smallint = county is not false),
    check ((text_ref is not null) = (form = 'written' and effective_on is not null)),
    check (form = 'written' or (status not in ('draft', 'signed', 'abandoned') and sealed_on is null)),
    -- signed by all: the day is known; a draft that was given up may have got that far
    check (status <> 'draft' or agreed_on is null),
    check (status in ('draft', 'abandoned') or agreed_on is not null),
    check ((effective_on is not null) = (status not in ('draft', 'signed', 'abandoned'))),
    check ((ended_on is not null) = (status not in ('draft', 'signed', 'effective'))),
    check (status in ('changed', 'revoked', 'invalid') or ruling_no is null),
    check (status <> 'invalid' or ruling_no is not null),
    -- an oral agreement takes effect the day it is reached, a written one with the last of its acts (人民调解法 29, 30), which an
    -- online one has without mediator and seal (ruling P10); the parties' own days are in signature, baimi check holds them to it
    check (effect <> 'oral' or effective_on = agreed_on),
    check (effect <> 'online' or (sealed_on is null and effective_on is not distinct from case when effective_on is null then null else agreed_on end)),
    check (effect <> 'three_acts' or effective_on is null or (mediator_signed_on is not null and sealed_on is not null)),
    check (effect = 'online' or effective_on >= greatest(agreed_on, mediator_signed_on, sealed_on)),
    check (effect = 'online' or status in ('draft', 'abandoned') or mediator_signed_on is not null),
    check (sealed_on is null or effective_on is not null),
    check (agreed_on >= drafted_on and mediator_signed_on >= drafted_on is not false and sealed_on >= drafted_on is not false),
    check (ended_on >= coalesce(effective_on, drafted_on))
);
create unique index agreement_code on agreement (county, code);
create unique index agreement_in_force on agreement (county, case_id) where status in ('effective', 'fulfilled');
create unique index agreement_open on agreement (county, case_id) where status in ('draft', 'signed');
comment on table agreement is 'What the parties agreed (调解协议): drafted, signed, in force, and what became of it. One is in force at a time.';
comment on column agreement.code is 'The verification code printed on the paper (核验码). It tells nothing of the case and is stored as it is, to be printed again.';
comment on column agreement.text_ref is 'What the paper says, as it took effect: names personal_value, and is compared with what somebody holds in his hands.';
comment on column agreement.agreed_on is 'The day it was reached; of one that was signed step by step, the last party''s.';
comment on column agreement.ended_on is 'The day it was fulfilled, changed, revoked, held invalid or abandoned.';

create table signature (
    county       smallint not null,
    case_id      uuid not null,
    agreement_no smallint not null,
    party_no     smallint not null,
    signed_by    smallint, -- the representative who signed; null for the party itself
    method       text not null check (method in ('handwritten', 'seal', 'fingerprint', 'electronic')),
    signed_on    date not null,
    primary key (county, case_id, agreement_no, party_no),
    foreign key (county, case_id, agreement_no) references agreement (county, case_id, no),
    foreign key (county, case_id, party_no) references party (county, case_id, no)
);

create table obligation (
    county           smallint not null,
    case_id          uuid not null,
    no               smallint not null check (no >= 1),
    agreement_no     smallint not null,
    duty             smallint not null check (duty >= 1),
    instalment       smallint check (instalment >= 1),
    debtor           smallint not null,
    creditor         smallint not null,
    what_ref         uuid not null,
    amount           numeric(14, 2) check (amount > 0),
    manner           text not null check (manner in ('cash', 'transfer', 'delivery', 'act')),
    place_ref        uuid,
    due_on           date not null,
    status           text not null check (status in ('pending', 'partly_performed', 'unperformed', 'performed', 'unperformable', 'sued',
                         'enforcement', 'payment_order', 'superseded')),
    performed_amount numeric(14, 2) check (performed_amount > 0),
    seen_on          date,
    settled_on       date,
    primary key (county, case_id, no),
    foreign key (county, case_id, agreement_no) references agreement (county, case_id, no),
    foreign key (county, case_id, debtor) references party (county, case_id, no),
    foreign key (county, case_id, creditor) references party (county, case_id, no),
    unique nulls not distinct (county, case_id, agreement_no, duty, instalment),
    check (debtor <> creditor),
    check (amount is not null or (manner not in ('cash', 'transfer') and instalment is null)),
    check ((status in ('performed', 'unperformable', 'sued', 'enforcement', 'payment_order', 'superseded')) = (settled_on is not null)),
    check (performed_amount is null or amount is not null),
    check (performed_amount <= amount),
    check (status <> 'performed' or performed_amount is not distinct from amount),
    check (status = 'performed' or performed_amount < amount is not false),
    check (status <> 'partly_performed' or performed_amount is not null),
    check (status not in ('pending', 'unperformed') or performed_amount is null),
    -- what was seen was seen on a day; that nothing was done can be seen from the day it was due
    check (status in ('pending', 'superseded') or seen_on is not null),
    check (status <> 'pending' or seen_on is null),
    check (status <> 'unperformed' or seen_on >= due_on),
    check (settled_on >= seen_on is not false)
);
comment on table obligation is 'A performance item (履行事项) of an agreement: who owes whom what, until when, and what became of it.';
comment on column obligation.duty is 'Which duty of the agreement it is; the instalments of one share it.';
comment on column obligation.seen_on is 'The day its performance was seen last.';

create table urging (
    county        smallint not null,
    case_id       uuid not null,
    no            smallint not null check (no >= 1),
    obligation_no smallint not null,
    urged_on      date not null,
    how           text not null check (how in ('visit', 'phone', 'letter', 'message')),
    urged_by      bigint not null references person,
    primary key (county, case_id, no),
    foreign key (county, case_id, obligation_no) references obligation (county, case_id, no)
);
comment on table urging is 'One time that the committee urged who owes (督促).';

create table confirmation (
    county        smallint not null,
    case_id       uuid not null,
    no            smallint not null check (no >= 1),
    agreement_no  smallint not null,
    applicants    int[] not null check (cardinality(applicants) >= 2),
    court         text not null check (court ~ '法院$'),
    court_case_no text check (court_case_no <> ''),
    result        text not null check (result in ('applied', 'docketed', 'refused', 'confirmed', 'dismissed', 'withdrawn', 'deemed_withdrawn')),
    reason        text,
    applied_on    date not null,
    docketed_on   date,
    ruled_on      date,
    received_on   date,
    objected_on   date,
    objected_by   text check (objected_by in ('party', 'interested')),
    primary key (county, case_id, no),
    foreign key (county, case_id, agreement_no) references agreement (county, case_id, no),
    check ((docketed_on is not null) = (result in ('docketed', 'confirmed', 'dismissed', 'deemed_withdrawn')) or result = 'withdrawn'),
    check (docketed_on is null or court_case_no is not null),
    check ((ruled_on is null) = (result in ('applied', 'docketed'))),
    check (received_on is null or ruled_on is not null),
    check (result not in ('confirmed', 'dismissed') or received_on is not null),
    check (docketed_on >= applied_on is not false and ruled_on >= coalesce(docketed_on, applied_on) is not false),
    check (received_on >= ruled_on is not false and objected_on >= received_on is not false),
    -- five reasons not to docket it (民诉法解释 355), six to dismiss it (358)
    check ((result in ('refused', 'dismissed')) = (reason is not null)),
    check (result <> 'refused' or reason in ('outside_scope', 'wrong_court', 'personal_status', 'other_procedure', 'ownership')),
    check (result <> 'dismissed' or reason in ('mandatory_law', 'harms_others', 'public_order', 'not_voluntary', 'unclear', 'other')),
    check ((objected_on is null) = (objected_by is null) and (objected_on is null or result = 'confirmed'))
);
create unique index confirmation_open on confirmation (county, case_id) where result in ('applied', 'docketed');
create unique index confirmation_ruled on confirmation (county, case_id, agreement_no) where result in ('confirmed', 'dismissed');
comment on table confirmation is 'An application of both sides to a court to confirm their agreement (司法确认), and what came of it.';

create table follow_up (
    county       smallint not null,
    case_id      uuid not null,
    no           smallint not null check (no >= 1),
    agreement_no smallint not null,
    kind         text not null check (kind in ('each', 'last', 'immediate')),
    counted_from date not null,
    attempt      smallint not null check (attempt between 1 and 3),
    tried_on     date,
    status       text not null check (status in ('planned', 'done', 'not_reached', 'cancelled')),
    ended_on     date,
    how          text check (how in ('visit', 'phone', 'letter', 'message')),
    visited_by   bigint references person,
    satisfaction text check (satisfaction in ('satisfied', 'basically_satisfied', 'unsatisfied')),
    seen         text check (seen in ('performed', 'partly', 'not_performed', 'not_due', 'nothing_owed')),
    new_risk     boolean,
    primary key (county, case_id, no),
    foreign key (county, case_id, agreement_no) references agreement (county, case_id, no),
    unique (county, case_id, agreement_no, kind, counted_from, attempt),
    check ((attempt = 1) = (tried_on is null)),
    check ((status = 'planned') = (ended_on is null)),
    check ((status in ('done', 'not_reached')) = (how is not null) and (how is null) = (visited_by is null)),
    check ((status = 'done') = (satisfaction is not null) and (satisfaction is null) = (seen is null) and (seen is null) = (new_risk is null)),
    check (status = 'cancelled' or ended_on >= tried_on is not false)
);
create unique index follow_up_last on follow_up (county, case_id, agreement_no, attempt) where kind <> 'each'; -- one visit ends the follow-up
comment on table follow_up is 'One attempt to see the parties again (回访). Who is not reached is tried again, three times at most.';
comment on column follow_up.counted_from is 'The day of performance that the visit follows; of an agreement under which nothing is owed, its own.';

create table supplement (
    county      smallint not null,
    case_id     uuid not null,
    no          smallint not null check (no >= 1),
    items       text[] not null check (cardinality(items) > 0),
    asked_on    date not null,
    due_on      date not null,
    received_on date,
    primary key (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    check (due_on >= asked_on and received_on >= asked_on is not false)
);
comment on table supplement is 'What a committee asked for before deciding whether to accept (补正).';

create table transfer (
    county      smallint not null,
    case_id     uuid not null,
    no          smallint not null check (no >= 1),
    to_org      int references org,
    to_organ    text check (to_organ ~ '^[a-z_]+$'),
    reason      text not null check (reason ~ '^[a-z_]+$'),
    sent_on     date not null,
    sent_by     bigint not null references person,
    left_status text not null check (left_status in ('registered', 'supplement', 'accepted', 'mediating', 'suspended')),
    answer      text not null check (answer in ('open', 'confirmed', 'refused', 'returned')),
    answered_on date,
    receipt     text check (receipt <> ''),
    next_case   uuid,
    primary key (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    foreign key (county, next_case) references cases (county, id),
    check ((to_org is null) <> (to_organ is null)),
    check ((answer = 'open') = (answered_on is null)),
    check (answered_on >= sent_on is not false),
    -- confirmed: a committee takes it up as a case of its own, an organ outside sends a paper
    check (next_case is null or (answer = 'confirmed' and to_org is not null)),
    check (answer <> 'confirmed' or to_org is not null or receipt is not null)
);
create unique index transfer_open on transfer (county, case_id) where answer = 'open';
comment on table transfer is 'The handing of a case to another committee or to an organ outside (移送), and the answer.';

create table approval (
    county     smallint not null,
    case_id    uuid not null,
    no         smallint not null check (no >= 1),
    action     text not null check (action in ('suspend', 'reopen')),
    reason     text not null check (reason ~ '^[a-z_]+$'),
    consents   boolean not null,
    asked_by   bigint not null references person,
    asked_on   date not null,
    decided_by bigint references person,
    decided_on date,
    granted    boolean,
    primary key (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    check ((decided_on is null) = (decided_by is null) and (decided_on is null) = (granted is null)),
    check (decided_on >= asked_on is not false)
);
create unique index approval_open on approval (county, case_id, action) where decided_on is null;
comment on table approval is 'A move that somebody asked for and somebody else decides: a suspension, a reopening.';

create table pause (
    county      smallint not null,
    case_id     uuid not null,
    no          smallint not null check (no >= 1),
    reason      text not null check (reason in ('appraisal', 'false_mediation', 'succession', 'force_majeure', 'related_case')),
    from_on     date not null,
    to_on       date,
    approved_by bigint not null references person,
    left_status text not null check (left_status in ('accepted', 'mediating')),
    primary key (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    check (to_on >= from_on is not false)
);
create unique index pause_open on pause (county, case_id) where to_on is null;
comment on table pause is 'A time in which the mediation stood still (中止). Which clocks it holds is for their rules to say.';

create table deadline (
    county           smallint not null,
    case_id          uuid not null,
    no               smallint not null check (no >= 1),
    rule             text not null check (rule ~ '^D[0-9]{1,2}$'),
    variant          text not null check (variant ~ '^[a-z_]*$'),
    about            smallint,
    starts_on        date not null,
    starts_at        timestamptz,
    length           int not null check (length >= 0),
    unit             text not null,
    rolls            boolean not null,
    due_on           date,
    due_at           timestamptz,
    calendar_version text not null references calendar_version,
    rules_version    text not null check (rules_version <> ''),
    provisional      boolean not null,
    ended_on         date,
    next_stage_at    timestamptz,
    primary key (county, case_id, no),
    foreign key (county, case_id) references cases (county, id),
    check ((rule in ('D2', 'D10', 'D11', 'D12', 'D13', 'D14', 'D15', 'D16')) = (about is not null)),
    check ((unit = 'hour') = (starts_at is not null)),
    check ((due_on is null) = (due_at is null)),
    check (due_on >= starts_on),
    check (next_stage_at is null or (ended_on is null and due_at is not null))
);
create index deadline_to_tell on deadline (county, next_stage_at) where next_stage_at is not null;
create index deadline_to_answer on deadline (county, due_at, case_id) where ended_on is null and rule = 'D2';
create index deadline_counted on deadline (county, calendar_version, rules_version, case_id) where ended_on is null;
comment on table deadline is 'A clock of a case. due_on and due_at are a cache of its inputs under calendar_version, null while a pause holds it; due_at is the first instant after the last day.';
comment on column deadline.next_stage_at is 'When somebody is to be told of it next (domain.md 2.6); null when there is nothing to tell. Moved on by the alert job.';
comment on column deadline.about is 'The number of the row it is the clock of: transfer, agreement, confirmation, obligation, follow-up, escalation.';

create table extension (
    county      smallint not null,
    case_id     uuid not null,
    no          smallint not null check (no >= 1),
    deadline_no smallint not null,
    agreed_on   date not null,
    until_on    date not null,
    signed_by   text[] not null check (signed_by <@ array['applicants', 'respondents', 'committee'] and cardinality(signed_by) > 0),
    how         text not null check (how in ('oral', 'written', 'online')),
    primary key (county, case_id, no),
    foreign key (county, case_id, deadline_no) references deadline (county, case_id, no),
    check (until_on >= agreed_on)
);
comment on table extension is 'An agreement to prolong the clock of the mediation (延期).';

create table event (
    county      smallint not null,
    case_id     uuid not null,
    seq         int not null check (seq >= 1),
    kind        text not null check (kind <> ''),
    actor       bigint,
    assignment  bigint,
    role        text not null,
    via         text not null check (via in ('session', 'token', 'system')),
    occurred_on date not null,
    recorded_at timestamptz not null,
    from_status text,
    to_status   text not null,
    reason      text not null default '' check (reason ~ '^[a-z_]*$'),
    data        json not null,
    prev_hash   bytea not null check (octet_length(prev_hash) = 32),
    hash        bytea not null check (octet_length(hash) = 32),
    primary key (county, case_id, seq),
    foreign key (county, case_id) references cases (county, id),
    check ((seq = 1) = (prev_hash = decode(repeat('00', 32), 'hex'))),
    check ((seq = 1) = (from_status is null)),
    check ((via = 'system') = (actor is null)),
    check (occurred_on <= (recorded_at at time zone 'Asia/Shanghai')::date)
);
comment on table event is 'What happened to a case, in order, each row chained to the one before. Append-only: the service''s role may not change it.';
comment on column event.data is 'A merge patch (RFC 7396) of the case; type json keeps the very text the hash covers.';

create table event_todo (
    county   smallint not null,
    consumer text not null check (consumer in ('rate', 'alert')),
    case_id  uuid not null,
    seq      int not null,
    primary key (county, consumer, case_id, seq),
    foreign key (county, case_id, seq) references event (county, case_id, seq)
);
comment on table event_todo is 'An event a consumer has still to work in: written with the event, deleted in the transaction that does the work.';

create table alert (
    county          smallint not null,
    id              uuid not null,
    case_id         uuid not null,
    kind            text not null check (kind in ('clock', 'high_risk', 'many_people', 'large_amount', 'same_parties', 'clue_cluster')),
    stage           text not null check (stage ~ '^(arose|overdue|(left|overdue)_[0-9]+[dwm])$'),
    about           smallint not null check (about >= 0),
    deadline_no     smallint,
    rule            text not null check (rule ~ '^(D[0-9]{1,2})?$'),
    audience        text not null check (audience in ('mediator', 'director', 'judicial_office', 'bureau')),
    due_on          date not null,
    level           smallint not null check (level between 1 and 3),
    area_path       text collate "C" not null,
    committee       int not null,
    orgs            int[] not null,
    mediators       bigint[] not null,
    confidentiality text not null,
    readers         bigint[] not null,
    stage_at        timestamptz not null,
    raised_at       timestamptz not null,
    state           text not null check (state in ('open', 'acknowledged', 'snoozed', 'handed_over', 'resolved')),
    escalated_from  text check (escalated_from in ('mediator', 'director', 'judicial_office')),
    escalate_at     timestamptz,
    escalated_at    timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by bigint references person,
    snoozed_until   timestamptz,
    snoozed_by      bigint references person,
    snooze_reason   text check (snooze_reason ~ '^[a-z_]+$'),
    handed_to       bigint references person,
    handed_by       bigint references person,
    handed_at       timestamptz,
    resolved_at     timestamptz,
    resolution      text check (resolution in ('stopped', 'moved', 'superseded', 'over')),
    primary key (county, case_id, kind, stage, about, audience, due_on),
    unique (county, id),
    foreign key (county, case_id) references cases (county, id),
    foreign key (county, case_id, deadline_no) references deadline (county, case_id, no),
    check ((kind = 'clock') = (deadline_no is not null) and (kind = 'clock') = (rule <> '') and (kind = 'clock') = (stage <> 'arose')),
    check (deadline_no is null or deadline_no = about),
    check (raised_at >= stage_at),
    check ((state = 'resolved') = (resolved_at is not null) and (resolved_at is null) = (resolution is null)),
    check ((acknowledged_at is null) = (acknowledged_by is null) and (state <> 'acknowledged' or acknowledged_at is not null)),
    check (state in ('acknowledged', 'resolved') or acknowledged_at is null),
    check ((snoozed_until is null) = (snoozed_by is null) and (snoozed_until is null) = (snooze_reason is null)),
    check (state <> 'snoozed' or (snoozed_until is not null and level < 3)),
    check ((handed_to is null) = (handed_by is null) and (handed_to is null) = (handed_at is null) and handed_to <> handed_by),
    check (state <> 'handed_over' or handed_to is not null),
    check (escalate_at is null or (state in ('open', 'snoozed', 'handed_over') and level > 1 and audience <> 'bureau' and escalated_at is null))
);
create index alert_of_committee on alert (county, committee, level desc, raised_at desc, id desc) where state not in ('acknowledged', 'resolved');
create index alert_of_office on alert (county, audience, level desc, raised_at desc, id desc) where state not in ('acknowledged', 'resolved');
create index alert_kept on alert (county, committee, level desc, raised_at desc, id desc);
create index alert_to_escalate on alert (county, escalate_at) where escalate_at is not null;
comment on table alert is 'What one audience has to be told about a case, once. area_path, committee, orgs, mediators, confidentiality and readers are the case''s, for the policy and the lists.';
comment on column alert.about is 'The number of the clock or of the row it is about; 0 for the case itself.';
comment on column alert.escalated_from is 'The audience that did not acknowledge it; null for one that the matrix makes.';

create table file_number (
    county    smallint not null references county,
    committee int not null references org,
    year      smallint not null check (year between 2000 and 2200),
    last      int not null check (last >= 1),
    primary key (county, committee, year)
);
comment on table file_number is 'The last file number given by a committee in a year; taken in the transaction of the acceptance, so there are no gaps.';

create table rate_case (
    county    smallint not null,
    case_id   uuid not null,
    month     date not null,
    area_path text collate "C" not null,
    committee int not null,
    type      text not null,
    source    text not null,
    bucket    text not null check (bucket in ('succeeded', 'failed', 'withdrawn', 'not_accepted', 'withdrawn_before_acceptance', 'transferred', 'void', 'imported')),
    primary key (county, case_id),
    foreign key (county, case_id) references cases (county, id)
);
comment on table rate_case is 'What a case adds to rate_month now; a change of the case moves it by the difference.';

create table rate_month (
    county                      smallint not null references county,
    month                       date not null check (extract(day from month) = 1),
    area_path                   text collate "C" not null,
    committee                   int not null references org,
    type                        text not null references dispute_type,
    source                      text not null,
    succeeded                   bigint not null default 0 check (succeeded >= 0),
    failed                      bigint not null default 0 check (failed >= 0),
    withdrawn                   bigint not null default 0 check (withdrawn >= 0),
    not_accepted                bigint not null default 0 check (not_accepted >= 0),
    withdrawn_before_acceptance bigint not null default 0 check (withdrawn_before_acceptance >= 0),
    transferred                 bigint not null default 0 check (transferred >= 0),
    void                        bigint not null default 0 check (void >= 0),
    imported                    bigint not null default 0 check (imported >= 0),
    primary key (county, month, area_path, committee, type, source)
);

create table idempotency (
    county       smallint not null references county,
    subject      text not null check (subject <> ''),
    key          text not null check (key <> ''),
    operation    text not null,
    request_hash bytea not null check (octet_length(request_hash) = 32),
    answer       bytea not null,
    created_at   timestamptz not null,
    primary key (county, subject, key),
    constraint answer_is_not_plain_text check (get_byte(answer, 0) = 1 and octet_length(answer) >= 33)
);
create index on idempotency (created_at);
