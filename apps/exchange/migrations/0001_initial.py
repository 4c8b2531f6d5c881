import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import apps.access.ids
import apps.people.models.register
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
            name="Addressee",
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
                ("line", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=40)),
                ("priority", models.CharField(max_length=20)),
                ("tlp", models.CharField(max_length=12)),
                ("sent_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "others",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        help_text="who else is asked, where that is open",
                    ),
                ),
                ("reason", models.CharField(blank=True, help_text="code of the refusal", max_length=40)),
                ("extension_due", models.DateTimeField(help_text="asked for, not answered yet", null=True)),
                ("extension_reason", models.CharField(blank=True, max_length=300)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "reminded",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="reminders, the one before the due moment included"
                    ),
                ),
                ("remind_at", models.DateTimeField(help_text="when the next reminder goes", null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("accepted", "Accepted"),
                            ("partial", "Partly answered"),
                            ("answered", "Answered"),
                            ("refused", "Refused"),
                            ("transferred", "Transferred to another desk"),
                            ("withdrawn", "Withdrawn"),
                            ("overdue", "Overdue"),
                        ],
                        default="received",
                        max_length=12,
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
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
                "verbose_name": "Request for information to a desk",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="AnswerDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("answers", models.JSONField(default=list, help_text="as typed: n, kind, text, report")),
                (
                    "internal",
                    models.TextField(blank=True, help_text="the text that the answer is made from; for the desk alone"),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("tlp", models.CharField(blank=True, max_length=12)),
                ("orcon", models.BooleanField(default=False)),
                ("saved_at", models.DateTimeField()),
                ("state", models.CharField(choices=[("kept", "kept")], default="kept", max_length=5)),
                (
                    "addressee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.addressee"
                    ),
                ),
            ],
            options={
                "verbose_name": "Draft answer",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("n", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=2000)),
                (
                    "addressee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.addressee"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("from_asker", models.BooleanField()),
                ("text", models.CharField(max_length=2000)),
                ("at", models.DateTimeField()),
                ("by_seat_id", models.BigIntegerField()),
                (
                    "addressee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.addressee"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.question"
                    ),
                ),
            ],
            options={
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
                ("kind", models.CharField(max_length=30)),
                ("text", models.TextField(blank=True)),
                ("report", models.UUIDField(null=True)),
                ("scheme", models.CharField(blank=True, help_text="of the grade, as the line knows it", max_length=20)),
                ("grade", models.CharField(blank=True, help_text="of source and information", max_length=20)),
                ("level", models.PositiveSmallIntegerField()),
                ("tlp", models.CharField(max_length=12)),
                (
                    "orcon",
                    models.BooleanField(
                        default=False, help_text="quoted in reports and passed on only with its desk's consent"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_seat_id", models.BigIntegerField()),
                (
                    "addressee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.addressee"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.question"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Request",
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
                ("line", models.CharField(max_length=20)),
                (
                    "number",
                    models.CharField(blank=True, help_text="as everybody knows it; counts nothing", max_length=40),
                ),
                ("subject", models.CharField(max_length=200)),
                ("purpose", models.CharField(blank=True, max_length=1000)),
                ("legal_basis", models.CharField(blank=True, max_length=500)),
                ("priority", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "questions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2000), default=list
                    ),
                ),
                (
                    "negative_wanted",
                    models.BooleanField(default=True, help_text="an answer is wanted also from who holds nothing"),
                ),
                (
                    "open_addressees",
                    models.BooleanField(default=False, help_text="everybody asked reads who else was asked"),
                ),
                ("tlp", models.CharField(max_length=12)),
                ("sent_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("feedback", models.CharField(blank=True, max_length=20)),
                ("feedback_note", models.CharField(blank=True, max_length=300)),
                (
                    "reason",
                    models.CharField(blank=True, help_text="why it was cancelled; for the desk alone", max_length=300),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Sent"),
                            ("in_progress", "In progress"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                            ("overdue", "Overdue"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "asked_by",
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
            ],
            options={
                "verbose_name": "Request for information",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Overlap",
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
                ("kind", models.CharField(help_text="of the subject", max_length=20)),
                ("key", models.CharField(max_length=64)),
                ("mutual", models.BooleanField(help_text="both parties were told that another one asks")),
                (
                    "state",
                    models.CharField(choices=[("open", "Open"), ("settled", "Settled")], default="open", max_length=8),
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
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.request"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.request"
                    ),
                ),
            ],
            options={
                "verbose_name": "Overlapping requests",
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="addressee",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.request"
            ),
        ),
        migrations.CreateModel(
            name="RequestDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="exchange.request"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=200)),
                ("key", models.CharField(help_text="HMAC of kind and normalised value", max_length=64)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.request"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vocabulary", models.CharField(max_length=20)),
                ("code", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField()),
                ("extra", models.JSONField(default=dict, help_text="what the rules read from it")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("vocabulary", "code", "valid_from"), name="one_exchange_term_per_code_and_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Variant",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("order", models.PositiveSmallIntegerField()),
                (
                    "targets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        help_text="codes of desks, parties and groups as written",
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("subject", models.CharField(blank=True, max_length=200)),
                (
                    "questions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2000),
                        default=list,
                        help_text="as many as the request has",
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("tlp", models.CharField(max_length=12)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="exchange.request"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="addressee",
            name="variant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.variant"
            ),
        ),
        migrations.CreateModel(
            name="AddresseeDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="exchange.addressee"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
                "unique_together": {("group", "permission", "content_object")},
            },
        ),
        migrations.CreateModel(
            name="MatchPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "policy",
                    models.CharField(
                        choices=[
                            ("never", "No one learns that we ask. RIFC cannot connect us with others."),
                            (
                                "rifc_only",
                                "Only RIFC's watch learns that we and another party ask about the same subject.",
                            ),
                            (
                                "mutual",
                                "RIFC's watch learns it. If the other party has chosen this too, both learn that another party asks. Only RIFC says which party.",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("state", models.CharField(choices=[("kept", "kept")], default="kept", max_length=4)),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "verbose_name": "Rule for overlapping requests",
                "default_permissions": (),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("party", "="),
                            (
                                apps.people.models.register.DateRange(
                                    "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                                ),
                                "&&",
                            ),
                        ],
                        name="one_match_policy_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OverlapDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="exchange.overlap"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
                "unique_together": {("group", "permission", "content_object")},
            },
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("addressee", "n"), name="one_question_per_number"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(models.F("addressee"), name="messages_of_addressee"),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(models.F("addressee"), name="answers_of_addressee"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["owner", "-id"], name="rfi_of_desk"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                models.F("due_at"), condition=models.Q(("state__in", ["sent", "in_progress"])), name="rfi_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                models.F("number"), condition=models.Q(("number", ""), _negated=True), name="one_rfi_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="overlap",
            constraint=models.UniqueConstraint(
                fields=("key", "first", "second"), name="one_overlap_per_pair_and_subject"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="requestdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(models.F("key"), name="subjects_by_key"),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.UniqueConstraint(fields=("request", "key"), name="one_subject_per_request"),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.UniqueConstraint(fields=("request", "order"), name="one_variant_per_place"),
        ),
        migrations.AddIndex(
            model_name="addressee",
            index=models.Index(models.F("request"), name="addressees_of_request"),
        ),
        migrations.AddIndex(
            model_name="addressee",
            index=models.Index(fields=["owner", "-id"], name="asked_of_desk"),
        ),
        migrations.AddIndex(
            model_name="addressee",
            index=models.Index(
                models.F("due_at"),
                condition=models.Q(("state__in", ["received", "accepted", "partial"])),
                name="addressees_due",
            ),
        ),
    ]
