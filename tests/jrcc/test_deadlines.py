"""One deadline for a hit and a reader: the same step, moment and lateness wherever it stands."""

import datetime
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from apps.access import urgency
from apps.access.templatetags import portal
from apps.journeys.models import Journey
from apps.jrcc.actions import hits
from apps.jrcc.models import Hit, HitReferral
from apps.jrcc.queries import clocks, deadline_words, service_levels
from apps.notices.models import Notice
from apps.people.queries.work import panels, waiting_for
from tests.jrcc.pages_world import listed, message, raised, sent

WATCH, BORDER, OTHER = "jrcc.watch.officer", "jam.border.head", "tto.border.officer"
MINUTE = datetime.timedelta(minutes=1)
DEADLINE = re.compile(r'<span class="deadline">(.*?)</span>', re.DOTALL)


def said(page: str) -> set[str]:
    """All deadlines of a page, as they read."""
    return {re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", one)).strip() for one in DEADLINE.findall(page)}


def told_between(moment: datetime.datetime, began: datetime.datetime) -> set[str]:
    """How far off a moment can read on a page that was asked for then and has come now: a minute may have begun."""
    return {portal.until(moment, began), portal.until(moment, timezone.now())}


def read(client: Any, place: str) -> str:
    answer = client.get(place)
    assert answer.status_code == 200, place
    return str(answer.content.decode())


@pytest.fixture
def overdue(cast: Any, drain: Any, stop_clock: Any) -> Hit:
    """Referred to Jamaica 26 minutes ago, not acknowledged: sixteen minutes late, while the answer is not yet due."""
    stop_clock()
    hit = hits.refer_hit(cast[WATCH], raised(cast, drain), to=["JAM"])
    then = timezone.now() - 26 * MINUTE
    HitReferral.objects.filter(hit=hit).update(at=then)
    Hit.objects.filter(pk=hit.pk).update(score=0.99)
    return Hit.objects.get()


def expected(cast: Any, seat: str, hit: Hit) -> str:
    row = service_levels.with_referrals(Hit.objects.filter(pk=hit.pk)).get()
    return deadline_words.deadline_text(cast[seat], deadline_words.next_step(cast[seat], row))


@pytest.mark.django_db
def test_the_same_hit_is_as_late_on_every_page_of_a_border_desk(
    overdue: Hit, cast: Any, client_for: Any, drain: Any
) -> None:
    told = expected(cast, BORDER, overdue)
    assert re.fullmatch(r"Acknowledge: 16 min late, due (\d+ \w+ \d{4}, )?\d\d:\d\d EST", told), told
    client = client_for(BORDER)
    pages = {
        "desk": reverse("jrcc:border"),
        "counter": reverse("jrcc:border_hit", args=[overdue.pk]),
        "floor": reverse("jrcc:floor"),
        "chosen": f"{reverse('jrcc:floor')}?hit={overdue.pk}",
        "hit": reverse("jrcc:hit", args=[overdue.pk]),
        "hits": reverse("jrcc:hits"),
        "traveller": reverse("jrcc:traveller", args=[overdue.traveller_id]),
    }
    for name, place in pages.items():
        assert told in said(read(client, place)), name
        assert {one for one in said(read(client, place)) if "Answer" not in one} == {told}, name
    [row] = [one for one in waiting_for(cast[BORDER]) if one.url == reverse("jrcc:hit", args=[overdue.pk])]
    assert row.detail.startswith(f"{told}. ")
    assert urgency.due(row.due) == "16 min late"
    step = json.loads(client.get(f"/api/v1/jrcc/hits/{overdue.pk}/").content)["next_step"]
    assert (step["step"], step["party"]) == ("acknowledge", "JAM")
    assert datetime.datetime.fromisoformat(step["due_at"]) == row.due


@pytest.mark.django_db
def test_the_watch_reads_the_same_step_and_whose_it_is(overdue: Hit, cast: Any, client_for: Any) -> None:
    told = expected(cast, WATCH, overdue)
    assert told.startswith("Acknowledge (JAM): 16 min late, due ")
    client = client_for(WATCH)
    for place in (
        reverse("jrcc:floor"), reverse("jrcc:wall"), reverse("jrcc:hit", args=[overdue.pk]), reverse("jrcc:hits"),
    ):  # fmt: skip
        assert said(read(client, place)) == {told}, place
    [asked] = [one for one in panels(cast[WATCH], "asked")["asked"] if one.code == overdue.reference]
    assert asked.detail.startswith(f"{told}. ")


@pytest.mark.django_db
def test_a_notice_of_an_overdue_step_is_due_when_the_step_is(overdue: Hit, drain: Any) -> None:
    from apps.jrcc.tasks import escalate_by_the_clock

    escalate_by_the_clock()
    drain()
    row = service_levels.with_referrals(Hit.objects.all()).get()
    due = clocks.clocks(row)[0].due_at
    assert set(Notice.objects.filter(code="hit.overdue").values_list("due_at", flat=True)) == {due}


@pytest.mark.django_db
def test_only_the_step_that_is_next_counts_on_the_floor(overdue: Hit, client_for: Any) -> None:
    page = read(client_for(WATCH), f"{reverse('jrcc:floor')}?hit={overdue.pk}")
    counts = re.findall(r"<time-left([^>]*)>", page)
    assert counts
    due = {re.search(r'datetime="([^"]+)"', one)[1] for one in counts if "past" not in one}
    assert len(due) == 1
    assert "Answer before the landing, by" in page


@pytest.mark.django_db
def test_a_second_state_reads_its_own_step(overdue: Hit, cast: Any) -> None:
    hits.refer_hit_further(cast[WATCH], overdue, to=["TTO"])
    assert expected(cast, OTHER, overdue).startswith("Acknowledge: in ")
    assert expected(cast, BORDER, overdue).startswith("Acknowledge: 16 min late")


# --- the floor and the wall ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_floor_tells_landings_in_the_readers_zone_and_how_far_off_they_are(
    cast: Any, drain: Any, client_for: Any
) -> None:
    sent(cast, drain, message(2, hours=0.5))
    row = Journey.objects.get()
    began = timezone.now()
    page = re.sub(r"<[^>]+>|\s+", " ", read(client_for(WATCH), reverse("jrcc:floor_flights")))
    far = told_between(row.arrives_at, began)
    page = re.sub(r" +", " ", page)
    lands = portal.when_in_words(row.arrives_at, cast[WATCH].time_zone)
    assert lands.endswith("AST")  # of the reader, not EST of the airport
    [left] = re.findall(rf"arrives {re.escape(lands)} , (in \d+ min)", page)
    assert left in far
    Journey.objects.update(arrives_at=timezone.now() - 5 * MINUTE)
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", read(client_for(WATCH), reverse("jrcc:floor_flights"))))
    assert "Arrived 1" in page
    assert "Arriving within 2 hours" not in page
    assert re.search(r"arrived \d\d:\d\d AST , 5 min ago|arrived .*AST , 5 min ago", page)


