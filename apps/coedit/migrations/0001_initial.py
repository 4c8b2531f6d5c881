import django.db.models.deletion
from django.db import migrations, models

from apps.access.migrations._initial import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("section", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "assessment",
                    models.UUIDField(
                        db_index=True, help_text="what the section is a part of; rights change for all of it"
                    ),
                ),
                (
                    "epoch",
                    models.PositiveIntegerField(
                        default=1, help_text="new beginnings: after a purge or a restored moment"
                    ),
                ),
                ("seq", models.BigIntegerField(default=0, help_text="number of the last row of the log")),
                ("frozen", models.BooleanField(default=False, help_text="the text is fixed: no update is taken")),
                (
                    "grants",
                    models.PositiveIntegerField(
                        default=1, help_text="changes of rights; each commit of text looks at it"
                    ),
                ),
                ("snapshot", models.BinaryField(default=bytes, help_text="Yjs v1 state after row `snapshot_seq`")),
                ("snapshot_seq", models.BigIntegerField(default=0)),
                ("text", models.JSONField(default=dict, help_text="ProseMirror JSON after row `text_seq`")),
                ("plain", models.TextField(blank=True, help_text="the same as plain text")),
                ("text_sha256", models.CharField(blank=True, help_text="of the canonical JSON", max_length=64)),
                ("text_seq", models.BigIntegerField(default=-1)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_id", models.BigIntegerField()),
                ("desk_id", models.BigIntegerField()),
                ("seat_id", models.BigIntegerField()),
                ("writes", models.BooleanField(help_text="whether he might write when he came")),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "close_code",
                    models.PositiveSmallIntegerField(help_text="contract-rifc.md, section 2.2, or RFC 6455", null=True),
                ),
                ("updates", models.PositiveIntegerField(default=0)),
                ("size", models.PositiveBigIntegerField(default=0, help_text="bytes written")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="coedit.document"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(models.F("document"), models.F("opened_at"), name="sitting_of")],
            },
        ),
        migrations.CreateModel(
            name="Update",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("epoch", models.PositiveIntegerField()),
                ("seq", models.BigIntegerField()),
                ("user_id", models.BigIntegerField(help_text="0: the portal itself")),
                ("desk_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("data", models.BinaryField(help_text="Yjs v1 update")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="coedit.document"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(models.F("at"), name="update_age")],
                "constraints": [models.UniqueConstraint(fields=("document", "seq"), name="one_update_per_number")],
            },
        ),
    ]
