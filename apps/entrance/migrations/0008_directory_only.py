from django.db import migrations, models

import apps.access.operations


class Migration(migrations.Migration):
    dependencies = [
        ("entrance", "0007_links_end_with_their_directory"),
    ]

    operations = [
        apps.access.operations.ChangeModels(
            operations=[
                migrations.AddField(
                    model_name="signinrule",
                    name="directory_only",
                    field=models.BooleanField(
                        default=False,
                        help_text="who is linked to the party's directory signs in by it alone; administrators by passkey too",
                    ),
                ),
            ]
        ),
    ]
