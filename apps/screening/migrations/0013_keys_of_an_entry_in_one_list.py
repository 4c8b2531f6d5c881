"""The second index of keys goes: what an entry has stands in a list of its own, one row for some forty keys."""

import django.db.models.deletion
from django.db import migrations, models

import apps.access.operations

FILL = r"""
INSERT INTO screening_entrykeylist (entry_id, keys)
SELECT entry_id, string_agg(key, E'\n') FROM screening_entrykey GROUP BY entry_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0012_entries_begin_on_their_first_day"),
    ]

    operations = [
        apps.access.operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="EntryKeyList",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="screening.entry",
                            ),
                        ),
                        ("keys", models.TextField()),
                    ],
                    options={"default_permissions": ()},
                ),
            ]
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        apps.access.operations.ChangeModels(
            operations=[
                migrations.AlterField(
                    model_name="entrykey",
                    name="entry",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="screening.entry",
                    ),
                )
            ]
        ),
    ]
