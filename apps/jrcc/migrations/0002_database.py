"""The clock of a hit is wound by PostgreSQL."""

from django.db import migrations

# whoever changes a hit or a referral, by whatever way, has its clock looked at again within the minute
WIND = """
CREATE FUNCTION public.jrcc_wind(wanted uuid) RETURNS void LANGUAGE sql AS $body$
  INSERT INTO public.jrcc_hitclock (id, hit_id, look_at) VALUES (gen_random_uuid(), wanted, clock_timestamp())
  ON CONFLICT (hit_id) DO UPDATE SET look_at = EXCLUDED.look_at;
$body$;
CREATE FUNCTION public.jrcc_wind_hit() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM public.jrcc_wind(NEW.id);
  RETURN NULL;
END $body$;
CREATE FUNCTION public.jrcc_wind_referral() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM public.jrcc_wind(NEW.hit_id);
  RETURN NULL;
END $body$;
CREATE TRIGGER wind_new AFTER INSERT ON public.jrcc_hit FOR EACH ROW EXECUTE FUNCTION public.jrcc_wind_hit();
CREATE TRIGGER wind_changed AFTER UPDATE ON public.jrcc_hit FOR EACH ROW
  WHEN ((OLD.state, OLD.stands_since, OLD.due_at, OLD.score, OLD.second_look)
    IS DISTINCT FROM (NEW.state, NEW.stands_since, NEW.due_at, NEW.score, NEW.second_look))
  EXECUTE FUNCTION public.jrcc_wind_hit();
CREATE TRIGGER wind AFTER INSERT OR UPDATE ON public.jrcc_hitreferral
  FOR EACH ROW EXECUTE FUNCTION public.jrcc_wind_referral();
"""
STOP = """
DROP TRIGGER wind ON public.jrcc_hitreferral;
DROP TRIGGER wind_changed ON public.jrcc_hit;
DROP TRIGGER wind_new ON public.jrcc_hit;
DROP FUNCTION public.jrcc_wind_referral();
DROP FUNCTION public.jrcc_wind_hit();
DROP FUNCTION public.jrcc_wind(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("jrcc", "0001_initial")]
    operations = [migrations.RunSQL(WIND, STOP)]
