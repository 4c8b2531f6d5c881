import datetime

import django.db.models.deletion
from django.db import migrations, models

import apps.access.ids
from apps.access.migrations._initial import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedDocument",
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
                ("kind", models.CharField(help_text="room and kind: council.decision", max_length=40)),
                ("object_type", models.CharField(help_text="type of the record that it was made from", max_length=60)),
                ("object_id", models.CharField(max_length=40)),
                ("number", models.CharField(help_text="the reference printed on it", max_length=80)),
                ("title", models.CharField(max_length=300)),
                (
                    "format",
                    models.CharField(choices=[("pdf", "PDF"), ("docx", "DOCX"), ("json", "JSON")], max_length=4),
                ),
                (
                    "sha256",
                    models.CharField(
                        help_text="of the exact bytes, hexadecimal, lower case", max_length=64, unique=True
                    ),
                ),
                ("size", models.PositiveIntegerField(help_text="bytes")),
                (
                    "content_hash",
                    models.CharField(help_text="SHA-256 of what was rendered; printed on it", max_length=64),
                ),
                ("issued_at", models.DateTimeField()),
                ("copy_mark", models.CharField(blank=True, help_text="as printed on every page", max_length=120)),
                (
                    "public",
                    models.BooleanField(default=False, help_text="the verification page may give number and title"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("issued", "Issued"), ("revoked", "Revoked")], default="issued", max_length=10
                    ),
                ),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoke_reason", models.CharField(blank=True, max_length=300)),
                (
                    "issued_to",
                    models.ForeignKey(
                        help_text="desk of this copy; null = archival copy",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
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
                "verbose_name": "Issued document",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="IssuedDocumentDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                (
                    "content_object",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="documents.issueddocument"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="issueddocument",
            index=models.Index(models.F("object_type"), models.F("object_id"), name="documents_of_object"),
        ),
        migrations.AddIndex(
            model_name="issueddocument",
            index=models.Index(fields=["content_hash"], name="documents_by_content", opclasses=["varchar_pattern_ops"]),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$"), ("content_hash__regex", "^[0-9a-f]{64}$")),
                name="document_hashes_are_hexadecimal",
            ),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at", None), ("state", "issued")),
                    models.Q(("revoked_at__isnull", False), ("state", "revoked")),
                    _connector="OR",
                ),
                name="document_revoked_has_moment",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="issueddocumentdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
    ]
