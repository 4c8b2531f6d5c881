"""The watch floor at work: what is new is marked, `n` leads on, letters lead to acts, and the wall names nobody."""

import datetime
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.jrcc.actions import hits as hits_actions
from apps.jrcc.models import Hit
from tests.jrcc.pages_world import listed, message, sent

pytestmark = pytest.mark.django_db
FLOOR, QUEUE, WALL = reverse("jrcc:floor"), reverse("jrcc:floor_queue"), reverse("jrcc:wall")
WATCH = "jrcc.watch.officer"


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def three_hits(cast: Any, drain: Any) -> list[Hit]:
    listed(cast, drain)
    for number in (1, 2, 3):
        sent(cast, drain, message(2, number=100 + number, hours=4 + number))
    return list(Hit.objects.order_by("due_at"))


def next_one(page: str) -> str:
    found = re.search(r'data-key="n" href="[^"]*hit=([0-9a-f-]{36})', page)
    return found.group(1) if found else ""


def test_next_goes_round_the_hits_that_wait_for_this_officer(cast: Any, drain: Any, client_for: Any) -> None:
    first, second, third = three_hits(cast, drain)
    hits_actions.claim_hit(cast["jrcc.watch.supervisor"], second)  # a colleague's work is not mine
    client = client_for(WATCH)
    assert next_one(text(client.get(FLOOR))) == str(first.pk)
    assert next_one(text(client.get(f"{FLOOR}?hit={first.pk}"))) == str(third.pk)
    assert next_one(text(client.get(f"{FLOOR}?hit={third.pk}"))) == str(first.pk)
    hits_actions.dismiss_hit(cast[WATCH], first, reason="name_only")
    assert next_one(text(client.get(f"{FLOOR}?hit={third.pk}"))) == ""  # one's own dismissal waits for another
    assert next_one(text(client_for("jrcc.watch.supervisor").get(f"{FLOOR}?hit={third.pk}"))) == str(first.pk)


def test_what_was_raised_since_the_page_was_loaded_is_counted_and_marked(
    cast: Any, drain: Any, client_for: Any
) -> None:
    three_hits(cast, drain)
    client, before = client_for(WATCH), timezone.now() - datetime.timedelta(minutes=5)
    assert "new hit" not in text(client.get(FLOOR))
    page = text(client.get(f"{QUEUE}?seen={quote(before.isoformat())}"))
    assert "3 new hits" in page
    assert page.count('class="hit since"') == 3
    for wrong in ("yesterday", "2009-13-45T99:99", "2009-11-26T10:00:00"):
        assert "new hit" not in text(client.get(f"{QUEUE}?seen={quote(wrong)}"))


def test_letters_and_numbers_lead_to_the_acts(cast: Any, drain: Any, client_for: Any) -> None:
    hit = three_hits(cast, drain)[0]
    page = text(client_for(WATCH).get(f"{FLOOR}?hit={hit.pk}"))
    assert {"1 c", "2 r", "3 d"} <= set(re.findall(r'data-key="([^"]+)"', page))
    hits_actions.refer_hit(cast[WATCH], hit, to=["JAM"])
    page = text(client_for("jam.border.head").get(f"{FLOOR}?hit={hit.pk}"))
    assert {"1 a", "2 o"} <= set(re.findall(r'data-key="([^"]+)"', page))


def test_the_wall_names_hits_and_flights_and_nobody(cast: Any, drain: Any, client_for: Any) -> None:
    hits = three_hits(cast, drain)
    Hit.objects.filter(pk=hits[1].pk).update(stands_since=timezone.now() - datetime.timedelta(hours=1))
    page = text(client_for(WATCH).get(WALL))
    # what lands first stands first, and what is overdue is red in its place
    assert re.findall(r'<th [^>]*scope="row"[^>]*>(H-[^<]+)', page) == [hit.reference for hit in hits]
    assert re.findall(r'class="late">\s*<th [^>]*scope="row"[^>]*>(H-[^<]+)', page) == [hits[1].reference]
    assert all(hit.reference in page for hit in hits)
    assert "<b>1</b><span>overdue</span>" in page
    for absent in ('class="rail"', 'class="top"', 'class="find"', "<form"):  # nothing to press but the sound
        assert absent not in page.partition("<main")[0] + page.partition("<main")[2].partition("</main>")[0]
    assert 'data-theme="dark"' in page
    assert "LINDKVAEL" not in page
    assert "MAREK" not in page
    assert client_for("jam.border.head").get(WALL).status_code == 404
    partial = client_for(WATCH).get(WALL, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert "<html" not in text(partial)
