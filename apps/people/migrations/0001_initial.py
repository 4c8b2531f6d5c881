import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import apps.access.ids
import apps.people.managers
import apps.people.models.register
from apps.access.migrations._initial import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Function",
            fields=[
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("max_level", models.PositiveSmallIntegerField()),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), help_text="role codes of ranks 1, 2 and 3", size=3
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Party",
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
                        help_text="ISO 3166-1 alpha-3, acronym, or carrier code",
                        max_length=8,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(help_text="official name", max_length=120)),
                ("short_name", models.CharField(max_length=80)),
                ("time_zone", models.CharField(default="America/Barbados", max_length=40)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), default=list),
                ),
                ("alpha2", models.CharField(blank=True, help_text="ISO 3166-1 alpha-2 of a State", max_length=2)),
                (
                    "roll_call_order",
                    models.PositiveSmallIntegerField(help_text="alphabetical by official name", null=True),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "uid",
                    models.UUIDField(
                        db_default=apps.people.models.register.UuidV7(),
                        default=apps.access.ids.uuid7,
                        editable=False,
                        unique=True,
                    ),
                ),
                ("full_name", models.CharField(help_text="as the person writes it", max_length=150)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("active", "Active"),
                            ("suspended", "Suspended"),
                            ("left", "Left"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("clearance", models.PositiveSmallIntegerField(default=1)),
                (
                    "is_demo",
                    models.BooleanField(
                        default=False, help_text="made by load_demo; production refuses to start with one"
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        choices=[("auto", "Automatic"), ("light", "Light"), ("dark", "Dark")],
                        default="auto",
                        max_length=5,
                    ),
                ),
                ("compact", models.BooleanField(default=False, help_text="denser tables")),
                ("last_seat_id", models.BigIntegerField(null=True)),
                (
                    "must_change_password",
                    models.BooleanField(default=False, help_text="the password is a one-time one"),
                ),
                ("reason", models.CharField(blank=True, help_text="why the account is suspended", max_length=200)),
                (
                    "for_cause",
                    models.BooleanField(default=False, help_text="suspended for cause: two people open it again"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "home_party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"
                    ),
                ),
            ],
            options={
                "verbose_name": "Account",
                "default_permissions": (),
            },
            managers=[
                ("objects", apps.people.managers.AccountManager()),
            ],
        ),
        migrations.CreateModel(
            name="AccountRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("code", models.CharField(max_length=40)),
                ("value", models.PositiveIntegerField()),
                (
                    "unit",
                    models.CharField(help_text="hours, days, months, working days, minutes or times", max_length=12),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="one_account_rule_per_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Desk",
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
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="auth.group",
                    ),
                ),
                ("code", models.CharField(help_text="PARTY.function", max_length=40, unique=True)),
                ("active", models.BooleanField(default=True)),
                (
                    "function",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.function"
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
            name="AccessReview",
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
                    "state",
                    models.CharField(
                        choices=[("running", "Running"), ("closed", "Closed")], default="running", max_length=10
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(help_text="seats that nobody has answered for end then")),
                ("reminded", models.CharField(blank=True, help_text="the last reminder: first or last", max_length=10)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "verbose_name": "Review of appointments",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PartyPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("member_state", "Member State"),
                            ("associate_member", "Associate Member"),
                            ("body", "Body"),
                            ("carrier", "Carrier"),
                        ],
                        max_length=20,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="periods", to="people.party"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Seat",
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
                ("role", models.CharField(max_length=30)),
                ("rank", models.PositiveSmallIntegerField(help_text="1 reads, 2 works, 3 decides")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("standing", "Substantive"),
                            ("acting", "Acting"),
                            ("emergency", "Emergency"),
                            ("service", "Service"),
                        ],
                        default="standing",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "current"), ("ended", "ended")], default="current", max_length=10
                    ),
                ),
                ("valid_from", models.DateTimeField(default=django.utils.timezone.now)),
                ("valid_to", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
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
                "verbose_name": "Appointment",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReviewItem",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Awaiting answer"),
                            ("kept", "Kept"),
                            ("changed", "To be changed"),
                            ("removed", "Removed"),
                            ("ended", "Ended: not answered in time"),
                            ("spared", "Kept unanswered: last administrator"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("dormant", models.BooleanField(help_text="no sign-in within the time of the dormancy rule")),
                (
                    "unused",
                    models.BooleanField(help_text="no act by this seat since the last round, or in its whole life"),
                ),
                (
                    "conflicting",
                    models.BooleanField(help_text="the person holds functions that do not go together, waived or not"),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.accessreview"
                    ),
                ),
                (
                    "by_seat",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"),
                ),
            ],
            options={
                "verbose_name": "Seat under review",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
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
                    "state",
                    models.CharField(
                        choices=[("sent", "Sent"), ("accepted", "Accepted"), ("revoked", "Revoked")],
                        default="sent",
                        max_length=10,
                    ),
                ),
                (
                    "serial",
                    models.PositiveSmallIntegerField(default=1, help_text="counts the links; only the last one opens"),
                ),
                ("link", models.CharField(help_text="SHA-256 of the link's secret", max_length=64, unique=True)),
                (
                    "code",
                    models.CharField(help_text="Argon2 of the code that another person hands over", max_length=128),
                ),
                (
                    "misses",
                    models.PositiveSmallIntegerField(default=0, help_text="wrong codes since the link was sent"),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(help_text="accepted or revoked", null=True)),
                (
                    "addressed_by",
                    models.ForeignKey(
                        help_text="who gave the address to which the link goes",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        help_text="to which the person is invited",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
                (
                    "inviter",
                    models.ForeignKey(
                        help_text="who invited the person",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "by_seat",
                    models.ForeignKey(
                        help_text="who sent the link that is valid now",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "Invitation",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EmergencyUse",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "Awaiting review"),
                            ("justified", "Justified"),
                            ("remarks", "Justified, with remarks"),
                            ("unjustified", "Not justified"),
                        ],
                        default="due",
                        max_length=12,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("life", "Danger to life"),
                            ("crime", "A serious crime under way"),
                            ("absence", "No one at the desk can be reached"),
                            ("outage", "The desk's own systems are down"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.TextField(help_text="at least 40 characters")),
                ("case", models.CharField(blank=True, help_text="reference of the case", max_length=60)),
                (
                    "frequent",
                    models.BooleanField(
                        default=False, help_text="the third or a later one within the days of the rule"
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(help_text="until then a head of the desk judges it; then oversight does, too"),
                ),
                (
                    "told_overdue",
                    models.BooleanField(default=False, help_text="the oversight was told that it is overdue"),
                ),
                ("judged_at", models.DateTimeField(null=True)),
                ("finding", models.TextField(blank=True)),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"
                    ),
                ),
                (
                    "seat",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"
                    ),
                ),
            ],
            options={
                "verbose_name": "Use of emergency access",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DeskToken",
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
                    "prefix",
                    models.CharField(
                        blank=True, help_text="first letters, to tell keys apart; none before it", max_length=12
                    ),
                ),
                (
                    "sha256",
                    models.CharField(help_text="none before the key is shown", max_length=64, null=True, unique=True),
                ),
                ("label", models.CharField(blank=True, max_length=80)),
                ("scope", models.CharField(choices=[("read", "Read"), ("write", "Write")], max_length=5)),
                (
                    "clearance",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="the level up to which it reads; desk caps it"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for the desk"),
                            ("approved", "Approved, not shown yet"),
                            ("live", "Live"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                            ("void", "Void: changed since the request"),
                            ("revoked", "Revoked"),
                        ],
                        default="live",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(null=True)),
                (
                    "told_days",
                    models.PositiveSmallIntegerField(help_text="days before its end of the last warning", null=True),
                ),
                (
                    "operator",
                    models.CharField(
                        blank=True, help_text="who ran the operators' command, on the machine", max_length=60
                    ),
                ),
                (
                    "lapses_at",
                    models.DateTimeField(help_text="when it lapses if it is not approved, or shown, before", null=True),
                ),
                (
                    "decided_at",
                    models.DateTimeField(help_text="approved, refused, withdrawn, lapsed or void", null=True),
                ),
                ("answer", models.CharField(blank=True, help_text="why it was refused or is void", max_length=200)),
                (
                    "overlap_days",
                    models.PositiveSmallIntegerField(help_text="days until the one it succeeds ends", null=True),
                ),
                (
                    "succeeds",
                    models.ForeignKey(
                        help_text="ends once this is shown",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desktoken",
                    ),
                ),
                (
                    "approver_seat",
                    models.ForeignKey(
                        help_text="the second person, of the desk itself",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.seat",
                    ),
                ),
                (
                    "maker_seat",
                    models.ForeignKey(
                        help_text="who asked for it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.seat",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        help_text="the desk's service seat",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "API key",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AccountProposal",
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
                ("verb", models.CharField(max_length=60)),
                (
                    "payload",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="the verb's input, as it will be carried out",
                    ),
                ),
                (
                    "payload_hash",
                    models.CharField(help_text="SHA-256 of verb, subject and canonical payload", max_length=64),
                ),
                (
                    "mark",
                    models.CharField(
                        help_text="digest of the person's account and seats when it was asked for", max_length=64
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Awaiting approval"),
                            ("awaited", "Awaiting the person's own party"),
                            ("approved", "Approved, not yet carried out"),
                            ("done", "Done"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                            ("void", "Void: changed since the request"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "answer",
                    models.CharField(blank=True, help_text="why it was refused, withdrawn or void", max_length=200),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "proposer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        help_text="the person it is about",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        help_text="of a seat asked for",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        help_text="asked to agree that its person sits elsewhere",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        help_text="whose accounts it is about",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "approver_seat",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"
                    ),
                ),
                (
                    "home_seat",
                    models.ForeignKey(
                        help_text="who answered for the person's own party",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.seat",
                    ),
                ),
                (
                    "proposer_seat",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"),
                ),
            ],
            options={
                "verbose_name": "Second approval request",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SeatConflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("one", models.CharField(help_text="function code", max_length=20)),
                ("other", models.CharField(help_text="function code", max_length=20)),
                ("why", models.CharField(max_length=200)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other", "valid_from"), name="one_conflict_per_pair_and_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="SeatWaiver",
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
                ("one", models.CharField(help_text="function code", max_length=20)),
                ("other", models.CharField(help_text="function code", max_length=20)),
                ("reason", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "current"), ("ended", "ended")], default="current", max_length=10
                    ),
                ),
                ("valid_from", models.DateTimeField(default=django.utils.timezone.now)),
                ("valid_to", models.DateTimeField()),
                (
                    "by_seat",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seat"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "Permission for conflicting appointments",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TwoPersonRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rank", "Role"),
                            ("function", "Function"),
                            ("clearance", "Clearance"),
                            ("verb", "Action"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(help_text="least rank, function code, least level, or verb", max_length=40)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "value", "valid_from"), name="one_two_person_rule")
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
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
                    "what",
                    models.CharField(
                        choices=[("code", "Code of an invitation"), ("half", "Second half of a one-time password")],
                        max_length=4,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waits", "Waits to be handed over"),
                            ("shown", "Shown"),
                            ("over", "Over: there is a newer one, or none is needed"),
                        ],
                        default="waits",
                        max_length=5,
                    ),
                ),
                (
                    "sealed",
                    models.CharField(
                        blank=True, help_text="under FIELD_KEY; empty once it was shown or is over", max_length=200
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shown_at", models.DateTimeField(null=True)),
                (
                    "desk",
                    models.ForeignKey(
                        help_text="who decides there may, too",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        help_text="who invited, or gave the first half",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        help_text="who changed the address since, if it was another",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        help_text="whose account it opens",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        help_text="the person's own",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "Code or half of a password",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waits")), fields=("user",), name="one_handover_waits"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.UniqueConstraint(fields=("party", "function"), name="one_desk_per_function"),
        ),
        migrations.AddConstraint(
            model_name="accessreview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "running")), fields=("party",), name="one_round_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="accessreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__gt", models.F("opened_at"))), name="review_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_superuser", False)), name="there_is_no_superuser"
            ),
        ),
        migrations.AddConstraint(
            model_name="partyperiod",
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
                name="one_kind_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("rank__gte", 1), ("rank__lte", 3)), name="three_ranks"
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                name="seat_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("user", "="),
                    ("desk", "="),
                    ("kind", "="),
                    (
                        apps.people.models.register.TsTzRange(
                            "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="one_seat_per_person_and_desk",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.UniqueConstraint(fields=("review", "seat"), name="one_item_per_seat"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("sent_at"))), name="invitation_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="desktoken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "live"), _negated=True), ("sha256__isnull", False), _connector="OR"
                ),
                name="live_key_has_a_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="desktoken",
            constraint=models.CheckConstraint(
                condition=models.Q(("clearance__lte", 3)), name="key_clearance_is_a_level"
            ),
        ),
        migrations.AddConstraint(
            model_name="accountproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "awaited", "approved"])),
                fields=("payload_hash",),
                name="asked_for_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))), name="proposal_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="seatwaiver",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))), name="seat_waiver_period"
            ),
        ),
    ]
