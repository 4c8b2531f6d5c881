"""The component page: every part of the kit in every state, in the running portal."""

import re
from pathlib import Path
from typing import Any

import pytest

from apps.pages.views import sections

pytestmark = pytest.mark.django_db
SPECIMENS = Path(__file__).resolve().parents[2] / "templates" / "components" / "kit" / "specimens"
PLATFORM = "portal.platform.head"


def test_every_specimen_is_on_the_page_under_its_heading(client_for: Any) -> None:
    page = client_for(PLATFORM).get("/kit/").content.decode()
    assert {name for name, _title in sections()} == {path.stem for path in SPECIMENS.glob("*.html")}
    for name, title in sections():
        assert re.search(rf'<h2 id="c-{name}"[^>]*>\s*{re.escape(title)}\s*</h2>', page), name


def test_parts_of_the_page_are_told_apart(client_for: Any) -> None:
    page = client_for(PLATFORM).get("/kit/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    pointed = {
        name
        for text in re.findall(r'aria-(?:describedby|labelledby|controls)="([^"]+)"', page)
        for name in text.split()
    }
    assert pointed - set(ids) == set()
    assert page.count("<h1") == 1


def test_its_list_is_a_real_one(client_for: Any) -> None:
    browser = client_for(PLATFORM)
    page = browser.get("/kit/?q=williams&sort=-ends_on").content.decode()
    assert page.index("JAM-W-0412") < page.index("JAM-W-0407")
    assert "JAM-W-0377" not in page
    assert "Two entries share this name" in page
    assert "Number" not in re.findall(r"<th[^>]*columnheader[^>]*>(.*?)</th>", page, re.DOTALL)
    wrong = browser.get("/kit/?ends=soon")
    assert wrong.status_code == 422
    assert 'value="soon"' in wrong.content.decode()
    assert "text/csv" in browser.get("/kit/?export=csv")["Content-Type"]


def test_it_is_the_platforms_alone(client_for: Any) -> None:
    assert client_for("jam.administration.administrator").get("/kit/").status_code == 404
