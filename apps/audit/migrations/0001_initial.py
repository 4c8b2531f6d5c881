from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stream",
                    models.CharField(
                        help_text="chain: the party that owns the record, else the actor's party", max_length=8
                    ),
                ),
                ("seq", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(null=True)),
                ("request_id", models.CharField(blank=True, max_length=40)),
                ("user_id", models.BigIntegerField()),
                ("person", models.CharField(help_text="user name; a token's service seat has its own", max_length=150)),
                ("seat_id", models.BigIntegerField()),
                ("role", models.CharField(max_length=30)),
                ("desk_id", models.BigIntegerField()),
                ("desk", models.CharField(help_text="PARTY.function", max_length=40)),
                ("party", models.CharField(max_length=8)),
                ("via", models.CharField(help_text="web, api, task or command", max_length=10)),
                ("address", models.GenericIPAddressField(null=True)),
                ("verb", models.CharField(max_length=60)),
                ("object_type", models.CharField(max_length=60)),
                ("object_id", models.CharField(blank=True, max_length=40)),
                ("owner_party", models.CharField(blank=True, max_length=8)),
                ("owner_desk_id", models.BigIntegerField(null=True)),
                ("level", models.PositiveSmallIntegerField(default=0)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "Done"), ("refused", "Refused"), ("read", "Read")], max_length=8
                    ),
                ),
                ("reason", models.CharField(blank=True, help_text="code of the refusal or of the act", max_length=60)),
                ("before", models.CharField(blank=True, max_length=20)),
                ("after", models.CharField(blank=True, max_length=20)),
                (
                    "changed",
                    models.JSONField(default=list, help_text="names of the fields changed; never their values"),
                ),
                ("detail", models.JSONField(default=dict, help_text="ids and counts; never names or texts")),
                ("prev", models.BinaryField(null=True)),
                ("hash", models.BinaryField(null=True)),
            ],
            options={
                "verbose_name": "Audit trail",
                "db_table": "audit_record",
                "managed": False,
                "default_permissions": (),
            },
        ),
    ]
