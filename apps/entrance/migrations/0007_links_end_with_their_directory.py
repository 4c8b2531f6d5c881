from django.db import migrations, models

import apps.access.operations

ENDED = """
    UPDATE entrance_directorylink link SET state = 'ended', ended_at = directory.valid_to
    FROM entrance_directory directory
    WHERE link.directory_id = directory.id AND link.state = 'live' AND directory.state = 'ended'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("entrance", "0006_a_link_is_told"),
    ]

    operations = [
        migrations.RunSQL(ENDED, migrations.RunSQL.noop),
        apps.access.operations.ChangeModels(
            operations=[
                migrations.AlterField(
                    model_name="accountchange",
                    name="what",
                    field=models.CharField(
                        choices=[
                            ("password", "Password changed"),
                            ("totp_added", "App for codes added"),
                            ("totp_removed", "App for codes removed"),
                            ("passkey_added", "Passkey added"),
                            ("passkey_removed", "Passkey removed"),
                            ("codes", "Recovery codes made anew"),
                            ("linked", "Linked to the directory"),
                            ("unlinked", "Link to the directory ended"),
                            ("address", "Mail address changed"),
                            ("renewed", "One-time password given by an administrator"),
                            ("code_again", "Code tried a second time"),
                        ],
                        max_length=15,
                    ),
                ),
            ]
        ),
    ]
