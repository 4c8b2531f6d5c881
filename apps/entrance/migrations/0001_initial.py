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
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Directory",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "issuer",
                    models.CharField(
                        help_text="issuer identifier, an https address (OpenID Connect Core, 2)", max_length=200
                    ),
                ),
                ("client_id", models.CharField(help_text="by which the directory knows the portal", max_length=200)),
                ("sealed", models.TextField(help_text="the client secret, under FIELD_KEY")),
                (
                    "shown_claim",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "None"),
                            ("preferred_username", "User name in the directory"),
                            ("email", "E-mail address in the directory"),
                        ],
                        default="",
                        help_text="shown to the person, never compared",
                        max_length=20,
                    ),
                ),
                (
                    "second_factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        default=list,
                        help_text="values of amr or acr that count as a second factor; none: the portal asks for its own",
                    ),
                ),
                ("why", models.CharField(max_length=200)),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("valid_from", models.DateTimeField(help_text="null: never was in force", null=True)),
                ("valid_to", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Awaiting second approval"),
                            ("in_force", "In force"),
                            ("ended", "Ended"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "Sign-in directory",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DirectoryLink",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "subject_mark",
                    models.CharField(help_text="keyed hash of the subject; the subject is kept nowhere", max_length=64),
                ),
                (
                    "shown_as",
                    models.CharField(
                        blank=True, help_text="what the directory calls him, for his eyes", max_length=120
                    ),
                ),
                ("linked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("used_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(choices=[("live", "Live"), ("ended", "Ended")], default="live", max_length=5),
                ),
                (
                    "directory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entrance.directory"
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
                "verbose_name": "Directory link",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="KeyLimit",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "networks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=43), default=list, help_text="CIDR; none: from anywhere"
                    ),
                ),
                (
                    "verbs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        default=list,
                        help_text="none: all that its scope allows",
                    ),
                ),
                (
                    "collections",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        default=list,
                        help_text="as in the API's addresses, taxii, stream; none: all",
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("state", models.CharField(choices=[("set", "set")], default="set", max_length=3)),
                (
                    "token",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.desktoken"
                    ),
                ),
            ],
            options={
                "verbose_name": "API key networks",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SignInRule",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("totp", "One-time code"), ("webauthn", "Passkey")], max_length=10
                        ),
                        help_text="kinds of second factor allowed",
                    ),
                ),
                ("session_minutes", models.PositiveSmallIntegerField(help_text="how long a session lasts at most")),
                ("idle_minutes", models.PositiveSmallIntegerField(help_text="how long it lasts without use")),
                (
                    "networks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=43), default=list, help_text="CIDR; none: from anywhere"
                    ),
                ),
                (
                    "directory_only",
                    models.BooleanField(
                        default=False,
                        help_text="who is linked to the party's directory signs in by it alone; administrators by passkey too",
                    ),
                ),
                ("why", models.CharField(max_length=200)),
                ("valid_from", models.DateTimeField(default=django.utils.timezone.now)),
                ("valid_to", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("in_force", "In force"), ("ended", "Ended")], default="in_force", max_length=8
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "verbose_name": "Sign-in policy",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AccountChange",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("password", "Password changed"),
                            ("totp_added", "Authenticator app added"),
                            ("totp_removed", "Authenticator app removed"),
                            ("passkey_added", "Passkey added"),
                            ("passkey_removed", "Passkey removed"),
                            ("codes", "New recovery codes created"),
                            ("linked", "Linked to the directory"),
                            ("unlinked", "Link to the directory ended"),
                            ("address", "E-mail address changed"),
                            ("renewed", "One-time password set by an administrator"),
                            ("code_again", "Code used a second time"),
                        ],
                        max_length=15,
                    ),
                ),
                ("device", models.CharField(blank=True, help_text="in words, see browsers.in_words", max_length=40)),
                ("address", models.GenericIPAddressField(help_text="from where; null: not known", null=True)),
                ("by_another", models.BooleanField(default=False, help_text="by an administrator, not by the person")),
                (
                    "former",
                    models.TextField(blank=True, help_text="mail address until then, sealed; emptied once it was told"),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[("noted", "Noted"), ("mailed", "Mailed"), ("failed", "Failed")],
                        default="noted",
                        max_length=6,
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
                "verbose_name": "Sign-in change",
                "default_permissions": (),
                "indexes": [models.Index(fields=["user", "-at"], name="changes_of_account")],
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "mark_sha256",
                    models.CharField(help_text="of the cookie's random mark; the mark is kept nowhere", max_length=64),
                ),
                ("label", models.CharField(blank=True, help_text="what the browser calls itself", max_length=120)),
                ("address", models.GenericIPAddressField(help_text="from where it was first used", null=True)),
                ("first_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[("known", "Known"), ("forgotten", "Removed")], default="known", max_length=9
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
                "verbose_name": "Device",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "mark_sha256"), name="one_device_per_person_and_mark")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="directory",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_force")), fields=("party",), name="one_directory_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="directory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["proposed", "withdrawn"]), ("valid_from", None)),
                    ("valid_from__isnull", False),
                    _connector="OR",
                ),
                name="directory_in_force_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="directorylink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "live")),
                fields=("directory", "subject_mark"),
                name="one_person_per_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="directorylink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "live")), fields=("user",), name="one_directory_link_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="signinrule",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to", None)), fields=("party",), name="one_sign_in_rule_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="signinrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("idle_minutes__gte", 5),
                    ("idle_minutes__lte", 30),
                    ("session_minutes__gte", 15),
                    ("session_minutes__lte", 720),
                ),
                name="sign_in_rule_only_narrows",
            ),
        ),
    ]
