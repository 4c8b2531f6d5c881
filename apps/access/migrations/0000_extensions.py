"""Extensions of PostgreSQL, before the first table that needs one.

All are trusted: the owner of a database may add them without being a superuser.
"""

from django.contrib.postgres.operations import BtreeGistExtension, CreateExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    # people has the first periods that may not overlap, and every other app comes after people
    run_before = [("access", "0001_initial"), ("people", "0001_initial")]
    operations = [
        BtreeGistExtension(),  # periods of one desk, party or rule
        TrigramExtension(),  # spellings that are near each other
        CreateExtension("fuzzystrmatch"),  # how names sound
    ]
