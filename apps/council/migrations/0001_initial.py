import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
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
            name="RuleSet",
            fields=[
                (
                    "uid",
                    models.UUIDField(
                        db_default=apps.people.models.register.UuidV7(),
                        default=apps.access.ids.uuid7,
                        editable=False,
                        unique=True,
                    ),
                ),
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                (
                    "organs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), help_text="codes of the organs that it governs"
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="last day, as the rules themselves say it", null=True)),
                ("active", models.BooleanField(default=True)),
                (
                    "content",
                    models.JSONField(
                        help_text="quorum, majorities, arrears, consensus, written procedure (apps.council.rules)"
                    ),
                ),
                ("sha256", models.CharField(help_text="of the canonical form of the content", max_length=64)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
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
                ("position", models.PositiveSmallIntegerField(null=True)),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("for_decision", "For decision"),
                            ("for_recommendation", "For recommendation"),
                            ("for_information", "For information"),
                            ("procedural", "Procedural"),
                        ],
                        max_length=20,
                    ),
                ),
                ("summary", models.TextField(blank=True)),
                ("slot_minutes", models.PositiveSmallIntegerField(default=30)),
                ("starts_at", models.DateTimeField(help_text="by the time plan", null=True)),
                ("rapporteur", models.CharField(blank=True, max_length=150)),
                ("restricted", models.BooleanField(default=False, help_text="Member States and the Secretariat only")),
                ("papers_waived", models.BooleanField(default=False, help_text="nothing has to be read for it")),
                ("outcome", models.TextField(blank=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="why it was rejected, deferred or withdrawn", max_length=300
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Accepted"),
                            ("rejected", "Rejected"),
                            ("scheduled", "Scheduled"),
                            ("under_discussion", "Under discussion"),
                            ("decided", "Decided"),
                            ("noted", "Noted"),
                            ("deferred", "Deferred"),
                            ("referred", "Referred"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=16,
                    ),
                ),
                (
                    "carried_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="council.agendaitem",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        help_text="of the meeting",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
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
                "verbose_name": "Agenda item",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Contribution",
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
                ("due_on", models.DateField()),
                ("paid_on", models.DateField(null=True)),
                ("amount_minor", models.PositiveBigIntegerField(help_text="in minor units of the currency")),
                ("currency", models.CharField(help_text="ISO 4217", max_length=3)),
                ("state", models.CharField(choices=[("due", "Due"), ("paid", "Paid")], default="due", max_length=6)),
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
                "verbose_name": "Contribution",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="ContributionDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="council.contribution"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                ("working_no", models.CharField(help_text="from the draft on", max_length=40, unique=True)),
                (
                    "number",
                    models.CharField(
                        help_text="ORGAN/YEAR/MEETING/KIND/NN, when sealed", max_length=60, null=True, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decision", "Decision"),
                            ("recommendation", "Recommendation"),
                            ("procedural", "Procedural decision"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("PROCEDURAL", "Procedural question"),
                            ("RECOMMENDATION", "Recommendation"),
                            ("DECISION", "Decision"),
                            ("NATIONAL_WELLBEING_DETERMINATION", "Is it critical to national well-being?"),
                            ("DECISION_CRITICAL", "Decision critical to national well-being"),
                        ],
                        help_text="what the rule set calls it",
                        max_length=40,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "subject",
                    models.CharField(blank=True, help_text="system or programme: APIS, CISNET, CYBER …", max_length=30),
                ),
                ("preamble", models.TextField(blank=True)),
                ("text_version", models.PositiveSmallIntegerField(default=1)),
                (
                    "text_hash",
                    models.CharField(
                        help_text="SHA-256 of title, preamble and clauses (apps.council.rules.seals)", max_length=64
                    ),
                ),
                (
                    "financial",
                    models.JSONField(
                        help_text='{"nil", "amount_minor", "currency", "years", "recurring", "source"}; Article 27(5)',
                        null=True,
                    ),
                ),
                (
                    "csme_matter",
                    models.BooleanField(default=False, help_text="States in arrears vote on it: Article 27(2)"),
                ),
                (
                    "dispute_parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        help_text="parties to the dispute, which do not vote on it: Article 28(4)",
                    ),
                ),
                ("effective_on", models.DateField(help_text="null: on the day of its adoption", null=True)),
                ("expires_on", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("adopted_on", models.DateField(null=True)),
                (
                    "bound",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        help_text="States that a binding decision obliges, whatever they voted: Article 29(1)",
                    ),
                ),
                ("ad_referendum_until", models.DateField(null=True)),
                (
                    "result",
                    models.JSONField(help_text="of the vote that decided, by apps.council.rules.votes", null=True),
                ),
                ("sealed_at", models.DateTimeField(null=True)),
                ("seal", models.CharField(blank=True, max_length=64)),
                ("in_force_on", models.DateField(null=True)),
                (
                    "ended_on",
                    models.DateField(help_text="day on which it was superseded, lapsed or was annulled", null=True),
                ),
                ("public", models.BooleanField(default=False, help_text="stands in the public register")),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="why it was deferred, withdrawn or annulled", max_length=300
                    ),
                ),
                (
                    "fictional",
                    models.BooleanField(
                        default=False, help_text="demonstration: shown with a ribbon, left out of reports"
                    ),
                ),
                ("words", models.TextField(blank=True, help_text="preamble and clauses, for search")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("proposed", "Proposed"),
                            ("amending", "Amendments open"),
                            ("voting", "Vote open"),
                            ("pending_written", "In written procedure"),
                            ("pending_referendum", "Waiting for confirmation"),
                            ("adopted", "Adopted"),
                            ("rejected", "Rejected"),
                            ("deferred", "Deferred"),
                            ("withdrawn", "Withdrawn"),
                            ("sealed", "Sealed"),
                            ("in_force", "In force"),
                            ("superseded", "Superseded"),
                            ("lapsed", "Lapsed"),
                            ("annulled", "Annulled"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        help_text="State in the chair",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "determination",
                    models.ForeignKey(
                        help_text="adopted finding of critical importance",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="council.decision",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
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
                    "proposer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "retabled_from",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.decision"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.decision"
                    ),
                ),
            ],
            options={
                "verbose_name": "Decision",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("confirmed", models.BooleanField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField()),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.decision"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Clause",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.CharField(help_text="1, 1(a): data, the same in every language", max_length=10)),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("action", "Action"),
                            ("standing", "Standing rule"),
                            ("recommendation", "Recommendation"),
                            ("invitation", "Invitation"),
                            ("establishes", "Sets up a body"),
                            ("financial", "Financial"),
                            ("procedural", "Procedural"),
                        ],
                        default="action",
                        max_length=15,
                    ),
                ),
                (
                    "addressee_rule",
                    models.CharField(help_text="ALL_MEMBER_STATES, STATES:BRB,JAM, ORGAN:IMPACS …", max_length=200),
                ),
                (
                    "addressees",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        help_text="resolved on the effective date; bodies too",
                    ),
                ),
                ("due_on", models.DateField(null=True)),
                (
                    "evidence_required",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.decision"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("against_version", models.PositiveSmallIntegerField()),
                ("clause", models.CharField(help_text="number of the clause; a new number adds one", max_length=10)),
                ("text", models.TextField(blank=True, help_text="empty: leave the clause out")),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Accepted"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.decision"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DecisionDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="council.decision"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DecisionText",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("language", models.CharField(default="en", max_length=5)),
                ("authentic", models.BooleanField(default=True)),
                ("title", models.CharField(max_length=200)),
                ("preamble", models.TextField(blank=True)),
                ("clauses", models.JSONField(help_text='[{"number", "text", "addressees", "due"}]')),
                ("sha256", models.CharField(max_length=64)),
                (
                    "source_hash",
                    models.CharField(
                        blank=True, help_text="of a translation: the text it was made from", max_length=64
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.decision"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                    "number",
                    models.PositiveSmallIntegerField(help_text="of its kind: special meetings count for themselves"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("regular", "Regular"),
                            ("special", "Special"),
                            ("inter_sessional", "Inter-sessional"),
                            ("joint", "Joint"),
                        ],
                        default="regular",
                        max_length=16,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("in_person", "In person"), ("remote", "Remote"), ("hybrid", "Hybrid")],
                        default="in_person",
                        max_length=10,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=120)),
                ("time_zone", models.CharField(default="America/Port_of_Spain", max_length=40)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(default=21, help_text="days between the call and the opening"),
                ),
                (
                    "notice_waiver",
                    models.CharField(blank=True, help_text="the chair's reason for a shorter notice", max_length=300),
                ),
                ("agenda_deadline", models.DateField(null=True)),
                ("papers_deadline", models.DateField(null=True)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5), blank=True, default=list
                    ),
                ),
                (
                    "agenda_version",
                    models.PositiveSmallIntegerField(default=0, help_text="counts the closings of the agenda"),
                ),
                ("floor_item_id", models.UUIDField(help_text="the agenda item that is on the floor", null=True)),
                ("convened_at", models.DateTimeField(null=True)),
                (
                    "moves",
                    models.JSONField(
                        default=list,
                        help_text='[{"from_start", "from_end", "to_start", "to_end", "reason", "at"}]: moved after the call',
                    ),
                ),
                (
                    "corrections_until",
                    models.DateTimeField(help_text="until when States may correct the draft minutes", null=True),
                ),
                ("minutes", models.TextField(blank=True, help_text="Markdown, made from the records")),
                ("minutes_hash", models.CharField(blank=True, max_length=64)),
                ("reason", models.CharField(blank=True, help_text="why it was cancelled or adjourned", max_length=300)),
                (
                    "fictional",
                    models.BooleanField(
                        default=False, help_text="demonstration: shown with a ribbon, left out of reports"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("convened", "Called"),
                            ("agenda_open", "Agenda open"),
                            ("agenda_closed", "Agenda closed"),
                            ("in_session", "In session"),
                            ("suspended", "Suspended"),
                            ("adjourned", "Adjourned"),
                            ("closed", "Closed"),
                            ("minutes_draft", "Minutes in draft"),
                            ("minutes_agreed", "Minutes agreed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=15,
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"
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
                "verbose_name": "Meeting",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("votes", models.BooleanField(help_text="a Member State; Associate Members attend and speak")),
                (
                    "answer",
                    models.CharField(
                        choices=[("none", "None"), ("accepted", "Accepted"), ("declined", "Declined")],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("head", models.CharField(blank=True, max_length=150)),
                ("members", models.JSONField(default=list, help_text='[{"name", "office"}]')),
                (
                    "credentials",
                    models.CharField(
                        choices=[
                            ("missing", "Missing"),
                            ("presented", "Presented"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                        ],
                        default="missing",
                        max_length=10,
                    ),
                ),
                ("credentials_until", models.DateField(help_text="last day, in the meeting's time zone", null=True)),
                ("credentials_note", models.CharField(blank=True, max_length=300)),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.meeting"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="meeting",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.meeting"
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.meeting"
            ),
        ),
        migrations.CreateModel(
            name="MeetingDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="council.meeting"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MinutesCorrection",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("paragraph", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "disposition",
                    models.CharField(
                        choices=[("open", "Open"), ("accepted", "Accepted"), ("annexed", "Annexed")],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.meeting"
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
            name="ObjectionProposal",
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
                ("person", models.CharField(help_text="who proposes it", max_length=150)),
                ("reason", models.TextField()),
                ("answer", models.CharField(blank=True, help_text="why it was not followed", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for a decision"),
                            ("taken_up", "The State has objected"),
                            ("dismissed", "Not taken up"),
                        ],
                        default="proposed",
                        max_length=10,
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
                "verbose_name": "Proposal to object",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="ObjectionProposalDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="council.objectionproposal"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Organ",
            fields=[
                (
                    "uid",
                    models.UUIDField(
                        db_default=apps.people.models.register.UuidV7(),
                        default=apps.access.ids.uuid7,
                        editable=False,
                        unique=True,
                    ),
                ),
                ("code", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=150)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("conference", "Conference"),
                            ("council", "Council"),
                            ("advisory", "Advisory body"),
                            ("oversight", "Oversight body"),
                            ("portfolio", "Portfolio"),
                            ("standing_committee", "Standing committee"),
                            ("agency", "Agency"),
                            ("sub_agency", "Sub-agency"),
                            ("task_force", "Task force"),
                            ("secretariat", "Secretariat"),
                            ("external", "External body"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "members",
                    models.CharField(blank=True, help_text='"ALL_FULL": every Member State of the day', max_length=60),
                ),
                ("office", models.CharField(blank=True, help_text="who sits for a State", max_length=120)),
                ("seat", models.CharField(blank=True, max_length=80)),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=150), blank=True, default=list
                    ),
                ),
                ("legal_basis", models.TextField(blank=True)),
                ("confidence", models.TextField(blank=True, help_text="what is still to be confirmed")),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(help_text="first day on which it no longer exists", null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.organ"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="organ",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.organ"),
        ),
        migrations.AddField(
            model_name="decision",
            name="organ",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.organ"),
        ),
        migrations.CreateModel(
            name="OrganChair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("state", models.CharField(choices=[("recorded", "Recorded")], default="recorded", max_length=10)),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.organ"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "verbose_name": "State in the chair",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Paper",
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
                    "number",
                    models.CharField(
                        help_text="given at submission; Rev.n, Corr.n", max_length=40, null=True, unique=True
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("language", models.CharField(default="en", help_text="of the original", max_length=5)),
                ("current", models.PositiveSmallIntegerField(default=1, help_text="number of the current version")),
                ("caveat", models.CharField(blank=True, help_text="handling words beside the level", max_length=80)),
                (
                    "embargo_until",
                    models.DateTimeField(help_text="before this only its author and the Secretariat see it", null=True),
                ),
                ("wants_receipt", models.BooleanField(default=True, help_text="the sender is shown who opened it")),
                (
                    "late",
                    models.BooleanField(default=False, help_text="issued after the meeting's deadline for papers"),
                ),
                ("issued_at", models.DateTimeField(null=True)),
                (
                    "shared_at",
                    models.DateTimeField(help_text="when the delegations were given it: after its embargo", null=True),
                ),
                (
                    "asked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        blank=True,
                        default=list,
                        help_text="desks whose clearance is still wanted",
                    ),
                ),
                ("reason", models.CharField(blank=True, help_text="why it was returned or withdrawn", max_length=300)),
                ("words", models.TextField(blank=True, help_text="text of the current version, for search")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("in_clearance", "In clearance"),
                            ("returned", "Returned"),
                            ("issued", "Issued"),
                            ("superseded", "Superseded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="council.agendaitem",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.meeting"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.organ"
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
                    "supersedes",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.paper"
                    ),
                ),
            ],
            options={
                "verbose_name": "Paper",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("subject", models.CharField(help_text="legal, finance, agency", max_length=40)),
                (
                    "answer",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("given", "Cleared"), ("refused", "Refused")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(null=True)),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.paper"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PaperComment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("paragraph", models.CharField(blank=True, max_length=20)),
                ("text", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.paper"
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
            name="PaperDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="council.paper")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PaperVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("body", models.TextField(blank=True, help_text="Markdown")),
                ("sha256", models.CharField(help_text="of the body and of its files' hashes", max_length=64)),
                ("note", models.CharField(blank=True, help_text="what changed", max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField()),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.paper"
                    ),
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
                    "stance",
                    models.CharField(
                        choices=[
                            ("agree", "Agree"),
                            ("change", "Agree with changes"),
                            ("oppose", "Oppose"),
                            ("abstain", "Abstain"),
                            ("open", "Not yet decided"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="for ourselves")),
                ("speaking_note", models.TextField(blank=True, help_text="to be read out")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("approved", "Approved")], default="draft", max_length=10
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.agendaitem"
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
                "verbose_name": "Position",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="PositionDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="council.position"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PresenceEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("arrive", "Arrive"),
                            ("leave", "Leave"),
                            ("connect", "Connect"),
                            ("disconnect", "Disconnect"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("seat_id", models.BigIntegerField(help_text="who recorded it")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.meeting"
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
        migrations.AddField(
            model_name="meeting",
            name="rule_set",
            field=models.ForeignKey(
                help_text="frozen at the call",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="council.ruleset",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="rule_set",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.ruleset"
            ),
        ),
        migrations.CreateModel(
            name="SealedEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("position", models.PositiveIntegerField(help_text="from 1, without gaps", unique=True)),
                (
                    "kind",
                    models.CharField(choices=[("decision", "Decision"), ("correction", "Correction")], max_length=10),
                ),
                ("content", models.JSONField(help_text="what was sealed, in canonical form")),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("seal", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.decision"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SilenceRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which they no longer hold", null=True)),
                (
                    "content",
                    models.JSONField(
                        help_text="minimum_hours, window, extension, maximum (apps.council.procedures.rules.silence)"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.organ"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("quorum_required", models.PositiveSmallIntegerField()),
                (
                    "present",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), help_text="Member States present at the opening"
                    ),
                ),
                ("closed_reason", models.CharField(blank=True, max_length=300)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.meeting"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("asked_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("speaking", "Speaking"),
                            ("done", "Done"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.agendaitem"
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
            name="Statement",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reservation", "Reservation"),
                            ("opt_out", "Opt-out"),
                            ("accession", "Later accession"),
                            ("objection", "Objection"),
                            ("dispute", "Dispute"),
                            ("reasons", "Reasons for not implementing"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "clauses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        help_text="numbers; empty: the whole",
                    ),
                ),
                ("text", models.TextField()),
                ("until", models.DateField(help_text="last day on which it holds", null=True)),
                (
                    "basis",
                    models.CharField(
                        blank=True, help_text="decision of the Conference that granted an opt-out", max_length=200
                    ),
                ),
                ("granted_on", models.DateField(help_text="day from which an opt-out releases the State", null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("entered", "Entered"),
                            ("asked", "Asked"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="entered",
                        max_length=10,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.decision"
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
            name="Translation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("language", models.CharField(max_length=5)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "Official"),
                            ("courtesy", "Courtesy translation"),
                            ("machine", "Machine translation"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("source_hash", models.CharField(help_text="of the version that was translated", max_length=64)),
                ("reviewed", models.BooleanField(default=False)),
                ("at", models.DateTimeField(auto_now=True)),
                ("seat_id", models.BigIntegerField()),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.paper"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("electronic", "Electronic"),
                            ("show", "Show of hands"),
                            ("roll", "Roll call"),
                            ("consensus", "Consensus"),
                            ("written", "Written vote"),
                            ("silence", "Silence procedure"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("PROCEDURAL", "Procedural question"),
                            ("RECOMMENDATION", "Recommendation"),
                            ("DECISION", "Decision"),
                            ("NATIONAL_WELLBEING_DETERMINATION", "Is it critical to national well-being?"),
                            ("DECISION_CRITICAL", "Decision critical to national well-being"),
                        ],
                        max_length=40,
                    ),
                ),
                ("day", models.DateField(help_text="of the sitting, in the meeting's time zone")),
                ("rule_set_hash", models.CharField(max_length=64)),
                ("text_hash", models.CharField(max_length=64)),
                (
                    "poll",
                    models.JSONField(
                        help_text="frozen: members, associates, arrears, waivers, dispute parties, money, well-being"
                    ),
                ),
                (
                    "present",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        help_text="Member States present at the closing",
                    ),
                ),
                ("result", models.JSONField(null=True)),
                ("opened_at", models.DateTimeField()),
                (
                    "closes_at",
                    models.DateTimeField(
                        help_text="last moment for ballots of a written vote; null in a meeting", null=True
                    ),
                ),
                (
                    "receipts",
                    models.JSONField(
                        default=dict, help_text="of a written vote: {party: when it confirmed that it was told}"
                    ),
                ),
                (
                    "told",
                    models.JSONField(
                        default=list, help_text="of a written vote: marks of the reminders that were sent"
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("void_reason", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed"), ("void", "Void")], default="open", max_length=6
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.decision"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.meeting"
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.ruleset"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "value",
                    models.CharField(
                        choices=[
                            ("for", "For"),
                            ("against", "Against"),
                            ("abstain", "Abstain"),
                            ("for_ad_referendum", "For, subject to confirmation"),
                            ("object", "Objects to consensus"),
                        ],
                        max_length=20,
                    ),
                ),
                ("explanation", models.TextField(blank=True)),
                (
                    "code",
                    models.CharField(blank=True, help_text="why it does not count; empty when it does", max_length=30),
                ),
                ("order", models.PositiveSmallIntegerField(help_text="in which it was cast")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField(help_text="who cast or recorded it; the vote belongs to the State")),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.decision"
                    ),
                ),
                (
                    "vote",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.vote"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="VotingWaiver",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="last day", null=True)),
                ("basis", models.CharField(help_text="decision of the Conference", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("granted", "Granted"), ("ended", "Ended")], default="granted", max_length=10
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
                "verbose_name": "Permission to vote",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="VotingWaiverDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="council.votingwaiver"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WrittenProcedure",
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
                ("reference", models.CharField(max_length=40, unique=True)),
                (
                    "urgent",
                    models.BooleanField(
                        default=False, help_text="shorter than the minimum, by a standing decision of the organ"
                    ),
                ),
                (
                    "urgent_basis",
                    models.CharField(blank=True, help_text="number of the standing decision", max_length=200),
                ),
                ("period_hours", models.PositiveSmallIntegerField()),
                (
                    "rules",
                    models.JSONField(
                        help_text="parameters of the procedure, frozen at dispatch (apps.council.procedures.rules.silence)"
                    ),
                ),
                (
                    "poll",
                    models.JSONField(
                        help_text="frozen at dispatch: members, arrears, waivers, rule set, required", null=True
                    ),
                ),
                ("text_hash", models.CharField(max_length=64)),
                ("dispatched_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                (
                    "forced_start_at",
                    models.DateTimeField(help_text="substitute service: the chair started the clock", null=True),
                ),
                ("forced_reason", models.CharField(blank=True, max_length=300)),
                ("original_deadline", models.DateTimeField(null=True)),
                ("deadline", models.DateTimeField(null=True)),
                ("delivery_void", models.BooleanField(default=False, help_text="a delivery was later found void")),
                (
                    "outages",
                    models.JSONField(
                        default=list, help_text='[{"from", "until", "reference"}] that moved the deadline'
                    ),
                ),
                (
                    "told",
                    models.JSONField(
                        default=list, help_text="reminders and alarms that were given, so that each is given once"
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("result", models.JSONField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("fictional", models.BooleanField(default=False, help_text="demonstration")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("dispatched", "Sent, waiting for receipts"),
                            ("running", "Running"),
                            ("extended", "Extended"),
                            ("objected", "Silence broken"),
                            ("concluded", "Concluded"),
                            ("lapsed", "Lapsed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.decision"
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.organ"
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
                "verbose_name": "Written procedure",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("support", "Supports"),
                            ("object", "Objects"),
                            ("extension", "Asks for more time"),
                            ("comment", "Comments"),
                            ("withdraw_objection", "Withdraws its objection"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text_hash", models.CharField(max_length=64)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField(help_text="by the server's clock")),
                (
                    "code",
                    models.CharField(blank=True, help_text="why it has no effect; empty when it counts", max_length=30),
                ),
                ("seat_id", models.BigIntegerField()),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.writtenprocedure"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="objectionproposal",
            name="procedure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.writtenprocedure"
            ),
        ),
        migrations.CreateModel(
            name="Circulation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("sent_at", models.DateTimeField()),
                ("bounced_at", models.DateTimeField(null=True)),
                ("receipt_at", models.DateTimeField(null=True)),
                (
                    "receipt_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("portal", "Opened in the portal"),
                            ("phone", "Telephone call"),
                            ("note_verbale", "Note verbale"),
                            ("mission", "Through the mission"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "receipt_note",
                    models.CharField(blank=True, help_text="of a call: name, number, time", max_length=300),
                ),
                ("seat_id", models.BigIntegerField(help_text="who acknowledged or recorded it", null=True)),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="council.writtenprocedure"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WrittenProcedureDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="council.writtenprocedure"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WrittenVoteRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which they no longer hold", null=True)),
                (
                    "content",
                    models.JSONField(
                        help_text="minimum_hours, maximum_hours, working days, window (apps.council.rules)"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="council.organ"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AgendaItemDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="council.agendaitem"),
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
            model_name="contribution",
            constraint=models.UniqueConstraint(fields=("party", "year"), name="one_contribution_a_year"),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("paid_on", None), ("state", "paid"), _connector="OR"), name="paid_on_when_paid"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="contributiondeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.UniqueConstraint(fields=("decision", "party"), name="one_confirmation_per_state"),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.UniqueConstraint(fields=("decision", "number"), name="one_clause_per_number"),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(fields=("decision", "number"), name="one_amendment_per_number"),
        ),
        migrations.AlterUniqueTogether(
            name="decisiondeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="decisiontext",
            constraint=models.UniqueConstraint(
                fields=("decision", "version", "language", "sha256"), name="one_text_per_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.UniqueConstraint(fields=("meeting", "party"), name="one_delegation_per_state"),
        ),
        migrations.AddIndex(
            model_name="agendaitem",
            index=models.Index(models.F("meeting"), models.F("position"), name="items_of_meeting"),
        ),
        migrations.AlterUniqueTogether(
            name="meetingdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AlterUniqueTogether(
            name="objectionproposaldeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="organchair",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("organ", "="),
                    (
                        apps.people.models.register.DateRange(
                            "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="one_chair_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(models.F("item"), name="papers_of_item"),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("title", "words", config="english"), name="papers_by_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="clearance",
            constraint=models.UniqueConstraint(fields=("paper", "desk", "subject"), name="one_clearance_per_subject"),
        ),
        migrations.AlterUniqueTogether(
            name="paperdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="paperversion",
            constraint=models.UniqueConstraint(fields=("paper", "number"), name="one_paper_version"),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.UniqueConstraint(fields=("owner", "item"), name="one_position_per_item"),
        ),
        migrations.AlterUniqueTogether(
            name="positiondeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="presenceevent",
            index=models.Index(models.F("meeting"), models.F("at"), name="presence_of_meeting"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(models.F("starts_at"), name="meetings_by_date"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("organ", "kind", "number"), name="one_meeting_per_number"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="meeting_has_length"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(models.F("meeting"), name="decisions_of_meeting"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(models.F("state"), models.F("effective_on"), name="decisions_by_state"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("title", "words", config="english"),
                name="decisions_by_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="silencerules",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("organ", "="),
                    (
                        apps.people.models.register.DateRange(
                            "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="one_silence_rule_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.UniqueConstraint(fields=("meeting", "number"), name="one_sitting_per_number"),
        ),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "speaking"])),
                fields=("item", "party"),
                name="once_on_the_list",
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(models.F("decision"), models.F("party"), name="statements_of_state"),
        ),
        migrations.AddConstraint(
            model_name="translation",
            constraint=models.UniqueConstraint(fields=("paper", "language"), name="one_translation_per_language"),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(fields=("decision", "number"), name="one_vote_per_number"),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("decision",), name="one_open_vote"
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(fields=("vote", "order"), name="ballots_in_order"),
        ),
        migrations.AddConstraint(
            model_name="votingwaiver",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="waiver_period",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="votingwaiverdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="writtenprocedure",
            index=models.Index(
                models.F("deadline"),
                condition=models.Q(("state__in", ["running", "extended"])),
                name="procedures_running",
            ),
        ),
        migrations.AddConstraint(
            model_name="writtenprocedure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "dispatched", "running", "extended", "objected"])),
                fields=("decision",),
                name="one_open_procedure",
            ),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(models.F("procedure"), models.F("at"), name="replies_of_procedure"),
        ),
        migrations.AddConstraint(
            model_name="objectionproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("owner", "procedure"),
                name="one_open_objection_proposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="circulation",
            constraint=models.UniqueConstraint(fields=("procedure", "party"), name="one_circulation_per_state"),
        ),
        migrations.AlterUniqueTogether(
            name="writtenproceduredeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="writtenvoterules",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("organ", "="),
                    (
                        apps.people.models.register.DateRange(
                            "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="one_written_vote_rule_at_a_time",
            ),
        ),
    ]
