from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_giving_access"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="of mails; as last chosen on a page, empty: never",
                max_length=5,
            ),
        ),
    ]
