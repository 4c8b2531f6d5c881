import django.db.models.deletion
from django.db import migrations, models

import apps.access.ids
import apps.access.operations

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
INSERT INTO public.jrcc_hitclock (id, hit_id, look_at) SELECT gen_random_uuid(), id, now() FROM public.jrcc_hit;
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
    dependencies = [
        ("jrcc", "0013_persons_searches_and_questions"),
    ]

    operations = [
        apps.access.operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="HitClock",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "hit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.hit"
                            ),
                        ),
                        ("look_at", models.DateTimeField(help_text="null: nothing is due on it any more", null=True)),
                    ],
                    options={
                        "default_permissions": (),
                        "indexes": [
                            models.Index(
                                "look_at", condition=models.Q(("look_at__isnull", False)), name="clocks_to_look_at"
                            )
                        ],
                    },
                )
            ]
        ),
        apps.access.operations.ChangeModels(
            operations=[
                migrations.RemoveConstraint(model_name="hitescalation", name="one_escalation_per_step"),
                migrations.AddField(
                    model_name="hitescalation",
                    name="rung",
                    field=models.PositiveSmallIntegerField(
                        default=1, help_text="of the ladder: 1 first, then further up"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hitescalation",
                    constraint=models.UniqueConstraint(
                        fields=("hit", "step", "party", "since", "rung"), name="one_hit_escalation_per_rung"
                    ),
                ),
            ]
        ),
        migrations.RunSQL(WIND, STOP),
    ]
