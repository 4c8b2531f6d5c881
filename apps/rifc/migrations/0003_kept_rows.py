from django.db import migrations

# a source's reference is read and written by its own desk's transactions alone, whatever the program asks for
SOURCES = """
    ALTER TABLE rifc_sourcereference ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own_desk ON rifc_sourcereference
        USING (desk_id = NULLIF(current_setting('app.desk', true), '')::bigint)
        WITH CHECK (desk_id = NULLIF(current_setting('app.desk', true), '')::bigint);
"""
# a reading is never changed or removed; the doors write the state of a new row once more
READINGS = """
    REVOKE UPDATE, DELETE, TRUNCATE ON rifc_readlog FROM portal_app;
    GRANT UPDATE (state) ON rifc_readlog TO portal_app;
"""


class Migration(migrations.Migration):
    dependencies = [("rifc", "0002_reports")]
    operations = [
        migrations.RunSQL(
            SOURCES,
            "DROP POLICY own_desk ON rifc_sourcereference;"
            " ALTER TABLE rifc_sourcereference DISABLE ROW LEVEL SECURITY;",
        ),
        migrations.RunSQL(READINGS, "GRANT UPDATE, DELETE ON rifc_readlog TO portal_app;"),
    ]
