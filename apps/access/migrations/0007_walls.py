"""What policies of every table ask of the session: a seat, the entrance, a wider reading, whose name, a removal.

And a trigger for the few tables that row-level security cannot guard: written by an action or the portal alone.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION public.wall_said(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $body$
  SELECT coalesce(current_setting('app.' || name, true), '')
$body$;
CREATE FUNCTION public.wall_seated() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $body$
  SELECT coalesce(current_setting('app.seat', true), '') <> ''
$body$;
CREATE FUNCTION public.wall_entrance() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $body$
  SELECT coalesce(current_setting('app.entrance', true), '') <> ''
$body$;
CREATE FUNCTION public.wall_wide(area text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $body$
  SELECT area = ANY (string_to_array(coalesce(current_setting('app.wide', true), ''), ','))
$body$;
CREATE FUNCTION public.wall_number(name text) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $body$
  SELECT nullif(current_setting('app.' || name, true), '')::bigint
$body$;
CREATE FUNCTION public.wall_written() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF NOT public.wall_open()
     AND current_user <> (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID) THEN
    RAISE EXCEPTION '% is written by an action or by the portal itself', TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $body$;
"""
NO_FUNCTIONS = """
DROP FUNCTION public.wall_written() CASCADE;
DROP FUNCTION public.wall_number(text) CASCADE;
DROP FUNCTION public.wall_wide(text) CASCADE;
DROP FUNCTION public.wall_entrance() CASCADE;
DROP FUNCTION public.wall_seated() CASCADE;
DROP FUNCTION public.wall_said(text) CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0006_history_of_grants")]
    operations = [migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS)]
