"""Anchors of the audit are append-only: PostgreSQL refuses the change, whoever asks."""

from django.db import migrations

SQL = """
CREATE FUNCTION oversight_anchor_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'anchors are append-only' USING ERRCODE = 'insufficient_privilege'; END $$;
-- an action saves a new row once more, unchanged
CREATE TRIGGER kept_as_made BEFORE UPDATE ON oversight_anchor FOR EACH ROW
WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION oversight_anchor_kept();
CREATE TRIGGER kept BEFORE DELETE ON oversight_anchor FOR EACH ROW EXECUTE FUNCTION oversight_anchor_kept();
"""
UNDO = """
DROP TRIGGER kept ON oversight_anchor; DROP TRIGGER kept_as_made ON oversight_anchor;
DROP FUNCTION oversight_anchor_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial")]
    operations = [migrations.RunSQL(SQL, UNDO)]
