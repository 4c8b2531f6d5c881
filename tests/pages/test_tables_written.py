"""Tables and what every form posts along are printed by the kit; tables still written by hand are listed."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LISTED = Path(__file__).with_name("tables_written.txt")


def written() -> set[str]:
    """Templates outside the kit that hold a table."""
    return {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if path.relative_to(TEMPLATES).parts[0] != "components" and re.search(r"<table|<th[ >]", path.read_text())
    }


def test_no_template_outside_the_kit_writes_a_table_anew() -> None:
    known = set(LISTED.read_text().split())
    assert written() - known == set(), "declare it: docs/how-to/a-list.md"
    assert known - written() == set(), "these write none any more: take them off the list"


def test_no_template_outside_the_kit_writes_what_every_form_posts_along() -> None:
    written = [path for path in TEMPLATES.rglob("*.html") if re.search(r'name="_seat"', path.read_text())]
    found = {path.relative_to(TEMPLATES).parts[0] for path in written}
    assert found == {"components"}, "write {% seat %}: the token, and the appointment that the form was shown to"
