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
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
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
                    "reference",
                    models.CharField(help_text="the owner's own number, unique within the list", max_length=60),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("document", "Document"),
                            ("vessel", "Vessel"),
                            ("organisation", "Organisation"),
                            ("contact", "Telephone number or e-mail address"),
                            ("rule", "Targeting rule"),
                        ],
                        default="person",
                        max_length=12,
                    ),
                ),
                ("subject", models.JSONField(help_text="IDENTITY of the matching contract, section 1, as given")),
                ("display_name", models.CharField(max_length=200)),
                (
                    "instruction",
                    models.CharField(
                        choices=[
                            ("arrest", "Arrest"),
                            ("refuse", "Refuse entry"),
                            ("question", "Question"),
                            ("discreet", "Discreet check: the traveller must not notice"),
                            ("inform", "Inform the owner"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.TextField(blank=True, help_text="why the person is listed; the owner decides who reads it"),
                ),
                (
                    "screen_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        help_text="parties that may screen with it; null = all",
                        null=True,
                    ),
                ),
                (
                    "functions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        help_text="functions of desks that may screen with it; null = all",
                        null=True,
                    ),
                ),
                (
                    "hit_visible_to",
                    models.CharField(
                        choices=[
                            ("owner", "The owner and the JRCC only"),
                            ("owner_and_acting", "The owner, the JRCC and the State that a hit is referred to"),
                            ("all", "As before, and the acting State may read the reason"),
                        ],
                        default="owner_and_acting",
                        max_length=20,
                    ),
                ),
                (
                    "reason_visible_to",
                    models.CharField(
                        choices=[
                            ("owner", "The owner only"),
                            ("owner_and_jrcc", "The owner and the JRCC"),
                            ("all", "Everyone who may see the entry"),
                        ],
                        default="owner_and_jrcc",
                        max_length=20,
                    ),
                ),
                ("valid_from", models.DateField(help_text="first day; null = from the start", null=True)),
                (
                    "begins_on",
                    models.DateField(
                        help_text="first day that is to come; null once everybody still to arrive was compared with it then",
                        null=True,
                    ),
                ),
                ("valid_until", models.DateField(help_text="last day; null = until withdrawn", null=True)),
                (
                    "review_on",
                    models.DateField(help_text="by when the owner looks whether the entry is still needed", null=True),
                ),
                (
                    "reminded_on",
                    models.DateField(
                        help_text="when the owner was last told that its review comes or is due", null=True
                    ),
                ),
                (
                    "quality",
                    models.CharField(blank=True, help_text="A (best) to D, as the source grades it", max_length=1),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("expired", "Expired"),
                            ("withdrawn", "Withdrawn"),
                            ("suspended", "Suspended: its review is overdue"),
                        ],
                        default="active",
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
                "verbose_name": "Watchlist entry",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="ListRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(unique=True)),
                ("content", models.JSONField(help_text="names and numbers of apps.screening.queries.Limits")),
                ("source", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EntryKeyList",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="screening.entry",
                    ),
                ),
                ("keys", models.TextField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EntryKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "entry", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=24)),
                (
                    "screen_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), help_text="copied from the entry", null=True
                    ),
                ),
                (
                    "functions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), help_text="copied from the entry", null=True
                    ),
                ),
                ("valid_from", models.DateField(help_text="copied from the entry", null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="screening.entry",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ListImport",
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
                ("file_name", models.CharField(blank=True, max_length=120)),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("jsonl", "JSON Lines"),
                            ("csv", "CSV"),
                            ("un_xml", "United Nations, XML"),
                            ("ofac_xml", "OFAC SDN, XML"),
                            ("ofac_csv", "OFAC SDN, CSV"),
                            ("command", "Operator's command"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveIntegerField(default=0, help_text="bytes")),
                ("replaces", models.BooleanField(default=False, help_text="what the file does not name is withdrawn")),
                (
                    "instruction",
                    models.CharField(
                        choices=[
                            ("arrest", "Arrest"),
                            ("refuse", "Refuse entry"),
                            ("question", "Question"),
                            ("discreet", "Discreet check: the traveller must not notice"),
                            ("inform", "Inform the owner"),
                        ],
                        help_text="of lines that state none",
                        max_length=10,
                    ),
                ),
                (
                    "seen",
                    models.CharField(
                        blank=True, help_text="the list as it was when the file was compared", max_length=60
                    ),
                ),
                ("read", models.PositiveIntegerField(default=0)),
                ("created", models.PositiveIntegerField(default=0)),
                ("updated", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("withdrawn", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("active_before", models.PositiveIntegerField(default=0)),
                ("fault", models.CharField(blank=True, help_text="why the file was refused", max_length=300)),
                ("fault_line", models.PositiveIntegerField(default=0, help_text="where; 0 = no place")),
                ("sent_by", models.CharField(blank=True, max_length=150)),
                ("proposed_by", models.CharField(blank=True, max_length=150)),
                ("proposed_by_user_id", models.BigIntegerField(null=True)),
                ("applied_by", models.CharField(blank=True, max_length=150)),
                ("applied_by_seat_id", models.BigIntegerField(null=True)),
                ("why", models.CharField(blank=True, help_text="why so much is withdrawn", max_length=300)),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Processing"),
                            ("previewed", "Read: review the changes"),
                            ("held", "Held: it would withdraw too many entries"),
                            ("proposed", "Awaiting second approval"),
                            ("applying", "Being applied"),
                            ("applied", "Applied"),
                            ("refused", "Refused"),
                            ("dropped", "Dropped"),
                        ],
                        default="received",
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
                "verbose_name": "Watchlist import file",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="ListImportContent",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("packed", models.BinaryField()),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="screening.listimport"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Rule",
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
                ("reference", models.CharField(help_text="JAM-R-2026-001", max_length=30, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("condition", models.JSONField(help_text="the language of apps.screening.rules")),
                (
                    "why",
                    models.CharField(help_text="what the rule is for, and on what ground it was made", max_length=1000),
                ),
                ("legal_basis", models.CharField(max_length=200)),
                (
                    "instruction",
                    models.CharField(
                        choices=[
                            ("arrest", "Arrest"),
                            ("refuse", "Refuse entry"),
                            ("question", "Question"),
                            ("discreet", "Discreet check: the traveller must not notice"),
                            ("inform", "Inform the owner"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "screen_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        help_text="States whose travellers it is asked of; null = all",
                        null=True,
                    ),
                ),
                ("valid_until", models.DateField(help_text="last day")),
                (
                    "revision",
                    models.PositiveIntegerField(
                        default=1, help_text="counts the texts of the rule; a trial is of one text"
                    ),
                ),
                ("proposed_by_user_id", models.BigIntegerField(null=True)),
                ("proposed_by", models.CharField(blank=True, max_length=150)),
                (
                    "said",
                    models.CharField(blank=True, help_text="why it was given back, suspended or ended", max_length=300),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("proposed", "Awaiting second approval"),
                            ("active", "In force"),
                            ("suspended", "Suspended"),
                            ("ended", "Ended"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.entry"
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
                "verbose_name": "Targeting rule",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="RuleTrial",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("revision", models.PositiveIntegerField(help_text="of the rule's text")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("travellers", models.PositiveIntegerField()),
                ("matched", models.PositiveIntegerField()),
                ("days", models.JSONField(help_text="[[day, matched]] of days with travellers")),
                ("states", models.JSONField(help_text="{State: matched}; one traveller counts for each of his States")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="screening.rule"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Thresholds",
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
                ("review", models.FloatField(help_text="probability from which a hit is shown")),
                ("match", models.FloatField(help_text="probability from which it counts as a match")),
                (
                    "budget",
                    models.FloatField(
                        help_text="alerts for each 1,000 travellers that were asked for, if any", null=True
                    ),
                ),
                ("why", models.CharField(max_length=500)),
                (
                    "matcher",
                    models.CharField(help_text="version of the matcher for which they were proposed", max_length=40),
                ),
                ("proposed_by", models.CharField(max_length=150)),
                ("proposed_by_user_id", models.BigIntegerField()),
                ("activated_by", models.CharField(blank=True, max_length=150)),
                ("said", models.CharField(blank=True, help_text="why they were declined", max_length=300)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(help_text="null = in force, or never was", null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Awaiting second approval"),
                            ("in_force", "In force"),
                            ("ended", "Superseded"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
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
                (
                    "replaces",
                    models.ForeignKey(
                        help_text="in force when they were proposed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.thresholds",
                    ),
                ),
            ],
            options={
                "verbose_name": "Thresholds of the matcher",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="ThresholdsDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="screening.thresholds"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TravellerClearance",
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
                ("entry_version", models.PositiveIntegerField(help_text="it ends with the entry's next version")),
                (
                    "shared_with",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), blank=True, default=list
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        help_text="hashes of document number, issuer and birth date",
                    ),
                ),
                ("traveller", models.JSONField(help_text="IDENTITY of the traveller, as it was compared")),
                ("name", models.CharField(help_text="of the traveller", max_length=200)),
                ("hit_reference", models.CharField(help_text="the hit from which it was made", max_length=20)),
                (
                    "odds",
                    models.FloatField(help_text="log-odds of that hit; a clearly stronger likeness is not cleared"),
                ),
                ("reason", models.CharField(max_length=300)),
                ("valid_until", models.DateField(help_text="last day")),
                ("why_ended", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "In force"), ("revoked", "Revoked"), ("ended", "Ended")],
                        default="active",
                        max_length=10,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.entry"
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
                        help_text="State for which it holds",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "False match",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="TravellerClearanceDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="screening.travellerclearance"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WatchList",
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
                ("code", models.CharField(help_text="begins with the owner's party code", max_length=30, unique=True)),
                ("name", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("national", "National list"),
                            ("regional", "Regional list"),
                            ("interpol_nominals", "INTERPOL nominals"),
                            ("interpol_sltd", "Stolen and lost travel documents"),
                            ("sanctions", "Sanctions"),
                            ("rule", "Targeting rules"),
                        ],
                        max_length=20,
                    ),
                ),
                ("why_closed", models.CharField(blank=True, help_text="why its owner has closed it", max_length=300)),
                (
                    "state",
                    models.CharField(choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=10),
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
                "verbose_name": "Watchlist",
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="listimport",
            name="list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.watchlist"
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.watchlist"
            ),
        ),
        migrations.CreateModel(
            name="WatchListDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="screening.watchlist"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EntryDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="screening.entry"),
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
            name="EntryVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField(help_text="the entry's version")),
                ("subject", models.JSONField()),
                (
                    "instruction",
                    models.CharField(
                        choices=[
                            ("arrest", "Arrest"),
                            ("refuse", "Refuse entry"),
                            ("question", "Question"),
                            ("discreet", "Discreet check: the traveller must not notice"),
                            ("inform", "Inform the owner"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("expired", "Expired"),
                            ("withdrawn", "Withdrawn"),
                            ("suspended", "Suspended: its review is overdue"),
                        ],
                        max_length=10,
                    ),
                ),
                ("valid_until", models.DateField(null=True)),
                (
                    "screen_for",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), null=True),
                ),
                (
                    "hit_visible_to",
                    models.CharField(
                        choices=[
                            ("owner", "The owner and the JRCC only"),
                            ("owner_and_acting", "The owner, the JRCC and the State that a hit is referred to"),
                            ("all", "As before, and the acting State may read the reason"),
                        ],
                        default="owner_and_acting",
                        max_length=20,
                    ),
                ),
                (
                    "functions",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), null=True),
                ),
                (
                    "reason_visible_to",
                    models.CharField(
                        choices=[
                            ("owner", "The owner only"),
                            ("owner_and_jrcc", "The owner and the JRCC"),
                            ("all", "Everyone who may see the entry"),
                        ],
                        default="owner_and_jrcc",
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("valid_from", models.DateField(null=True)),
                ("review_on", models.DateField(null=True)),
                ("quality", models.CharField(blank=True, max_length=1)),
                ("why", models.CharField(blank=True, help_text="why it was changed or withdrawn", max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("seat_id", models.BigIntegerField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.entry"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("entry", "number"), name="one_row_per_version")],
            },
        ),
        migrations.CreateModel(
            name="ImportLine",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("line", models.PositiveIntegerField(default=0)),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("changed", "Changed"),
                            ("withdrawn", "Would be withdrawn"),
                            ("rejected", "Rejected"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("changes", models.JSONField(default=list, help_text="[[what, before, after]] of a changed entry")),
                ("reason", models.CharField(blank=True, help_text="why a line is rejected", max_length=400)),
                ("entry_id", models.UUIDField(help_text="of an entry that would be withdrawn", null=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="screening.listimport"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(models.F("source"), models.F("change"), models.F("line"), name="lines_of_import")
                ],
            },
        ),
        migrations.CreateModel(
            name="ListImportDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="screening.listimport"),
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
            name="RuleDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="screening.rule")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
                "unique_together": {("group", "permission", "content_object")},
            },
        ),
        migrations.CreateModel(
            name="RuleVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("revision", models.PositiveIntegerField()),
                ("condition", models.JSONField()),
                (
                    "instruction",
                    models.CharField(
                        choices=[
                            ("arrest", "Arrest"),
                            ("refuse", "Refuse entry"),
                            ("question", "Question"),
                            ("discreet", "Discreet check: the traveller must not notice"),
                            ("inform", "Inform the owner"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "screen_for",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), null=True),
                ),
                ("proposed_by", models.CharField(max_length=150)),
                ("activated_by", models.CharField(max_length=150)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(help_text="null = in force", null=True)),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.rule"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at", None)), fields=("rule",), name="one_version_in_force"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="thresholds",
            constraint=models.CheckConstraint(
                condition=models.Q(("match__lt", 1), ("review__gt", 0), ("review__lte", models.F("match"))),
                name="thresholds_are_probabilities",
            ),
        ),
        migrations.AddConstraint(
            model_name="thresholds",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_force")), fields=("state",), name="one_thresholds_in_force"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="thresholdsdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="travellerclearance",
            index=models.Index(models.F("entry"), condition=models.Q(("state", "active")), name="clearances_in_force"),
        ),
        migrations.AlterUniqueTogether(
            name="travellerclearancedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="listimport",
            index=models.Index(models.F("list"), models.F("id"), name="imports_of_list"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(models.F("list"), models.F("id"), name="entries_of_list"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                models.F("valid_until"), condition=models.Q(("state", "active")), name="entries_running_out"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                models.F("begins_on"), condition=models.Q(("begins_on__isnull", False)), name="entries_to_begin"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                models.F("list"),
                models.F("review_on"),
                condition=models.Q(("state", "active")),
                name="entries_to_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("list", "reference"), name="one_entry_per_reference"),
        ),
        migrations.AlterUniqueTogether(
            name="watchlistdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
    ]
