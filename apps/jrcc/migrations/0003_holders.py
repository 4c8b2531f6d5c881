"""Travellers who hold a key of the matcher, found by the index of keys, which PostgreSQL leaves aside behind a policy.

A function of the owner's, to whom no policy applies; it answers an action and the portal itself alone.
"""

from django.db import migrations

# one look into the index for each key: an overlap with the ten thousand keys of a whole list takes minutes
HOLDERS = """
CREATE FUNCTION public.jrcc_holders(wanted varchar[], since timestamptz, day date) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $body$
BEGIN
  IF NOT public.wall_open() THEN
    RAISE EXCEPTION 'travellers are looked for by an action or by the portal itself'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY
    SELECT DISTINCT held.id FROM unnest(wanted) AS one(key)
    CROSS JOIN LATERAL (
      SELECT t.id FROM public.jrcc_traveller t JOIN public.jrcc_journey j ON j.id = t.journey_id
      WHERE t.keys @> ARRAY[one.key]::varchar[] AND t.withdrawn_at IS NULL
        AND (j.arrives_at >= since OR (j.arrives_at IS NULL AND j.date >= day))
      OFFSET 0
    ) held;
END $body$;
"""


class Migration(migrations.Migration):
    dependencies = [("jrcc", "0002_database"), ("access", "0007_walls")]
    operations = [
        migrations.RunSQL(HOLDERS, "DROP FUNCTION public.jrcc_holders(varchar[], timestamptz, date)"),
    ]
