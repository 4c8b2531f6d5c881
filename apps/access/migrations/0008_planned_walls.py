"""What policies ask of the session is known when a statement is planned, and what was planned for another finds nothing.

`planned_*` say it as constants: PostgreSQL plans a statement for the seat that asks and leaves out what is not for it.
That is right only for whom it was planned, so each policy compares that with who asks now (`wall_is`).
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION public.planned_open() RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
BEGIN
  RETURN coalesce(current_setting('app.portal', true), '') <> '' OR coalesce(current_setting('app.act', true), '') <> '';
END $body$;
CREATE FUNCTION public.planned_groups() RETURNS int[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
BEGIN RETURN coalesce(nullif(current_setting('app.groups', true), ''), '{}')::int[]; END $body$;
CREATE FUNCTION public.planned_clearance() RETURNS int LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
BEGIN RETURN coalesce(nullif(current_setting('app.clearance', true), '')::int, -1); END $body$;
CREATE FUNCTION public.planned_said(name text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
BEGIN RETURN coalesce(current_setting('app.' || name, true), ''); END $body$;
CREATE FUNCTION public.planned_wide(area text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
BEGIN RETURN area = ANY (string_to_array(coalesce(current_setting('app.wide', true), ''), ',')); END $body$;
CREATE FUNCTION public.planned_number(name text) RETURNS bigint LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
BEGIN RETURN nullif(current_setting('app.' || name, true), '')::bigint; END $body$;
CREATE FUNCTION public.wall_is(planned text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $body$
  SELECT planned = coalesce(current_setting('app.context', true), '')
$body$;
"""
NO_FUNCTIONS = """
DROP FUNCTION public.wall_is(text) CASCADE;
DROP FUNCTION public.planned_number(text) CASCADE;
DROP FUNCTION public.planned_wide(text) CASCADE;
DROP FUNCTION public.planned_said(text) CASCADE;
DROP FUNCTION public.planned_clearance() CASCADE;
DROP FUNCTION public.planned_groups() CASCADE;
DROP FUNCTION public.planned_open() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0007_walls")]
    operations = [migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS)]
