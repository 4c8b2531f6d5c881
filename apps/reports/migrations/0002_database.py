"""What a hand changed and what was sent stays as it was: PostgreSQL refuses the change, whoever asks."""

from django.db import migrations

DENY = """
CREATE TRIGGER never_edited BEFORE UPDATE OR DELETE ON reports_handedit
  FOR EACH ROW EXECUTE FUNCTION council_never_edited();
CREATE TRIGGER never_edited BEFORE UPDATE OR DELETE ON reports_transmission
  FOR EACH ROW EXECUTE FUNCTION council_never_edited();
"""
UNDO = "DROP TRIGGER never_edited ON reports_handedit; DROP TRIGGER never_edited ON reports_transmission;"


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("council", "0002_database")]
    operations = [migrations.RunSQL(DENY, UNDO)]
