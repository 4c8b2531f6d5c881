"""Where repeated refusals are counted until the clock writes their number as one entry.

A count of some minutes, no memory: the application's role may change and remove it, as it may not with entries.
"""

from django.db import migrations

SQL = """
CREATE TABLE audit_repeated (
  key bytea PRIMARY KEY,
  began_at timestamptz NOT NULL DEFAULT now(), last_at timestamptz NOT NULL DEFAULT now(), ends_at timestamptz NOT NULL,
  times bigint NOT NULL DEFAULT 0,
  common jsonb NOT NULL, request_id varchar(40) NOT NULL, address inet, level smallint NOT NULL,
  objects text[] NOT NULL DEFAULT '{}'
) WITH (fillfactor = 50);  -- the same few rows change again and again, within their page

DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'portal_app') THEN
    REVOKE ALL ON audit_repeated FROM portal_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON audit_repeated TO portal_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_database")]
    operations = [migrations.RunSQL(SQL, "DROP TABLE audit_repeated")]
