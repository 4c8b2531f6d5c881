"""Turns and national notes stay as they were; actions know the day of their last report."""

from django.db import migrations

TABLES = ("impacs_turn", "impacs_nationalnote")
DENY = "".join(
    f"CREATE TRIGGER never_edited BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION council_never_edited();\n"
    for table in TABLES
)
UNDO = "".join(f"DROP TRIGGER never_edited ON {table};\n" for table in TABLES)
FILL = """
UPDATE impacs_stateaction SET reported_on = last.day
  FROM (SELECT action_id, max(day) AS day FROM impacs_report GROUP BY action_id) AS last
  WHERE last.action_id = impacs_stateaction.id;
"""


class Migration(migrations.Migration):
    dependencies = [("impacs", "0005_state_actions"), ("council", "0002_never_edited")]
    operations = [migrations.RunSQL(DENY, UNDO), migrations.RunSQL(FILL, migrations.RunSQL.noop)]
