import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
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
            name="Subscription",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ways", models.JSONField(default=dict, help_text="{group: at_once, digest or portal}")),
                (
                    "quiet_from",
                    models.TimeField(help_text="local time of the seat's party; mails wait from then on", null=True),
                ),
                ("quiet_until", models.TimeField(null=True)),
                (
                    "passes",
                    models.CharField(
                        choices=[
                            ("none", "None"),
                            ("high", "High alarms only"),
                            ("mid", "High and medium alarms"),
                            ("low", "All"),
                        ],
                        default="high",
                        help_text="alarms that come in quiet hours, too",
                        max_length=4,
                    ),
                ),
                ("state", models.CharField(choices=[("chosen", "chosen")], default="chosen", max_length=10)),
            ],
            options={
                "verbose_name": "Notification setting",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AlarmTest",
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
                ("reference", models.CharField(help_text="TA-2026-00042", max_length=20, unique=True)),
                ("sent_by", models.CharField(max_length=150)),
                (
                    "seats",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), help_text="seats at the desk when it was sent"
                    ),
                ),
                ("state", models.CharField(choices=[("sent", "Sent")], default="sent", max_length=4)),
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
                "verbose_name": "Test alarm",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("group", models.CharField(help_text="what people choose a way of being told for", max_length=20)),
                ("label", models.CharField(help_text="in the inbox", max_length=80)),
                (
                    "subject",
                    models.CharField(help_text="of the mail; {party} and nothing else may be filled in", max_length=80),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("needs", "Action needed"),
                            ("deadline", "Deadline"),
                            ("late", "Overdue"),
                            ("digest", "For your information"),
                            ("security", "Security"),
                        ],
                        max_length=10,
                    ),
                ),
                ("mail", models.BooleanField(help_text="false: in the portal only")),
                ("digest", models.BooleanField(help_text="true: in the morning's digest rather than at once")),
                ("body_rule", models.CharField(help_text="what a mail may carry: the number only", max_length=30)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="one_event_per_code_and_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
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
                ("code", models.CharField(help_text="the event's code", max_length=60)),
                ("object_type", models.CharField(max_length=60)),
                ("object_id", models.CharField(max_length=40)),
                (
                    "url_name",
                    models.CharField(blank=True, help_text="the record's page, by its object_id", max_length=60),
                ),
                ("number", models.CharField(help_text="the record's reference", max_length=60)),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="shown in the portal to who may open the record", max_length=200
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        blank=True, help_text="which of several tellings of the same event", max_length=80
                    ),
                ),
                ("due_at", models.DateTimeField(null=True)),
                ("needs_receipt", models.BooleanField(default=False)),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        help_text="of an alarm: high, mid or low; empty: it waits for the end of quiet hours",
                        max_length=4,
                    ),
                ),
                (
                    "seats",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        help_text="seats at the desk that are mailed; none: all",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("unread", "Unread"), ("read", "Read"), ("acknowledged", "Receipt acknowledged")],
                        default="unread",
                        max_length=12,
                    ),
                ),
                ("acknowledged_at", models.DateTimeField(null=True)),
                (
                    "acknowledged_by",
                    models.CharField(blank=True, help_text="user name of who gave the receipt", max_length=150),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notices.event"
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
                "verbose_name": "Notice",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "Mail"), ("digest", "Digest"), ("portal", "Portal")], max_length=6
                    ),
                ),
                ("address_hash", models.CharField(blank=True, help_text="keyed SHA-256 of the address", max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("sent", "Sent"),
                            ("skipped", "Not needed"),
                            ("bounced", "Bounced"),
                            ("failed", "Failed"),
                        ],
                        max_length=8,
                    ),
                ),
                ("batch", models.UUIDField(help_text="the mail that it goes out with; its Message-ID", null=True)),
                ("not_before", models.DateTimeField(help_text="the end of the person's quiet hours", null=True)),
                ("error", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notices.notice"
                    ),
                ),
            ],
            options={
                "verbose_name": "Notification delivery",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="NoticeDeskGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(default=datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.UTC))),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "basis",
                    models.CharField(blank=True, help_text="mandate, treaty article or request number", max_length=80),
                ),
                ("content_object", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="notices.notice")),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NoticeReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="notices.notice"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Webhook",
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
                ("url", models.CharField(help_text="https", max_length=300)),
                (
                    "sealed",
                    models.TextField(help_text="the secret of its signatures, under the portal's key; shown once"),
                ),
                (
                    "failed",
                    models.PositiveSmallIntegerField(default=0, help_text="calls in a row that failed for good"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("live", "In use"), ("disabled", "Disabled: it did not answer"), ("ended", "Ended")],
                        default="live",
                        max_length=8,
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
                "verbose_name": "Webhook",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="WebhookCall",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("status", models.PositiveSmallIntegerField(help_text="of the last answer (RFC 9110)", null=True)),
                ("error", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("queued", "Waiting"), ("sent", "Taken"), ("failed", "Failed")],
                        default="queued",
                        max_length=6,
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        help_text="null: a trial",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.notice",
                    ),
                ),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notices.webhook"
                    ),
                ),
            ],
            options={
                "verbose_name": "Webhook call",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WebhookDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="notices.webhook"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AlarmAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("seat_id", models.BigIntegerField()),
                ("person", models.CharField(max_length=150)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "alarm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="notices.alarmtest"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("alarm", "seat_id"), name="one_answer_per_alarm_and_seat")
                ],
            },
        ),
        migrations.CreateModel(
            name="AlarmTestDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="notices.alarmtest"),
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
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(choices=[("live", "Live"), ("revoked", "Revoked")], default="live", max_length=7),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_used_at", models.DateTimeField(null=True)),
                (
                    "seat",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"),
                ),
            ],
            options={
                "verbose_name": "Calendar feed",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "live")), fields=("seat",), name="one_calendar_address_per_seat"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("object_type", models.CharField(max_length=60)),
                ("object_id", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(help_text="what has to be done, in two or three words; no secret", max_length=40),
                ),
                ("number", models.CharField(help_text="the record's reference", max_length=60)),
                ("due_at", models.DateTimeField()),
                ("reminders", models.BooleanField(default=True, help_text="false: the room tells by itself")),
                ("done_at", models.DateTimeField(null=True)),
                ("state", models.CharField(choices=[("open", "Open"), ("done", "Done")], default="open", max_length=4)),
                (
                    "desk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"),
                ),
            ],
            options={
                "verbose_name": "Desk deadline",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["desk", "due_at"], name="deadlines_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("object_type", "object_id", "kind", "desk"), name="one_deadline_per_task"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("day", models.DateField()),
                ("name", models.CharField(max_length=100)),
                ("source", models.CharField(help_text="where the day comes from", max_length=100)),
                (
                    "reason",
                    models.CharField(blank=True, help_text="why it was added or removed by hand", max_length=200),
                ),
                ("edited_by", models.CharField(blank=True, help_text="desk that added or removed it", max_length=40)),
                ("edited_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "Current"), ("removed", "Removed")], default="current", max_length=7
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "verbose_name": "Public holiday",
                "default_permissions": (),
                "indexes": [
                    models.Index(condition=models.Q(("state", "current")), fields=["day"], name="holidays_by_day")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "current")), fields=("party", "day"), name="one_holiday_per_day"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["owner", "-id"], name="notices_of_desk"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["object_type", "object_id"], name="notices_of_record"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("code", "object_type", "object_id", "owner", "step"), name="one_notice_per_event_desk_and_step"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("batch", None), ("channel", "digest"), ("state", "queued")),
                fields=["user", "at"],
                name="digest_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("batch", None), _negated=True), fields=["batch"], name="deliveries_of_mail"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("batch", None), ("channel", "mail"), ("state", "queued")),
                fields=["not_before"],
                name="mails_after_night",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("notice", "user"), name="one_delivery_per_notice_and_person"),
        ),
        migrations.AlterUniqueTogether(
            name="noticedeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="noticereading",
            constraint=models.UniqueConstraint(fields=("notice", "user"), name="one_reading_per_person"),
        ),
        migrations.AddIndex(
            model_name="webhookcall",
            index=models.Index(fields=["webhook", "-id"], name="calls_of_webhook"),
        ),
        migrations.AlterUniqueTogether(
            name="webhookdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
    ]
