"""Closing a list: who may, what becomes of its entries and hits, and that nothing comes into it any more."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access.outbox import drain
from apps.access.refusal import Refused
from apps.jrcc.actions import hits as jrcc
from apps.jrcc.models import Hit
from apps.screening import actions, queries, tasks
from apps.screening.models import Entry, EntryKey, EntryVersion, WatchList
from apps.screening.queries import visibility
from tests.jrcc.people import AGENT, QUILL, fresh, list_entry, send, the_registers
from tests.screening.people import FOREIGNER, KEEPER, MUHAMMAD, WATCH, a_file_for, a_list, an_entry

pytestmark = pytest.mark.django_db
HEAD, WHY = "jam.intelligence.head", "Joined with the regional list"


@pytest.fixture(autouse=True)
def _registers(db: Any) -> None:
    the_registers()


def closed(cast: Any, home: WatchList) -> WatchList:
    actions.close_watchlist(cast[HEAD], fresh(home), reason=WHY)
    drain()
    return fresh(home)


def test_with_its_list_every_entry_is_withdrawn_and_its_open_hits_say_so(cast, client_for, monkeypatch):
    entry = list_entry(cast[KEEPER])
    over = an_entry(cast[KEEPER], reference="R-2", valid_until=visibility.region_today())
    Entry.objects.filter(pk=over.pk).update(valid_until="2020-01-01")
    assert tasks.expire() == 1
    send(cast[AGENT], QUILL)
    send(cast[AGENT], QUILL, flight="7T602")
    drain()
    decided, referred = Hit.objects.order_by("pk")
    jrcc.dismiss_hit(cast[WATCH], decided, reason="name_only")
    jrcc.refer_hit(cast[WATCH], referred, to=["BRB"])
    monkeypatch.setattr(actions.closures, "UPDATED_AT_ONCE", 1)
    home = closed(cast, entry.list)
    assert (home.state, home.why_closed) == ("closed", WHY)
    assert set(Entry.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert not EntryKey.objects.exists()
    last = EntryVersion.objects.filter(entry=entry).latest("number")
    assert (last.why, last.seat_id) == (WHY, cast[HEAD].seat_id)
    assert (fresh(decided).state, fresh(decided).reason) == ("dismissed", "name_only")
    assert (fresh(referred).state, fresh(referred).reason) == ("withdrawn", "list_closed")
    page = client_for("brb.border.officer").get(reverse("jrcc:hit", args=[referred.pk])).content.decode()
    assert "The owner has closed the watchlist" in page
    with pytest.raises(Refused, match="wrong-state"):
        actions.change_watchlist_entry(cast[KEEPER], fresh(over), valid_until=None)


def test_nothing_comes_into_a_closed_list(cast):
    home = a_list(cast[KEEPER])
    source = a_file_for(cast[KEEPER], home)
    closed(cast, home)
    assert list(queries.own_lists(cast[KEEPER])) == []
    with pytest.raises(ValidationError, match="Your party has no open watchlist"):
        actions.create_watchlist_entry(
            cast[KEEPER], None, list=home.code, reference="X", subject=MUHAMMAD, instruction="inform"
        )
    with pytest.raises(ValidationError, match="Your party has no open watchlist"):
        actions.send_list_file(cast[KEEPER], None, list=home.code, data=b"ref,surname\nF-1,ABRAMS\n", file_name="a.csv")
    with pytest.raises(Refused, match="list-closed"):
        actions.apply_list_import(cast[KEEPER], source)
    with pytest.raises(Refused, match="wrong-state"):
        actions.close_watchlist(cast[HEAD], fresh(home), reason="Again")
    assert not Entry.objects.exists()


def test_a_list_to_which_a_file_is_being_applied_is_closed_afterwards(cast):
    home = a_list(cast[KEEPER])
    actions.apply_list_import(cast[KEEPER], a_file_for(cast[KEEPER], home))
    with pytest.raises(Refused, match="Another import into this watchlist is running"):
        actions.close_watchlist(cast[HEAD], home, reason=WHY)
    drain()
    assert Entry.objects.get().state == "active"
    closed(cast, home)
    assert Entry.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("who", "said"),
    [(KEEPER, "Only an approver"), (FOREIGNER, "nothing here"), ("jrcc.watch.supervisor", "owns the watchlist")],
)
def test_an_officer_another_state_and_the_jrcc_close_no_list(cast, who, said):
    home = a_list(cast[KEEPER])
    with pytest.raises(Refused, match=said):
        actions.close_watchlist(cast[who], home, reason=WHY)
    assert fresh(home).state == "open"


def test_a_list_is_closed_from_its_page_after_a_page_that_says_what_becomes_of_it(cast, client_for):
    home = an_entry(cast[KEEPER]).list
    page, close = (reverse(f"screening:{name}", args=[home.pk]) for name in ("list", "list_close"))
    assert close not in client_for(KEEPER).get(page).content.decode()
    browser = client_for(HEAD)
    assert close in browser.get(page).content.decode()
    asked = browser.get(close).content.decode()
    assert "1 entry in use" in asked
    assert "All its entries are withdrawn, with their open hits" in asked
    assert browser.post(close, {"version": "1"}).status_code == 422
    assert browser.post(close, {"version": "1", "reason": WHY}).headers["Location"] == page
    shown = browser.get(page).content.decode()
    assert WHY in shown
    assert (close in shown, reverse("screening:import_new", args=[home.pk]) in shown) == (False, False)
    assert browser.post(close, {"version": "2", "reason": WHY}).status_code == 409
    drain()
    assert Entry.objects.get().state == "withdrawn"
