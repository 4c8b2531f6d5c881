import datetime

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
        ("screening", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Source",
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
                ("code", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[("documents", "Stolen and lost travel documents"), ("persons", "Nominals")],
                        max_length=10,
                    ),
                ),
                ("since", models.DateTimeField(help_text="in this state since", null=True)),
                ("why", models.CharField(blank=True, help_text="why it was switched", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("unconnected", "Not connected"), ("on", "On"), ("off", "Switched off")],
                        default="unconnected",
                        max_length=12,
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.watchlist",
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
                "verbose_name": "Source of INTERPOL",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("seat_id", models.BigIntegerField()),
                ("desk", models.CharField(max_length=40)),
                ("purpose", models.CharField(max_length=30)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(help_text="null = under way, or its worker was lost", null=True)),
                ("asked", models.PositiveIntegerField(default=0)),
                ("answered", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked"), ("answered", "Answered")], default="asked", max_length=10
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gateway.source"
                    ),
                ),
            ],
            options={
                "verbose_name": "Asking of a source",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Health",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("failing_since", models.DateTimeField(help_text="no answer since; null = it answers", null=True)),
                ("failures", models.PositiveIntegerField(default=0, help_text="rounds without any answer, in a row")),
                ("next_try_at", models.DateTimeField(null=True)),
                ("slow_since", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(help_text="its last answer", null=True)),
                (
                    "ms",
                    models.PositiveIntegerField(
                        default=0, help_text="milliseconds of its slowest request in the last round"
                    ),
                ),
                ("fault", models.CharField(blank=True, max_length=20)),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="gateway.source"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField()),
                ("group_id", models.UUIDField(help_text="of subjects that belong together: a journey")),
                (
                    "digest",
                    models.CharField(blank=True, help_text="of the question; its words are not kept", max_length=64),
                ),
                ("arrives_at", models.DateTimeField(help_text="UTC; the order of work", null=True)),
                ("queued_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(help_text="when it is asked next; null = not", null=True)),
                ("attempts", models.PositiveIntegerField(default=0, help_text="since the last answer")),
                ("answered_at", models.DateTimeField(null=True)),
                ("keep_until", models.DateTimeField(null=True)),
                ("fault", models.CharField(blank=True, help_text="why the last attempt was no answer", max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("no_record", "Answered: no record"),
                            ("hit", "Answered: record found"),
                            ("unaskable", "Not enough data to query"),
                            ("lapsed", "Answered; answer no longer stored"),
                            ("gone", "No longer needed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gateway.source"
                    ),
                ),
            ],
            options={
                "verbose_name": "Check of a person at a source",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("digest", models.CharField(max_length=64)),
                ("answered_at", models.DateTimeField()),
                ("keep_until", models.DateTimeField(db_index=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="gateway.source"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SourceDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="gateway.source")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SourceRule",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True, help_text='base address; "" = INTERPOL_URL of the operator', max_length=200
                    ),
                ),
                ("timeout_s", models.FloatField(help_text="seconds for one request, answer included")),
                ("slow_ms", models.PositiveIntegerField(help_text="milliseconds from which the source counts as slow")),
                ("batch", models.PositiveSmallIntegerField(help_text="questions in one request")),
                ("concurrency", models.PositiveSmallIntegerField(help_text="requests at once")),
                ("keep_minutes", models.PositiveIntegerField(help_text="minutes that an answer may be kept")),
                (
                    "purposes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), help_text="what it may be asked for"
                    ),
                ),
                (
                    "excluded",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        default=list,
                        help_text="parties that must not be told",
                    ),
                ),
                (
                    "instructions",
                    models.JSONField(help_text="status of a document or colour of a notice: instruction of the entry"),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("status", models.CharField(help_text="verified or assumed", max_length=12)),
                ("basis", models.TextField(help_text="where the numbers come from")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="gateway.source"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("group_id", models.UUIDField()),
                ("people", models.PositiveIntegerField(default=0)),
                ("waiting", models.PositiveIntegerField(default=0)),
                ("hits", models.PositiveIntegerField(default=0)),
                ("unaskable", models.PositiveIntegerField(default=0)),
                ("waiting_since", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(help_text="the oldest of the answers that stand", null=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="gateway.source"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=20)),
                (
                    "check_row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="gateway.check"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="screening.entry"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("check_row", "entry"), name="one_finding_per_record")],
            },
        ),
        migrations.CreateModel(
            name="Query",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField(db_index=True)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("ms", models.PositiveIntegerField(help_text="milliseconds of its request", null=True)),
                ("outcome", models.CharField(default="asked", help_text="an Outcome, or a fault", max_length=20)),
                (
                    "check_row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="gateway.check"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="gateway.round"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gateway.source"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(models.F("source"), models.F("id"), name="queries_of_source"),
                    models.Index(models.F("asked_at"), name="queries_by_time"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                models.F("source"),
                models.F("arrives_at"),
                condition=models.Q(("due_at__isnull", False)),
                name="checks_to_ask",
            ),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(models.F("group_id"), name="checks_of_group"),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(models.F("subject_id"), name="checks_of_subject"),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                models.F("keep_until"),
                condition=models.Q(("state__in", ["no_record", "hit"])),
                name="checks_running_out",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(
                fields=("source", "subject_id", "digest"), name="one_check_per_question"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("source", "digest"), name="one_answer_per_question"),
        ),
        migrations.AlterUniqueTogether(
            name="sourcedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="sourcerule",
            constraint=models.UniqueConstraint(fields=("source", "valid_from"), name="one_source_rule_per_start"),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(models.F("group_id"), name="standings_of_group"),
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=models.UniqueConstraint(fields=("source", "group_id"), name="one_standing_per_group"),
        ),
    ]
