import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import apps.access.ids
from apps.access.migrations._initial import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("entities", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bulletin",
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
                ("number", models.CharField(blank=True, help_text="RIFC/BU/2026/RIFC/0001", max_length=40)),
                ("kind", models.CharField(help_text="lookout, warning, situation", max_length=40)),
                (
                    "subject",
                    models.CharField(blank=True, help_text="of a lookout: person, vehicle, vessel", max_length=40),
                ),
                ("instruction", models.CharField(help_text="what to do: stop, observe, inform", max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(help_text="Markdown")),
                ("short_text", models.CharField(help_text="without personal data", max_length=480)),
                ("area", models.CharField(max_length=200)),
                ("tlp", models.CharField(max_length=12)),
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
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField()),
                (
                    "to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), help_text="desks, parties and groups, as chosen"
                    ),
                ),
                ("edition", models.PositiveSmallIntegerField(default=1, help_text="of what recipients read")),
                ("round", models.PositiveSmallIntegerField(default=0, help_text="how often receipts were asked for")),
                ("renewals", models.PositiveSmallIntegerField(default=0)),
                (
                    "written_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), help_text="ids of the persons who wrote any of it"
                    ),
                ),
                ("issued_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="of the last renewal, or why it is cancelled", max_length=1000
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("issued", "In force"),
                            ("renewed", "In force, renewed"),
                            ("expired", "Ended"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "Bulletin",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="BulletinDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="watch.bulletin")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BulletinReceipt",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("of_end", models.BooleanField(default=False, help_text="of the cancellation")),
                ("sent_at", models.DateTimeField()),
                ("due", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("ack_at", models.DateTimeField(null=True)),
                ("ack_by_seat_id", models.BigIntegerField(null=True)),
                ("late", models.BooleanField(default=False)),
                ("reminded", models.PositiveSmallIntegerField(default=0)),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("opened", "Opened"),
                            ("acknowledged", "Acknowledged"),
                            ("overdue", "Overdue"),
                            ("void", "No longer needed"),
                        ],
                        default="sent",
                        max_length=12,
                    ),
                ),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="watch.bulletin"
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
            ],
            options={
                "verbose_name": "Receipt of a bulletin",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BulletinThing",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("by_seat_id", models.BigIntegerField()),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="watch.bulletin"
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entities.entity"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Digest",
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
                ("number", models.CharField(blank=True, help_text="RIFC/DG/2026/0001", max_length=40)),
                ("week_from", models.DateField()),
                ("week_to", models.DateField(help_text="its last day")),
                ("intro", models.CharField(blank=True, max_length=1000)),
                ("tlp", models.CharField(max_length=12)),
                (
                    "to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), help_text="desks, parties and groups, as chosen"
                    ),
                ),
                (
                    "written_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), help_text="ids of the persons who wrote any of it"
                    ),
                ),
                ("issued_at", models.DateTimeField(null=True)),
                (
                    "counted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        help_text="reports behind the figures of the document",
                    ),
                ),
                ("edition", models.PositiveSmallIntegerField(default=0, help_text="of the document")),
                ("reason", models.CharField(blank=True, help_text="why it was returned", max_length=1000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("review", "Awaiting approval"),
                            ("issued", "Issued"),
                            ("discarded", "Discarded"),
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
                "verbose_name": "Weekly digest",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="DigestDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="watch.digest")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DigestItem",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(choices=[("report", "Report"), ("bulletin", "Bulletin")], max_length=8)),
                ("subject", models.UUIDField(help_text="thread of the report, id of the bulletin")),
                ("position", models.PositiveSmallIntegerField()),
                ("sentence", models.CharField(blank=True, max_length=400)),
                ("kept", models.BooleanField(default=True, help_text="a person took it out where false")),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "digest",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="watch.digest"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Watch",
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
                ("number", models.CharField(help_text="RIFC/W/2026/0001", max_length=40, unique=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("last_serial", models.PositiveIntegerField(default=0)),
                ("start_sha256", models.CharField(help_text="head of the chain where this watch began", max_length=64)),
                ("head_sha256", models.CharField(help_text="hash of the last entry", max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("handover", "Handover"), ("closed", "Closed")],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        help_text="in charge",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "outgoing",
                    models.ForeignKey(
                        help_text="who signed the hand-over",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "previous",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="watch.watch"
                    ),
                ),
            ],
            options={
                "verbose_name": "Watch",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("items", models.JSONField(help_text="[{watch, serial, at, text}] of the open items, frozen")),
                ("brief", models.JSONField(help_text="{heading: [{title, due, url}]}, frozen")),
                ("remarks", models.CharField(blank=True, max_length=2000)),
                ("sha256", models.CharField(help_text="of items, brief and remarks: what both sign", max_length=64)),
                ("started_at", models.DateTimeField()),
                ("outgoing_seat_id", models.BigIntegerField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("incoming_seat_id", models.BigIntegerField(null=True)),
                ("broken_off", models.CharField(blank=True, help_text="why", max_length=1000)),
                (
                    "incoming",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outgoing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "watch",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="watch.watch"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WatchDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="watch.watch")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WatchEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("serial", models.PositiveIntegerField(help_text="in its watch, from 1")),
                ("event_at", models.DateTimeField(help_text="when it happened")),
                ("entered_at", models.DateTimeField()),
                ("seat_id", models.BigIntegerField()),
                ("category", models.CharField(max_length=40)),
                ("channel", models.CharField(blank=True, max_length=40)),
                ("from_whom", models.CharField(blank=True, max_length=120)),
                ("text", models.CharField(max_length=2000)),
                ("action_taken", models.CharField(blank=True, max_length=1000)),
                ("links", models.JSONField(default=list, help_text="[[type, id, number as written]]")),
                ("to_do", models.BooleanField(default=False, help_text="open until an entry says that it is done")),
                ("prev_sha256", models.CharField(max_length=64)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "closes",
                    models.OneToOneField(
                        help_text="what is done",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="watch.watchentry",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="watch.watchentry"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "watch",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="watch.watch"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="bulletin",
            index=models.Index(
                models.F("valid_to"),
                condition=models.Q(("state__in", ["issued", "renewed"])),
                name="bulletins_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="bulletin_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True), fields=("number",), name="one_bulletin_per_number"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="bulletindeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="bulletinreceipt",
            index=models.Index(
                models.F("due"),
                condition=models.Q(("state__in", ["sent", "opened", "overdue"])),
                name="bulletin_receipts_due",
            ),
        ),
        migrations.AddIndex(
            model_name="bulletinreceipt",
            index=models.Index(
                models.F("desk"),
                condition=models.Q(("state__in", ["sent", "opened", "overdue"])),
                name="bulletin_receipts_of_desk",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletinreceipt",
            constraint=models.UniqueConstraint(
                fields=("bulletin", "desk", "round"), name="one_bulletin_receipt_per_desk_and_round"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletinthing",
            constraint=models.UniqueConstraint(fields=("bulletin", "entity"), name="one_thing_per_bulletin"),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True), fields=("number",), name="one_digest_per_number"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="digestdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="digestitem",
            index=models.Index(models.F("subject"), name="digests_of_subject"),
        ),
        migrations.AddConstraint(
            model_name="digestitem",
            constraint=models.UniqueConstraint(fields=("digest", "kind", "subject"), name="one_item_per_digest"),
        ),
        migrations.AddIndex(
            model_name="watch",
            index=models.Index(fields=["owner", "-id"], name="watches_of_desk"),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "handover"])),
                fields=("owner",),
                name="one_watch_on_duty_per_desk",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("watch",), name="one_handover_at_a_time"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="watchdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="watchentry",
            index=models.Index(models.F("watch"), condition=models.Q(("to_do", True)), name="entries_to_do"),
        ),
        migrations.AddIndex(
            model_name="watchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("text", "action_taken", "from_whom", config="english"),
                name="entries_by_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="watchentry",
            constraint=models.UniqueConstraint(fields=("watch", "serial"), name="one_entry_per_serial"),
        ),
    ]
