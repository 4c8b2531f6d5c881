"""What is sealed of a record, as text: for walks over a part of a chain and for files; and the index of emergencies."""

from importlib import import_module

from django.db import migrations

FIELDS = import_module("apps.audit.migrations.0001_audit_chain").FIELDS.replace("\n", " ").split(", ")
SQL = f"""
-- the same array as in the trigger of 0001: SHA-256 of the seal before and of this text is the record's seal
CREATE FUNCTION audit_text(r audit_record) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array(1, r.stream, r.seq, to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    {", ".join(f"r.{name}" for name in FIELDS)})::text
$$;
-- what was done from emergency seats: few among many
CREATE INDEX audit_record_emergency ON audit_record (id) WHERE detail @> '{{"emergency": true}}';
"""
UNDO = "DROP INDEX audit_record_emergency; DROP FUNCTION audit_text(audit_record);"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_looked_up_by_person")]
    operations = [migrations.RunSQL(SQL, UNDO)]
