"""Facts of the register are superseded, never edited and never removed: PostgreSQL refuses anything else."""

from django.db import migrations

FACTS = (
    *("stageperiod", "statedcount", "instrumentstep", "partystep", "reservation", "objection"),
    *("trackstep", "coverage", "indicatorvalue"),
)
KEEP = """
CREATE FUNCTION region_fact_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.superseded_at IS NOT NULL
     OR to_jsonb(OLD) - 'superseded_at' IS DISTINCT FROM to_jsonb(NEW) - 'superseded_at' THEN
    RAISE EXCEPTION 'rows of % are superseded, never changed or removed', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""
TRIGGERS = "\n".join(
    f"CREATE TRIGGER fact_kept BEFORE UPDATE OR DELETE ON region_{table}"
    " FOR EACH ROW EXECUTE FUNCTION region_fact_kept();"
    for table in FACTS
)
UNDO = "\n".join(f"DROP TRIGGER fact_kept ON region_{table};" for table in FACTS) + "DROP FUNCTION region_fact_kept();"


class Migration(migrations.Migration):
    dependencies = [("region", "0001_initial")]
    operations = [migrations.RunSQL(KEEP + TRIGGERS, UNDO)]
