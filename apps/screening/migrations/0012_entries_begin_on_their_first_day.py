"""An entry whose first day lies ahead is compared with everybody still to arrive when the day has come."""

from django.db import migrations, models

import apps.access.operations

# with those that began of late nobody was compared on their first day: the first round makes up for it
BEGIN = """
UPDATE screening_entry SET begins_on = valid_from
WHERE valid_from > created_at::date AND valid_from > current_date - 30;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0011_keys_are_their_own_index"),
    ]

    operations = [
        apps.access.operations.ChangeModels(
            operations=[
                migrations.AddField(
                    model_name="entry",
                    name="begins_on",
                    field=models.DateField(
                        help_text=(
                            "first day that is to come; null once everybody still to arrive was compared with it then"
                        ),
                        null=True,
                    ),
                ),
                migrations.AddIndex(
                    model_name="entry",
                    index=models.Index(
                        models.F("begins_on"),
                        condition=models.Q(("begins_on__isnull", False)),
                        name="entries_to_begin",
                    ),
                ),
            ]
        ),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
    ]