@pytest.mark.django_db
def test_on_the_wall_the_flight_that_lands_now_stands_first(cast: Any, drain: Any, client_for: Any) -> None:
    listed(cast, drain)
    for number, hours in ((1, 9), (2, 0.2), (3, 5)):
        sent(cast, drain, message(2, number=300 + number, hours=hours))
    first, now, third = Hit.objects.order_by("pk")
    Hit.objects.filter(pk=first.pk).update(stands_since=timezone.now() - datetime.timedelta(hours=3))
    began = timezone.now()
    page = read(client_for(WATCH), reverse("jrcc:wall"))
    far = told_between(now.journey.arrives_at, began)
    assert re.findall(r'<th [^>]*scope="row"[^>]*>(H-[^<]+)', page) == [now.reference, third.reference, first.reference]
    [left] = re.findall(rf'<time-left past datetime="{re.escape(now.journey.arrives_at.isoformat())}">([^<]+)<', page)
    assert left in far
    Journey.objects.filter(pk=now.journey_id).update(arrives_at=timezone.now() - datetime.timedelta(hours=2))
    page = read(client_for(WATCH), reverse("jrcc:wall"))
    assert re.findall(r'<th [^>]*scope="row"[^>]*>(H-[^<]+)', page) == [third.reference, first.reference, now.reference]


# --- the browser ---------------------------------------------------------------------------------------------------

SCRIPT = Path(__file__).resolve().parents[2] / "static" / "js" / "portal.js"
SECONDS = [
    0, 30, 59, 60, 61, 119, 120, 3599, 3600, 3660, 7199, 7260, 7800, 86_399, 86_400, 86_401,
    90_000, 172_799, 172_800, 172_801, 1_900_000,
]  # fmt: skip


@pytest.mark.skipif(shutil.which("node") is None, reason="the browser's words are computed by node")
@pytest.mark.parametrize("language", ["en", "fr", "nl", "es"])
def test_what_counts_in_the_browser_says_what_the_server_says(language: str) -> None:
    source = SCRIPT.read_text()
    part = source[source.index("const fill = ") : source.index("customElements.define('time-left'")]
    moments = [sign * seconds for seconds in SECONDS for sign in (1, -1)]
    with translation.override(language):
        words, now = portal.span_words(), datetime.datetime(2026, 11, 29, 12, tzinfo=datetime.UTC)
        at = [now + datetime.timedelta(seconds=one) for one in moments]
        ours = [[urgency.due(one, now), portal.until(one, now)] for one in at]
    asked = f"const words = {words};\n{part}\nconst found = {moments}.map(s => [distance(words, s * 1000, false), "
    asked += "distance(words, s * 1000, true)]); console.log(JSON.stringify(found));"
    done = subprocess.run(["node", "-e", asked], capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout) == ours


def test_a_distance_has_hours_and_minutes_and_never_a_sign() -> None:
    now = timezone.now()
    told = [urgency.due(now + datetime.timedelta(minutes=one), now) for one in (130, -16, -80, 60)]
    assert told == ["in 2 h 10 min", "16 min late", "80 min late", "in 1 h"]


def test_a_moment_that_is_not_today_has_its_day() -> None:
    now = datetime.datetime(2026, 11, 29, 20, 34, tzinfo=datetime.UTC)
    assert portal.when_in_words(now, "America/Barbados", now) == "16:34 AST"
    later = now + datetime.timedelta(hours=8)  # past midnight there
    assert portal.when_in_words(later, "America/Barbados", now) == "30 Nov 2026, 00:34 AST"
