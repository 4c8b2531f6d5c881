"""My work for every seat of the cast over the demonstration: what it counts, it lists; what it lists, one can do."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.people.models import Seat
from apps.people.queries import actor_at
from apps.people.queries.work import WorkRow, waiting_for
from tests.reading import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
DESK = reverse("people:desk")


FOLLOWED = {"JAM", "BRB", "TTO"}


def cast_seats() -> list[Any]:
    """Every seat that a person of the cast acts in."""
    rows = Seat.objects.current().exclude(kind="service").select_related("user", "desk__party", "desk__function")
    return list(rows.order_by("pk"))


def seats_of_each_kind() -> list[Any]:
    """Of each function and role two, or the one that there is: those of the States whose people the demonstration
    follows, where they have them."""
    found: dict[tuple[str, str], list[Any]] = {}
    for seat in sorted(cast_seats(), key=lambda seat: (seat.desk.party_id not in FOLLOWED, seat.pk)):
        found.setdefault((seat.desk.function_id, seat.role), []).append(seat)
    return [seat for alike in found.values() for seat in alike[:2]]


def signed_in(seat: Any) -> Client:
    """A browser in which this person acts in this seat."""
    client = Browser(raise_request_exception=False)
    client.force_login(seat.user)
    session = client.session
    session["seat"] = seat.pk
    session.save()
    return client


def main_of(answer: Any) -> str:
    """What stands in the middle of a page: neither frame nor rail."""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    page = answer.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def rows_on(page: str) -> int:
    """Rows in the list of what waits."""
    listed = page.partition('<div class="with-aside">')[2].partition("<aside")[0]
    return len(re.findall(r'<li class="row">', listed))


def test_every_figure_is_the_number_of_rows_behind_its_link_and_the_first_row_of_each_kind_can_be_acted_on(
    cast: Any, settings: Any
) -> None:
    settings.DEMO = True
    idle, figures, walked = [], 0, 0
    for seat in seats_of_each_kind():
        browser = signed_in(seat)
        page = browser.get(DESK).content.decode()
        rows = waiting_for(actor_at(seat))
        assert rows_on(page) == len(rows), seat.user.username
        for of, count in re.findall(r'href="/people/desk/\?of=([\w.]+)"><b>(\d+)</b>', page):
            figures += 1
            assert rows_on(browser.get(f"{DESK}?of={of}").content.decode()) == int(count), (seat.user.username, of)
        counted = re.search(r'href="/people/desk/" aria-current="page".*?<span class="n[^"]*">(\d+)<', page, re.DOTALL)
        assert int(counted[1]) if counted else len(rows) == 0, seat.user.username
        for row in {row.of + row.step: row for row in reversed(rows)}.values():
            walked += 1
            if not offers_an_act(browser, actor_at(seat), row):
                idle.append((seat.user.username, row.title, row.url))
    assert idle == []
    assert figures >= 20
    assert walked >= 20


FORM = re.compile(r'<form[^>]*method="post"')
BUTTON = re.compile(r'<a class="btn[^"]*" href="(/[^"#]+)')


def offers_an_act(browser: Client, actor: Any, row: WorkRow) -> bool:
    """Whether the row's page has a form to send, or a button to one; or opening it was the act, and the row is gone."""
    answer = browser.get(row.url)
    assert answer.status_code == 200, (row.title, row.url)
    main = main_of(answer)
    if FORM.search(main):
        return True
    if any(FORM.search(main_of(browser.get(html.unescape(page)))) for page in BUTTON.findall(main)):
        return True
    return row not in waiting_for(actor)
