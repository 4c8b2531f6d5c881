"""Comments and amounts stay as they were; mandates that ended with their decision have the field's name for it."""

from django.db import migrations

TABLES = ("impacs_taskcomment", "impacs_commitment", "impacs_expenditure")
DENY = "".join(
    f"CREATE TRIGGER never_edited BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION council_never_edited();\n"
    for table in TABLES
)
UNDO = "".join(f"DROP TRIGGER never_edited ON {table};\n" for table in TABLES)
RENAME = "UPDATE impacs_mandate SET state = 'superseded' WHERE state = 'ended';"
BACK = "UPDATE impacs_mandate SET state = 'ended' WHERE state = 'superseded';"


class Migration(migrations.Migration):
    dependencies = [("impacs", "0003_work_plan"), ("council", "0002_never_edited")]
    operations = [migrations.RunSQL(DENY, UNDO), migrations.RunSQL(RENAME, BACK)]
