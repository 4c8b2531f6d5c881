from django.db import migrations, models

import apps.access.operations


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0013_keys_of_an_entry_in_one_list"),
    ]

    operations = [
        apps.access.operations.ChangeModels(
            operations=[
                migrations.AddField(
                    model_name="watchlist",
                    name="why_closed",
                    field=models.CharField(blank=True, help_text="why its owner has closed it", max_length=300),
                ),
            ]
        ),
    ]
