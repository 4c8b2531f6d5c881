"""The State's border desk: what crosses, one hit at the counter, its outcome, and the sheet."""

import datetime
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.jrcc.actions import hits
from apps.jrcc.models import Hit, HitReferral
from apps.jrcc.queries import border_desk
from apps.jrcc.views import border
from tests.jrcc.pages_world import listed, message, raised, sent

pytestmark = pytest.mark.django_db
DESK = reverse("jrcc:border")
OFFICER = "jam.border.head"


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def hit(cast: Any, drain: Any) -> Hit:
    """Referred to Jamaica, where the flight lands."""
    row = raised(cast, drain)
    return hits.refer_hit(cast["jrcc.watch.officer"], row, to=["JAM"], note="Tall, with a cane")


def test_the_desk_shows_its_arrivals_and_what_was_referred_to_it_alone(hit: Hit, client_for: Any) -> None:
    page = client_for(OFFICER).get(DESK)
    assert "LINDKVAEL" in words(page)
    arrivals = page.content.decode().split('id="ar-h"')[1].split("</section>")[0]
    assert "POS" in arrivals
    assert reverse("jrcc:journey", args=[hit.journey_id]) in arrivals
    there = words(client_for("tto.border.officer").get(DESK))  # it leaves there, and nothing was referred
    assert "LINDKVAEL" not in there
    departures = (
        client_for("tto.border.officer").get(DESK).content.decode().split('id="de-h"')[1].split("</section>")[0]
    )
    assert reverse("jrcc:journey", args=[hit.journey_id]) in departures
    assert client_for("jrcc.watch.officer").get(DESK).status_code == 404
    partial = client_for(OFFICER).get(DESK, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert "<html" not in partial.content.decode()


def test_nothing_is_cut_in_silence_and_the_most_urgent_stands_first(
    cast: Any, drain: Any, client_for: Any, monkeypatch: Any
) -> None:
    listed(cast, drain)
    for number, hours in enumerate((11, 9, 7, 5, 3, 1), start=1):
        sent(cast, drain, message(2, number=500 + number, hours=hours))
    client = client_for("jam.border.officer")
    Hit.objects.exclude(journey__number="501").update(state="withdrawn")  # all but that of the last flight
    whole = arrivals(client.get(DESK))
    assert (flights(whole), "Show all" in whole) == (["506", "505", "504", "501", "503", "502"], False)
    assert '<span class="fs q">' in whole
    assert re.search(r'<span class="fs q">\s*6\s*</span>', whole)
    monkeypatch.setattr(border_desk, "SHOWN", 2)
    cut = arrivals(client.get(DESK))
    assert flights(cut) == ["506", "505"]
    assert "2 of 6" in cut
    assert "Show all 6" in cut
    assert flights(arrivals(client.get(DESK, {"all": "1"}))) == flights(whole)
    assert f'hx-get="{DESK}?all=1"' in client.get(DESK, {"all": "1"}).content.decode()  # the live page stays whole


def test_what_was_referred_is_counted_whole_and_begins_with_what_is_due_first(
    cast: Any, drain: Any, client_for: Any, monkeypatch: Any
) -> None:
    listed(cast, drain)
    for number in (1, 2, 3):
        sent(cast, drain, message(2, number=600 + number, hours=4))
        row = Hit.objects.latest("created_at")
        hits.refer_hit(cast["jrcc.watch.officer"], row, to=["JAM"])
        HitReferral.objects.filter(hit=row).update(at=timezone.now() - datetime.timedelta(minutes=60 * number))
    monkeypatch.setattr(border, "MOST", 2)
    panel = client_for(OFFICER).get(DESK).content.decode().split('id="bh"')[1].split("</section>")[0]
    assert re.findall(r"7T (60\d)", panel) == ["603", "602"]
    assert "2 of 3" in panel
    assert "Show all 3" in panel


def arrivals(response: Any) -> str:
    return response.content.decode().split('id="ar-h"')[1].split("</section>")[0]


def flights(panel: str) -> list[str]:
    return re.findall(r">7T (\d+)</a>", panel)


def test_from_the_desk_to_the_outcome_in_three_requests(hit: Hit, client_for: Any) -> None:
    client, place = client_for(OFFICER), reverse("jrcc:border_hit", args=[hit.pk])
    page = client.get(place)
    assert {"Take the traveller aside", "Tall, with a cane"} <= {
        w for w in ("Take the traveller aside", "Tall, with a cane") if w in words(page)
    }
    body = {"version": hit.version, "back": "border", "outcome": "questioned", "note": "Let go"}
    act = reverse("jrcc:hit_do", args=[hit.pk, "record_outcome"])
    answer = client.post(act, body)
    assert (answer.status_code, answer["Location"]) == (302, place)
    hit.refresh_from_db()
    assert (hit.state, hit.outcome, hit.outcome_party_id) == ("closed", "questioned", "JAM")
    assert "Let go" in words(client.get(place))
    assert client.post(act, body).status_code in {409, 412}  # the form sent twice
    hit.refresh_from_db()
    assert hit.outcome == "questioned"


def test_the_sheet_says_what_the_counter_needs_and_no_more(hit: Hit, client_for: Any) -> None:
    page = words(client_for(OFFICER).get(reverse("jrcc:border_hit_sheet", args=[hit.pk])))
    assert all(word in page for word in ("CONFIDENTIAL", hit.reference, "LINDKVAEL", "Question", "R7041662"))
    assert all(
        word not in page for word in ("%", "Evidence for and against", hit.matcher, "gone from the court", "W-1")
    )
    for seat in ("tto.border.officer", "jrcc.watch.officer"):
        assert client_for(seat).get(reverse("jrcc:border_hit_sheet", args=[hit.pk])).status_code == 404


def test_the_owner_reads_where_its_entries_were_hit_and_with_which_outcome(
    hit: Hit, cast: Any, client_for: Any
) -> None:
    place = reverse("jrcc:owned")
    hits.record_hit_outcome(cast[OFFICER], hit, outcome="detained")
    page = words(client_for("jam.intelligence.officer").get(place))
    assert all(word in page for word in (hit.reference, "W-1", "POS–KIN", "Detained, JAM", "JAM Detained 1"))
    assert "No hits on your entries" in words(client_for("brb.intelligence.officer").get(place))
    assert "No match" in words(client_for("jam.intelligence.officer").get(place, {"state": "open"}))
    assert client_for("jrcc.watch.officer").get(place).status_code == 404
