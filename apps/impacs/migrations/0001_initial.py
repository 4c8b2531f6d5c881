import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import apps.access.ids
import apps.impacs.plan.models.absences
import apps.people.models.register
from apps.access.migrations._initial import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("council", "0001_initial"),
        ("files", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Difficulty",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("MINOR", "Minor"), ("MAJOR", "Major"), ("CRITICAL", "Critical")], max_length=8
                    ),
                ),
                ("kind", models.CharField(help_text="code of the list difficulty_kind", max_length=30)),
                ("text", models.TextField()),
                ("since", models.DateField()),
                ("cleared_on", models.DateField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ExtensionRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(unique=True)),
                (
                    "content",
                    models.JSONField(help_text="names and numbers of apps.impacs.obligations.rules.extensions.Limits"),
                ),
                ("source", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SpendingCategory",
            fields=[
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StatusRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(unique=True)),
                (
                    "content",
                    models.JSONField(help_text="names and numbers of apps.impacs.obligations.rules.rag.Parameters"),
                ),
                ("source", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TaskRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(unique=True)),
                ("content", models.JSONField(help_text="days, and names and numbers of planning.workload.Limits")),
                ("source", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Absence",
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
                ("first", models.DateField()),
                ("last", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("entered", "Entered"), ("withdrawn", "Withdrawn")], default="entered", max_length=9
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "Leave of a person",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="AbsenceDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impacs.absence")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AssistanceRequest",
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
                ("kind", models.CharField(help_text="code of the list assistance_kind", max_length=30)),
                ("text", models.TextField()),
                ("wanted_by", models.DateField(null=True)),
                ("asked_on", models.DateField()),
                ("accepted_on", models.DateField(null=True)),
                ("answered_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("accepted", "Taken up"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        help_text="desk that asked",
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
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "difficulty",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.difficulty"
                    ),
                ),
            ],
            options={
                "verbose_name": "Assistance",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="AssistanceRequestDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impacs.assistancerequest"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
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
                ("year", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=160)),
                ("approved_minor", models.BigIntegerField(help_text="in the fund's currency")),
                (
                    "state",
                    models.CharField(choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=6),
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
                "verbose_name": "Budget line",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="BudgetLineDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impacs.budgetline"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("on", models.DateField()),
                ("text", models.CharField(help_text="what for, and the document's number", max_length=200)),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(help_text="ISO 4217", max_length=3)),
                (
                    "rate",
                    models.DecimalField(
                        decimal_places=8, default=1, help_text="line's currency for one unit", max_digits=18
                    ),
                ),
                ("rate_on", models.DateField(help_text="day from which the rate holds")),
                ("line_minor", models.BigIntegerField(help_text="in the line's currency")),
                ("seat_id", models.BigIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.budgetline"
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.spendingcategory"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Escalation",
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
                ("subject_type", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField()),
                (
                    "number",
                    models.CharField(
                        help_text="the subject's reference, the only thing that a mail carries", max_length=60
                    ),
                ),
                ("due_on", models.DateField(help_text="the due date in force when it was raised")),
                ("rung", models.PositiveSmallIntegerField()),
                (
                    "office",
                    models.CharField(
                        choices=[
                            ("focal_point", "Focal point"),
                            ("approver", "Approver"),
                            ("permanent_secretary", "Permanent secretary"),
                            ("minister_office", "Minister's office"),
                            ("task_owner", "Owner of the task"),
                            ("head_of_unit", "Head of unit"),
                            ("impacs_director", "Director of IMPACS"),
                            ("council_list", "Council's list"),
                        ],
                        help_text="whom the rung is for",
                        max_length=20,
                    ),
                ),
                (
                    "told",
                    models.CharField(
                        choices=[
                            ("focal_point", "Focal point"),
                            ("approver", "Approver"),
                            ("permanent_secretary", "Permanent secretary"),
                            ("minister_office", "Minister's office"),
                            ("task_owner", "Owner of the task"),
                            ("head_of_unit", "Head of unit"),
                            ("impacs_director", "Director of IMPACS"),
                            ("council_list", "Council's list"),
                        ],
                        help_text="who is told: the office, who passes it on, or the next one",
                        max_length=20,
                    ),
                ),
                ("vacant", models.BooleanField(help_text="nobody holds the office, so another one is told")),
                (
                    "seats",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        help_text="seats of those who are told; none: the whole desk",
                    ),
                ),
                ("raised_on", models.DateField()),
                (
                    "passed_on",
                    models.DateField(help_text="day on which the director wrote to the minister's office", null=True),
                ),
                ("acknowledged_on", models.DateField(null=True)),
                ("acknowledged_by", models.CharField(blank=True, help_text="user name", max_length=150)),
                ("answer", models.CharField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "Waiting for an answer"),
                            ("passed_on", "Passed on, waiting for an answer"),
                            ("acknowledged", "Answered"),
                            ("listed", "On the Council's list"),
                            ("climbed", "No answer, escalated further"),
                            ("ended", "Ended: done, due date moved or released"),
                        ],
                        default="raised",
                        max_length=12,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        help_text="whose list names it",
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
                        help_text="whose action or task it is",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "Escalation",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="EscalationDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impacs.escalation"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EscalationRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        help_text="type of what is escalated: impacs.stateaction, impacs.task", max_length=40
                    ),
                ),
                ("valid_from", models.DateField()),
                ("number", models.PositiveSmallIntegerField()),
                ("days", models.SmallIntegerField(help_text="from the due date in force; before it when negative")),
                ("wait", models.PositiveSmallIntegerField(help_text="days that the rung before has had to answer")),
                (
                    "office",
                    models.CharField(
                        choices=[
                            ("focal_point", "Focal point"),
                            ("approver", "Approver"),
                            ("permanent_secretary", "Permanent secretary"),
                            ("minister_office", "Minister's office"),
                            ("task_owner", "Owner of the task"),
                            ("head_of_unit", "Head of unit"),
                            ("impacs_director", "Director of IMPACS"),
                            ("council_list", "Council's list"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "through",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("focal_point", "Focal point"),
                            ("approver", "Approver"),
                            ("permanent_secretary", "Permanent secretary"),
                            ("minister_office", "Minister's office"),
                            ("task_owner", "Owner of the task"),
                            ("head_of_unit", "Head of unit"),
                            ("impacs_director", "Director of IMPACS"),
                            ("council_list", "Council's list"),
                        ],
                        help_text="the office that passes it on",
                        max_length=20,
                    ),
                ),
                ("event", models.CharField(help_text="code of the notice", max_length=60)),
                (
                    "pause_answer",
                    models.PositiveSmallIntegerField(help_text="days for which an answer holds the ladder"),
                ),
                (
                    "pause_progress",
                    models.PositiveSmallIntegerField(help_text="days for which progress holds the ladder"),
                ),
                ("hour", models.PositiveSmallIntegerField(help_text="local hour from which a day's rungs are climbed")),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "valid_from", "number"), name="one_rung_per_number_and_day"
                    ),
                    models.CheckConstraint(condition=models.Q(("hour__lte", 23)), name="rung_has_an_hour_of_the_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                ("author_id", models.BigIntegerField(help_text="user who wrote it last; approver and author differ")),
                (
                    "requirement",
                    models.CharField(blank=True, help_text="which of the clause's demands it answers", max_length=120),
                ),
                ("kind", models.CharField(help_text="code of the list evidence_type", max_length=30)),
                ("title", models.CharField(max_length=200)),
                ("issued_on", models.DateField()),
                ("authority", models.CharField(help_text="who issued it", max_length=200)),
                (
                    "citation",
                    models.CharField(blank=True, help_text="where it stands, when there is no file", max_length=500),
                ),
                ("valid_until", models.DateField(help_text="last day on which it proves anything", null=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("STATE_AND_IMPACS", "Our State and IMPACS"),
                            ("ALL_STATES", "All States that see the obligation"),
                            ("NAMED", "States we choose"),
                        ],
                        default="STATE_AND_IMPACS",
                        max_length=16,
                    ),
                ),
                (
                    "named",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        help_text="codes of the named States",
                    ),
                ),
                ("submitted_on", models.DateField(null=True)),
                ("judged_on", models.DateField(null=True)),
                (
                    "reject_code",
                    models.CharField(blank=True, help_text="code of the list reject_reason", max_length=30),
                ),
                ("reject_text", models.CharField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("accepted", "Accepted"),
                            ("rejected", "Not accepted"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        help_text="desk that brought it",
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
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "verbose_name": "Evidence",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="EvidenceDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impacs.evidence"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExchangeRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("base", models.CharField(max_length=3)),
                ("quote", models.CharField(max_length=3)),
                ("valid_from", models.DateField()),
                ("rate", models.DecimalField(decimal_places=8, max_digits=18)),
                ("source", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("base", "quote", "valid_from"), name="one_rate_a_day"),
                    models.CheckConstraint(condition=models.Q(("rate__gt", 0)), name="rate_is_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExtensionRequest",
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
                ("number", models.PositiveSmallIntegerField(help_text="which request of the action, from 1")),
                ("from_due", models.DateField(help_text="due date in force when it was asked")),
                ("new_due_on", models.DateField(help_text="asked for; once granted, the day that was given")),
                ("cause", models.TextField()),
                ("requested_on", models.DateField()),
                (
                    "power",
                    models.CharField(
                        choices=[
                            ("director", "The Director of IMPACS, under authority delegated by the Council"),
                            ("council", "The Council"),
                        ],
                        help_text="who decides",
                        max_length=8,
                    ),
                ),
                ("answer_by", models.DateField(help_text="ten working days; then the Council is asked")),
                ("decided_on", models.DateField(null=True)),
                (
                    "basis",
                    models.CharField(
                        blank=True, help_text="decision of the Council, or the delegation", max_length=200
                    ),
                ),
                ("answer", models.CharField(blank=True, help_text="why it was refused, or a remark", max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Asked"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="requested",
                        max_length=9,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.decision"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        help_text="on the Council's agenda",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="council.agendaitem",
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
                "verbose_name": "Extension",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="ExtensionRequestDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impacs.extensionrequest"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Fund",
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
                ("name", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[("assessed", "Assessed contributions"), ("grant", "Grant")], max_length=8
                    ),
                ),
                ("donor", models.CharField(blank=True, help_text="of a grant", max_length=160)),
                ("currency", models.CharField(help_text="ISO 4217", max_length=3)),
                ("valid_from", models.DateField()),
                (
                    "valid_to",
                    models.DateField(help_text="first day on which nothing can be committed any more", null=True),
                ),
                (
                    "eligible_categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, help_text="empty: all"
                    ),
                ),
                ("earmark", models.CharField(blank=True, help_text="what the donor gives it for", max_length=300)),
                (
                    "state",
                    models.CharField(choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=6),
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
                "verbose_name": "Fund",
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="budgetline",
            name="fund",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.fund"),
        ),
        migrations.CreateModel(
            name="FundDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impacs.fund")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mandate",
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
                    "body",
                    models.CharField(help_text="code of an organ or party: IMPACS, JRCC, CONFERENCE", max_length=30),
                ),
                ("title", models.CharField(max_length=200)),
                ("due_on", models.DateField(null=True)),
                (
                    "reports_to",
                    models.CharField(blank=True, help_text="code of the organ that hears the report", max_length=30),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="what the organ said: return, discharge, revocation", max_length=600
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("assigned", "Assigned"),
                            ("in_progress", "In progress"),
                            ("reported", "Reported to the organ"),
                            ("discharged", "Discharged"),
                            ("revoked", "Revoked by the organ"),
                            ("superseded", "Ended with its decision"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                (
                    "carried_to",
                    models.ForeignKey(
                        help_text="took over its tasks",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="impacs.mandate",
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.clause"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.decision"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        help_text="where it is heard",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="council.agendaitem",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        help_text="officer in charge",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.seat",
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
                    "paper",
                    models.ForeignKey(
                        help_text="the report",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="council.paper",
                    ),
                ),
            ],
            options={
                "verbose_name": "Mandate",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="MandateDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impacs.mandate")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MandateExtension",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("from_due", models.DateField(null=True)),
                ("new_due", models.DateField()),
                ("cause", models.CharField(max_length=600)),
                (
                    "basis",
                    models.CharField(
                        blank=True, help_text="number of the organ's decision; empty: delegated", max_length=60
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField()),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.mandate"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OfficeHolder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "office",
                    models.CharField(
                        choices=[
                            ("focal_point", "Focal point"),
                            ("approver", "Approver"),
                            ("permanent_secretary", "Permanent secretary"),
                            ("minister_office", "Minister's office"),
                            ("task_owner", "Owner of the task"),
                            ("head_of_unit", "Head of unit"),
                            ("impacs_director", "Director of IMPACS"),
                            ("council_list", "Council's list"),
                        ],
                        max_length=20,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which he no longer holds it", null=True)),
                (
                    "state",
                    models.CharField(choices=[("held", "Filled"), ("ended", "Ended")], default="held", max_length=5),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by_seat_id", models.BigIntegerField()),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "seat",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"),
                ),
            ],
            options={
                "verbose_name": "Office",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Programme",
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
                ("title", models.CharField(max_length=160)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer runs", null=True)),
                (
                    "state",
                    models.CharField(choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=6),
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
                "verbose_name": "Programme",
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="budgetline",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.programme"
            ),
        ),
        migrations.CreateModel(
            name="ProgrammeDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impacs.programme"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=80)),
                ("view", models.CharField(help_text="board, list, calendar, timeline, workload", max_length=20)),
                ("query", models.CharField(blank=True, help_text="the address's query string", max_length=1000)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(choices=[("kept", "Kept"), ("dropped", "Dropped")], default="kept", max_length=7),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "Saved choice of tasks",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Secondment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField(help_text="who recorded it")),
                ("state", models.CharField(choices=[("entered", "entered")], default="entered", max_length=7)),
                (
                    "sending_state",
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
                "verbose_name": "Secondment",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StateAction",
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
                ("starts_on", models.DateField(help_text="day on which the decision came into force")),
                ("due_on", models.DateField(null=True)),
                ("acknowledged_on", models.DateField(null=True)),
                (
                    "responsible",
                    models.CharField(blank=True, help_text="ministry or body in the State's own words", max_length=150),
                ),
                (
                    "progress",
                    models.PositiveSmallIntegerField(default=0, help_text="per cent, as last reported or ticked"),
                ),
                ("reported_on", models.DateField(help_text="day of the last report", null=True)),
                (
                    "claimed_on",
                    models.DateField(help_text="the State says that the clause does not apply; undecided", null=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("acknowledged", "Acknowledged"),
                            ("in_progress", "In progress"),
                            ("submitted", "Evidence submitted"),
                            ("returned", "Evidence returned"),
                            ("verified", "Verified"),
                            ("opted_out", "Released by the Conference"),
                            ("not_applicable", "Exempt"),
                            ("superseded", "Ended with its decision"),
                        ],
                        default="not_started",
                        max_length=14,
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.clause"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.decision"
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        help_text="another desk of the State that does it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
                (
                    "focal_seat",
                    models.ForeignKey(
                        help_text="who follows it in the State",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.seat",
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
                "verbose_name": "Obligation",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("text", models.TextField()),
                ("progress", models.PositiveSmallIntegerField(help_text="per cent")),
                ("day", models.DateField(help_text="on which it counts, where the State is")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.stateaction"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="NationalNote",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.stateaction"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="extensionrequest",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.stateaction"
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.stateaction"
            ),
        ),
        migrations.AddField(
            model_name="difficulty",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.stateaction"
            ),
        ),
        migrations.AddField(
            model_name="assistancerequest",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.stateaction"
            ),
        ),
        migrations.CreateModel(
            name="StateActionDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impacs.stateaction"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("title", models.CharField(max_length=200)),
                ("weight", models.PositiveSmallIntegerField(default=1)),
                ("due_on", models.DateField(null=True)),
                ("added_on", models.DateField()),
                ("done_on", models.DateField(null=True)),
                ("removed_on", models.DateField(null=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.stateaction"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Task",
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
                ("reference", models.CharField(help_text="TSK-2026-00042", max_length=14, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True, help_text="Markdown; for those who work on it")),
                (
                    "kind",
                    models.CharField(
                        choices=[("task", "Task"), ("milestone", "Milestone")], default="task", max_length=9
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(help_text="of the work plan")),
                ("starts_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("actual_start", models.DateField(null=True)),
                ("actual_end", models.DateField(null=True)),
                (
                    "estimate_days",
                    models.DecimalField(
                        decimal_places=2, help_text="days of one person's work", max_digits=7, null=True
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Low"), (2, "Normal"), (3, "High"), (4, "Urgent")], default=2
                    ),
                ),
                ("cost_minor", models.BigIntegerField(default=0, help_text="expected cost, in minor units")),
                ("currency", models.CharField(blank=True, help_text="ISO 4217", max_length=3)),
                (
                    "desks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, help_text="desks of those assigned"
                    ),
                ),
                (
                    "waiting_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), default=list, help_text="codes of parties"
                    ),
                ),
                ("waiting_for_other", models.CharField(blank=True, help_text="a donor or a supplier", max_length=120)),
                ("asked_on", models.DateField(null=True)),
                ("submitted_by_seat_id", models.BigIntegerField(null=True)),
                (
                    "repeats",
                    models.CharField(
                        choices=[
                            ("never", "Never"),
                            ("weekly", "Weekly"),
                            ("monthly", "Monthly"),
                            ("quarterly", "Quarterly"),
                            ("yearly", "Yearly"),
                        ],
                        default="never",
                        max_length=9,
                    ),
                ),
                ("repeats_until", models.DateField(null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="why it was cancelled, returned or reopened", max_length=600
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("backlog", "Not planned yet"),
                            ("planned", "Planned"),
                            ("ready", "Ready to start"),
                            ("in_progress", "Under way"),
                            ("waiting", "Waiting"),
                            ("blocked", "Blocked"),
                            ("in_review", "In review"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="backlog",
                        max_length=11,
                    ),
                ),
                (
                    "budget_line",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.budgetline"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        help_text="none: internal work",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="impacs.mandate",
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
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.task"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.programme"
                    ),
                ),
                (
                    "repeat_of",
                    models.ForeignKey(
                        help_text="the one before it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="impacs.task",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        help_text="never one of those who do it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "Task",
                "permissions": [("work_task", "Can see the inside of a task")],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Expenditure",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("on", models.DateField()),
                ("text", models.CharField(help_text="what for, and the document's number", max_length=200)),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(help_text="ISO 4217", max_length=3)),
                (
                    "rate",
                    models.DecimalField(
                        decimal_places=8, default=1, help_text="line's currency for one unit", max_digits=18
                    ),
                ),
                ("rate_on", models.DateField(help_text="day from which the rate holds")),
                ("line_minor", models.BigIntegerField(help_text="in the line's currency")),
                ("seat_id", models.BigIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "commitment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.commitment"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.budgetline"
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.spendingcategory"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.task"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EffortEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("day", models.DateField()),
                ("hours", models.DecimalField(decimal_places=2, max_digits=4)),
                ("text", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "seat",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"),
                ),
                (
                    "task",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.task"),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Dependency",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("FS", "finish to start"), ("SS", "start to start"), ("FF", "finish to finish")],
                        default="FS",
                        max_length=2,
                    ),
                ),
                ("lag_days", models.SmallIntegerField(default=0, help_text="calendar days after the predecessor")),
                (
                    "missing_allowed",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="so many State actions may still be missing: the threshold shrinks with the States",
                    ),
                ),
                ("or_on", models.DateField(help_text="the successor may begin on this day in any case", null=True)),
                (
                    "predecessor_clause",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.clause"
                    ),
                ),
                (
                    "successor_clause",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.clause"
                    ),
                ),
                (
                    "successor_action",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="impacs.stateaction",
                    ),
                ),
                (
                    "predecessor_task",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.task"
                    ),
                ),
                (
                    "successor_task",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.task"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Deliverable",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("title", models.CharField(max_length=200)),
                ("accepted_on", models.DateField(null=True)),
                (
                    "attachment",
                    models.ForeignKey(
                        help_text="file of the task",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.attachment",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.paper"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.task"),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="commitment",
            name="task",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.task"
            ),
        ),
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("step", "Step"), ("acceptance", "Acceptance criterion")],
                        default="step",
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("position", models.PositiveSmallIntegerField()),
                ("done_on", models.DateField(null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.task"),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "seat",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"),
                ),
                (
                    "task",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.task"),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TaskBatch",
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
                            ("bulk", "Changed together"),
                            ("sheet", "Imported from a spreadsheet"),
                            ("slip", "Dates moved with dependent tasks"),
                        ],
                        max_length=5,
                    ),
                ),
                ("count", models.PositiveIntegerField(help_text="tasks that were made or changed")),
                ("content", models.JSONField(default=list)),
                ("sha256", models.CharField(blank=True, help_text="of the workbook", max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being taken over"),
                            ("applied", "Applied"),
                            ("refused", "Nothing was imported"),
                        ],
                        default="applied",
                        max_length=7,
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
                "verbose_name": "Change of many tasks",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="TaskBatchDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impacs.taskbatch"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TaskBlocker",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("minor", "Minor"), ("major", "Major"), ("critical", "Critical")], max_length=8
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("legal", "Legal"),
                            ("funding", "Funding"),
                            ("staff", "Staff"),
                            ("technical", "Technical"),
                            ("political", "Political"),
                            ("upstream", "Work it depends on"),
                            ("translation", "Translation"),
                            ("disaster", "Disaster"),
                        ],
                        max_length=11,
                    ),
                ),
                ("since", models.DateField()),
                ("cleared_on", models.DateField(null=True)),
                ("text", models.CharField(blank=True, max_length=600)),
                (
                    "task",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.task"),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TaskComment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("text", models.TextField(help_text="Markdown")),
                (
                    "mentions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, help_text="seats of those named"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "seat",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"),
                ),
                (
                    "task",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.task"),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TaskDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impacs.task")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TaskTemplate",
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
                ("name", models.CharField(max_length=120, unique=True)),
                ("summary", models.CharField(blank=True, max_length=300)),
                ("content", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "Current"), ("withdrawn", "Withdrawn")], default="current", max_length=9
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
                "verbose_name": "Template",
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="task",
            name="made_from",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="impacs.tasktemplate"
            ),
        ),
        migrations.CreateModel(
            name="TaskTemplateDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="impacs.tasktemplate"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list", models.CharField(max_length=20)),
                ("code", models.CharField(max_length=30)),
                ("label", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "renewed",
                    models.BooleanField(
                        default=False, help_text="a kind of evidence that has to be renewed when it expires"
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it can no longer be chosen", null=True)),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("list", "code"), name="one_term_per_code")],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "Evidence submitted"),
                            ("taken_back", "Evidence withdrawn"),
                            ("returned", "Evidence returned"),
                            ("verified", "Verified"),
                            ("reopened", "Reopened"),
                            ("expired", "Evidence expired"),
                            ("claimed", "Exemption claimed"),
                            ("claim_refused", "Exemption refused"),
                            ("not_applicable", "Exempt"),
                        ],
                        max_length=14,
                    ),
                ),
                ("day", models.DateField(help_text="on which it counts, where the actor is")),
                ("completed_on", models.DateField(help_text="of a submission: the day the work was done", null=True)),
                ("text", models.TextField(blank=True, help_text="the reason; read by the State and the agency")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.stateaction"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Watcher",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "task",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="impacs.task"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(models.F("last"), condition=models.Q(("state", "entered")), name="absences_to_come"),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("last__gte", models.F("first"))), name="absence_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state", "entered")),
                expressions=[
                    ("user", "="),
                    (apps.impacs.plan.models.absences._Days("first", "last", models.Value("[]")), "&&"),
                ],
                name="absent_once_at_a_time",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="absencedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AlterUniqueTogether(
            name="assistancerequestdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AlterUniqueTogether(
            name="budgetlinedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                models.F("owner"), condition=models.Q(("state__in", ["raised", "passed_on"])), name="escalations_silent"
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(fields=["subject_id", "due_on"], name="escalations_of_subject"),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                models.F("meeting"), condition=models.Q(("meeting", None), _negated=True), name="escalations_listed"
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                fields=("subject_type", "subject_id", "due_on", "rung"), name="one_escalation_per_rung"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="escalationdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AlterUniqueTogether(
            name="evidencedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AlterUniqueTogether(
            name="extensionrequestdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="fund",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                name="fund_period",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="funddeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(models.F("decision"), name="mandates_of_decision"),
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(
                models.F("due_on"),
                condition=models.Q(("state__in", ["discharged", "revoked", "superseded"]), _negated=True),
                name="mandates_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(fields=("clause", "body"), name="one_mandate_per_body"),
        ),
        migrations.AlterUniqueTogether(
            name="mandatedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="officeholder",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="office_is_held_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="officeholder",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("party", "="),
                    ("office", "="),
                    (
                        apps.people.models.register.DateRange(
                            "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="one_holder_of_an_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                name="programme_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.UniqueConstraint(
                fields=("year", "programme", "fund", "title"), name="one_line_of_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_minor__gte", 0)), name="approved_is_not_negative"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="programmedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "kept")), fields=("user", "name"), name="one_filter_of_a_name"
            ),
        ),
        migrations.AddIndex(
            model_name="secondment",
            index=models.Index(models.F("user"), name="secondments_of_person"),
        ),
        migrations.AddIndex(
            model_name="stateaction",
            index=models.Index(models.F("decision"), name="actions_of_decision"),
        ),
        migrations.AddIndex(
            model_name="stateaction",
            index=models.Index(models.F("party"), models.F("state"), name="actions_of_party"),
        ),
        migrations.AddIndex(
            model_name="stateaction",
            index=models.Index(
                models.F("claimed_on"), condition=models.Q(("claimed_on", None), _negated=True), name="claims_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="stateaction",
            constraint=models.UniqueConstraint(fields=("clause", "party"), name="one_action_per_state"),
        ),
        migrations.AddConstraint(
            model_name="stateaction",
            constraint=models.CheckConstraint(condition=models.Q(("progress__lte", 100)), name="progress_is_per_cent"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["action", "-day", "-at"], name="reports_of_action"),
        ),
        migrations.AddIndex(
            model_name="nationalnote",
            index=models.Index(fields=["action", "-at"], name="notes_of_action"),
        ),
        migrations.AddIndex(
            model_name="extensionrequest",
            index=models.Index(
                models.F("answer_by"), condition=models.Q(("state", "requested")), name="extensions_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="extensionrequest",
            constraint=models.UniqueConstraint(fields=("action", "number"), name="one_request_per_number"),
        ),
        migrations.AddConstraint(
            model_name="extensionrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "requested")), fields=("action",), name="one_open_request"
            ),
        ),
        migrations.AddConstraint(
            model_name="extensionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("new_due_on__gt", models.F("from_due"))), name="extension_is_later"
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(models.F("action"), name="evidence_of_action"),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                models.F("valid_until"),
                condition=models.Q(("state", "accepted"), models.Q(("valid_until", None), _negated=True)),
                name="evidence_to_expire",
            ),
        ),
        migrations.AddIndex(
            model_name="difficulty",
            index=models.Index(models.F("action"), name="difficulties_of_action"),
        ),
        migrations.AddIndex(
            model_name="assistancerequest",
            index=models.Index(models.F("action"), name="assistance_of_action"),
        ),
        migrations.AlterUniqueTogether(
            name="stateactiondeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(models.F("action"), name="steps_of_action"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gte", 1), ("weight__lte", 100)), name="step_weight"
            ),
        ),
        migrations.AddConstraint(
            model_name="expenditure",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gt", 0)), name="expenditure_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="effortentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gt", 0), ("hours__lte", 24)), name="hours_of_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="dependency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("successor_action", None), ("successor_clause", None), ("successor_task__isnull", False)),
                    models.Q(("successor_action__isnull", False), ("successor_clause", None), ("successor_task", None)),
                    models.Q(("successor_action", None), ("successor_clause__isnull", False), ("successor_task", None)),
                    _connector="OR",
                ),
                name="one_successor",
            ),
        ),
        migrations.AddConstraint(
            model_name="dependency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("predecessor_clause", None), ("predecessor_task__isnull", False)),
                    models.Q(
                        ("predecessor_clause__isnull", False),
                        ("predecessor_task", None),
                        ("successor_task__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="one_predecessor",
            ),
        ),
        migrations.AddConstraint(
            model_name="dependency",
            constraint=models.UniqueConstraint(
                fields=(
                    "successor_task",
                    "successor_action",
                    "successor_clause",
                    "predecessor_task",
                    "predecessor_clause",
                ),
                name="one_dependency_of_a_pair",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gt", 0)), name="commitment_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(fields=("task", "seat"), name="assigned_once"),
        ),
        migrations.AlterUniqueTogether(
            name="taskbatchdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="taskblocker",
            constraint=models.CheckConstraint(
                condition=models.Q(("cleared_on", None), ("cleared_on__gte", models.F("since")), _connector="OR"),
                name="cleared_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskblocker",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cleared_on", None)), fields=("task",), name="one_blocker_at_a_time"
            ),
        ),
        migrations.AddIndex(
            model_name="taskcomment",
            index=models.Index(fields=["task", "at"], name="comments_of_task"),
        ),
        migrations.AlterUniqueTogether(
            name="taskdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(models.F("mandate"), name="tasks_of_mandate"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(models.F("parent"), name="tasks_of_parent"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(models.F("owner"), models.F("state"), name="tasks_of_desk"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(models.F("year"), models.F("programme"), name="tasks_of_plan"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                models.F("due_on"),
                condition=models.Q(("state__in", ["done", "cancelled"]), _negated=True),
                name="tasks_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on", None), ("due_on", None), ("due_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="task_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("estimate_days", None), ("estimate_days__gte", 0), _connector="OR"),
                name="estimate_is_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost_minor", 0), models.Q(("currency", ""), _negated=True), _connector="OR"),
                name="cost_has_a_currency",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True), name="task_is_not_its_own_parent"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(fields=("repeat_of",), name="repeated_once"),
        ),
        migrations.AlterUniqueTogether(
            name="tasktemplatedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="turn",
            index=models.Index(fields=["action", "day", "at"], name="turns_of_action"),
        ),
        migrations.AddConstraint(
            model_name="watcher",
            constraint=models.UniqueConstraint(fields=("task", "user"), name="watched_once"),
        ),
    ]
