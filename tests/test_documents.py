"""What a machine can print is printed: drawn pages and the API's description equal the committed ones."""

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command

from caricom_portal import drawings

PROJECT = Path(__file__).resolve().parent.parent
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])


def test_the_drawn_states_are_those_of_the_declared_actions():
    assert (PROJECT / "docs" / "states.md").read_text() == drawings.states()


def test_the_committed_description_of_the_api_is_the_present_one(tmp_path):
    """An unreviewed change of the API fails here; `make schema` writes the file again."""
    made = tmp_path / "openapi.yaml"
    call_command("spectacular", "--file", str(made), "--validate", "--fail-on-warn")
    assert yaml.safe_load(made.read_text()) == yaml.safe_load((PROJECT / "docs" / "openapi.yaml").read_text())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_in_the_documents_exist(page):
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text())
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert missing == []
