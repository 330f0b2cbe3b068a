-- The second wall: the service's role sees a county row only through settings that storage makes for one
-- transaction. A setting that was once set in a pooled connection comes back as '' and not as NULL, and an empty
-- area would be a prefix of every path; so each policy asks for a length or turns '' into NULL.
-- Cases keep the path they were registered under. app.former is a pattern of the areas merged into the reader's own
-- ('^(510185001|510185002)'), app.gone of those that went from it to others.

-- +goose Up
alter table cases enable row level security;
create policy reader on cases using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (((length(current_setting('app.area', true)) >= 6
           and area_path >= current_setting('app.area', true)
           and area_path < current_setting('app.area', true) || ':'
           or area_path ~ nullif(current_setting('app.former', true), ''))
          and area_path !~ coalesce(nullif(current_setting('app.gone', true), ''), '^$'))
         or orgs && nullif(current_setting('app.orgs', true), '')::int[])
    and (confidentiality = 'ordinary'
         or nullif(current_setting('app.person', true), '')::bigint = any (readers)
         or confidentiality = 'private' and nullif(current_setting('app.directs', true), '')::int = any (orgs)
         or current_setting('app.system', true) = 'on'));

-- Rows below a case: only those of the cases that storage has just read through the policy above, or for a
-- system job of the county it names. The list of cases is searched as text, in which an id of 36 signs can stand only as
-- itself: to make an array of it again for each row took eight times as long.
-- +goose StatementBegin
do $$
declare t text;
begin
    foreach t in array array['personal_value', 'party', 'agreement', 'signature', 'obligation', 'urging', 'confirmation', 'follow_up', 'deadline',
        'supplement', 'transfer', 'approval', 'pause', 'extension', 'event', 'event_todo', 'rate_case']
    loop
        execute format('alter table %I enable row level security', t);
        execute format($p$create policy reader on %I using (
            county = nullif(current_setting('app.county', true), '')::smallint
            and (current_setting('app.system', true) = 'on'
                 or position(case_id::text in current_setting('app.cases', true)) > 0))$p$, t);
    end loop;
end $$;
-- +goose StatementEnd

alter table case_grant enable row level security;
-- An organisation's list is read before its cases, so its rows show by the organisation alone, those of confidential
-- cases too. That shows ids and times of registration, nothing else; the list goes on through the policy of cases.
create policy reader on case_grant for select using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and org = any (nullif(current_setting('app.orgs', true), '')::int[]));
-- Giving and taking a part is for who has read the case, or is just making it.
create policy writer on case_grant using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (current_setting('app.system', true) = 'on'
         or position(case_id::text in current_setting('app.cases', true)) > 0))
with check (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (current_setting('app.system', true) = 'on'
         or position(case_id::text in current_setting('app.cases', true)) > 0));

alter table alert enable row level security;
-- Alerts are listed across cases, so they carry what the policy of cases goes by, and theirs is the same; but that somebody
-- may come to harm reaches the judicial office and the bureau past the confidentiality of the case (they see nothing of it).
create policy reader on alert using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (((length(current_setting('app.area', true)) >= 6
           and area_path >= current_setting('app.area', true)
           and area_path < current_setting('app.area', true) || ':'
           or area_path ~ nullif(current_setting('app.former', true), ''))
          and area_path !~ coalesce(nullif(current_setting('app.gone', true), ''), '^$'))
         or orgs && nullif(current_setting('app.orgs', true), '')::int[])
    and (confidentiality = 'ordinary'
         or nullif(current_setting('app.person', true), '')::bigint = any (readers)
         or confidentiality = 'private' and nullif(current_setting('app.directs', true), '')::int = any (orgs)
         or kind = 'high_risk' and audience in ('judicial_office', 'bureau') and audience = current_setting('app.audience', true)
         or current_setting('app.system', true) = 'on'));

alter table rate_month enable row level security;
create policy reader on rate_month using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (((length(current_setting('app.stat_area', true)) >= 6
           and area_path >= current_setting('app.stat_area', true)
           and area_path < current_setting('app.stat_area', true) || ':'
           or area_path ~ nullif(current_setting('app.stat_former', true), ''))
          and area_path !~ coalesce(nullif(current_setting('app.gone', true), ''), '^$'))
         or committee = any (nullif(current_setting('app.orgs', true), '')::int[])
         or current_setting('app.system', true) = 'on'));

alter table idempotency enable row level security;
create policy reader on idempotency using (
    county = nullif(current_setting('app.county', true), '')::smallint
    and (subject = nullif(current_setting('app.subject', true), '')
         or current_setting('app.system', true) = 'on'));
