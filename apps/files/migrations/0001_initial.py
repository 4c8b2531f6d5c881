import django.contrib.postgres.fields
import django.db.models.deletion
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
            name="Purge",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(help_text="app.model of what was removed", max_length=60)),
                ("count", models.PositiveIntegerField()),
                (
                    "hashes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), help_text="SHA-256 of texts and files, sorted"
                    ),
                ),
                ("before", models.DateTimeField(help_text="given up earlier than this")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("state", models.CharField(choices=[("done", "Done")], default="done", max_length=4)),
                (
                    "desk",
                    models.ForeignKey(
                        help_text="whose they were",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "Deleted data",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StoredBlob",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "sha256",
                    models.CharField(help_text="of the bytes, lower-case hexadecimal", max_length=64, unique=True),
                ),
                ("size", models.PositiveBigIntegerField(help_text="bytes")),
                ("media_type", models.CharField(help_text="by content, never as declared", max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unscanned", "Not scanned"),
                            ("waiting", "Waiting"),
                            ("clean", "Clean"),
                            ("refused", "Refused"),
                            ("unavailable", "Unavailable"),
                        ],
                        max_length=12,
                    ),
                ),
                ("scanned_at", models.DateTimeField(null=True)),
                ("scanner", models.CharField(blank=True, help_text="name of the program that checked", max_length=100)),
                ("stored_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "Stored file",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        models.F("stored_at"),
                        condition=models.Q(("state__in", ["clean", "refused"]), _negated=True),
                        name="blobs_to_scan",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "original_sha256",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="of the picture as it was sent, which is not kept",
                        max_length=64,
                    ),
                ),
                (
                    "removed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        default=list,
                        help_text="hidden data taken out (apps.files.rules.pictures)",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("object_type", models.CharField(help_text="app.model of the record", max_length=60)),
                ("object_id", models.UUIDField()),
                ("name", models.CharField(help_text="for display and download; never a path", max_length=150)),
                ("number", models.PositiveSmallIntegerField(default=1, help_text="version of the file")),
                ("added_by_seat_id", models.BigIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "Current"), ("superseded", "Superseded"), ("withdrawn", "Withdrawn")],
                        default="current",
                        max_length=10,
                    ),
                ),
                (
                    "owner_party",
                    models.CharField(blank=True, help_text="originator of the record, for the audit", max_length=8),
                ),
                ("owner_desk_id", models.BigIntegerField(help_text="owner of the record, for the audit", null=True)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="of the record when the file was added; for the audit"
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.attachment"
                    ),
                ),
                (
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedblob"
                    ),
                ),
            ],
            options={
                "verbose_name": "File",
                "default_permissions": (),
                "indexes": [models.Index(models.F("object_type"), models.F("object_id"), name="files_of_record")],
                "constraints": [models.UniqueConstraint(fields=("supersedes",), name="one_successor_per_file")],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "original_sha256",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="of the picture as it was sent, which is not kept",
                        max_length=64,
                    ),
                ),
                (
                    "removed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        default=list,
                        help_text="hidden data taken out (apps.files.rules.pictures)",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("seat_id", models.BigIntegerField()),
                (
                    "sha256",
                    models.CharField(blank=True, help_text="of its bytes; stays when they are removed", max_length=64),
                ),
                ("name", models.CharField(max_length=150)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("used", "Used"), ("expired", "Expired")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "blob",
                    models.ForeignKey(
                        help_text="null when removed",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="files.storedblob",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
            ],
            options={
                "verbose_name": "Upload",
                "default_permissions": (),
                "indexes": [models.Index(models.F("at"), condition=models.Q(("state", "open")), name="uploads_open")],
            },
        ),
    ]
