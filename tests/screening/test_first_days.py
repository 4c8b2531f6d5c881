"""Entries whose first day lies ahead: written, refused, and compared with those still to arrive when it has come."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access.outbox import drain
from apps.jrcc.models import Hit
from apps.screening import actions, tasks
from apps.screening.models import Entry, EntryKey, EntryVersion
from apps.screening.queries import visibility
from tests.jrcc.people import AGENT, QUILL, QUILL_LISTED, fresh, hop, list_entry, send, the_registers, tomorrow
from tests.screening.people import KEEPER, a_file_for, a_list
from tests.screening.test_pages import FORM

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _registers(db: Any) -> None:
    the_registers()


@pytest.fixture
def days_later(monkeypatch: Any) -> Any:
    """The clock of the region, so many days on."""
    today = visibility.LAST_TO_END

    def later(days: int) -> None:
        monkeypatch.setattr(visibility, "LAST_TO_END", today + days * DAY)

    return later


def a_round() -> int:
    acts = tasks.expire()
    drain()
    return acts


def in_days(days: int) -> datetime.date:
    return visibility.region_today() + days * DAY


def filed(cast: Any) -> None:
    send(cast[AGENT], QUILL, hops=[hop(departs=tomorrow() + 7 * DAY)])
    drain()


def by_officer(cast: Any) -> Entry:
    return list_entry(cast[KEEPER], valid_from=in_days(2))


def by_change(cast: Any) -> Entry:
    return actions.change_watchlist_entry(cast[KEEPER], list_entry(cast[KEEPER]), valid_from=in_days(2))


def by_file(cast: Any) -> Entry:
    line = {"ref": "R-1", **QUILL_LISTED, "valid_from": in_days(2).isoformat()}
    actions.apply_list_import(cast[KEEPER], a_file_for(cast[KEEPER], a_list(cast[KEEPER]), [line]))
    drain()
    return Entry.objects.get()


@pytest.mark.parametrize("put", [by_officer, by_change, by_file])
def test_on_its_first_day_an_entry_is_compared_once_with_those_who_are_filed_already(cast, days_later, put):
    filed(cast)
    entry = put(cast)
    drain()
    days_later(1)
    assert (a_round(), Hit.objects.count()) == (0, 0)
    days_later(2)
    assert (a_round(), Hit.objects.get().entry_id) == (1, entry.pk)
    assert fresh(entry).version == entry.version
    assert (a_round(), Hit.objects.count()) == (0, 1)


def test_a_round_that_came_days_late_makes_up_for_it(cast, days_later):
    filed(cast)
    by_officer(cast)
    days_later(5)
    assert (a_round(), Hit.objects.count()) == (1, 1)


def test_an_entry_that_ended_before_its_first_day_is_never_begun(cast, days_later):
    filed(cast)
    actions.withdraw_watchlist_entry(cast[KEEPER], by_officer(cast), reason="Found")
    days_later(2)
    assert (a_round(), Hit.objects.count()) == (0, 0)


def test_a_first_day_that_is_taken_back_counts_at_once_and_needs_no_round(cast, days_later):
    filed(cast)
    entry = by_officer(cast)
    assert EntryKey.objects.filter(entry=entry).first().valid_from == in_days(2)
    entry = actions.change_watchlist_entry(cast[KEEPER], entry, valid_from=None)
    drain()
    assert (Hit.objects.count(), EntryKey.objects.filter(entry=entry).first().valid_from) == (1, None)
    days_later(2)
    assert a_round() == 0


def test_a_first_day_after_the_last_one_is_refused_at_its_field_whichever_of_them_is_sent(cast):
    with pytest.raises(ValidationError) as refused:
        list_entry(cast[KEEPER], valid_from=in_days(3), valid_until=in_days(2))
    assert "Enter an earlier first day or a later last day" in refused.value.message_dict["valid_from"][0]
    entry = list_entry(cast[KEEPER], valid_from=in_days(2), valid_until=in_days(2))
    for wrong in ({"valid_from": in_days(3)}, {"valid_until": in_days(1)}):
        with pytest.raises(ValidationError) as refused:
            actions.change_watchlist_entry(cast[KEEPER], entry, **wrong)
        assert list(refused.value.message_dict) == ["valid_from"]
    assert EntryVersion.objects.filter(entry=entry).count() == 1


def test_the_first_day_is_written_shown_and_refused_on_the_form(cast, client_for):
    a_list(cast[KEEPER])
    browser, first = client_for(KEEPER), in_days(9).isoformat()
    assert browser.post(reverse("screening:entry_new"), {**FORM, "valid_from": first}).status_code == 302
    entry = Entry.objects.get()
    assert (entry.valid_from, entry.begins_on) == (in_days(9), in_days(9))
    change = reverse("screening:entry_change", args=[entry.pk])
    assert f'name="valid_from" value="{first}"' in browser.get(change).content.decode()
    answer = browser.post(change, {**FORM, "valid_from": "3001-01-01", "version": "1"})
    assert (answer.status_code, "id_valid_from_error" in answer.content.decode()) == (422, True)
    assert browser.post(change, {**FORM, "valid_from": "", "version": "1"}).status_code == 302
    assert fresh(entry).valid_from is None


def test_a_program_says_the_first_day_and_is_told_what_is_wrong_with_it(cast, api):
    a_list(cast[KEEPER])
    program, place, first = api("JAM.border"), "/api/v1/screening/entries/", in_days(9).isoformat()
    body = {"list": "JAM-WATCH", "reference": "P-1", "subject": QUILL_LISTED, "instruction": "inform"}
    wrong = program.post(place, {**body, "valid_from": first, "valid_until": in_days(8).isoformat()}, format="json")
    assert (wrong.status_code, [one["pointer"] for one in wrong.json()["errors"]]) == (400, ["/valid_from"])
    made = program.post(place, {**body, "valid_from": first}, format="json").json()
    assert made["valid_from"] == first
    kept = program.post(f"{made['url']}actions/change/", {"instruction": "arrest"}, format="json").json()
    assert kept["valid_from"] == first
    at_once = program.post(f"{made['url']}actions/change/", {"valid_from": None}, format="json").json()
    assert at_once["valid_from"] is None
