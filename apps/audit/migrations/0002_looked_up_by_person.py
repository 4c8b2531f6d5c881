"""Indexes of the explorer: what one person did, and what happened in a time."""

from django.db import migrations

SQL = """
CREATE INDEX audit_record_person ON audit_record (person, id);    -- what did this person see
CREATE INDEX audit_record_at ON audit_record USING brin (at);     -- rows come in the order of time
"""
UNDO = "DROP INDEX audit_record_person; DROP INDEX audit_record_at;"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_audit_chain")]
    operations = [migrations.RunSQL(SQL, UNDO)]
