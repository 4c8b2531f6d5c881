import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import apps.access.ids
import apps.people.models.register
from apps.access.migrations._initial import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Grouping",
            fields=[
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Initiative",
            fields=[
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=30)),
                ("title", models.CharField(max_length=250)),
                ("actor", models.CharField(max_length=150)),
                (
                    "told_of",
                    models.CharField(blank=True, help_text="when it happened, as the source says", max_length=150),
                ),
                ("shows", models.CharField(help_text="what the portal keeps of it", max_length=200)),
                ("page", models.CharField(blank=True, help_text="name of the address that shows it", max_length=60)),
                ("key", models.CharField(blank=True, help_text="code in that address", max_length=30)),
                ("position", models.PositiveSmallIntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ModelLaw",
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
                ("version", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("issued_on", models.DateField()),
                ("source", models.CharField(max_length=300)),
                ("fictional", models.BooleanField(default=False, help_text="demonstration")),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("code", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, help_text="counts every act; the record's ETag")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by_seat_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("definition", models.TextField()),
                ("unit", models.CharField(max_length=30)),
                ("source", models.CharField(max_length=300)),
                (
                    "per",
                    models.CharField(choices=[("state", "For each State"), ("region", "For the region")], max_length=6),
                ),
                (
                    "computed",
                    models.BooleanField(default=False, help_text="reckoned by the portal; nobody enters values"),
                ),
                ("fictional", models.BooleanField(default=False, help_text="demonstration")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(choices=[("kept", "Kept"), ("closed", "Closed")], default="kept", max_length=6),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        help_text="who answers for it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "Indicator",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, help_text="counts every act; the record's ETag")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by_seat_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=30, unique=True)),
                ("title", models.CharField(max_length=250)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("treaty", "Treaty"),
                            ("agreement", "Agreement"),
                            ("protocol", "Protocol"),
                            ("mou", "Memorandum of understanding"),
                            ("declaration", "Declaration"),
                        ],
                        max_length=12,
                    ),
                ),
                ("opened_on", models.DateField(null=True)),
                ("opened_note", models.CharField(blank=True, max_length=300)),
                (
                    "signed_on",
                    models.DateField(help_text="day of the signing, where it is not known who signed", null=True),
                ),
                ("place", models.CharField(blank=True, max_length=120)),
                ("depositary", models.CharField(blank=True, max_length=120)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5), blank=True, default=list
                    ),
                ),
                (
                    "eligible",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        help_text="BRB, ORG:RSS; empty: not known",
                    ),
                ),
                (
                    "rule",
                    models.JSONField(
                        help_text="when it enters into force (apps.region.rules.entry_into_force)", null=True
                    ),
                ),
                ("rule_words", models.TextField(blank=True, help_text="the article as it reads")),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("signature", "by signature"),
                            ("ratification", "by ratification"),
                            ("deposit", "by deposit of the instrument of ratification"),
                        ],
                        default="ratification",
                        help_text="what binds a party",
                        max_length=12,
                    ),
                ),
                (
                    "consent_days",
                    models.PositiveSmallIntegerField(default=0, help_text="days from that step until it is bound"),
                ),
                (
                    "provisional_words",
                    models.TextField(blank=True, help_text="rule of provisional application; empty: none"),
                ),
                ("relevance", models.TextField(blank=True)),
                ("confidence", models.TextField(blank=True, help_text="what is still to be confirmed")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("negotiating", "Being negotiated"),
                            ("text_agreed", "Text agreed"),
                            ("open_for_signature", "Opened for signature"),
                            ("terminated", "Terminated"),
                        ],
                        default="negotiating",
                        max_length=20,
                    ),
                ),
                (
                    "amends",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.instrument"
                    ),
                ),
            ],
            options={
                "verbose_name": "Instrument",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="InstrumentParty",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, help_text="counts every act; the record's ETag")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by_seat_id", models.BigIntegerField(null=True)),
                ("entity", models.CharField(help_text="BRB, or ORG:RSS", max_length=20)),
                (
                    "entrustment",
                    models.CharField(
                        blank=True, help_text="reference, where an overseas territory needs it", max_length=120
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, help_text="place in the depositary's register"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("eligible", "May join"),
                            ("signed", "Signed"),
                            ("signed_ad_referendum", "Signed ad referendum"),
                            ("cabinet_approved", "Approved nationally"),
                            ("ratified", "Ratified"),
                            ("deposited", "Deposited"),
                            ("acceded", "Acceded"),
                            ("provisional", "Applies it provisionally"),
                            ("withdrawn_notice", "Has given notice of withdrawal"),
                        ],
                        default="eligible",
                        max_length=20,
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.instrument"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        help_text="for a State",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "Party to an instrument",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="InstrumentStep",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "superseded_at",
                    models.DateTimeField(help_text="when something else became known in its place", null=True),
                ),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("stated", "Stated in a report"),
                            ("document", "Documented"),
                            ("inferred", "Inferred"),
                            ("demo", "Fictional"),
                        ],
                        default="document",
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(blank=True, help_text="where it is written", max_length=300)),
                ("note", models.CharField(blank=True, help_text="reason or remark", max_length=500)),
                ("by_seat_id", models.BigIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("in_force", "Notified as in force"), ("terminated", "Terminated")], max_length=12
                    ),
                ),
                ("on", models.DateField()),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.instrument"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, help_text="counts every act; the record's ETag")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by_seat_id", models.BigIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("none", "Not taking part"),
                            ("interested", "Has asked to join"),
                            ("technical_assessment", "Technical assessment"),
                            ("agreement_signed", "Agreement signed"),
                            ("legal_basis_ready", "Legal basis ready"),
                            ("testing", "Testing"),
                            ("live", "In use"),
                            ("suspended", "Suspended"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="none",
                        max_length=20,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "verbose_name": "Participation",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PartyStep",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "superseded_at",
                    models.DateTimeField(help_text="when something else became known in its place", null=True),
                ),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("stated", "Stated in a report"),
                            ("document", "Documented"),
                            ("inferred", "Inferred"),
                            ("demo", "Fictional"),
                        ],
                        default="document",
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(blank=True, help_text="where it is written", max_length=300)),
                ("note", models.CharField(blank=True, help_text="reason or remark", max_length=500)),
                ("by_seat_id", models.BigIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signed", "Signed"),
                            ("ad_referendum", "Signed ad referendum"),
                            ("approved", "Approved nationally"),
                            ("ratified", "Ratified"),
                            ("deposited", "Deposited"),
                            ("acceded", "Acceded"),
                            ("provisional", "Applies it provisionally from"),
                            ("bound", "Notified as bound from"),
                            ("notice", "Gave notice of withdrawal"),
                            ("withdrawn", "Withdrawn from"),
                        ],
                        max_length=14,
                    ),
                ),
                ("on", models.DateField()),
                (
                    "reference",
                    models.CharField(
                        blank=True, help_text="full powers, Cabinet decision, depositary's note", max_length=120
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.instrumentparty"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Provision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "law",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="region.modellaw"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Reservation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "superseded_at",
                    models.DateTimeField(help_text="when something else became known in its place", null=True),
                ),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("stated", "Stated in a report"),
                            ("document", "Documented"),
                            ("inferred", "Inferred"),
                            ("demo", "Fictional"),
                        ],
                        default="document",
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(blank=True, help_text="where it is written", max_length=300)),
                ("note", models.CharField(blank=True, help_text="reason or remark", max_length=500)),
                ("by_seat_id", models.BigIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("reservation", "Reservation"), ("declaration", "Declaration")], max_length=12
                    ),
                ),
                ("article", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("on", models.DateField()),
                ("withdrawn_on", models.DateField(null=True)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.instrumentparty"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "superseded_at",
                    models.DateTimeField(help_text="when something else became known in its place", null=True),
                ),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("stated", "Stated in a report"),
                            ("document", "Documented"),
                            ("inferred", "Inferred"),
                            ("demo", "Fictional"),
                        ],
                        default="document",
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(blank=True, help_text="where it is written", max_length=300)),
                ("note", models.CharField(blank=True, help_text="reason or remark", max_length=500)),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("entity", models.CharField(help_text="who objects: BRB, or ORG:RSS", max_length=20)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("none", "leaves the treaty in force between the two parties"),
                            ("partial", "excludes the article between the two parties"),
                            ("excluded", "excludes the treaty between the two parties"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField()),
                ("on", models.DateField()),
                (
                    "reservation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.reservation"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StagePeriod",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "superseded_at",
                    models.DateTimeField(help_text="when something else became known in its place", null=True),
                ),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("stated", "Stated in a report"),
                            ("document", "Documented"),
                            ("inferred", "Inferred"),
                            ("demo", "Fictional"),
                        ],
                        default="document",
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(blank=True, help_text="where it is written", max_length=300)),
                ("note", models.CharField(blank=True, help_text="reason or remark", max_length=500)),
                ("by_seat_id", models.BigIntegerField(null=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("none", "Not taking part"),
                            ("interested", "Has asked to join"),
                            ("technical_assessment", "Technical assessment"),
                            ("agreement_signed", "Agreement signed"),
                            ("legal_basis_ready", "Legal basis ready"),
                            ("testing", "Testing"),
                            ("live", "In use"),
                            ("suspended", "Suspended"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                (
                    "early",
                    models.BooleanField(
                        default=False, help_text="the day is when it is first told of; it began earlier"
                    ),
                ),
                (
                    "offered",
                    models.BooleanField(
                        default=False, help_text="the system was offered to the State, which has not asked"
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.participation"
                    ),
                ),
            ],
            options={
                "verbose_name": "Stage of participation",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="System",
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
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("short_name", models.CharField(max_length=40)),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list
                    ),
                ),
                ("operator", models.CharField(blank=True, help_text="who runs it, as the source says", max_length=80)),
                (
                    "functions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list
                    ),
                ),
                ("joinable", models.BooleanField(help_text="States take part one by one")),
                ("note", models.CharField(blank=True, max_length=300)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "keeper",
                    models.ForeignKey(
                        help_text="body that keeps its rows",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "Regional system",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StatedCount",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "superseded_at",
                    models.DateTimeField(help_text="when something else became known in its place", null=True),
                ),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("stated", "Stated in a report"),
                            ("document", "Documented"),
                            ("inferred", "Inferred"),
                            ("demo", "Fictional"),
                        ],
                        default="document",
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(blank=True, help_text="where it is written", max_length=300)),
                ("note", models.CharField(blank=True, help_text="reason or remark", max_length=500)),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("n", models.PositiveSmallIntegerField()),
                ("of", models.PositiveSmallIntegerField()),
                ("as_of", models.DateField()),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.system"
                    ),
                ),
            ],
            options={
                "verbose_name": "Stated number",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="participation",
            name="system",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.system"),
        ),
        migrations.CreateModel(
            name="SystemPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("study", "Under study"),
                            ("development", "In development"),
                            ("operating", "In operation"),
                            ("permanent", "Permanent"),
                            ("lapsed", "Lapsed"),
                            ("complete", "Complete"),
                        ],
                        max_length=12,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.CharField(max_length=300)),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="region.system"
                    ),
                ),
            ],
            options={
                "verbose_name": "Period of a system",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="modellaw",
            name="topic",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.topic"),
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, help_text="counts every act; the record's ETag")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by_seat_id", models.BigIntegerField(null=True)),
                ("title", models.CharField(blank=True, help_text="of the bill or Act", max_length=200)),
                ("bill_no", models.CharField(blank=True, max_length=40)),
                ("act_no", models.CharField(blank=True, max_length=40)),
                ("gazette", models.CharField(blank=True, max_length=80)),
                (
                    "subsidiary",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        help_text="regulations under it",
                    ),
                ),
                (
                    "reminded",
                    models.CharField(blank=True, help_text="last reminder of a sunset that was given", max_length=40),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("policy_approved", "Policy approved"),
                            ("drafting", "Being drafted"),
                            ("with_attorney_general", "With the Attorney General"),
                            ("cabinet_approved", "Approved by Cabinet"),
                            ("bill_tabled", "Bill tabled"),
                            ("second_reading", "Second reading"),
                            ("committee", "In committee"),
                            ("passed", "Passed"),
                            ("assented", "Assented"),
                            ("gazetted", "Gazetted"),
                            ("in_force", "In force"),
                            ("sunset_expired", "Expired"),
                            ("repealed", "Repealed"),
                            ("rejected", "Rejected"),
                        ],
                        default="not_started",
                        max_length=22,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "topic",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.topic"),
                ),
            ],
            options={
                "verbose_name": "Law of a State",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "superseded_at",
                    models.DateTimeField(help_text="when something else became known in its place", null=True),
                ),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("stated", "Stated in a report"),
                            ("document", "Documented"),
                            ("inferred", "Inferred"),
                            ("demo", "Fictional"),
                        ],
                        default="document",
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(blank=True, help_text="where it is written", max_length=300)),
                ("note", models.CharField(blank=True, help_text="reason or remark", max_length=500)),
                ("by_seat_id", models.BigIntegerField(null=True)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("full", "Full"),
                            ("partial", "Partial"),
                            ("none", "None"),
                            ("conflict", "In conflict"),
                        ],
                        max_length=8,
                    ),
                ),
                ("section", models.CharField(blank=True, help_text="section of the national law", max_length=60)),
                ("on", models.DateField(help_text="day of the assessment")),
                (
                    "provision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.provision"
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.track"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TrackStep",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "superseded_at",
                    models.DateTimeField(help_text="when something else became known in its place", null=True),
                ),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("stated", "Stated in a report"),
                            ("document", "Documented"),
                            ("inferred", "Inferred"),
                            ("demo", "Fictional"),
                        ],
                        default="document",
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(blank=True, help_text="where it is written", max_length=300)),
                ("note", models.CharField(blank=True, help_text="reason or remark", max_length=500)),
                ("by_seat_id", models.BigIntegerField(null=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("policy_approved", "Policy approved"),
                            ("drafting", "Being drafted"),
                            ("with_attorney_general", "With the Attorney General"),
                            ("cabinet_approved", "Approved by Cabinet"),
                            ("bill_tabled", "Bill tabled"),
                            ("second_reading", "Second reading"),
                            ("committee", "In committee"),
                            ("passed", "Passed"),
                            ("assented", "Assented"),
                            ("gazetted", "Gazetted"),
                            ("in_force", "In force"),
                            ("sunset_expired", "Expired"),
                            ("repealed", "Repealed"),
                            ("rejected", "Rejected"),
                        ],
                        max_length=22,
                    ),
                ),
                ("on", models.DateField()),
                ("until", models.DateField(help_text="of a law in force: last day before its sunset", null=True)),
                (
                    "reference",
                    models.CharField(blank=True, help_text="Cabinet decision, bill, Act, gazette", max_length=120),
                ),
                (
                    "track",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.track"),
                ),
            ],
            options={
                "verbose_name": "Step of a law",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="GroupingMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.CharField(max_length=300)),
                (
                    "grouping",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="region.grouping"
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
                            ("grouping", "="),
                            ("party", "="),
                            (
                                apps.people.models.register.DateRange(
                                    "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                                ),
                                "&&",
                            ),
                        ],
                        name="one_membership_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorValue",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "superseded_at",
                    models.DateTimeField(help_text="when something else became known in its place", null=True),
                ),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("stated", "Stated in a report"),
                            ("document", "Documented"),
                            ("inferred", "Inferred"),
                            ("demo", "Fictional"),
                        ],
                        default="document",
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(blank=True, help_text="where it is written", max_length=300)),
                ("note", models.CharField(blank=True, help_text="reason or remark", max_length=500)),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("on", models.DateField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=16)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="region.indicator"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        help_text="none: the region",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("indicator", "party", "on"),
                        name="one_value_a_day",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InitiativeStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("status", models.CharField(max_length=150)),
                ("valid_from", models.DateField()),
                ("source", models.CharField(max_length=300)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="region.initiative"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("initiative", "valid_from"), name="one_status_a_day")],
            },
        ),
        migrations.AddConstraint(
            model_name="instrumentparty",
            constraint=models.UniqueConstraint(fields=("instrument", "entity"), name="one_line_per_entity"),
        ),
        migrations.AddConstraint(
            model_name="instrumentstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("instrument", "kind"),
                name="one_notification_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="partystep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)), fields=("of", "kind"), name="one_step_of_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="provision",
            constraint=models.UniqueConstraint(fields=("law", "number"), name="one_provision_per_number"),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("reservation", "entity"),
                name="one_objection_per_party",
            ),
        ),
        migrations.AddIndex(
            model_name="stageperiod",
            index=models.Index(fields=["participation", "valid_from"], name="stages_of_participation"),
        ),
        migrations.AddConstraint(
            model_name="stageperiod",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at", None)),
                expressions=[
                    ("participation", "="),
                    (
                        apps.people.models.register.DateRange(
                            "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="one_stage_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="stageperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="stage_period_forward",
            ),
        ),
        migrations.AddConstraint(
            model_name="statedcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("n__lte", models.F("of"))), name="stated_part_of_the_whole"
            ),
        ),
        migrations.AddConstraint(
            model_name="statedcount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)), fields=("system", "as_of"), name="one_stated_count_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(fields=("system", "party"), name="one_participation_per_state"),
        ),
        migrations.AddConstraint(
            model_name="systemperiod",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("system", "="),
                    (
                        apps.people.models.register.DateRange(
                            "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="one_status_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="modellaw",
            constraint=models.UniqueConstraint(fields=("topic", "version"), name="one_model_law_per_version"),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.UniqueConstraint(fields=("topic", "party"), name="one_track_per_state"),
        ),
        migrations.AddConstraint(
            model_name="coverage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("track", "provision"),
                name="one_level_per_provision",
            ),
        ),
        migrations.AddIndex(
            model_name="trackstep",
            index=models.Index(fields=["track", "on"], name="steps_of_track"),
        ),
    ]
