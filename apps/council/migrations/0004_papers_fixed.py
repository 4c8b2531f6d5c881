"""Clearances asked and the end of an embargo; texts of papers never change, and an issued paper keeps its text."""

import django.contrib.postgres.fields
from django.db import migrations, models

import apps.access.operations

FIXED = """
CREATE TRIGGER never_edited BEFORE UPDATE OR DELETE ON council_paperversion
  FOR EACH ROW EXECUTE FUNCTION council_never_edited();

CREATE FUNCTION council_paper_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.issued_at IS NOT NULL AND (OLD.number, OLD.title, OLD.language, OLD.current, OLD.words, OLD.issued_at, OLD.level,
                                    OLD.caveat, OLD.organ_id, OLD.meeting_id, OLD.item_id, OLD.originator_id)
     IS DISTINCT FROM
     (NEW.number, NEW.title, NEW.language, NEW.current, NEW.words, NEW.issued_at, NEW.level,
      NEW.caveat, NEW.organ_id, NEW.meeting_id, NEW.item_id, NEW.originator_id) THEN
    RAISE EXCEPTION 'paper % is issued: correct it by a new one', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER issued BEFORE UPDATE ON council_paper FOR EACH ROW EXECUTE FUNCTION council_paper_issued();
"""
UNDO = """
DROP TRIGGER never_edited ON council_paperversion;
DROP TRIGGER issued ON council_paper;
DROP FUNCTION council_paper_issued();
"""


class Migration(migrations.Migration):
    dependencies = [("council", "0003_state_names")]
    operations = [
        apps.access.operations.ChangeModels(
            operations=[
                migrations.AddField(
                    model_name="paper",
                    name="asked",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        blank=True,
                        default=list,
                        help_text="desks whose clearance is still wanted",
                    ),
                ),
                migrations.AddField(
                    model_name="paper",
                    name="shared_at",
                    field=models.DateTimeField(
                        help_text="when the delegations were given it: after its embargo", null=True
                    ),
                ),
            ]
        ),
        migrations.RunSQL(FIXED, UNDO),
    ]
