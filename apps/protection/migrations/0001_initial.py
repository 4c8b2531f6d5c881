import datetime

import django.db.models.deletion
from django.db import migrations, models

import apps.access.ids
import apps.people.models.register
from apps.access.migrations._initial import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClassLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    models.UUIDField(
                        db_default=apps.people.models.register.UuidV7(),
                        default=apps.access.ids.uuid7,
                        editable=False,
                        unique=True,
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Public"), (1, "Official"), (2, "Confidential"), (3, "Secret")]
                    ),
                ),
                ("label", models.CharField(max_length=40)),
                ("meaning", models.TextField()),
                ("examples", models.TextField()),
                ("holders", models.TextField(help_text="who may hold it")),
                ("handling", models.TextField()),
                ("marking", models.TextField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.CharField(max_length=300)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("level", "valid_from"), name="one_meaning_of_a_level_per_start")
                ],
            },
        ),
        migrations.CreateModel(
            name="KeepingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    models.UUIDField(
                        db_default=apps.people.models.register.UuidV7(),
                        default=apps.access.ids.uuid7,
                        editable=False,
                        unique=True,
                    ),
                ),
                ("code", models.CharField(help_text="of apps.protection.queries.retention_due", max_length=30)),
                ("room", models.CharField(max_length=40)),
                ("what", models.CharField(max_length=120)),
                ("days", models.PositiveIntegerField(help_text="null: as `since` says", null=True)),
                ("since", models.CharField(help_text="from when they count", max_length=120)),
                ("then", models.CharField(help_text="what happens", max_length=120)),
                (
                    "round",
                    models.CharField(blank=True, help_text="name of the work of retention that does it", max_length=30),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="url name of the rules, where they differ by State", max_length=60
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.CharField(max_length=300)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="one_keeping_rule_per_start")
                ],
            },
        ),
        migrations.CreateModel(
            name="Purpose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    models.UUIDField(
                        db_default=apps.people.models.register.UuidV7(),
                        default=apps.access.ids.uuid7,
                        editable=False,
                        unique=True,
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("legal_basis", models.CharField(max_length=300)),
                ("categories", models.CharField(help_text="of persons and data", max_length=300)),
                ("recipients", models.CharField(max_length=300)),
                ("retention", models.CharField(max_length=200)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.TextField()),
                (
                    "party",
                    models.ForeignKey(
                        help_text="who answers for it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PurposeChange",
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
                ("ends", models.BooleanField(default=False, help_text="the rule ends on the day, and none follows it")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.TextField(help_text="law, order or notice")),
                ("proposed_by_user_id", models.BigIntegerField()),
                ("proposed_by", models.CharField(max_length=150)),
                ("decided_by", models.CharField(blank=True, max_length=150)),
                ("decided_at", models.DateTimeField(null=True)),
                ("said", models.CharField(blank=True, help_text="why it was given back or withdrawn", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Awaiting second approval"),
                            ("confirmed", "Confirmed"),
                            ("rejected", "Sent back"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("legal_basis", models.CharField(max_length=300)),
                ("categories", models.CharField(max_length=300)),
                ("recipients", models.CharField(max_length=300)),
                ("retention", models.CharField(max_length=200)),
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
                    "rule",
                    models.ForeignKey(
                        help_text="the row that it made",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="protection.purpose",
                    ),
                ),
            ],
            options={
                "verbose_name": "Purpose change",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="PurposeChangeDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="protection.purposechange"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RequestRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "right",
                    models.CharField(
                        choices=[
                            ("access", "Access to their own data"),
                            ("correction", "Correction of wrong data"),
                            ("erasure", "Erasure"),
                            ("objection", "Objection to processing"),
                        ],
                        max_length=10,
                    ),
                ),
                ("days", models.PositiveIntegerField(help_text="from the day it was received")),
                (
                    "keep_days",
                    models.PositiveIntegerField(help_text="after the answer; then the person's data in it are erased"),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("status", models.CharField(help_text="verified or unverified", max_length=12)),
                ("source", models.CharField(max_length=300)),
                (
                    "party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SubjectRequest",
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
                ("number", models.CharField(help_text="DS-JAM-2026-0001", max_length=30, unique=True)),
                (
                    "right",
                    models.CharField(
                        choices=[
                            ("access", "Access to their own data"),
                            ("correction", "Correction of wrong data"),
                            ("erasure", "Erasure"),
                            ("objection", "Objection to processing"),
                        ],
                        max_length=10,
                    ),
                ),
                ("surname", models.CharField(blank=True, max_length=120)),
                ("given_names", models.CharField(blank=True, max_length=120)),
                ("birth_date", models.CharField(blank=True, help_text="YYYY-MM-DD", max_length=10)),
                ("document", models.CharField(blank=True, max_length=40)),
                ("asked_by", models.CharField(blank=True, help_text="the person, or who asks for him", max_length=200)),
                ("ground", models.CharField(help_text="legal ground, as the request names it", max_length=300)),
                (
                    "identity",
                    models.CharField(
                        choices=[
                            ("seen", "Passport or identity card seen"),
                            ("certified", "Certified copy"),
                            ("representative", "Representative with a written authority"),
                            ("court", "Identified by a court"),
                        ],
                        help_text="how it was checked who asks",
                        max_length=14,
                    ),
                ),
                ("received_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("given", "Data given"),
                            ("done", "Done as requested"),
                            ("refused", "Refused, with reason"),
                        ],
                        max_length=8,
                    ),
                ),
                ("answer", models.TextField(blank=True, help_text="as it goes out")),
                ("prepared_by_user_id", models.BigIntegerField(null=True)),
                ("prepared_by", models.CharField(blank=True, max_length=150)),
                ("released_by", models.CharField(blank=True, max_length=150)),
                ("released_at", models.DateTimeField(null=True)),
                ("said", models.CharField(blank=True, help_text="why it was given back or withdrawn", max_length=300)),
                (
                    "forget_on",
                    models.DateField(help_text="the day on which the person's data in it are erased", null=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("gathered", "Desks have searched"),
                            ("prepared", "Answer awaits second approval"),
                            ("released", "Answered"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="received",
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
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="protection.requestrule"
                    ),
                ),
            ],
            options={
                "verbose_name": "Data subject request",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="RequestSection",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("desk", models.CharField(max_length=40)),
                ("kind", models.CharField(help_text="of apps.protection.queries.held_data", max_length=20)),
                ("count", models.PositiveIntegerField()),
                ("lines", models.JSONField(default=list, help_text="texts; empty once forgotten")),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="protection.subjectrequest"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SubjectRequestDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="protection.subjectrequest"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="purpose",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                name="purpose_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="purpose",
            constraint=models.UniqueConstraint(fields=("party", "code", "valid_from"), name="one_purpose_per_start"),
        ),
        migrations.AddConstraint(
            model_name="purposechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                name="purpose_change_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="purposechange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")), fields=("party", "code"), name="one_purpose_change_waits"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="purposechangedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="requestrule",
            constraint=models.UniqueConstraint(
                fields=("right", "party", "valid_from"), name="one_request_rule_per_start", nulls_distinct=False
            ),
        ),
        migrations.AddIndex(
            model_name="subjectrequest",
            index=models.Index(
                models.F("forget_on"), condition=models.Q(("asked_by", ""), _negated=True), name="requests_to_forget"
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("received_on"))), name="request_due_after_receipt"
            ),
        ),
        migrations.AddConstraint(
            model_name="requestsection",
            constraint=models.UniqueConstraint(
                fields=("request", "desk", "kind"), name="one_section_of_a_desk_and_kind"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="subjectrequestdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
    ]
