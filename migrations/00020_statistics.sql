-- What the planner knows of tables that have just been filled.

-- +goose Up
-- +goose StatementBegin
create function refresh_statistics() returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
-- It works with the owner's rights, because the service's role may not analyze. The checks of foreign keys keep the plan that
-- was made when a table was empty; without figures that may be a walk through all rows of the county for each new row,
-- until autovacuum comes by. Whoever fills a database says so with this.
declare
    name text;
begin
    for name in select relname from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relowner = current_user::regrole order by relname
    loop
        execute format('analyze public.%I', name);
    end loop;
end $$;
-- +goose StatementEnd
revoke all on function refresh_statistics() from public;
