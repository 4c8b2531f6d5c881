import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import apps.access.ids
from apps.access.migrations._initial import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
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
                ("number", models.CharField(max_length=40, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("question", models.CharField(max_length=2000)),
                ("scope", models.CharField(max_length=2000)),
                ("out_of_scope", models.CharField(max_length=2000)),
                ("period_from", models.DateField()),
                ("period_to", models.DateField()),
                (
                    "area",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list),
                ),
                ("audience", models.CharField(max_length=500)),
                ("tlp", models.CharField(max_length=12)),
                (
                    "yardstick",
                    models.CharField(
                        choices=[
                            ("phia", "UK Professional Head of Intelligence Assessment probability yardstick"),
                            ("icd203", "US ICD 203 degrees of likelihood"),
                        ],
                        max_length=8,
                    ),
                ),
                ("review_months", models.PositiveSmallIntegerField(default=6)),
                (
                    "invited",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        default=list,
                        help_text="parties that have still to answer",
                    ),
                ),
                (
                    "accepted",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), default=list),
                ),
                (
                    "declined",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), default=list),
                ),
                (
                    "drafters",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, help_text="ids of persons"
                    ),
                ),
                (
                    "commenters",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list),
                ),
                (
                    "readers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list),
                ),
                (
                    "terms_sha256",
                    models.CharField(blank=True, help_text="of the terms of reference as agreed", max_length=64),
                ),
                (
                    "due",
                    models.JSONField(default=dict, help_text="{state: last day, ISO 8601} of each step that has one"),
                ),
                (
                    "reminded",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        help_text="steps whose lateness was told",
                    ),
                ),
                ("state_since", models.DateTimeField()),
                (
                    "request",
                    models.UUIDField(help_text="the request for information by which the call went out", null=True),
                ),
                (
                    "content_sha256",
                    models.CharField(blank=True, help_text="of what is signed; empty before sign-off", max_length=64),
                ),
                (
                    "withdrawn",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        help_text="contributions taken back before it was released; signed with the text",
                    ),
                ),
                ("report", models.UUIDField(help_text="thread of the report as which it was released", null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("review_date", models.DateField(null=True)),
                ("reason", models.CharField(blank=True, help_text="of the last step that needs one", max_length=1000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("terms_agreed", "Terms agreed"),
                            ("call_open", "Call open"),
                            ("drafting", "Drafting"),
                            ("coordination", "Coordination"),
                            ("positions", "Positions"),
                            ("sign_off", "Sign-off"),
                            ("released", "Released"),
                            ("under_review", "Under review"),
                            ("superseded", "Superseded"),
                            ("recalled", "Recalled"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="proposed",
                        max_length=14,
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                    "successor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.assessment",
                    ),
                ),
            ],
            options={
                "verbose_name": "Joint threat assessment",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="AssessmentDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="assessments.assessment"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("nil", models.BooleanField(default=False)),
                ("text", models.TextField(blank=True)),
                ("level", models.PositiveSmallIntegerField()),
                (
                    "release",
                    models.CharField(
                        choices=[("lead", "Lead only"), ("participants", "All participating parties")],
                        default="participants",
                        max_length=12,
                    ),
                ),
                ("report", models.UUIDField(help_text="thread of a report of that party", null=True)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, help_text="why it was withdrawn", max_length=300)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.assessment"
                    ),
                ),
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
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("order", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=2000)),
                ("level", models.PositiveSmallIntegerField(help_text="its marking")),
                (
                    "likelihood",
                    models.CharField(help_text="a term of the yardstick, or n/a for the present", max_length=30),
                ),
                ("confidence", models.CharField(max_length=10)),
                ("confidence_basis", models.CharField(max_length=1000)),
                ("timeframe_from", models.DateField(null=True)),
                ("timeframe_to", models.DateField(null=True)),
                ("threat_category", models.CharField(blank=True, max_length=40)),
                (
                    "area",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list),
                ),
                ("alternatives", models.CharField(blank=True, max_length=2000)),
                (
                    "assumptions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), default=list
                    ),
                ),
                (
                    "indicators",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), default=list, help_text="what would change it"
                    ),
                ),
                (
                    "writers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, help_text="ids of all who worded it"
                    ),
                ),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.assessment"
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        help_text="released judgement that this one goes on from",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.judgement",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("report", models.UUIDField(help_text="thread of the report")),
                ("para", models.PositiveSmallIntegerField(help_text="number of its paragraph, from 1", null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.assessment"
                    ),
                ),
                (
                    "judgement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.judgement"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("drafter", "Drafter"), ("commenter", "Commenter"), ("reader", "Reader")],
                        max_length=10,
                    ),
                ),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.assessment"
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("occurred", "Occurred"),
                            ("partly", "Partly occurred"),
                            ("did_not", "Did not occur"),
                            ("untestable", "Cannot be determined"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(help_text="what shows it, or why it cannot be told", max_length=2000)),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "To be confirmed"),
                            ("confirmed", "Confirmed"),
                            ("rejected", "Not agreed"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True, help_text="why it was not agreed, or is opened again", max_length=2000
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.assessment"
                    ),
                ),
                (
                    "judgement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.judgement"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "second",
                    models.ForeignKey(
                        help_text="who decided on it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second_party",
                    models.ForeignKey(
                        help_text="at whose desk he decided",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
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
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("answer", models.CharField(default="", help_text="accept, decline, or nothing yet", max_length=8)),
                ("answered_at", models.DateTimeField(null=True)),
                ("by_seat_id", models.BigIntegerField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.assessment"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agree", "Agrees"),
                            ("agree_reservation", "Agrees with reservation"),
                            ("dissent", "Dissents"),
                            ("no_position", "No position"),
                        ],
                        max_length=18,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=3000)),
                ("judgement_sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "void_at",
                    models.DateTimeField(help_text="replaced by a newer one, or the text was opened again", null=True),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.assessment"
                    ),
                ),
                (
                    "judgement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.judgement"
                    ),
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
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("title", models.CharField(max_length=200)),
                ("order", models.PositiveSmallIntegerField()),
                (
                    "level",
                    models.PositiveSmallIntegerField(help_text="marking of paragraphs that carry none of their own"),
                ),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.assessment"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("text", models.CharField(max_length=3000)),
                (
                    "quote",
                    models.CharField(
                        blank=True, help_text="the words it is about; empty: the whole section", max_length=500
                    ),
                ),
                ("pid", models.CharField(blank=True, help_text="the paragraph in which they stood", max_length=64)),
                (
                    "anchor_from",
                    models.BinaryField(default=bytes, help_text="Yjs relative position of their first letter"),
                ),
                (
                    "anchor_to",
                    models.BinaryField(default=bytes, help_text="Yjs relative position after their last letter"),
                ),
                (
                    "suggests",
                    models.BooleanField(default=False, help_text="other words in the place of the quoted ones"),
                ),
                ("suggestion", models.CharField(blank=True, help_text="empty: they are left out", max_length=2000)),
                (
                    "mentions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24),
                        default=list,
                        help_text="whom it names: user:ID or desk:ID",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("resolved", "Resolved"), ("accepted", "Accepted")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "answers",
                    models.ForeignKey(
                        help_text="the remark it answers",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assessments.remark",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.assessment"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_party",
                    models.ForeignKey(
                        help_text="at whose desk he closed it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.section"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("pid", models.UUIDField(help_text="the paragraph", null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("factual", "Factual"),
                            ("analytic", "Analytic"),
                            ("wording", "Wording"),
                            ("release", "Release"),
                            ("blocking", "Blocking"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(max_length=3000)),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("rejected", "Rejected"),
                            ("escalated", "With the director"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=3000)),
                ("answered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.assessment"
                    ),
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
                (
                    "judgement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assessments.judgement",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assessments.section",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(choices=[("signed", "Signed"), ("refused", "Refused")], max_length=8)),
                ("content_sha256", models.CharField(max_length=64)),
                ("text", models.CharField(blank=True, help_text="why it was refused; printed", max_length=3000)),
                ("at", models.DateTimeField()),
                ("void_at", models.DateTimeField(null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="assessments.assessment"
                    ),
                ),
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
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(fields=["owner", "-id"], name="assessments_of_desk"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("period_to__gte", models.F("period_from"))), name="assessment_period"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="assessmentdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(models.F("assessment"), name="contributions"),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                models.F("report"), condition=models.Q(("report__isnull", False)), name="contributed_reports"
            ),
        ),
        migrations.AddIndex(
            model_name="judgement",
            index=models.Index(fields=["assessment", "order"], name="judgements_in_order"),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(models.F("judgement"), name="citations"),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(models.F("report"), name="cited_reports"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                models.F("assessment"),
                models.F("user"),
                condition=models.Q(("ended_at", None)),
                name="one_role_per_member",
            ),
        ),
        migrations.AddIndex(
            model_name="outcome",
            index=models.Index(models.F("assessment"), name="outcomes"),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.UniqueConstraint(
                models.F("judgement"),
                condition=models.Q(("state__in", ["proposed", "confirmed"])),
                name="one_outcome_per_judgement",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second", None),
                    models.Q(("second", models.F("user")), _negated=True),
                    models.Q(("state", "confirmed"), _negated=True),
                    _connector="OR",
                ),
                name="outcome_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(fields=("assessment", "party"), name="one_answer_per_party"),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.UniqueConstraint(
                models.F("judgement"),
                models.F("party"),
                condition=models.Q(("void_at", None)),
                name="one_position_per_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["agree_reservation", "dissent"]), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="dissent_has_words",
            ),
        ),
        migrations.AddIndex(
            model_name="section",
            index=models.Index(fields=["assessment", "order"], name="sections_in_order"),
        ),
        migrations.AddIndex(
            model_name="remark",
            index=models.Index(models.F("section"), name="remarks_of_section"),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(("suggests", False), models.Q(("quote", ""), _negated=True), _connector="OR"),
                name="suggestion_of_words",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(models.F("assessment"), name="comments"),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                models.F("assessment"),
                models.F("party"),
                condition=models.Q(("void_at", None)),
                name="one_signature_per_party",
            ),
        ),
    ]
