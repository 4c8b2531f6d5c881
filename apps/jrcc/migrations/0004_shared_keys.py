"""Travellers who share keys of the matcher with somebody, for the pages of a seat: their ids alone.

As in 0003, the index of keys is out of use behind a policy. What a seat then reads of these travellers passes door and
policy as before.
"""

from django.db import migrations

SHARING = """
CREATE FUNCTION public.jrcc_sharing(wanted varchar[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $body$
BEGIN
  IF NOT (public.wall_seated() OR public.wall_open()) THEN
    RAISE EXCEPTION 'travellers are looked for from a seat' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY SELECT t.id FROM public.jrcc_traveller t WHERE t.keys && wanted;
END $body$;
"""


class Migration(migrations.Migration):
    dependencies = [("jrcc", "0003_holders")]
    operations = [migrations.RunSQL(SHARING, "DROP FUNCTION public.jrcc_sharing(varchar[])")]
