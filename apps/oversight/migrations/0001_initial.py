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
            name="ChainWalk",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("day", models.DateField(help_text="UTC", unique=True)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("entries", models.PositiveBigIntegerField(help_text="seals that were computed")),
                ("marks", models.JSONField(help_text="{chain: last number that was walked once}")),
                (
                    "resume",
                    models.JSONField(
                        help_text="[chain, number]: where the next day goes on with what was walked before", null=True
                    ),
                ),
                (
                    "round_began_at",
                    models.DateTimeField(help_text="every entry of then was walked since, once `whole` is true"),
                ),
                ("whole", models.BooleanField(help_text="the round over all chains is finished")),
                (
                    "breaks",
                    models.JSONField(default=list, help_text="[[chain, number, reason], …], the first of each chain"),
                ),
                ("state", models.CharField(choices=[("made", "Made")], default="made", max_length=4)),
            ],
            options={
                "verbose_name": "Audit seal check",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("day", models.DateField(help_text="UTC", unique=True)),
                ("made_at", models.DateTimeField()),
                ("before", models.CharField(blank=True, help_text="root of the anchor before this one", max_length=52)),
                ("root", models.CharField(help_text="Merkle root, base32; see apps.audit.anchors", max_length=52)),
                (
                    "heads",
                    models.JSONField(help_text="[[chain, number, seal in hexadecimal], …] in the order of the tree"),
                ),
                ("key", models.CharField(help_text="public key of the signature, base64", max_length=44)),
                ("signature", models.CharField(help_text="Ed25519, base64", max_length=88)),
                (
                    "faults",
                    models.JSONField(
                        default=list,
                        help_text="[[day of an earlier anchor, chain, number], …] that no longer fitted when this was made",
                    ),
                ),
                ("state", models.CharField(choices=[("made", "Made")], default="made", max_length=4)),
            ],
            options={
                "verbose_name": "Audit anchor",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("root", ""), _negated=True), name="anchor_has_a_root")
                ],
            },
        ),
        migrations.CreateModel(
            name="AnomalyRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(help_text="of apps.oversight.queries.anomalies", max_length=30)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("label", models.CharField(max_length=80)),
                ("says", models.CharField(help_text="the rule in words", max_length=300)),
                ("least", models.PositiveIntegerField(help_text="fewer are never a finding")),
                (
                    "factor",
                    models.DecimalField(
                        decimal_places=2, help_text="times one's own usual number", max_digits=5, null=True
                    ),
                ),
                (
                    "from_hour",
                    models.PositiveSmallIntegerField(help_text="of the night, at the person's place", null=True),
                ),
                ("to_hour", models.PositiveSmallIntegerField(null=True)),
                (
                    "usual",
                    models.PositiveSmallIntegerField(
                        help_text="earlier nights after which a night is one's work", null=True
                    ),
                ),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="one_anomaly_rule_per_code_and_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.CharField(max_length=30, unique=True)),
                ("user_id", models.BigIntegerField(help_text="the person; 0: nobody knows who tried")),
                (
                    "person",
                    models.CharField(
                        blank=True, help_text="user name, of the person or of the account tried", max_length=150
                    ),
                ),
                ("desk", models.CharField(blank=True, max_length=40)),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
                ("usual", models.DecimalField(decimal_places=1, help_text="one's own median", max_digits=8, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("assessed", "Assessed"),
                            ("explained", "Explained"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("warned", "The person was warned"),
                            ("trained", "The person was trained"),
                            ("removed", "Appointments or keys were removed"),
                            ("discipline", "Disciplinary or criminal proceedings"),
                            ("no_fault", "No fault found"),
                        ],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by_seat_id", models.BigIntegerField(null=True)),
                (
                    "party",
                    models.ForeignKey(
                        help_text="whose person or account",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="oversight.anomalyrule"
                    ),
                ),
            ],
            options={
                "verbose_name": "Oversight case",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.CharField(max_length=150)),
                ("desk", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("assessed", "Assessed"),
                            ("explained", "Explained"),
                            ("closed", "Closed"),
                        ],
                        max_length=9,
                    ),
                ),
                ("note", models.TextField(max_length=2000)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="oversight.case"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EmergencyOpening",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("entries", models.PositiveIntegerField(help_text="of the audit when it was told: openings and acts")),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("state", models.CharField(choices=[("told", "Notified")], default="told", max_length=4)),
                (
                    "party",
                    models.ForeignKey(
                        help_text="whose records",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "use",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.emergencyuse"
                    ),
                ),
            ],
            options={
                "verbose_name": "Records opened under emergency access",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Leaver",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("leaves_on", models.DateField()),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(choices=[("noted", "Noted"), ("ended", "Ended")], default="noted", max_length=5),
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
            ],
            options={
                "verbose_name": "Leaver notice",
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["party", "-id"], name="cases_of_party"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                fields=("rule", "user_id", "person", "begins"), name="one_case_per_finding"
            ),
        ),
        migrations.AddIndex(
            model_name="casestep",
            index=models.Index(fields=["case", "id"], name="steps_of_case"),
        ),
        migrations.AddConstraint(
            model_name="emergencyopening",
            constraint=models.UniqueConstraint(fields=("use", "party"), name="each_owner_told_once_of_an_emergency"),
        ),
        migrations.AddConstraint(
            model_name="leaver",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "noted")), fields=("user",), name="one_notice_of_leaving_at_a_time"
            ),
        ),
    ]
