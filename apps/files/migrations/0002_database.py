"""The list of removed files is never changed: the application's role may not."""

from django.db import migrations

# what was removed stays told; an action writes the state of a new row once more
KEPT = """
REVOKE UPDATE, DELETE, TRUNCATE ON files_purge FROM portal_app;
GRANT UPDATE (state) ON files_purge TO portal_app;
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]
    operations = [migrations.RunSQL(KEPT, "GRANT UPDATE, DELETE ON files_purge TO portal_app;")]
