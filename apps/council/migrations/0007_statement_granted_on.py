"""From which day an opt-out releases its State; for those granted before, the day on which they were asked for."""

from django.db import migrations, models

import apps.access.operations

FILL = "UPDATE council_statement SET granted_on = at::date WHERE kind = 'opt_out' AND state = 'granted'"


class Migration(migrations.Migration):
    dependencies = [("council", "0006_chairs_are_recorded")]

    operations = [
        apps.access.operations.ChangeModels(
            operations=[
                migrations.AddField(
                    model_name="statement",
                    name="granted_on",
                    field=models.DateField(help_text="day from which an opt-out releases the State", null=True),
                )
            ]
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
