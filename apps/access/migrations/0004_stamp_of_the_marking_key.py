"""By what it is known that marks are still made under the key of before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0003_wall")]
    operations = [
        migrations.CreateModel(
            name="KeyStamp",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("mark", models.CharField(help_text="of the name, under the key", max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={"default_permissions": ()},
        ),
    ]
