from django.db import migrations

# an entry is never changed or removed, whatever the program asks for
ENTRIES = "REVOKE UPDATE, DELETE, TRUNCATE ON watch_watchentry FROM portal_app;"


class Migration(migrations.Migration):
    dependencies = [("watch", "0001_initial")]
    operations = [migrations.RunSQL(ENTRIES, "GRANT UPDATE, DELETE ON watch_watchentry TO portal_app;")]
