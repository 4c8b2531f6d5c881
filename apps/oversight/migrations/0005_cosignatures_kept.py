"""Co-signatures of anchors are append-only, as anchors are."""

from django.db import migrations

SQL = """
CREATE FUNCTION oversight_cosignature_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'co-signatures are append-only' USING ERRCODE = 'insufficient_privilege'; END $$;
-- an action saves a new row once more, unchanged
CREATE TRIGGER kept_as_given BEFORE UPDATE ON oversight_anchorcosignature FOR EACH ROW
WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION oversight_cosignature_kept();
CREATE TRIGGER kept BEFORE DELETE ON oversight_anchorcosignature FOR EACH ROW
EXECUTE FUNCTION oversight_cosignature_kept();
"""
UNDO = """
DROP TRIGGER kept ON oversight_anchorcosignature; DROP TRIGGER kept_as_given ON oversight_anchorcosignature;
DROP FUNCTION oversight_cosignature_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("oversight", "0004_witnesses")]
    operations = [migrations.RunSQL(SQL, UNDO)]
