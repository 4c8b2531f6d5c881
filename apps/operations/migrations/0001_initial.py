import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import apps.access.ids
from apps.access.migrations._initial import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feature",
            fields=[
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("label", models.CharField(max_length=80)),
                (
                    "places",
                    models.JSONField(help_text="beginnings of names of addresses, for example rifc-assessments"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Maintenance",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("notice", models.CharField(help_text="shown on every page", max_length=300)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(help_text="announced end")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Running"), ("ended", "Ended")], default="running", max_length=7
                    ),
                ),
            ],
            options={
                "verbose_name": "Maintenance",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")), fields=("state",), name="one_maintenance_at_a_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FeatureSwitch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("why", models.CharField(max_length=200)),
                ("valid_from", models.DateTimeField(default=django.utils.timezone.now)),
                ("valid_to", models.DateTimeField(null=True)),
                ("state", models.CharField(choices=[("off", "Off"), ("ended", "Ended")], default="off", max_length=5)),
                (
                    "feature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="operations.feature"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "verbose_name": "Area switched off",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", None)), fields=("feature", "party"), name="switched_off_once"
                    )
                ],
            },
        ),
    ]
