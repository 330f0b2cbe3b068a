-- What the planner knows of tables that have just been filled.

-- +goose Up
-- +goose StatementBegin
create function refresh_statistics() returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
-- It works with the owner's rights, because the service's role may not analyze. The checks of foreign keys keep the plan that
-- was made when a table was empty; without figures that may be a walk through all rows of the county for each new row,
-- until autovacuum comes by. Whoever fills a database says so with this; tables that have hardly grown since they were last looked
-- at are passed over.
declare
    name text;
begin
    for name in select relname from pg_class
        where relnamespace = 'public'::regnamespace and relowner = current_user::regrole
            and (relkind = 'r' and pg_relation_size(oid) > 1.2 * 8192 * relpages or relkind = 'p' and reltuples < 0) order by relname
    loop
        execute format('analyze public.%I', name);
    end loop;
end $$;
-- +goose StatementEnd
revoke all on function refresh_statistics() from public;
