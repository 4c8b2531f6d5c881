"""Everybody at a desk walks the demonstration: no page that they come to speaks in words of the machine.

One page of each address is opened for each desk, by following the links of those that were opened before.
"""

import html
import re
from collections import deque
from typing import Any

import pytest
from django.urls import Resolver404, resolve

from tests import machine_words
from tests.pages.test_places import PERSON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
LINK = re.compile(r'href="(/[^"#]*)')
ENOUGH = 12
"""Pages that even a desk with little work comes to."""
LEFT_OUT = ("docs", "api", "account_", "mfa_", "usersessions_")
"""Beginnings of names of addresses: what programs read, what is written for who builds, the sign-in package's own."""


def kind_of(url: str) -> str:
    """The name of a page's address, with the tab or box that is asked for; "" for none of ours."""
    path, _, query = url.partition("?")
    try:
        name = resolve(path).view_name
    except Resolver404:
        return ""
    asked = re.findall(r"(?:tab|box|show)=[\w-]+", query)
    return "" if not name or name.startswith(LEFT_OUT) else " ".join([name, *asked])


@pytest.mark.parametrize("desk", PERSON)
def test_no_page_that_a_desk_comes_to_speaks_in_words_of_the_machine(desk: str, client_for: Any, settings: Any) -> None:
    settings.DEMO = True
    browser = client_for(PERSON[desk])
    known, waiting, found = set(), deque(["/people/desk/"]), []
    while waiting:
        url = waiting.popleft()
        answer = browser.get(url)
        if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        found += [f"{url}: {fault}" for fault in machine_words.faults(answer)]
        for link in map(html.unescape, LINK.findall(answer.content.decode())):
            kind = kind_of(link)
            if kind and kind not in known:
                known.add(kind)
                waiting.append(link)
    assert len(known) >= ENOUGH
    assert found == []
