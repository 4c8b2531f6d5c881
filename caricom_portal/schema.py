"""The tables, rights, functions and triggers of a database as text that can be compared line by line."""

import re
import subprocess
import tempfile

from caricom_portal.services.backups import said_nothing_bad, start_program

BETWEEN = re.compile(r";\n(?=\n)")
TABLE = re.compile(r"(CREATE TABLE \S+ \(\n)(.*)(\n\).*)", re.DOTALL)
# the key that psql wants to see again at the end is another one in each dump
NOISE = re.compile(r"^(--.*|\\(un)?restrict .*|\s*)\n", re.MULTILINE)


def described(owner_url: str) -> str:
    """What `pg_dump --schema-only` says of a database, in an order that does not follow from how it was made."""
    with tempfile.TemporaryFile() as dump:
        with start_program(owner_url, "pg_dump", "--schema-only", stdout=dump, stderr=subprocess.PIPE) as process:
            said_nothing_bad(process)
        dump.seek(0)
        return in_order(dump.read().decode())


def in_order(dump: str) -> str:
    """The statements of a dump sorted, and the columns of each table, which stand in the order of their making."""
    statements = (NOISE.sub("", part + "\n").strip() for part in BETWEEN.split(dump))
    return "\n\n".join(sorted(_columns_in_order(one) for one in statements if one)) + "\n"


def _columns_in_order(statement: str) -> str:
    found = TABLE.fullmatch(statement)
    if not found:
        return statement
    columns = sorted(line.rstrip(",") for line in found[2].split("\n"))
    return found[1] + ",\n".join(columns) + found[3]
