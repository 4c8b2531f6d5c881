from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_answer_names_its_record"),
    ]

    operations = [
        migrations.CreateModel(
            name="GrantPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_type", models.CharField(max_length=60)),
                ("object_id", models.UUIDField()),
                ("group_id", models.IntegerField()),
                ("permission_id", models.IntegerField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("by_seat_id", models.BigIntegerField(null=True)),
                ("basis", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["object_type", "object_id"], name="past_grants_of_record")],
            },
        ),
    ]
