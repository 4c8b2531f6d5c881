import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.db import migrations, models

import apps.access.ids
import apps.people.models.register
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
            name="Retry",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("dispatch_id", models.BigIntegerField()),
                ("topic", models.CharField(max_length=60)),
                ("listener", models.CharField(max_length=80)),
                ("error", models.CharField(max_length=200)),
                ("attempts", models.PositiveSmallIntegerField()),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("state", models.CharField(choices=[("ordered", "Ordered")], default="ordered", max_length=7)),
            ],
            options={
                "verbose_name": "Work done again",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Booking",
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
                ("carrier", models.CharField(max_length=3)),
                ("number", models.CharField(max_length=8)),
                ("date", models.DateField(help_text="local date of departure")),
                ("origin", models.CharField(max_length=5)),
                ("destination", models.CharField(max_length=5)),
                ("locator", models.CharField(max_length=20)),
                ("created_on", models.DateField(help_text="day of the reservation", null=True)),
                (
                    "itinerary",
                    models.JSONField(default=list, help_text="[{from, to, departs, arrives, carrier, number}] as sent"),
                ),
                ("contacts", models.JSONField(default=list, help_text="[{kind: phone or mail, value}] as sent")),
                ("agency", models.JSONField(help_text="{number, office, city, country} as sent", null=True)),
                (
                    "payment",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3),
                        default=list,
                        help_text="kinds, as CC or CA; never a number",
                    ),
                ),
                ("keep_until", models.DateField(help_text="deleted on this day")),
                ("state", models.CharField(choices=[("kept", "Kept")], default="kept", max_length=4)),
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
                "verbose_name": "Booking on a flight",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="BookedTraveller",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("seq", models.PositiveSmallIntegerField()),
                ("surname", models.CharField(blank=True, max_length=120)),
                ("given_names", models.CharField(blank=True, max_length=200)),
                ("kind", models.CharField(help_text="adult, child, infant or group", max_length=8)),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("birth_date", models.CharField(blank=True, max_length=10)),
                ("nationality", models.CharField(blank=True, max_length=8)),
                ("documents", models.JSONField(default=list, help_text="[{type, number, issuer, expires}] as read")),
                ("seat", models.CharField(blank=True, max_length=4)),
                ("bags", models.PositiveSmallIntegerField(null=True)),
                (
                    "booking",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.booking"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BookingLaw",
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
                    "elements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("documents", "documents"),
                                ("itinerary", "itinerary"),
                                ("seats", "seats"),
                                ("bags", "bags"),
                                ("contacts", "contacts"),
                                ("agency", "agency"),
                                ("payment", "payment"),
                            ],
                            max_length=12,
                        ),
                        help_text="beside locator, day and names of travellers",
                    ),
                ),
                ("keep_days", models.PositiveIntegerField(help_text="after the departure; deleted then")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.TextField()),
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
            model_name="booking",
            name="law",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.bookinglaw"
            ),
        ),
        migrations.CreateModel(
            name="BookingLawChange",
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
                (
                    "elements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("documents", "documents"),
                                ("itinerary", "itinerary"),
                                ("seats", "seats"),
                                ("bags", "bags"),
                                ("contacts", "contacts"),
                                ("agency", "agency"),
                                ("payment", "payment"),
                            ],
                            max_length=12,
                        ),
                        help_text="beside locator, day and names of travellers",
                    ),
                ),
                ("keep_days", models.PositiveIntegerField(help_text="after the departure")),
                (
                    "law",
                    models.ForeignKey(
                        help_text="the row that it made",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jrcc.bookinglaw",
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
                "verbose_name": "Change to a law on bookings",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="BookingLawChangeDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.bookinglawchange"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Carrier",
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
                (
                    "code",
                    models.CharField(
                        help_text="IATA or ICAO designator as sent", max_length=3, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "moved",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        help_text="journeys, departures, schedules and contacts that went along",
                    ),
                ),
                (
                    "undo_until",
                    models.DateField(help_text="last day on which the joining can be taken back", null=True),
                ),
                ("said", models.CharField(blank=True, help_text="why it was merged or refused", max_length=200)),
                ("decided_by", models.CharField(blank=True, max_length=150)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("known", "Known"),
                            ("provisional", "Provisional"),
                            ("merged", "Another designator of a known carrier"),
                            ("refused", "Refused"),
                        ],
                        default="known",
                        max_length=11,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.carrier"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"
                    ),
                ),
            ],
            options={
                "verbose_name": "Carrier",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CarrierContact",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("phone", "Telephone, day and night"),
                            ("mail", "Email address"),
                            ("typeb", "Type B address"),
                            ("sftp", "SFTP"),
                            ("as2", "AS2"),
                        ],
                        max_length=6,
                    ),
                ),
                ("role", models.CharField(help_text="desk or function, as Operations control", max_length=80)),
                ("value", models.CharField(max_length=120)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "Current"), ("ended", "Ended")], default="current", max_length=7
                    ),
                ),
                (
                    "carrier",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.carrier"),
                ),
            ],
            options={
                "verbose_name": "Contact of a carrier",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CarrierMail",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("receipt", "Manifest receipt"),
                            ("due", "Manifest due soon"),
                            ("missing", "Manifest missing"),
                        ],
                        max_length=7,
                    ),
                ),
                ("number", models.CharField(help_text="receipt, or flight and day", max_length=60)),
                ("grade", models.CharField(blank=True, help_text="of the list that was received", max_length=22)),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "error",
                    models.CharField(blank=True, help_text="reply code of SMTP, or status by RFC 3463", max_length=80),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting to be sent"),
                            ("sent", "Sent"),
                            ("failed", "Not accepted"),
                            ("bounced", "Bounced"),
                        ],
                        default="queued",
                        max_length=7,
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.carriercontact"
                    ),
                ),
            ],
            options={
                "verbose_name": "Mail to a carrier",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ComplianceCase",
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
                ("reference", models.CharField(help_text="CYM-C-2026-001", max_length=30, unique=True)),
                (
                    "evidence",
                    models.JSONField(
                        help_text="frozen, without travellers: [{flight, date, role, deadline_at, received_at, receipts: [{receipt, sha256, received_at, grade}]}]"
                    ),
                ),
                ("facts", models.CharField(help_text="what is held against the carrier", max_length=1000)),
                ("explanation", models.CharField(blank=True, max_length=2000)),
                ("proposed", models.CharField(blank=True, help_text="penalty or waived", max_length=8)),
                ("amount_minor", models.PositiveIntegerField(null=True)),
                ("grounds", models.CharField(blank=True, help_text="of the decision", max_length=1000)),
                ("decided_by_user_id", models.BigIntegerField(null=True)),
                ("decided_by", models.CharField(blank=True, help_text="who proposed the decision", max_length=150)),
                ("confirmed_by", models.CharField(blank=True, max_length=150)),
                ("appeal", models.CharField(blank=True, max_length=2000)),
                ("paid_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "In preparation"),
                            ("notified", "Notice given"),
                            ("explained", "Explained by the carrier"),
                            ("proposed", "Decision awaiting second approval"),
                            ("penalty", "Penalty imposed"),
                            ("appealed", "Appealed by the carrier"),
                            ("waived", "Waived"),
                            ("paid", "Paid"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "carrier",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.carrier"),
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
                "verbose_name": "Case against a carrier",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="ComplianceCaseDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.compliancecase"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExpectedJourney",
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
                ("mode", models.CharField(choices=[("air", "Air"), ("sea", "Sea")], max_length=4)),
                ("number", models.CharField(max_length=20)),
                ("date", models.DateField(help_text="local date of departure")),
                ("origin", models.CharField(max_length=5)),
                ("destination", models.CharField(max_length=5)),
                ("departs_at", models.DateTimeField(help_text="UTC")),
                ("arrives_at", models.DateTimeField(help_text="UTC")),
                ("deadline_at", models.DateTimeField(help_text="UTC, the earliest of the States concerned")),
                ("reminded_at", models.DateTimeField(help_text="when the carrier was reminded", null=True)),
                (
                    "missed_at",
                    models.DateTimeField(
                        help_text="when the alarm was raised; stays when the list comes later", null=True
                    ),
                ),
                ("received_at", models.DateTimeField(help_text="when the first list came", null=True)),
                (
                    "said",
                    models.CharField(
                        blank=True, help_text="why it was not operated, or not expected any more", max_length=200
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("expected", "Expected"),
                            ("in_time", "Manifest on time"),
                            ("late", "Manifest late"),
                            ("missing", "Manifest missing"),
                            ("not_operated", "Not operated"),
                            ("withdrawn", "Schedule ended"),
                        ],
                        default="expected",
                        max_length=12,
                    ),
                ),
                (
                    "carrier",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.carrier"),
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
                "verbose_name": "Expected journey",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Chase",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("whom", models.CharField(help_text="desk or function that was called", max_length=100)),
                ("said", models.CharField(help_text="what came out of it", max_length=300)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "expected",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.expectedjourney"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ExpectedJourneyDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.expectedjourney"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExpectedParty",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("role", models.CharField(help_text="departure or arrival", max_length=10)),
                ("deadline_at", models.DateTimeField(help_text="UTC")),
                (
                    "expected",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.expectedjourney"
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
            name="Hit",
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
                ("reference", models.CharField(help_text="H-2026-00042", max_length=20, unique=True)),
                ("entry_version", models.PositiveIntegerField(help_text="of the entry when the score was found")),
                ("list_name", models.CharField(max_length=100)),
                (
                    "hit_visible_to",
                    models.CharField(help_text="the entry's rule when the hit was raised", max_length=20),
                ),
                ("score", models.FloatField(help_text="probability, 0 to 1")),
                ("prior", models.FloatField(help_text="log-odds before the evidence")),
                (
                    "evidence",
                    models.JSONField(help_text="[{feature, text, weight}]; prior + weights = log-odds of the score"),
                ),
                ("matcher", models.CharField(max_length=40)),
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
                    "parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        help_text="States of the journey that may screen with the entry",
                    ),
                ),
                (
                    "referred_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), blank=True, default=list
                    ),
                ),
                (
                    "acknowledged_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        help_text="of the States that it was referred to, those that have taken it over",
                    ),
                ),
                (
                    "cleared_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        help_text="States that said earlier that this traveller is not that entry",
                    ),
                ),
                ("due_at", models.DateTimeField(help_text="thirty minutes before arrival", null=True)),
                ("claimed_by_seat_id", models.BigIntegerField(null=True)),
                ("claimed_by", models.CharField(blank=True, max_length=150)),
                (
                    "stands_since",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="in its present state"),
                ),
                (
                    "second_look",
                    models.CharField(
                        blank=True,
                        choices=[("due", "Due"), ("agreed", "Agreed")],
                        help_text="whether a second officer looks, or has looked, at its dismissal",
                        max_length=6,
                    ),
                ),
                ("dismissed_by_user_id", models.BigIntegerField(null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="code or words: why dismissed, withdrawn or opened again", max_length=200
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="what the JRCC writes to the State")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("detained", "Detained"),
                            ("refused", "Refused entry"),
                            ("questioned", "Questioned"),
                            ("admitted", "Admitted"),
                            ("not_the_person", "Not the person"),
                            ("did_not_travel", "Did not travel"),
                        ],
                        max_length=16,
                    ),
                ),
                ("outcome_note", models.TextField(blank=True)),
                ("outcome_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "Raised"),
                            ("claimed", "Claimed"),
                            ("referred", "Referred"),
                            ("acknowledged", "Acknowledged"),
                            ("closed", "Closed"),
                            ("dismissed", "Dismissed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="raised",
                        max_length=12,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.entry"
                    ),
                ),
                (
                    "list_party",
                    models.ForeignKey(
                        help_text="owner of the entry",
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
                    "outcome_party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"
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
                "verbose_name": "Hit",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="HitClock",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("look_at", models.DateTimeField(help_text="null: nothing is due on it any more", null=True)),
                (
                    "hit",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.hit"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HitDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.hit")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HitEscalation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("step", models.CharField(help_text="apps.jrcc.queries.clocks.STEPS", max_length=12)),
                ("since", models.DateTimeField(help_text="when the clock of the step began")),
                (
                    "rung",
                    models.PositiveSmallIntegerField(default=1, help_text="of the ladder: 1 first, then further up"),
                ),
                ("due_at", models.DateTimeField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("state", models.CharField(choices=[("raised", "Raised")], default="raised", max_length=6)),
                (
                    "hit",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.hit"),
                ),
                (
                    "party",
                    models.ForeignKey(
                        help_text="whose step it was",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "Hit passed further up",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HitQuestion",
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
                ("text", models.TextField(blank=True, help_text="retention empties it with the words of the hit")),
                ("asked_by", models.CharField(help_text="for the asking party alone", max_length=150)),
                ("answer", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.CharField(blank=True, help_text="for the answering party alone", max_length=150),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Not answered yet"), ("answered", "Answered"), ("withdrawn", "Withdrawn")],
                        default="asked",
                        max_length=9,
                    ),
                ),
                (
                    "hit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.hit"),
                ),
                (
                    "of",
                    models.ForeignKey(
                        help_text="party that is asked",
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
                "verbose_name": "Question about a hit",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="HitQuestionDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.hitquestion"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HitReferral",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(null=True)),
                (
                    "hit",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.hit"),
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
            name="Journey",
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
                ("mode", models.CharField(choices=[("air", "air"), ("sea", "sea")], max_length=4)),
                ("number", models.CharField(blank=True, max_length=20)),
                ("date", models.DateField(help_text="local date of departure of the crossing leg")),
                ("vessel", models.JSONField(help_text="name, imo, call_sign, flag of a ship", null=True)),
                (
                    "origin",
                    models.CharField(blank=True, help_text="place of departure of the crossing leg", max_length=5),
                ),
                ("destination", models.CharField(blank=True, max_length=5)),
                ("departs_at", models.DateTimeField(help_text="UTC", null=True)),
                ("arrives_at", models.DateTimeField(help_text="UTC", null=True)),
                ("stated_total", models.PositiveIntegerField(null=True)),
                ("passengers", models.PositiveIntegerField(default=0)),
                ("crew", models.PositiveIntegerField(default=0)),
                (
                    "complete",
                    models.PositiveIntegerField(default=0, help_text="travellers with all nine core elements"),
                ),
                ("screened", models.PositiveIntegerField(default=0, help_text="travellers compared with the lists")),
                ("grade", models.CharField(blank=True, help_text="the worst of its current lists", max_length=22)),
                (
                    "lists",
                    models.JSONField(
                        default=dict,
                        help_text="by category (passenger, crew): parts received and expected, total stated, grade, whether it is whole, submissions of this version and of the one before",
                    ),
                ),
                (
                    "masked_at",
                    models.DateTimeField(help_text="when its travellers without a hit lost their names", null=True),
                ),
                ("emptied_at", models.DateTimeField(help_text="when they were deleted", null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("announced", "Manifest received"),
                            ("partial", "Part of the manifest missing"),
                            ("complete", "Manifest complete"),
                            ("closed", "Closed by the carrier"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="announced",
                        max_length=10,
                    ),
                ),
                (
                    "arrival_party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"
                    ),
                ),
                (
                    "carrier",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.carrier"
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
                "verbose_name": "Journey",
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="hit",
            name="journey",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.journey"),
        ),
        migrations.AddField(
            model_name="expectedjourney",
            name="journey",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.journey"
            ),
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("masked", "Travellers masked"),
                            ("deleted", "Travellers deleted"),
                            ("message", "Message deleted"),
                            ("access", "A State's access ended"),
                        ],
                        max_length=8,
                    ),
                ),
                ("counts", models.JSONField(help_text="{table: rows}")),
                (
                    "hashes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        default=list,
                        help_text="SHA-256 of messages, sorted",
                    ),
                ),
                (
                    "states",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), default=list, help_text="whose access ended"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "journey",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.journey"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="JourneyDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.journey")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="JourneyParty",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("role", models.CharField(help_text="departure or arrival; a stop on the way is both", max_length=10)),
                ("deadline_at", models.DateTimeField(help_text="UTC; null where the State has no rule", null=True)),
                ("received_at", models.DateTimeField(help_text="when the first list arrived", null=True)),
                (
                    "journey",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.journey"),
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
            name="Leg",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("seq", models.PositiveSmallIntegerField(help_text="0, 1, … in travel order")),
                ("from_port", models.CharField(blank=True, max_length=5)),
                ("to_port", models.CharField(blank=True, max_length=5)),
                (
                    "departs_local",
                    models.CharField(blank=True, help_text="as sent, local time of the place", max_length=16),
                ),
                ("arrives_local", models.CharField(blank=True, max_length=16)),
                ("departs_at", models.DateTimeField(help_text="UTC", null=True)),
                ("arrives_at", models.DateTimeField(help_text="UTC", null=True)),
                (
                    "from_party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"
                    ),
                ),
                (
                    "journey",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.journey"),
                ),
                (
                    "to_party",
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
            name="Lookup",
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
                ("reference", models.CharField(help_text="Q-2026-00042", max_length=20, unique=True)),
                ("user_id", models.BigIntegerField(help_text="who searched")),
                ("seat_id", models.BigIntegerField(help_text="and in which seat")),
                ("person", models.CharField(max_length=150)),
                (
                    "terms",
                    models.JSONField(
                        default=dict, help_text="what was asked for, by field; empty once its days are over"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        blank=True, help_text="code of search_purposes; empty in an open case", max_length=20
                    ),
                ),
                ("case", models.CharField(blank=True, help_text="number of the case, or of the hit", max_length=80)),
                ("found", models.PositiveIntegerField(help_text="travellers, journeys and entries that were shown")),
                ("forget_on", models.DateField(help_text="the day on which what was asked for is forgotten")),
                ("reviewed_by_user_id", models.BigIntegerField(null=True)),
                ("reviewed_by", models.CharField(blank=True, max_length=150)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("said", models.CharField(blank=True, help_text="what the reviewer says", max_length=300)),
                ("answer", models.CharField(blank=True, help_text="how it was explained", max_length=1000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("kept", "In an open case"),
                            ("due", "Awaiting review"),
                            ("questioned", "Explanation requested"),
                            ("explained", "Explained, awaiting review"),
                            ("in_order", "Reviewed: justified"),
                            ("not_in_order", "Reviewed: not justified"),
                        ],
                        default="due",
                        max_length=12,
                    ),
                ),
                (
                    "hit",
                    models.ForeignKey(
                        help_text="the open case it belongs to",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jrcc.hit",
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
                "verbose_name": "Traveller search",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="LookupDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.lookup")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PenaltyChange",
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
                ("who", models.CharField(max_length=80)),
                ("act", models.CharField(max_length=200)),
                ("currency", models.CharField(help_text="ISO 4217", max_length=3)),
                ("most_minor", models.PositiveIntegerField(help_text="the highest fine, in minor units")),
                ("status", models.CharField(help_text="verified or unverified", max_length=12)),
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
                "verbose_name": "Penalty law change",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="PenaltyChangeDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.penaltychange"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PenaltyRule",
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
                ("who", models.CharField(max_length=80)),
                ("act", models.CharField(max_length=200)),
                ("currency", models.CharField(help_text="ISO 4217", max_length=3)),
                ("most_minor", models.PositiveIntegerField(help_text="the highest fine, in minor units")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("status", models.CharField(max_length=12)),
                ("source", models.TextField()),
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
            model_name="penaltychange",
            name="replaces",
            field=models.ForeignKey(
                help_text="the rule that ends on its first day",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="jrcc.penaltyrule",
            ),
        ),
        migrations.AddField(
            model_name="penaltychange",
            name="rule",
            field=models.ForeignKey(
                help_text="the row that it made",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="jrcc.penaltyrule",
            ),
        ),
        migrations.AddField(
            model_name="compliancecase",
            name="rule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.penaltyrule"
            ),
        ),
        migrations.CreateModel(
            name="Person",
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
                ("reference", models.CharField(help_text="P-2026-00042", max_length=20, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("kept", "Kept"),
                            ("merged", "Merged with another person"),
                            ("dissolved", "Separated"),
                        ],
                        default="kept",
                        max_length=9,
                    ),
                ),
                (
                    "into",
                    models.ForeignKey(
                        help_text="what it was joined with",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jrcc.person",
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
                "verbose_name": "Person across journeys",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="PersonChange",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("joined", "Matched as one person"),
                            ("merged", "Linked more records"),
                            ("split", "Separated"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "moves",
                    models.JSONField(
                        default=list,
                        help_text="[{traveller, from, to}]: keys of travellers and persons; null is nobody's",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("document", "The same document, or its renewal"),
                            ("seen", "Seen at passport control"),
                            ("biometric", "Photograph or fingerprints"),
                            ("enquiry", "Answer from a State"),
                            ("contact", "Address, telephone or booking"),
                            ("error", "Linked or separated by mistake"),
                        ],
                        max_length=9,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.person"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PersonDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.person")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Regime",
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
                ("mode", models.CharField(choices=[("air", "air"), ("sea", "sea")], max_length=4)),
                ("craft", models.CharField(help_text="commercial, private or any", max_length=12)),
                (
                    "direction",
                    models.CharField(choices=[("arrival", "arrival"), ("departure", "departure")], max_length=10),
                ),
                (
                    "space",
                    models.CharField(help_text="inside or outside the Single Domestic Space, or any", max_length=8),
                ),
                ("event", models.CharField(help_text="arrival or departure", max_length=10)),
                ("minutes", models.IntegerField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("status", models.CharField(help_text="verified, press, assumed or unverified", max_length=12)),
                ("source", models.TextField()),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "verbose_name": "Deadline",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RegimeChange",
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
                ("mode", models.CharField(choices=[("air", "Air"), ("sea", "Sea")], max_length=4)),
                (
                    "craft",
                    models.CharField(
                        choices=[("commercial", "Commercial"), ("private", "Private"), ("any", "Any")], max_length=12
                    ),
                ),
                (
                    "direction",
                    models.CharField(choices=[("arrival", "Arrival"), ("departure", "Departure")], max_length=10),
                ),
                (
                    "space",
                    models.CharField(
                        choices=[("inside", "Inside"), ("outside", "Outside"), ("any", "Any")], max_length=8
                    ),
                ),
                (
                    "event",
                    models.CharField(choices=[("arrival", "Arrival"), ("departure", "Departure")], max_length=10),
                ),
                ("minutes", models.IntegerField(help_text="relative to the event, negative before it")),
                ("status", models.CharField(help_text="verified or unverified", max_length=12)),
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
                    "regime",
                    models.ForeignKey(
                        help_text="the row that it made",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jrcc.regime",
                    ),
                ),
            ],
            options={
                "verbose_name": "Deadline change",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="RegimeChangeDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.regimechange"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RetentionChange",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("raw_message", "Original message and the data read from it"),
                            ("traveller_record", "Traveller"),
                            ("traveller_record_with_hit", "Traveller with a hit"),
                            ("unreadable_file", "File without a journey"),
                            ("form_draft", "Draft manifest"),
                        ],
                        max_length=30,
                    ),
                ),
                ("keep_days", models.PositiveIntegerField(help_text="after the end of the journey")),
                (
                    "delete_days",
                    models.PositiveIntegerField(help_text="masked until then, afterwards deleted", null=True),
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"
                    ),
                ),
            ],
            options={
                "verbose_name": "Retention rule change",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="RetentionChangeDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.retentionchange"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RetentionHold",
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
                    "ground",
                    models.CharField(
                        choices=[
                            ("court", "Court order"),
                            ("case", "Criminal or other case"),
                            ("request", "Data subject request"),
                        ],
                        max_length=7,
                    ),
                ),
                ("reference", models.CharField(help_text="number of the order or case", max_length=80)),
                (
                    "reason",
                    models.CharField(blank=True, help_text="emptied when the data it held are erased", max_length=300),
                ),
                ("until", models.DateField(help_text="last day")),
                ("placed_by_user_id", models.BigIntegerField()),
                ("placed_by", models.CharField(max_length=150)),
                ("released_by", models.CharField(blank=True, max_length=150)),
                ("released_at", models.DateTimeField(null=True)),
                ("said", models.CharField(blank=True, help_text="why it was released", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("in_force", "In force"), ("released", "Released")], default="in_force", max_length=8
                    ),
                ),
                (
                    "journey",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.journey"),
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
                "verbose_name": "Hold on data",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="RetentionHoldDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.retentionhold"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("raw_message", "Original message and the data read from it"),
                            ("traveller_record", "Traveller"),
                            ("traveller_record_with_hit", "Traveller with a hit"),
                            ("unreadable_file", "File without a journey"),
                            ("form_draft", "Draft manifest"),
                        ],
                        max_length=30,
                    ),
                ),
                ("keep_days", models.PositiveIntegerField(help_text="after the end of the journey")),
                (
                    "delete_days",
                    models.PositiveIntegerField(help_text="masked until then, afterwards deleted", null=True),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.TextField()),
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
        migrations.AddField(
            model_name="retentionchange",
            name="rule",
            field=models.ForeignKey(
                help_text="the row that it made",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="jrcc.retentionrule",
            ),
        ),
        migrations.CreateModel(
            name="Schedule",
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
                ("mode", models.CharField(choices=[("air", "Air"), ("sea", "Sea")], max_length=4)),
                (
                    "number",
                    models.CharField(
                        help_text="flight or voyage number as lists have it, without zeros before", max_length=20
                    ),
                ),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        help_text="days of departure, 1 is Monday (ISO 8601)",
                    ),
                ),
                ("origin", models.CharField(help_text="IATA code or UN/LOCODE", max_length=5)),
                ("destination", models.CharField(max_length=5)),
                ("departs", models.TimeField(help_text="local time of the origin")),
                ("arrives", models.TimeField(help_text="local time of the destination")),
                (
                    "arrives_day",
                    models.PositiveSmallIntegerField(default=0, help_text="days after the day of departure"),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(help_text="last day of departure")),
                ("planned_until", models.DateField(help_text="its journeys are expected up to this day", null=True)),
                ("said", models.CharField(blank=True, help_text="why it was ended", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "In force"), ("ended", "Ended")], default="active", max_length=6
                    ),
                ),
                (
                    "carrier",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.carrier"),
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
                "verbose_name": "Schedule of a carrier",
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="expectedjourney",
            name="schedule",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.schedule"),
        ),
        migrations.CreateModel(
            name="ScheduleDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.schedule")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SheetLayout",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by_seat_id", models.BigIntegerField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "signature",
                    models.CharField(help_text="of the headings, see apps.manifests.paxlst.layout", max_length=16),
                ),
                (
                    "content",
                    models.JSONField(default=dict, help_text="columns {heading: field}, orders {heading: order}"),
                ),
                ("state", models.CharField(choices=[("kept", "Kept")], default="kept", max_length=4)),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
            ],
            options={
                "verbose_name": "Layout of a sheet",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Submission",
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
                    "receipt",
                    models.CharField(
                        help_text="JRCC-YYMMDD-nnnnnn-c, c by ISO 7064 MOD 37,36", max_length=30, unique=True
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("upload", "Upload"),
                            ("api", "API"),
                            ("typeb", "Type B"),
                            ("correction", "Correction"),
                            ("form", "Form"),
                        ],
                        max_length=12,
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("content_type", models.CharField(blank=True, max_length=100)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField(help_text="bytes")),
                ("grade", models.CharField(blank=True, max_length=22)),
                ("parser_version", models.CharField(blank=True, max_length=20)),
                ("flight", models.CharField(blank=True, help_text="what the list is for, in short", max_length=40)),
                ("passengers", models.PositiveIntegerField(default=0)),
                ("crew", models.PositiveIntegerField(default=0)),
                ("parts_missing", models.BooleanField(default=False)),
                ("unknown_sender", models.BooleanField(default=False)),
                ("is_test", models.BooleanField(default=False)),
                (
                    "series",
                    models.UUIDField(help_text="key of the first version; null where there is one only", null=True),
                ),
                ("edition", models.PositiveSmallIntegerField(default=1, help_text="1, 2, … in the series")),
                ("reason", models.CharField(blank=True, help_text="why another desk corrected it", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("read", "Read"),
                            ("screened", "Screened"),
                            ("answered", "Answered"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        help_text="the version before",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jrcc.submission",
                    ),
                ),
                (
                    "journey",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.journey"
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
                "verbose_name": "Manifest",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by_seat_id", models.BigIntegerField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("kind", models.CharField(choices=[("file", "File"), ("form", "Form")], max_length=4)),
                ("title", models.CharField(blank=True, help_text="file name, or craft and route", max_length=120)),
                ("content_type", models.CharField(blank=True, max_length=100)),
                (
                    "raw",
                    models.BinaryField(help_text="the file as it came; gone once it is sent or dropped", null=True),
                ),
                ("content", models.JSONField(default=dict, help_text="the form as typed: craft, legs, people")),
                ("expires_at", models.DateTimeField(help_text="forgotten then")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("sent", "Sent"), ("dropped", "Dropped")],
                        default="open",
                        max_length=7,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
                (
                    "amends",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.submission"
                    ),
                ),
            ],
            options={
                "verbose_name": "Draft of a manifest",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="booking",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.submission"
            ),
        ),
        migrations.CreateModel(
            name="SubmissionContent",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("raw", models.BinaryField()),
                ("reading", models.JSONField(help_text="objects of the PAXLST contract, section 2", null=True)),
                ("response", models.TextField(blank=True, help_text="CUSRES; says nothing about screening")),
                (
                    "erased_at",
                    models.DateTimeField(help_text="when the rules of retention took bytes and reading", null=True),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.submission"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SubmissionDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.submission"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Traveller",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("seq", models.PositiveIntegerField(help_text="place in that list, from 1")),
                ("surname", models.CharField(blank=True, max_length=120)),
                ("given_names", models.CharField(blank=True, max_length=120)),
                ("sex", models.CharField(default="U", max_length=1)),
                ("birth_date", models.CharField(blank=True, help_text="YYYY, YYYY-MM or YYYY-MM-DD", max_length=10)),
                (
                    "birth_date_other",
                    models.CharField(blank=True, help_text="with the other century that it may mean", max_length=10),
                ),
                ("nationality", models.CharField(blank=True, max_length=3)),
                (
                    "status",
                    models.CharField(help_text="passenger, crew, transit_passenger or transit_crew", max_length=20),
                ),
                ("from_port", models.CharField(blank=True, max_length=5)),
                ("to_port", models.CharField(blank=True, max_length=5)),
                ("seat", models.CharField(blank=True, max_length=8)),
                ("pnr", models.CharField(blank=True, max_length=35)),
                ("carrier_reference", models.CharField(blank=True, max_length=35)),
                (
                    "parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        help_text="States where he boards, lands or is cleared",
                    ),
                ),
                (
                    "transit_parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        help_text="States where he is on board at a stop",
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, help_text="probe keys of the matcher"
                    ),
                ),
                ("screened_at", models.DateTimeField(help_text="null = not yet compared with the lists", null=True)),
                ("withdrawn_at", models.DateTimeField(help_text="no longer on the list", null=True)),
                (
                    "age_band",
                    models.CharField(blank=True, help_text="30-39; all that is left of a birth date", max_length=7),
                ),
                ("masked_at", models.DateTimeField(help_text="when the rules of retention took his names", null=True)),
                (
                    "journey",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.journey"),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        help_text="the list that named him last",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jrcc.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "Traveller",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="retentionhold",
            name="traveller",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="null: everybody",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="jrcc.traveller",
            ),
        ),
        migrations.CreateModel(
            name="PersonMember",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        help_text="whose view this is",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.person"),
                ),
                (
                    "traveller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="jrcc.traveller"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="hit",
            name="traveller",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.traveller"),
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("type", models.CharField(blank=True, max_length=4)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("issuer", models.CharField(blank=True, max_length=3)),
                ("expires", models.CharField(blank=True, max_length=10)),
                (
                    "traveller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="jrcc.traveller"
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
                (
                    "was",
                    models.JSONField(default=dict, help_text="{column or document: what was held}; empty once masked"),
                ),
                ("now", models.JSONField(default=dict, help_text="{column or document: what is held since}")),
                (
                    "proof",
                    models.CharField(
                        choices=[
                            ("document", "Travel document seen"),
                            ("order", "Order of a court or authority"),
                            ("issuer", "Statement by the issuing authority"),
                            ("carrier", "Statement by the carrier"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "request",
                    models.CharField(
                        blank=True, help_text="number of the lawful request that asked for it", max_length=30
                    ),
                ),
                ("told", models.JSONField(default=list, help_text="codes of desks that had received the former value")),
                ("by", models.CharField(max_length=150)),
                ("desk", models.CharField(max_length=40)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("state", models.CharField(choices=[("made", "Made")], default="made", max_length=4)),
                (
                    "journey",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jrcc.journey"),
                ),
                (
                    "traveller",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="jrcc.traveller"
                    ),
                ),
            ],
            options={
                "verbose_name": "Traveller correction",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BookingDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="jrcc.booking")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
                "unique_together": {("group", "permission", "content_object")},
            },
        ),
        migrations.AddConstraint(
            model_name="bookinglaw",
            constraint=models.CheckConstraint(
                condition=models.Q(("keep_days__gt", 0)), name="bookings_are_not_kept_for_ever"
            ),
        ),
        migrations.AddConstraint(
            model_name="bookinglaw",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("party", "="),
                    (
                        apps.people.models.register.DateRange(
                            "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="one_booking_law_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookinglawchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                name="booking_change_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookinglawchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")), fields=("party",), name="one_booking_change_waits_for_each"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="bookinglawchangedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="carrier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                    models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into", None)),
                    _connector="OR",
                ),
                name="merged_carrier_names_another",
            ),
        ),
        migrations.AddIndex(
            model_name="carriercontact",
            index=models.Index(models.F("carrier"), name="contacts_of_carrier"),
        ),
        migrations.AddConstraint(
            model_name="carriermail",
            constraint=models.UniqueConstraint(fields=("contact", "about", "number"), name="carrier_mailed_once"),
        ),
        migrations.AlterUniqueTogether(
            name="compliancecasedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AlterUniqueTogether(
            name="expectedjourneydeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="expectedparty",
            constraint=models.UniqueConstraint(fields=("expected", "party", "role"), name="one_deadline_per_role"),
        ),
        migrations.AddIndex(
            model_name="hitclock",
            index=models.Index(
                models.F("look_at"), condition=models.Q(("look_at__isnull", False)), name="clocks_to_look_at"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="hitdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="hitescalation",
            constraint=models.UniqueConstraint(
                fields=("hit", "step", "party", "since", "rung"), name="one_hit_escalation_per_rung"
            ),
        ),
        migrations.AddIndex(
            model_name="hitquestion",
            index=models.Index(models.F("hit"), name="questions_of_hit"),
        ),
        migrations.AddIndex(
            model_name="hitquestion",
            index=models.Index(models.F("of"), condition=models.Q(("state", "asked")), name="questions_to_answer"),
        ),
        migrations.AlterUniqueTogether(
            name="hitquestiondeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="hitreferral",
            constraint=models.UniqueConstraint(fields=("hit", "party"), name="one_referral_per_state"),
        ),
        migrations.AddIndex(
            model_name="journey",
            index=models.Index(models.F("arrives_at"), name="journeys_by_arrival"),
        ),
        migrations.AddIndex(
            model_name="journey",
            index=models.Index(
                models.F("arrives_at"), condition=models.Q(("masked_at", None)), name="journeys_to_mask"
            ),
        ),
        migrations.AddConstraint(
            model_name="journey",
            constraint=models.UniqueConstraint(
                fields=("mode", "carrier", "number", "date", "origin"), name="one_journey_per_key", nulls_distinct=False
            ),
        ),
        migrations.AddIndex(
            model_name="erasure",
            index=models.Index(models.F("at"), name="erasures_by_time"),
        ),
        migrations.AddIndex(
            model_name="erasure",
            index=models.Index(models.F("journey"), name="erasures_of_journey"),
        ),
        migrations.AlterUniqueTogether(
            name="journeydeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="journeyparty",
            constraint=models.UniqueConstraint(fields=("journey", "party", "role"), name="one_row_per_role"),
        ),
        migrations.AddConstraint(
            model_name="leg",
            constraint=models.UniqueConstraint(fields=("journey", "seq"), name="one_leg_per_place_in_order"),
        ),
        migrations.AddIndex(
            model_name="lookup",
            index=models.Index(fields=["owner", "-id"], name="lookups_of_desk"),
        ),
        migrations.AddIndex(
            model_name="lookup",
            index=models.Index(
                models.F("forget_on"), condition=models.Q(("terms", {}), _negated=True), name="lookups_to_forget"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="lookupdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AlterUniqueTogether(
            name="penaltychangedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="penaltyrule",
            constraint=models.UniqueConstraint(fields=("party", "act", "valid_from"), name="one_penalty_per_start"),
        ),
        migrations.AddConstraint(
            model_name="penaltyrule",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("party", "="),
                    ("act", "="),
                    (
                        apps.people.models.register.DateRange(
                            "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="one_penalty_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="penaltychange",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                name="penalty_change_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="penaltychange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("replaces",),
                name="one_penalty_change_waits_for_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="compliancecase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["penalty", "paid"]), _negated=True),
                    ("amount_minor__gt", 0),
                    _connector="OR",
                ),
                name="penalty_has_an_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("into__isnull", False), ("state", "merged")),
                    models.Q(models.Q(("state", "merged"), _negated=True), ("into", None)),
                    _connector="OR",
                ),
                name="merged_person_names_another",
            ),
        ),
        migrations.AddIndex(
            model_name="personchange",
            index=models.Index(fields=["person", "-id"], name="changes_of_person"),
        ),
        migrations.AlterUniqueTogether(
            name="persondeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="regime",
            constraint=models.UniqueConstraint(
                fields=("party", "mode", "craft", "direction", "space", "valid_from"), name="one_regime_per_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="regime",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("party", "="),
                    ("mode", "="),
                    ("craft", "="),
                    ("direction", "="),
                    ("space", "="),
                    (
                        apps.people.models.register.DateRange(
                            "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="one_deadline_rule_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="regimechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                name="change_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="regimechange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("party", "mode", "craft", "direction", "space"),
                name="one_change_waits_for_each_rule",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="regimechangedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AlterUniqueTogether(
            name="retentionchangedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AlterUniqueTogether(
            name="retentionholddeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.UniqueConstraint(
                fields=("party", "kind", "valid_from"), name="one_retention_per_start", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (django.db.models.functions.comparison.Coalesce("party", models.Value("*")), "="),
                    ("kind", "="),
                    (
                        apps.people.models.register.DateRange(
                            "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="one_retention_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"),
                name="retention_change_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionchange",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Coalesce("party", models.Value("*")),
                models.F("kind"),
                condition=models.Q(("state", "proposed")),
                name="one_retention_change_waits",
            ),
        ),
        migrations.AddIndex(
            model_name="schedule",
            index=models.Index(
                models.F("valid_until"), condition=models.Q(("state", "active")), name="schedules_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="schedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_until__gte", models.F("valid_from"))), name="schedule_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="schedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("arrives_day__lte", 30)), name="schedule_arrives_within_a_month"
            ),
        ),
        migrations.AddIndex(
            model_name="expectedjourney",
            index=models.Index(
                models.F("deadline_at"),
                condition=models.Q(("state__in", ["expected", "missing"])),
                name="expected_by_deadline",
            ),
        ),
        migrations.AddIndex(
            model_name="expectedjourney",
            index=models.Index(models.F("carrier"), models.F("date"), name="expected_of_carrier"),
        ),
        migrations.AddIndex(
            model_name="expectedjourney",
            index=models.Index(models.F("journey"), name="expected_of_journey"),
        ),
        migrations.AddConstraint(
            model_name="expectedjourney",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("mode", "carrier", "number", "date", "origin", "destination"),
                name="expected_once",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="scheduledeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="sheetlayout",
            constraint=models.UniqueConstraint(fields=("desk", "signature"), name="one_layout_per_headings"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.F("series"), condition=models.Q(("series__isnull", False)), name="versions_of_a_list"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("owner", "sha256"), name="same_bytes_same_receipt"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("corrects",), name="one_correction_per_version"),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(models.F("desk"), models.F("state"), name="drafts_of_a_desk"),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(models.F("expires_at"), name="drafts_by_end"),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                models.F("owner"), models.F("carrier"), models.F("number"), models.F("date"), name="bookings_of_flight"
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(models.F("keep_until"), name="bookings_by_end"),
        ),
        migrations.AlterUniqueTogether(
            name="submissiondeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="traveller",
            index=models.Index(models.F("journey"), models.F("seq"), name="travellers_of_journey"),
        ),
        migrations.AddIndex(
            model_name="traveller",
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=True, fields=["keys"], name="travellers_by_key"),
        ),
        migrations.AddIndex(
            model_name="retentionhold",
            index=models.Index(models.F("journey"), name="holds_of_journey"),
        ),
        migrations.AddIndex(
            model_name="retentionhold",
            index=models.Index(models.F("until"), condition=models.Q(("state", "in_force")), name="holds_in_force"),
        ),
        migrations.AddConstraint(
            model_name="personmember",
            constraint=models.UniqueConstraint(fields=("desk", "traveller"), name="one_person_of_a_traveller_per_desk"),
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(models.F("journey"), name="hits_of_journey"),
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(models.F("entry"), name="hits_of_entry"),
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(
                models.F("due_at"),
                condition=models.Q(("state__in", ["raised", "claimed", "referred", "acknowledged"])),
                name="open_hits_by_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="hit",
            constraint=models.UniqueConstraint(fields=("traveller", "entry"), name="one_hit_per_traveller_and_entry"),
        ),
        migrations.AddConstraint(
            model_name="hit",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__gte", 0), ("score__lte", 1)), name="score_is_a_probability"
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(models.F("number"), name="documents_by_number"),
        ),
        migrations.AddIndex(
            model_name="amendment",
            index=models.Index(models.F("traveller"), name="amendments_of_traveller"),
        ),
    ]
