"""Grants go to groups on direct foreign keys: the generic tables of django-guardian can hold nothing."""

from django.db import migrations

TABLES = ("guardian_userobjectpermission", "guardian_groupobjectpermission")


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("guardian", "0001_initial")]
    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} ADD CONSTRAINT no_personal_or_generic_grants CHECK (false)",
            f"ALTER TABLE {table} DROP CONSTRAINT no_personal_or_generic_grants",
        )
        for table in TABLES
    ]
