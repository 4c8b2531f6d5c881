"""Events get their place in the order after the commit; what is there already stands before all numbers."""

from django.db import migrations, models

POSITION = """
CREATE SEQUENCE stream_position OWNED BY access_streamevent.number;
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'portal_app') THEN
    GRANT USAGE ON SEQUENCE stream_position TO portal_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0008_planned_walls")]
    operations = [
        migrations.AddField(
            "streamevent",
            "number",
            models.BigIntegerField(
                null=True, default=0, help_text="null: not numbered yet; 0: written before there were numbers"
            ),
            preserve_default=False,  # PostgreSQL gives it to the rows that are there without writing them
        ),
        migrations.AlterField(
            "streamevent",
            "tx",
            models.BigIntegerField(help_text="pg_current_xact_id() of the writer, by which the release before reads"),
        ),
        migrations.RunSQL(POSITION, "DROP SEQUENCE stream_position"),
    ]
