"""What a seat may do with a record: one filled button, the rest beside it, what is dangerous in the menu, once."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string

OFFERS: list[dict[str, Any]] = [
    {"verb": "report", "label": "Report progress", "allowed": True, "url": "/report/", "asks": True, "danger": False},
    {"verb": "claim", "label": "Claim", "allowed": True, "url": "/claim/", "asks": False, "danger": False},
    {"verb": "withdraw", "label": "Withdraw", "allowed": True, "url": "/withdraw/", "asks": True, "danger": True},
    {"verb": "close", "label": "Close", "allowed": False, "why_not": "Closed.", "url": "/close/", "danger": True},
]


@pytest.mark.parametrize("more", [{}, {"primary": "report"}])
def test_what_is_dangerous_is_in_the_menu_alone(rf: Any, more: dict[str, str]) -> None:
    request = rf.get("/")
    request.actor = None
    page = render_to_string("components/actions.html", {"offers": OFFERS, "request": request, **more})
    outside, menu = page.split("<details")
    assert "/withdraw/" not in outside
    assert menu.count('href="/withdraw/"') == 1
    assert "/report/" not in menu
    assert 'action="/claim/"' in outside
    assert "Closed." in outside
    assert page.count("btn-p") == len(more)


def test_there_is_no_menu_for_nothing(rf: Any) -> None:
    request = rf.get("/")
    request.actor = None
    assert "<details" not in render_to_string("components/actions.html", {"offers": OFFERS[:2], "request": request})


def test_the_primary_act_is_a_button_even_if_it_is_dangerous(rf: Any) -> None:
    request = rf.get("/")
    request.actor = None
    page = render_to_string(
        "components/actions.html", {"offers": OFFERS[2:3], "request": request, "primary": "withdraw"}
    )
    assert re.search(r'class="btn btn-p"\s+href="/withdraw/"', page)
    assert "<details" not in page
