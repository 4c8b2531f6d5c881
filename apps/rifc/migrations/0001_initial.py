import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
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
            name="Recall",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("reason_code", models.CharField(max_length=40)),
                ("text", models.CharField(help_text="shown to every recipient", max_length=1000)),
                ("at", models.DateTimeField()),
                ("seat_id", models.BigIntegerField()),
                ("ack_due", models.DateTimeField()),
                ("period", models.DurationField(help_text="time to confirm; reminders go by its multiples")),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
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
                    "thread",
                    models.UUIDField(default=apps.access.ids.uuid7, help_text="the report, whichever its version"),
                ),
                ("edition", models.PositiveSmallIntegerField(default=1, help_text="number of the version")),
                ("kind", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("title_level", models.PositiveSmallIntegerField(default=0, help_text="marking of the title itself")),
                ("summary", models.TextField(blank=True)),
                ("tlp", models.CharField(max_length=12)),
                (
                    "orcon",
                    models.BooleanField(
                        default=False, help_text="nothing leaves the recipients without the originator"
                    ),
                ),
                (
                    "handling",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list),
                ),
                (
                    "eyes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        default=list,
                        help_text="closed list of parties; empty: none",
                    ),
                ),
                (
                    "threat_categories",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list),
                ),
                (
                    "third_parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        default=list,
                        help_text="other parties whose reports it quotes",
                    ),
                ),
                ("language", models.CharField(default="en", max_length=5)),
                ("info_cutoff", models.DateTimeField(null=True)),
                ("event_from", models.DateTimeField(null=True)),
                ("event_to", models.DateTimeField(null=True)),
                ("event_precision", models.CharField(blank=True, max_length=8)),
                ("event_place", models.CharField(blank=True, max_length=200)),
                ("valid_to", models.DateField(help_text="last day for which it claims to hold", null=True)),
                ("retention_review", models.DateField(null=True)),
                (
                    "reviewed_on",
                    models.DateField(help_text="when the desk last said that it is still needed", null=True),
                ),
                (
                    "retained_for",
                    models.CharField(
                        blank=True, help_text="why it is still needed; for the desk alone", max_length=1000
                    ),
                ),
                ("purged_at", models.DateTimeField(help_text="thrown away, and emptied after thirty days", null=True)),
                (
                    "written_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, help_text="ids of all who wrote the text"
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("self_released", models.BooleanField(default=False, help_text="approved by its author")),
                ("content_sha256", models.CharField(blank=True, help_text="of what was approved", max_length=64)),
                ("number", models.CharField(blank=True, help_text="as recipients know it", max_length=40)),
                (
                    "register_number",
                    models.CharField(blank=True, help_text="as the originator's register counts it", max_length=40),
                ),
                ("shared_at", models.DateTimeField(null=True)),
                ("recalled_at", models.DateTimeField(null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="why returned or reopened; for the desk alone", max_length=1000
                    ),
                ),
                ("change_note", models.CharField(blank=True, help_text="what this version changes", max_length=300)),
                (
                    "without_rifc",
                    models.CharField(
                        blank=True, help_text="why RIFC does not get it; for the desk alone", max_length=300
                    ),
                ),
                (
                    "checklist",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        help_text="what the sanitising looked at",
                    ),
                ),
                (
                    "discloses",
                    models.BooleanField(
                        default=False, help_text="recipients of the variant learn of the fuller report"
                    ),
                ),
                ("words", models.TextField(blank=True, help_text="all its words, for search")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("review", "In review"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("shared", "Shared"),
                            ("superseded", "Superseded"),
                            ("recalled", "Recalled"),
                            ("withdrawn", "Discarded"),
                            ("archived", "Archived"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
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
                    "variant_of",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rifc.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "Report",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="GradingScheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("code", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=120)),
                (
                    "content",
                    models.JSONField(help_text="pattern, source, information, handling, unknown, display, implies"),
                ),
                ("position", models.PositiveSmallIntegerField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="one_scheme_per_code_and_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseRequest",
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
                    "originators",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), help_text="parties that each decide"
                    ),
                ),
                (
                    "targets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), help_text="desk codes"
                    ),
                ),
                ("external", models.CharField(blank=True, help_text="a body outside of the portal", max_length=200)),
                ("purpose", models.CharField(max_length=40)),
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "portion",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, help_text="paragraphs; empty: all"
                    ),
                ),
                ("due_at", models.DateTimeField(help_text="lapses then")),
                ("conditions", models.CharField(blank=True, help_text="of all who approved", max_length=1000)),
                ("reason", models.CharField(blank=True, help_text="code of the refusal or of the end", max_length=40)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Waiting"),
                            ("partly_decided", "Partly decided"),
                            ("approved", "Approved"),
                            ("approved_sanitised", "Approved, sanitised"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Lapsed"),
                            ("revoked", "Revoked"),
                        ],
                        default="submitted",
                        max_length=20,
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
                (
                    "report_desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
                (
                    "report_originator",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rifc.report"),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rifc.report"
                    ),
                ),
            ],
            options={
                "verbose_name": "Release request",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("ack_required", models.BooleanField(default=False)),
                ("ack_due", models.DateTimeField(null=True)),
                ("basis", models.CharField(help_text="originator, internal-forward, or release:ID", max_length=50)),
                (
                    "conditions",
                    models.CharField(blank=True, help_text="of the release, for this recipient", max_length=1000),
                ),
                ("added_at", models.DateTimeField()),
                ("added_by_seat_id", models.BigIntegerField()),
                ("delivered_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("ack_at", models.DateTimeField(null=True)),
                ("ack_by_seat_id", models.BigIntegerField(null=True)),
                ("ack_note", models.CharField(blank=True, max_length=300)),
                ("late", models.BooleanField(default=False)),
                ("reminded", models.PositiveSmallIntegerField(default=0)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, help_text="why the entry was withdrawn", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("delivered", "Delivered"),
                            ("opened", "Opened"),
                            ("acknowledged", "Acknowledged"),
                            ("overdue", "Overdue"),
                            ("withdrawn", "Withdrawn"),
                            ("void", "Void"),
                        ],
                        default="sent",
                        max_length=12,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        help_text="named person",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rifc.report"),
                ),
            ],
            options={
                "verbose_name": "Report receipt",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RecallAck",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, help_text="to whom it was passed on"
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=1000)),
                ("at", models.DateTimeField(null=True)),
                ("late", models.BooleanField(default=False)),
                ("reminded", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting"),
                            ("overdue", "Overdue"),
                            ("confirmed_removed", "Copies removed"),
                            ("passed_on", "Forwarded"),
                            ("cannot", "Cannot be removed"),
                            ("closed", "Closed"),
                            ("void", "Not needed: the recall was undone"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        help_text="who passed it on to it",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="rifc.recallack",
                    ),
                ),
                (
                    "recall",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rifc.recall"),
                ),
                (
                    "report_desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rifc.report"),
                ),
            ],
            options={
                "verbose_name": "Answer to a recall",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="recall",
            name="report",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rifc.report"),
        ),
        migrations.CreateModel(
            name="ReadLog",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("seat_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("channel", models.CharField(help_text="web, api, compare, or attachment:ID", max_length=50)),
                ("request_id", models.CharField(blank=True, max_length=40)),
                ("state", models.CharField(choices=[("kept", "kept")], default="kept", max_length=5)),
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
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rifc.report"),
                ),
            ],
            options={
                "verbose_name": "Report reading",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Paragraph",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("pid", models.UUIDField(default=apps.access.ids.uuid7)),
                ("order", models.PositiveSmallIntegerField()),
                ("text", models.TextField(help_text="Markdown")),
                ("portion", models.PositiveSmallIntegerField(help_text="its classification")),
                (
                    "releasable",
                    models.BooleanField(default=False, help_text="may be passed on with a sanitised release"),
                ),
                ("scheme", models.CharField(blank=True, max_length=20)),
                ("grade", models.CharField(blank=True, max_length=20)),
                ("source_type", models.CharField(blank=True, max_length=12)),
                (
                    "cites",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, help_text="threads of reports that it quotes"
                    ),
                ),
                (
                    "corroborated_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, help_text="threads of reports that confirm it"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rifc.report"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="NamedPerson",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rifc.report"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SharedReportDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="rifc.report")),
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("vocabulary", models.CharField(max_length=20)),
                ("code", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "extra",
                    models.JSONField(default=dict, help_text="what the rules read from it: level, tier, minutes"),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("vocabulary", "code", "valid_from"), name="one_term_per_code_and_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Use",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("usefulness", models.CharField(help_text="a term of the list `usefulness`", max_length=20)),
                (
                    "used_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, help_text="terms of the list `use`"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("at", models.DateTimeField()),
                ("seat_id", models.BigIntegerField()),
                ("state", models.CharField(choices=[("told", "Told")], default="told", max_length=8)),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rifc.report"),
                ),
            ],
            options={
                "verbose_name": "Report feedback",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Balance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(help_text="its first day")),
                ("shared", models.FloatField(help_text="reports sent to other parties")),
                ("received", models.FloatField(help_text="reports had from other parties")),
                (
                    "useful",
                    models.FloatField(help_text="times that a recipient called one of its reports useful, or partly"),
                ),
                ("recalled", models.FloatField(help_text="reports taken back")),
                ("ack_hours", models.FloatField(help_text="median time to a receipt", null=True)),
                ("members", models.PositiveSmallIntegerField(default=0, help_text="parties behind a median")),
                ("counted_at", models.DateTimeField()),
                ("state", models.CharField(choices=[("counted", "Counted")], default="counted", max_length=8)),
                (
                    "party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"
                    ),
                ),
            ],
            options={
                "verbose_name": "Sharing statistics",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("month", "party"), name="one_balance_per_month"),
                    models.UniqueConstraint(
                        condition=models.Q(("party", None)), fields=("month",), name="one_median_per_month"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Flow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(help_text="its first day")),
                ("given", models.PositiveIntegerField(help_text="reports sent, each once")),
                ("used", models.PositiveIntegerField(help_text="reports that the receiver called useful, or partly")),
                (
                    "giver",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "receiver",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("month", "giver", "receiver"), name="one_flow_per_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="MouMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed", models.DateField()),
                ("in_force_from", models.DateField()),
                ("in_force_to", models.DateField(help_text="first day on which it is suspended or over", null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                (
                    "self_release",
                    models.BooleanField(default=False, help_text="authors may release up to RESTRICTED themselves"),
                ),
                (
                    "number_style",
                    models.CharField(
                        choices=[("running", "Running"), ("random", "Random")], default="running", max_length=8
                    ),
                ),
                (
                    "readlog_person_visible",
                    models.BooleanField(
                        default=False, help_text="originators abroad are shown which of its people read"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("party", "="),
                            (
                                apps.people.models.register.DateRange(
                                    "in_force_from",
                                    "in_force_to",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_mou_membership_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NationalLabel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("level", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=60)),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("party", "level", "valid_from"), name="one_label_per_party_and_level"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceReference",
            fields=[
                (
                    "paragraph",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="rifc.paragraph",
                    ),
                ),
                (
                    "pseudonym",
                    models.CharField(help_text="the same for the same source, for the own desk alone", max_length=12),
                ),
                ("sealed", models.TextField(help_text="Fernet with the party's key")),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
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
            name="ReleaseDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("approved", "Approved"),
                            ("sanitised", "Sanitised"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("conditions", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(null=True)),
                ("by_seat_id", models.BigIntegerField(null=True)),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rifc.releaserequest"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("request", "party"), name="one_decision_per_originator")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseRequestDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="rifc.releaserequest"),
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
            name="ReportText",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="rifc.report",
                    ),
                ),
                ("text", django.contrib.postgres.search.SearchVectorField()),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["text", "keys"], name="reports_by_text"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["owner", "-id"], name="reports_of_desk"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(models.F("number"), name="reports_by_number"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(models.F("owner"), condition=models.Q(("state", "shared")), name="reports_in_force"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                models.F("changed_at"), condition=models.Q(("state", "withdrawn")), name="reports_thrown_away"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("thread", "edition"), name="one_report_per_thread_and_edition"),
        ),
        migrations.AddIndex(
            model_name="releaserequest",
            index=models.Index(models.F("report"), name="requests_of_report"),
        ),
        migrations.AddIndex(
            model_name="releaserequest",
            index=models.Index(
                models.F("due_at"),
                condition=models.Q(("state__in", ["submitted", "partly_decided"])),
                name="requests_due",
            ),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(models.F("desk"), models.F("report"), name="receipts_of_desk"),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(
                models.F("ack_due"), condition=models.Q(("ack_at", None), ("ack_required", True)), name="receipts_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user", None)), fields=("report", "desk"), name="one_receipt_per_desk"
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(fields=("report", "user"), name="one_receipt_per_person"),
        ),
        migrations.AddIndex(
            model_name="recallack",
            index=models.Index(models.F("report"), name="answers_of_report"),
        ),
        migrations.AddIndex(
            model_name="recallack",
            index=models.Index(
                models.F("recall"), condition=models.Q(("state__in", ["open", "overdue"])), name="answers_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="recallack",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user", None)), fields=("recall", "desk"), name="one_answer_per_desk"
            ),
        ),
        migrations.AddConstraint(
            model_name="recallack",
            constraint=models.UniqueConstraint(fields=("recall", "user"), name="one_answer_per_person"),
        ),
        migrations.AddIndex(
            model_name="recall",
            index=models.Index(fields=["report", "-id"], name="recalls_of_report"),
        ),
        migrations.AddIndex(
            model_name="readlog",
            index=models.Index(fields=["report", "-id"], name="readings_of_report"),
        ),
        migrations.AddConstraint(
            model_name="paragraph",
            constraint=models.UniqueConstraint(fields=("report", "order"), name="one_paragraph_per_place"),
        ),
        migrations.AddConstraint(
            model_name="namedperson",
            constraint=models.UniqueConstraint(fields=("report", "user"), name="one_name_per_report"),
        ),
        migrations.AlterUniqueTogether(
            name="sharedreportdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="use",
            constraint=models.UniqueConstraint(fields=("report", "desk"), name="one_use_per_desk"),
        ),
    ]
