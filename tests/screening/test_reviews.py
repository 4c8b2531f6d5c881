"""A review that nobody makes: the owner is told, then the entry rests, and who works on its hits learns it."""

import datetime
from typing import Any

import pytest

from apps.access.outbox import drain
from apps.access.refusal import Refused
from apps.jrcc.actions import hits as jrcc
from apps.jrcc.models import Hit
from apps.notices.models import Notice
from apps.screening import actions
from apps.screening.models import Entry, EntryKey, EntryVersion
from apps.screening.queries import reviews
from apps.screening.queries.visibility import region_today
from apps.screening.tasks import look_after_reviews
from tests.jrcc.people import AGENT, QUILL, WATCH, fresh, list_entry, send, the_registers
from tests.screening.people import KEEPER, a_file_for, a_list

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _registers(db: Any) -> None:
    the_registers()


def told(event: str) -> list[str]:
    return sorted(Notice.objects.filter(code=event).values_list("owner__code", flat=True))


def on(day: datetime.date) -> None:
    look_after_reviews(today=day)
    drain()


def suspended(entry: Entry) -> Entry:
    """The entry after everything that happens to one that nobody looks at."""
    for days in (0, 1, 31):
        on(entry.review_on + days * DAY)
    return fresh(entry)


def test_the_owner_is_told_before_and_when_it_is_overdue_and_the_entry_rests_after_the_days_of_grace(cast: Any) -> None:
    entry = list_entry(cast[KEEPER])
    due = entry.review_on
    on(due - 31 * DAY)
    assert told("list.reviews_due") == []
    on(due - 30 * DAY)
    on(due - 29 * DAY)
    assert told("list.reviews_due") == ["JAM.intelligence"]
    on(due + DAY)
    on(due + 2 * DAY)
    assert told("list.reviews_due") == ["JAM.intelligence"] * 2
    on(due + 30 * DAY)
    assert fresh(entry).state == "active"
    on(due + 31 * DAY)
    entry = fresh(entry)
    assert (entry.state, told("list.suspended")) == ("suspended", ["JAM.intelligence"])
    assert not EntryKey.objects.filter(entry=entry).exists()
    assert EntryVersion.objects.filter(entry=entry).latest("number").why.startswith("Nobody has looked")
    send(cast[AGENT], QUILL)
    drain()
    assert not Hit.objects.exists()  # nobody is compared with it


def test_nothing_rests_without_a_notice_however_late_the_portal_is(cast: Any) -> None:
    entry = list_entry(cast[KEEPER])
    late = entry.review_on + 200 * DAY
    on(late)
    on(late + 6 * DAY)
    assert fresh(entry).state == "active"
    on(late + 7 * DAY)
    assert fresh(entry).state == "suspended"


@pytest.mark.parametrize("kind", ["sanctions", "interpol_nominals"])
def test_a_sanction_and_a_notice_of_interpol_are_only_reminded_of(cast: Any, kind: str) -> None:
    actions.open_watchlist(cast[KEEPER], None, code="JAM-OTHERS", name="Others", kind=kind)
    entry = list_entry(cast[KEEPER], list="JAM-OTHERS")
    on(entry.review_on)
    on(entry.review_on + 400 * DAY)
    assert fresh(entry).state == "active"
    assert told("list.reviews_due") == ["JAM.intelligence"] * 2


def test_open_hits_stay_and_say_so_and_a_review_brings_the_entry_back_and_compares_it(
    cast: Any, client_for: Any
) -> None:
    entry = list_entry(cast[KEEPER])
    send(cast[AGENT], QUILL)
    drain()
    hit = jrcc.refer_hit(cast[WATCH], jrcc.claim_hit(cast[WATCH], Hit.objects.get()), to=["BRB"])
    entry = suspended(entry)
    assert fresh(hit).state == "referred"
    assert told("hit.entry_suspended") == ["BRB.border", "JRCC.watch"]
    page = client_for("brb.border.officer").get(f"/jrcc/hits/{hit.pk}/").content.decode()
    assert "Ask the owner before you act on it" in page
    with pytest.raises(Refused):
        actions.change_watchlist_entry(cast[KEEPER], entry, instruction="arrest")
    send(cast[AGENT], QUILL, flight="7T602")
    drain()
    assert Hit.objects.count() == 1
    entry = actions.review_watchlist_entry(cast[KEEPER], entry, why="Still wanted")
    drain()
    assert (entry.state, entry.reminded_on) == ("active", None)
    assert Hit.objects.filter(state="raised").count() == 1  # on the flight that came meanwhile
    assert "Ask the owner" not in client_for("brb.border.officer").get(f"/jrcc/hits/{hit.pk}/").content.decode()
    assert not reviews.to_suspend(region_today()).exists()


def test_a_file_brings_a_resting_entry_back_only_with_a_later_day_of_review(cast: Any) -> None:
    home = a_list(cast[KEEPER])
    line = {"ref": "F-1", "surname": "QUILLINGFORD", "given_names": "TAVARIS", "birth_date": "1977-04-19"}
    actions.apply_list_import(cast[KEEPER], a_file_for(cast[KEEPER], home, [line]))
    drain()
    entry = suspended(Entry.objects.get())
    source = a_file_for(cast[KEEPER], home, [{**line, "instruction": "arrest"}])
    actions.apply_list_import(cast[KEEPER], source)
    drain()
    entry = fresh(entry)
    assert (entry.instruction, entry.state) == ("arrest", "suspended")
    assert not EntryKey.objects.filter(entry=entry).exists()
    later = {**line, "instruction": "arrest", "review_on": (region_today() + 300 * DAY).isoformat()}
    actions.apply_list_import(cast[KEEPER], a_file_for(cast[KEEPER], home, [later]))
    drain()
    assert fresh(entry).state == "active"
    assert EntryKey.objects.filter(entry=entry).exists()
