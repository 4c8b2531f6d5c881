from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # the table is written to all the time
    dependencies = [("access", "0009_numbers_of_events")]
    operations = [
        AddIndexConcurrently("streamevent", models.Index(models.F("number"), models.F("id"), name="stream_numbers")),
    ]
