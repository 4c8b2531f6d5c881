"""What the policies of records ask of the session: who is there (apps.access.wall, apps.access.database_context)."""

from django.db import migrations

# a setting that was never made is null, one that was taken back an empty text
FUNCTIONS = """
CREATE FUNCTION public.wall_open() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $body$
  SELECT coalesce(current_setting('app.portal', true), '') <> '' OR coalesce(current_setting('app.act', true), '') <> ''
$body$;
CREATE FUNCTION public.wall_groups() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE AS $body$
  SELECT coalesce(nullif(current_setting('app.groups', true), ''), '{}')::int[]
$body$;
CREATE FUNCTION public.wall_clearance() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE AS $body$
  SELECT coalesce(nullif(current_setting('app.clearance', true), '')::int, -1)
$body$;
"""
NO_FUNCTIONS = """
DROP FUNCTION public.wall_open() CASCADE;
DROP FUNCTION public.wall_groups() CASCADE;
DROP FUNCTION public.wall_clearance() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_database")]
    operations = [migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS)]
