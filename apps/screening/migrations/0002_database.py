"""One index less to write for each key: the primary key is the one that candidate search reads."""

from django.db import migrations

# Django's primary keys include nothing, and the search must not go to the table for what limits an entry's use
FORWARDS = """
ALTER TABLE screening_entrykey DROP CONSTRAINT screening_entrykey_pkey;
ALTER TABLE screening_entrykey
  ADD CONSTRAINT screening_entrykey_pkey PRIMARY KEY (key, entry_id) INCLUDE (screen_for, functions, valid_from);
"""
BACKWARDS = """
ALTER TABLE screening_entrykey DROP CONSTRAINT screening_entrykey_pkey;
ALTER TABLE screening_entrykey ADD CONSTRAINT screening_entrykey_pkey PRIMARY KEY (key, entry_id);
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
