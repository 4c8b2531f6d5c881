"""What a State reported stays as it was: PostgreSQL refuses the change, whoever asks."""

from django.db import migrations

DENY = """
CREATE TRIGGER never_edited BEFORE UPDATE OR DELETE ON impacs_report
  FOR EACH ROW EXECUTE FUNCTION council_never_edited();
"""
UNDO = "DROP TRIGGER never_edited ON impacs_report;"


class Migration(migrations.Migration):
    dependencies = [("impacs", "0001_initial"), ("council", "0002_never_edited")]
    operations = [migrations.RunSQL(DENY, UNDO)]
