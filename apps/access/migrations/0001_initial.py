import django.contrib.postgres.fields
from django.db import migrations, models

from apps.access.migrations._initial import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReferenceSeries",
            fields=[
                ("series", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=60)),
                ("listener", models.CharField(max_length=80)),
                ("object_type", models.CharField(max_length=60)),
                ("object_id", models.CharField(max_length=40)),
                ("payload", models.JSONField(default=dict, help_text="ids and codes; never names or texts")),
                ("request_id", models.CharField(blank=True, max_length=40)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("available_at", models.DateTimeField()),
                (
                    "urgent_at",
                    models.DateTimeField(help_text="orders the intake lane; null: work of another queue", null=True),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("done_at", models.DateTimeField(null=True)),
                ("dead_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        models.F("available_at"),
                        condition=models.Q(("dead_at", None), ("done_at", None)),
                        name="dispatch_due",
                    ),
                    models.Index(
                        models.F("urgent_at"),
                        models.F("id"),
                        condition=models.Q(("dead_at", None), ("done_at", None), ("urgent_at__isnull", False)),
                        name="dispatch_lane",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seat_id", models.BigIntegerField()),
                ("key", models.CharField(max_length=200)),
                ("route", models.CharField(max_length=200)),
                ("body_hash", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("body", models.JSONField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("seat_id", "key"), name="one_answer_per_key")],
            },
        ),
        migrations.CreateModel(
            name="PurgeRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30)),
                ("at", models.DateTimeField()),
                ("counts", models.JSONField(default=dict, help_text="{kind: rows}")),
                ("total", models.PositiveIntegerField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["name", "-at"], name="rounds_by_name")],
            },
        ),
        migrations.CreateModel(
            name="StreamEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tx", models.BigIntegerField(help_text="pg_current_xact_id() of the writer")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("verb", models.CharField(max_length=60)),
                ("object_type", models.CharField(max_length=60)),
                ("object_id", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("level", models.PositiveSmallIntegerField()),
                ("groups", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField())),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(models.F("tx"), models.F("id"), name="stream_order"),
                    models.Index(models.F("at"), name="stream_age"),
                ],
            },
        ),
    ]
