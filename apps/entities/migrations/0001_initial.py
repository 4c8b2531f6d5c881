import datetime
import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import apps.access.ids
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
            name="Entity",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("type", models.CharField(max_length=40)),
                ("state", models.CharField(choices=[("live", "Live")], default="live", max_length=10)),
                (
                    "party",
                    models.ForeignKey(
                        help_text="that began it; never shown",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "Entity",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("type", models.CharField(max_length=40)),
                (
                    "from_entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entities.entity"
                    ),
                ),
                (
                    "to_entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entities.entity"
                    ),
                ),
            ],
            options={
                "verbose_name": "Pair of linked entities",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="LinkEvidence",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("thread", models.UUIDField(help_text="the report, whichever its version")),
                ("pid", models.UUIDField(help_text="the paragraph, over the versions")),
                ("words", models.CharField(help_text="SHA-256 of the paragraph's text", max_length=64)),
                ("by_seat_id", models.BigIntegerField()),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("reason", models.CharField(blank=True, help_text="why it was withdrawn", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "Current"), ("withdrawn", "Withdrawn")], default="current", max_length=10
                    ),
                ),
                ("from_on", models.DateField(null=True)),
                ("to_on", models.DateField(null=True)),
                (
                    "desk",
                    models.ForeignKey(
                        help_text="that recorded it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        help_text="the one desk that sees it; none: all",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entities.link"
                    ),
                ),
                (
                    "originator",
                    models.ForeignKey(
                        help_text="of the report",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        help_text="that recorded it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "report_desk",
                    models.ForeignKey(
                        help_text="that wrote the report",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "Link between entities",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Listed",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("state", models.CharField(default="kept", max_length=10)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entities.entity"
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="screening.entry"
                    ),
                ),
            ],
            options={
                "verbose_name": "Entity on a watchlist",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MatchPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "policy",
                    models.CharField(
                        choices=[
                            (
                                "never",
                                "No one learns that we hold an identifier. RIFC cannot put us in touch with others.",
                            ),
                            (
                                "rifc_only",
                                "Only the RIFC watch learns that we and another party hold the same identifier.",
                            ),
                            (
                                "mutual",
                                "The RIFC watch learns it. If the other party has chosen this too, both points of contact learn that another party holds it. Only RIFC says which party.",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(help_text="first day on which it no longer holds", null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("state", models.CharField(choices=[("kept", "kept")], default="kept", max_length=4)),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "verbose_name": "Rule for identifiers held twice",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("thread", models.UUIDField(help_text="the report, whichever its version")),
                ("pid", models.UUIDField(help_text="the paragraph, over the versions")),
                ("words", models.CharField(help_text="SHA-256 of the paragraph's text", max_length=64)),
                ("by_seat_id", models.BigIntegerField()),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("reason", models.CharField(blank=True, help_text="why it was withdrawn", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "Current"), ("withdrawn", "Withdrawn")], default="current", max_length=10
                    ),
                ),
                ("at", models.DateTimeField(null=True)),
                ("precision", models.CharField(max_length=10)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("uncertainty_m", models.PositiveIntegerField(default=0)),
                ("count", models.PositiveSmallIntegerField(default=1)),
                (
                    "desk",
                    models.ForeignKey(
                        help_text="that recorded it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entities.entity"
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        help_text="the one desk that sees it; none: all",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
                (
                    "originator",
                    models.ForeignKey(
                        help_text="of the report",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        help_text="that recorded it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "report_desk",
                    models.ForeignKey(
                        help_text="that wrote the report",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "Sighting of an entity",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SilentHit",
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
                    "parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), help_text="in the order of their codes", size=2
                    ),
                ),
                ("field", models.CharField(help_text="the kind of identifier", max_length=40)),
                ("mark", models.CharField(help_text="keyed hash of the identifier; never shown", max_length=64)),
                (
                    "mutual",
                    models.BooleanField(help_text="both parties' points of contact are told that there is another"),
                ),
                ("note", models.CharField(blank=True, help_text="of RIFC's watch, for itself", max_length=300)),
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
                "verbose_name": "Identifier held by two parties",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="SilentHitDeskGrant",
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="entities.silenthit"),
                ),
                ("group", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.group")),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Twin",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), help_text="that keep one of the two"
                    ),
                ),
                (
                    "waiting",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        default=list,
                        help_text="parties that have not confirmed yet",
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("confirmed", "Duplicate"),
                            ("refused", "Not a duplicate"),
                            ("undone", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entities.entity"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entities.entity"
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
            ],
            options={
                "verbose_name": "Two entities held to be one",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Assertion",
            fields=[
                (
                    "id",
                    models.UUIDField(default=apps.access.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("thread", models.UUIDField(help_text="the report, whichever its version")),
                ("pid", models.UUIDField(help_text="the paragraph, over the versions")),
                ("words", models.CharField(help_text="SHA-256 of the paragraph's text", max_length=64)),
                ("by_seat_id", models.BigIntegerField()),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("reason", models.CharField(blank=True, help_text="why it was withdrawn", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "Current"), ("withdrawn", "Withdrawn")], default="current", max_length=10
                    ),
                ),
                ("field", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=500)),
                ("normal", models.CharField(help_text="the value in its one form", max_length=500)),
                (
                    "mark",
                    models.CharField(
                        blank=True, help_text="keyed hash of an identifier that is compared", max_length=64
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, help_text="search keys of a name"
                    ),
                ),
                ("from_on", models.DateField(null=True)),
                ("to_on", models.DateField(null=True)),
                (
                    "desk",
                    models.ForeignKey(
                        help_text="that recorded it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        help_text="the one desk that sees it; none: all",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
                    ),
                ),
                (
                    "originator",
                    models.ForeignKey(
                        help_text="of the report",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        help_text="that recorded it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "report_desk",
                    models.ForeignKey(
                        help_text="that wrote the report",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.desk",
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
                "verbose_name": "Fact about an entity",
                "default_permissions": (),
                "indexes": [
                    models.Index(models.F("entity"), models.F("field"), name="facts_of_entity"),
                    models.Index(models.F("thread"), models.F("pid"), name="facts_of_paragraph"),
                    models.Index(models.F("normal"), name="facts_by_value"),
                    models.Index(
                        models.F("mark"), condition=models.Q(("mark", ""), _negated=True), name="facts_by_mark"
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="facts_by_key"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.SearchVector("value", config="simple"), name="facts_by_words"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(models.F("to_entity"), name="links_to"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=("from_entity", "to_entity", "type"), name="one_link_of_a_type"),
        ),
        migrations.AddIndex(
            model_name="linkevidence",
            index=models.Index(models.F("link"), name="evidence_of_link"),
        ),
        migrations.AddIndex(
            model_name="linkevidence",
            index=models.Index(models.F("thread"), models.F("pid"), name="links_of_paragraph"),
        ),
        migrations.AddIndex(
            model_name="listed",
            index=models.Index(models.F("entity"), name="entries_of_entity"),
        ),
        migrations.AddConstraint(
            model_name="matchpolicy",
            constraint=models.UniqueConstraint(fields=("party", "valid_from"), name="one_match_policy_per_day"),
        ),
        migrations.AddIndex(
            model_name="sighting",
            index=models.Index(models.F("entity"), name="sightings_of_entity"),
        ),
        migrations.AddIndex(
            model_name="sighting",
            index=models.Index(models.F("thread"), models.F("pid"), name="sightings_of_paragraph"),
        ),
        migrations.AddConstraint(
            model_name="silenthit",
            constraint=models.UniqueConstraint(fields=("mark", "parties"), name="one_silent_hit_per_pair"),
        ),
        migrations.AlterUniqueTogether(
            name="silenthitdeskgrant",
            unique_together={("group", "permission", "content_object")},
        ),
        migrations.AddIndex(
            model_name="twin",
            index=models.Index(models.F("other"), name="twins_of_other"),
        ),
        migrations.AddConstraint(
            model_name="twin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "confirmed"])),
                fields=("one", "other"),
                name="one_open_word_on_two",
            ),
        ),
    ]
