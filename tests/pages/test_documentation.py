"""The documentation in the portal: every page can be read by who is signed in, and every link in it leads somewhere."""

import re
from typing import Any

import pytest
from django.urls import Resolver404, resolve

from apps.access.refusal import Refused
from caricom_portal.documentation import address_of, names, page_of

HREF = re.compile(r'href="([^"]+)"')
ID = re.compile(r' id="([^"]+)"')


def leads_nowhere(page: str) -> list[str]:
    """Links of a page to an address or an anchor that is not there."""
    found = []
    for href in HREF.findall(page_of(page).html):
        path, _, anchor = href.partition("#")
        if path.startswith(("http", "mailto:")):
            continue
        other = page
        if path:
            try:
                match = resolve(path)
            except Resolver404:
                found.append(href)
                continue
            other = match.kwargs.get("page", "index") if match.url_name in {"docs", "docs_page"} else ""
        if other and (other not in names() or (anchor and anchor not in ID.findall(page_of(other).html))):
            found.append(href)
    return found


@pytest.mark.parametrize("page", sorted(names()))
def test_every_link_of_every_page_leads_somewhere(page: str) -> None:
    assert leads_nowhere(page) == []
    assert page_of(page).title
    assert "<script" not in page_of(page).html
    assert "style=" not in page_of(page).html


def test_a_page_is_shown_with_its_sections_to_whoever_is_signed_in(client_for: Any, client: Any) -> None:
    answer = client_for("7t.carrier.agent").get(address_of("how-to/operators"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("<h1") == 1
    assert 'id="lanes-of-work"' in text
    assert 'href="#lanes-of-work"' in text
    assert client.get(address_of("how-to/operators")).status_code == 302
    assert client_for("jam.border.officer").get("/docs/").status_code == 200


@pytest.mark.parametrize(
    "name", ["nothing", "../README", "how-to", "reference/api/common.yaml", "/etc/passwd", "../docs/index"]
)
def test_what_is_no_page_is_not_found(client_for: Any, name: str) -> None:
    with pytest.raises(Refused):
        page_of(name)
    assert client_for("jam.border.officer").get(f"/docs/{name}/").status_code == 404
