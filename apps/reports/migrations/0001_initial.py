import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import apps.access.ids
import apps.people.models.register
from apps.access.migrations._initial import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("council", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Fact",
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
                (
                    "code",
                    models.CharField(help_text="what it is about: decision.FRAMEWORK, study.DEPORTEES", max_length=60),
                ),
                ("title", models.CharField(max_length=200)),
                ("content", models.JSONField(help_text="names and values (apps.reports.rules.values)")),
                ("valid_from", models.DateField(help_text="first day on which it holds")),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("recorded_at", models.DateTimeField(help_text="since when the register knows it")),
                ("superseded_at", models.DateTimeField(help_text="since when the register knows better", null=True)),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("document", "Documented"),
                            ("stated", "Stated, no detail"),
                            ("inferred", "Inferred"),
                            ("demo", "Demonstration"),
                        ],
                        default="document",
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(max_length=300)),
                ("reason", models.CharField(blank=True, help_text="why it was corrected", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("standing", "Current"), ("corrected", "Corrected")], default="standing", max_length=9
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.fact"
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
                "verbose_name": "Fact with its source",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="FactDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="reports.fact")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Report",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("oas", "Report to the OAS"),
                            ("council", "Implementation report to the Council"),
                            ("scorecard", "Scorecard of a State"),
                            ("brief", "Brief for a meeting"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reference", models.CharField(help_text="OAS/2008/01", max_length=40, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("addressee", models.CharField(blank=True, max_length=200)),
                ("covers", models.CharField(blank=True, help_text="the time that it covers, in words", max_length=60)),
                ("as_of", models.DateField(help_text="the day that it describes")),
                ("known_at", models.DateTimeField(help_text="what had been recorded by then")),
                (
                    "draft",
                    models.PositiveSmallIntegerField(default=0, help_text="counts the times that it was compiled"),
                ),
                ("compiled_by_seat_id", models.BigIntegerField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("seal", models.CharField(blank=True, help_text="SHA-256 of what was approved", max_length=64)),
                ("reason", models.CharField(blank=True, help_text="why it was returned or corrected", max_length=300)),
                ("fictional", models.BooleanField(default=False, help_text="demonstration: printed on every page")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "New"),
                            ("compiled", "Compiled"),
                            ("in_clearance", "In clearance"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("issued", "Issued"),
                            ("corrected", "Corrected by a later report"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.report"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        help_text="whose brief",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="council.meeting",
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
                (
                    "party",
                    models.ForeignKey(
                        help_text="whose scorecard",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        help_text="what it answers",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.fact",
                    ),
                ),
            ],
            options={
                "verbose_name": "Report",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="RenderedSentence",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("draft", models.PositiveSmallIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("section", models.CharField(max_length=30)),
                (
                    "key",
                    models.CharField(
                        help_text="of the template; what repeats has a slash and its own number", max_length=60
                    ),
                ),
                ("text", models.TextField(blank=True, help_text="as computed; empty for a gap")),
                ("stretches", models.JSONField(default=list, help_text="[text, computed] in order")),
                ("values", models.JSONField(default=dict)),
                ("rows", models.JSONField(default=list, help_text="[type, id] of every record that it comes from")),
                ("counted", models.CharField(blank=True, help_text="what was counted, in words", max_length=300)),
                (
                    "note",
                    models.CharField(blank=True, help_text="what the reader of the draft has to know", max_length=300),
                ),
                (
                    "named",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        default=list,
                        help_text="codes of the States it names",
                    ),
                ),
                ("sensitive", models.BooleanField(default=False)),
                ("mandatory", models.BooleanField(default=True)),
                (
                    "unnamed",
                    models.BooleanField(default=False, help_text="a State objected: the count stays, the list goes"),
                ),
                ("gap_reason", models.CharField(blank=True, max_length=300)),
                (
                    "sha256",
                    models.CharField(help_text="of key, text, values and rows in canonical form", max_length=64),
                ),
                ("was", models.TextField(blank=True, help_text="what the draft before said, where this differs")),
                (
                    "moved",
                    models.BooleanField(
                        default=False, help_text="differs from the draft before, and nobody accepted it yet"
                    ),
                ),
                ("hand", models.TextField(blank=True, help_text="what a person wrote in its place")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reports.report"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HandEdit",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("key", models.CharField(max_length=60)),
                ("draft", models.PositiveSmallIntegerField()),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True, help_text="empty: back to what is computed")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField()),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reports.report"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Clearance",
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
                ("draft", models.PositiveSmallIntegerField()),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60))),
                ("texts", models.JSONField(help_text="[key, text] of the sentences as they stood")),
                ("due_on", models.DateField()),
                ("comment", models.CharField(blank=True, max_length=1000)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("agreed", "Cleared"),
                            ("objected", "Objects to being named"),
                            ("returned", "Returned with a comment"),
                            ("ended", "No longer needed"),
                        ],
                        default="asked",
                        max_length=8,
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
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "Clearance by a State",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="ReportDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="reports.report")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReportTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("version", models.CharField(max_length=20)),
                ("valid_from", models.DateField(help_text="day from which new reports use it")),
                ("content", models.JSONField(help_text="sections and sentences (apps.reports.rules.templates)")),
                ("sha256", models.CharField(help_text="of the canonical form of the content", max_length=64)),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("kind", "version"), name="one_template_per_version")],
            },
        ),
        migrations.AddField(
            model_name="report",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.reporttemplate"
            ),
        ),
        migrations.CreateModel(
            name="ScoreComment",
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
                ("indicator", models.CharField(max_length=30)),
                ("cut_off", models.DateField()),
                ("text", models.CharField(max_length=1000)),
                (
                    "state",
                    models.CharField(
                        choices=[("standing", "Current"), ("withdrawn", "Withdrawn")], default="standing", max_length=9
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
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "verbose_name": "Comment on a scorecard",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="ScoreCommentDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="reports.scorecomment"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Transmission",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("channel", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("to", models.CharField(max_length=200)),
                (
                    "copies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list
                    ),
                ),
                ("documents", models.JSONField(default=dict, help_text="SHA-256 of the issued bytes by format")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reports.report"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ClearanceDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="reports.clearance"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
                "unique_together": {("group", "permission", "content_object")},
            },
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(models.F("code"), models.F("valid_from"), name="facts_by_code"),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                name="fact_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "standing"), ("superseded_at", None)),
                    models.Q(("state", "corrected"), ("superseded_at__isnull", False)),
                    _connector="OR",
                ),
                name="fact_corrected_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at", None)),
                expressions=[
                    ("code", "="),
                    (
                        apps.people.models.register.DateRange(
                            "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="one_fact_at_a_time",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="factdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="renderedsentence",
            constraint=models.UniqueConstraint(fields=("report", "draft", "key"), name="one_sentence_per_draft"),
        ),
        migrations.AddIndex(
            model_name="handedit",
            index=models.Index(models.F("report"), models.F("key"), name="edits_of_sentence"),
        ),
        migrations.AddConstraint(
            model_name="clearance",
            constraint=models.UniqueConstraint(fields=("report", "party", "draft"), name="one_clearance_per_draft"),
        ),
        migrations.AlterUniqueTogether(
            name="reportdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(models.F("kind"), models.F("state"), name="reports_by_kind"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "scorecard"), ("party__isnull", False)),
                    models.Q(models.Q(("kind", "scorecard"), _negated=True), ("party", None)),
                    _connector="OR",
                ),
                name="scorecard_has_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "brief"), ("meeting__isnull", False)),
                    models.Q(models.Q(("kind", "brief"), _negated=True), ("meeting", None)),
                    _connector="OR",
                ),
                name="brief_has_meeting",
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecomment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "standing")),
                fields=("party", "indicator", "cut_off"),
                name="one_comment_per_number",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="scorecommentdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
    ]
