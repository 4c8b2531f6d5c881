import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import apps.access.ids
from apps.access.migrations._initial import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=80)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("filters", models.JSONField(default=dict, help_text="{filter: value}")),
                (
                    "subscription",
                    models.BooleanField(default=False, help_text="made by following a category, place or party"),
                ),
                (
                    "alerts",
                    models.CharField(
                        choices=[("off", "No alerts"), ("at_once", "At once"), ("daily", "Once a day")],
                        default="off",
                        max_length=7,
                    ),
                ),
                ("looked_at", models.DateTimeField(help_text="when it was last looked for what is new", null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by_seat_id", models.BigIntegerField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(choices=[("kept", "Kept"), ("removed", "Deleted")], default="kept", max_length=7),
                ),
                (
                    "seat",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "Saved search",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Known",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.UUIDField()),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "saved",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="search.savedsearch"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Asked",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField()),
                ("words", models.CharField(blank=True, max_length=300)),
                ("filters", models.JSONField(default=dict)),
                (
                    "found",
                    models.PositiveIntegerField(help_text="things that he was told of; 1001 for more than a thousand"),
                ),
                ("via", models.CharField(max_length=10)),
                ("request_id", models.CharField(blank=True, max_length=40)),
                ("state", models.CharField(choices=[("kept", "kept")], default="kept", max_length=5)),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "Search",
                "default_permissions": (),
                "indexes": [models.Index(fields=["party", "-id"], name="searches_of_party")],
            },
        ),
        migrations.AddIndex(
            model_name="savedsearch",
            index=models.Index(
                models.F("looked_at"),
                condition=models.Q(("state", "kept"), models.Q(("alerts", "off"), _negated=True)),
                name="searches_to_look_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "kept")), fields=("seat", "name"), name="one_search_of_a_name"
            ),
        ),
        migrations.AddIndex(
            model_name="known",
            index=models.Index(
                models.F("saved"),
                models.F("told_at"),
                condition=models.Q(("told_at", None), _negated=True),
                name="things_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="known",
            constraint=models.UniqueConstraint(fields=("saved", "kind", "object_id"), name="each_thing_told_once"),
        ),
    ]
