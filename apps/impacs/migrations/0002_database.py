"""What a State reported, said and paid stays as it was: PostgreSQL refuses the change, whoever asks."""

from django.db import migrations

TABLES = ("report", "taskcomment", "commitment", "expenditure", "turn", "nationalnote")
DENY = "\n".join(
    f"CREATE TRIGGER never_edited BEFORE UPDATE OR DELETE ON impacs_{table}"
    " FOR EACH ROW EXECUTE FUNCTION council_never_edited();"
    for table in TABLES
)
UNDO = "\n".join(f"DROP TRIGGER never_edited ON impacs_{table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("impacs", "0001_initial"),
        ("council", "0002_database"),
    ]
    operations = [migrations.RunSQL(DENY, UNDO)]
