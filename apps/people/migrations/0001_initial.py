import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import apps.access.operations
import apps.people.managers
import apps.people.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        apps.access.operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Function",
                    fields=[
                        ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=60)),
                        ("max_level", models.PositiveSmallIntegerField()),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                help_text="role codes of ranks 1, 2 and 3",
                                size=3,
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
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=5), default=list
                            ),
                        ),
                        (
                            "alpha2",
                            models.CharField(blank=True, help_text="ISO 3166-1 alpha-2 of a State", max_length=2),
                        ),
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
                    name="Desk",
                    fields=[
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
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"
                            ),
                        ),
                    ],
                    options={
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        ("full_name", models.CharField(help_text="as the person writes it", max_length=150)),
                        (
                            "state",
                            models.CharField(
                                choices=[("active", "Active"), ("suspended", "Suspended"), ("left", "Left")],
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
                                choices=[("auto", "Auto"), ("light", "Light"), ("dark", "Dark")],
                                default="auto",
                                max_length=5,
                            ),
                        ),
                        ("compact", models.BooleanField(default=False, help_text="denser tables")),
                        ("last_seat_id", models.BigIntegerField(null=True)),
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.party",
                            ),
                        ),
                    ],
                    options={
                        "default_permissions": (),
                    },
                    managers=[
                        ("objects", apps.people.managers.AccountManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PartyPeriod",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("role", models.CharField(max_length=30)),
                        ("rank", models.PositiveSmallIntegerField(help_text="1 reads, 2 works, 3 decides")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("standing", "Standing"), ("acting", "Acting"), ("service", "Service")],
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
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desk"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="DeskToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("prefix", models.CharField(help_text="first letters, to tell keys apart", max_length=12)),
                        ("sha256", models.CharField(max_length=64, unique=True)),
                        ("label", models.CharField(blank=True, max_length=80)),
                        ("scope", models.CharField(choices=[("read", "Read"), ("write", "Write")], max_length=5)),
                        (
                            "state",
                            models.CharField(
                                choices=[("live", "live"), ("revoked", "revoked")], default="live", max_length=10
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("expires_at", models.DateTimeField()),
                        ("last_used_at", models.DateTimeField(null=True)),
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
                        "default_permissions": (),
                    },
                ),
            ],
        ),
        apps.access.operations.ChangeModels(
            operations=[
                migrations.AddConstraint(
                    model_name="desk",
                    constraint=models.UniqueConstraint(fields=("party", "function"), name="one_desk_per_function"),
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
                                apps.people.models.DateRange(
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
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="seat_period",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="seat",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("user", "="),
                            ("desk", "="),
                            (
                                apps.people.models.TsTzRange(
                                    "valid_from", "valid_to", django.contrib.postgres.fields.ranges.RangeBoundary()
                                ),
                                "&&",
                            ),
                        ],
                        name="one_seat_per_person_and_desk",
                    ),
                ),
            ]
        ),
    ]
