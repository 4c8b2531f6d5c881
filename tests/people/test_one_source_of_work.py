"""A thing that is to be done is the same everywhere: words, clock and urgency on My work, in its list, on its page."""

import datetime
import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from apps.access import urgency
from apps.jrcc.models import Hit, HitReferral
from apps.people.models import Seat
from apps.people.queries import actor_at, my_work
from apps.people.queries.work import WorkRow, waiting_for
from tests.people.test_desk_seats import main_of, seats_of_each_kind, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
DESK = reverse("people:desk")
LISTS = {
    ("jrcc.hits", "border"): ["jrcc:border", "jrcc:hits"],
    ("jrcc.hits", "watch"): ["jrcc:floor", "jrcc:wall", "jrcc:hits"],
    ("impacs.obligations", "ministry"): ["impacs:obligations"],
    ("impacs.tasks", "secretariat"): ["impacs:task_list"],
    ("exchange.asked", "contact"): ["exchange:requests"],
    ("protection.subjects", "administration"): ["protection:requests"],
}
"""Pages that list things of a kind for a function, besides My work."""


def said(page: str) -> str:
    """A page in words."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def overdue_things() -> Iterator[tuple[Any, Client, Any, WorkRow]]:
    """Everything that is overdue, for two seats of each kind: hits are five hours old."""
    now = timezone.now()
    then = now - datetime.timedelta(hours=5)
    HitReferral.objects.filter(acknowledged_at=None).update(at=then)
    Hit.objects.filter(state__in=Hit.OPEN).update(stands_since=then)
    for seat in seats_of_each_kind():
        actor = actor_at(seat)
        rows = [row for row in waiting_for(actor) if urgency.is_overdue(row.due, now)]
        browser = signed_in(seat) if rows else None
        for row in rows:
            yield seat, browser, actor, row


def clocks_of(page: str, row: WorkRow) -> set[str]:
    """How late a thing is in the rows of a list that lead to it; of a hit, that name it."""
    hit = re.search(r"H-\d{4}-\d+", row.code)
    key = row.url.strip("/").rpartition("/")[2]
    marks = (f">{hit[0]}<", f"hit={key}&", f"/{key}/") if hit else (f'"{row.url}',)
    told = (said(part) for part in re.split(r"<(?:li|tr|article)\b", page) if any(mark in part for mark in marks))
    return {one for words in told for one in re.findall(r"\d+ (?:min|h|days?) late", words)}


def test_what_is_overdue_is_so_in_the_same_words_on_my_work_in_its_list_and_on_its_page(
    cast: Any, stop_clock: Any
) -> None:
    stop_clock()
    seen: dict[str, int] = {}
    wrong = []
    desks: dict[Any, str] = {}
    for seat, browser, actor, row in overdue_things():
        desk = desks.setdefault(seat.pk, browser.get(DESK).content.decode())
        told = urgency.due(row.due)
        if told not in clocks_of(desk, row):
            wrong.append((seat.user.username, DESK, row.title, told))
        page = main_of(browser.get(row.page))
        if not page:
            continue
        need = re.search(r'<div class="need bad" data-key="([^"]+)">(.*?)</div>\s*</div>', page, re.DOTALL)
        if need is None or told not in said(need[2]):
            first = next(one for one in waiting_for(actor) if one.page == row.page) if need else None
            if first is None or first.key == row.key:
                wrong.append((seat.user.username, row.page, row.title, told))
        for name in LISTS.get((row.of, seat.desk.function_id), ()):
            there = clocks_of(browser.get(reverse(name)).content.decode(), row)
            seen[name] = seen.get(name, 0) + bool(there)
            if there and told not in there:
                wrong.append((seat.user.username, reverse(name), row.title, told, there))
    assert wrong == []
    assert {"jrcc:border", "jrcc:floor", "jrcc:hits", "impacs:obligations"} <= {name for name, n in seen.items() if n}


def test_numbers_are_gold_where_something_is_overdue_or_due_today(cast: Any) -> None:
    met = set()
    for seat in seats_of_each_kind():
        actor, now = actor_at(seat), timezone.now()
        rows = waiting_for(actor)
        hot = any(urgency.urgency_of(row.due, now, actor.time_zone) in urgency.PRESSING for row in rows)
        page = signed_in(seat).get(reverse("notices:inbox")).content.decode()
        rail = page.partition('<nav class="rail"')[2].partition("</nav>")[0]
        found = re.search(rf'href="{DESK}".*?<span class="n( hot)?">|href="{DESK}"', rail, re.DOTALL)
        assert found, seat.user.username
        told = re.search(rf'href="{DESK}"[^>]*>.*?</a>', rail, re.DOTALL)
        assert told
        assert ("n hot" in told[0]) == hot, seat.user.username
        met.add(hot)
    assert met == {True, False}


def test_every_thing_has_a_name_of_its_own_that_does_not_change(cast: Any) -> None:
    twice = []
    for seat in seats_of_each_kind():
        actor = actor_at(seat)
        keys = [row.key for row in waiting_for(actor)]
        twice += [(seat.user.username, key) for key in set(keys) if keys.count(key) > 1]
        with override("fr"):
            assert sorted(keys) == sorted(row.key for row in waiting_for(actor))
    assert twice == []


def test_what_is_done_together_is_one_row_and_its_page_leads_to_all_of_it(cast: Any) -> None:
    kinds, idle = set(), []
    for seat in seats_of_each_kind():
        actor = actor_at(seat)
        browser = signed_in(seat)
        groups = my_work.grouped(waiting_for(actor), "due", timezone.now(), actor.time_zone)
        bundles = [one for group in groups for one in group.bundles if one.together]
        page = browser.get(DESK).content.decode()
        assert page.count('<details class="wg">') == len(bundles), seat.user.username
        for bundle in bundles:
            together = bundle.together
            assert together is not None
            answer = browser.get(together.url)
            assert answer.status_code == 200, together
            main = main_of(answer)
            kinds.add(bundle.first.of)
            missing = [row for row in bundle.rows if row.page not in main and answer.request["PATH_INFO"] != row.page]
            idle += [(seat.user.username, together.url, row.title) for row in missing]
    assert idle == []
    assert {"impacs", "council", "jrcc"} <= {kind.partition(".")[0] for kind in kinds}


def test_a_page_that_asks_nothing_of_the_seat_has_no_need(cast: Any) -> None:
    seat = Seat.objects.current().filter(desk__function="platform").exclude(kind="service").first()
    page = main_of(signed_in(seat).get(reverse("notices:settings")))
    assert page
    assert "data-key" not in page
