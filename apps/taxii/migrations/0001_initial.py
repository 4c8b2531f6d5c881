import datetime
import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import apps.access.ids
from apps.access.migrations._initial import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("people", "0001_initial"),
        ("rifc", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("thread", models.UUIDField(primary_key=True, serialize=False)),
                ("state", models.CharField(choices=[("published", "published")], default="published", max_length=9)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "Report for the API",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submit", "What the desk sent"),
                            ("regional", "Open to the whole Community"),
                            ("out", "What the desk may see"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "last_added",
                    models.DateTimeField(
                        help_text="counts `date_added`; its row lock puts writers in order", null=True
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        help_text="null: of all",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Fetch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("reports", models.PositiveIntegerField(default=0)),
                ("state", models.CharField(choices=[("fetched", "fetched")], default="fetched", max_length=7)),
                (
                    "collection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="taxii.collection",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"
                    ),
                ),
            ],
            options={
                "verbose_name": "Page of STIX objects",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Public"), (1, "Official"), (2, "Confidential"), (3, "Secret")], default=1
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, help_text="counts every act; the record's ETag")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by_seat_id", models.BigIntegerField(null=True)),
                ("channel", models.CharField(choices=[("taxii", "program"), ("page", "file")], max_length=5)),
                ("name", models.CharField(blank=True, help_text="of the file", max_length=200)),
                ("total", models.PositiveIntegerField(default=0)),
                ("succeeded", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                (
                    "results",
                    models.JSONField(
                        default=dict, help_text="{successes, failures, pendings: [{id, version, message}]}"
                    ),
                ),
                ("body", models.TextField(blank=True, help_text="what is still to be read")),
                (
                    "drafts",
                    models.JSONField(default=dict, help_text="{report of the bundle, or all: report of the portal}"),
                ),
                (
                    "taken",
                    models.JSONField(default=dict, help_text="{object: person or thing that it was recorded of}"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Processing"),
                            ("open", "To review"),
                            ("drafted", "Draft created"),
                            ("discarded", "Set aside"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                (
                    "originator",
                    models.ForeignKey(
                        help_text="party that first recorded it; never changes",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        help_text="desk that keeps the record",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "STIX intake",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="IntakeDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="taxii.intake")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ObjectVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stix_id", models.CharField(max_length=120)),
                ("stix_type", models.CharField(max_length=80)),
                (
                    "version",
                    models.CharField(
                        help_text="modified, else created, as it was written; may be empty", max_length=100
                    ),
                ),
                ("version_at", models.DateTimeField(null=True)),
                ("payload", models.TextField()),
                ("sha256", models.CharField(help_text="of the canonical JSON", max_length=64)),
                ("plain", models.BooleanField(default=False, help_text="of the report without its persons and things")),
                (
                    "rests_on",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        help_text="statements that must all stand for whoever is given it",
                    ),
                ),
                (
                    "intake",
                    models.ForeignKey(
                        help_text="came with it",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="taxii.intake",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        help_text="told of here",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="rifc.report",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("date_added", models.DateTimeField()),
                ("stix_id", models.CharField(max_length=120)),
                ("stix_type", models.CharField(max_length=80)),
                ("version", models.CharField(max_length=100)),
                ("version_at", models.DateTimeField()),
                ("is_last", models.BooleanField(default=True)),
                ("is_first", models.BooleanField(default=True)),
                (
                    "thread",
                    models.UUIDField(
                        help_text="the report it is about, also where it says that it was taken back", null=True
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="taxii.collection"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        help_text="whoever may not see it gets no entry",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="rifc.report",
                    ),
                ),
                (
                    "object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="taxii.objectversion"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.UniqueConstraint(
                fields=("kind", "desk"), name="one_collection_of_a_kind", nulls_distinct=False
            ),
        ),
        migrations.AddIndex(
            model_name="intake",
            index=models.Index(fields=["owner", "-id"], name="intakes_of_desk"),
        ),
        migrations.AddIndex(
            model_name="intake",
            index=models.Index(models.F("owner"), condition=models.Q(("state", "open")), name="intakes_open"),
        ),
        migrations.AlterUniqueTogether(
            name="intakedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="objectversion",
            index=models.Index(models.F("stix_id"), name="versions_of_object"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("is_last", True)), fields=["collection", "date_added"], name="last_versions"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("is_last", True)),
                fields=["collection", "stix_type", "date_added"],
                name="last_versions_of_type",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                models.F("thread"), condition=models.Q(("thread__isnull", False)), name="entries_of_report"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("collection", "date_added"), name="one_entry_per_moment"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=("collection", "stix_id", "version"), name="one_entry_per_version"
            ),
        ),
    ]
