import django.db.models.deletion
from django.db import migrations, models

import apps.access.operations


def at_a_desk_of(help_text: str) -> models.ForeignKey:
    return models.ForeignKey(
        help_text=help_text,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="people.party",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0004_remarks"),
        ("people", "0006_secondments"),
    ]

    operations = [
        apps.access.operations.ChangeModels(
            operations=[
                migrations.AddField("outcome", "second_party", at_a_desk_of("at whose desk he decided")),
                migrations.AddField("remark", "closed_party", at_a_desk_of("at whose desk he closed it")),
            ]
        ),
    ]
