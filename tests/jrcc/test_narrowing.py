"""An entry that its owner opens to fewer States or desks, or from a later day: what becomes of its open hits."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from apps.access.outbox import drain as work_off
from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.jrcc.actions import hits
from apps.jrcc.models import Hit
from apps.screening import actions as screening
from apps.screening.models import Entry
from apps.screening.queries import visibility
from tests.jrcc.people import (
    AGENT,
    QUILL,
    QUILL_LISTED,
    RAM,
    SHO,
    WATCH,
    fresh,
    hop,
    list_entry,
    send,
    the_registers,
    tomorrow,
)
from tests.screening.people import a_file_for

KEEPER, BRB, GUY = "jam.intelligence.officer", "brb.border.officer", "guy.border.officer"
BOTH, ONE = ({"screen_for": states, "hit_visible_to": "owner_and_acting"} for states in (["BRB", "GUY"], ["GUY"]))


def by_bridgetown() -> list[Any]:
    return [hop(), hop("BGI", "GEO", tomorrow(17))]


@pytest.fixture(autouse=True)
def _registers(db: None) -> None:
    the_registers()


@pytest.fixture
def entry(cast: Any) -> Entry:
    """Of Jamaica's list, open to Barbados and Guyana."""
    return list_entry(cast[KEEPER], visibility=BOTH)


def flown(cast: Any, *people: Any, **more: Any) -> Hit:
    send(cast[AGENT], *people or [QUILL], **more)
    work_off()
    return Hit.objects.order_by("pk").last()


def opened(cast: Any, entry: Entry, visibility: dict[str, Any]) -> None:
    screening.change_watchlist_entry(cast[KEEPER], fresh(entry), visibility=visibility)
    work_off()


def sees(actor: Any, row: Any) -> bool:
    return type(row).objects.visible_to(actor).filter(pk=row.pk).exists()


def said(hit: Hit) -> tuple[str, str, list[str]]:
    hit = fresh(hit)
    return hit.state, hit.reason, hit.parties


def test_the_open_hit_of_a_state_that_is_left_out_is_withdrawn_and_that_of_the_other_stays(entry, cast, client_for):
    bridgetown = flown(cast)
    georgetown = flown(cast, flight="7T602", hops=[hop("POS", "GEO")])
    hits.refer_hit(cast[WATCH], bridgetown, to=["BRB"])
    opened(cast, entry, ONE)
    assert said(bridgetown)[:2] == ("withdrawn", "entry_narrowed")
    assert said(georgetown) == ("raised", "", ["GUY"])
    with pytest.raises(Refused, match="wrong-state"):
        hits.acknowledge_hit(cast[BRB], bridgetown)
    with pytest.raises(ValidationError):
        hits.refer_hit(cast[WATCH], fresh(georgetown), to=["BRB"])
    page = client_for(BRB).get(f"/jrcc/hits/{bridgetown.pk}/").content.decode()
    assert "The owner no longer shares the watchlist entry with this State or desk" in page
    assert AuditRecord.objects.filter(verb="hit.withdraw", object_id=str(bridgetown.pk), outcome="done").count() == 1


def test_what_was_decided_stays_and_is_not_referred_to_that_state_when_it_is_opened_again(entry, cast):
    hit = flown(cast)
    hits.dismiss_hit(cast[WATCH], hit, reason="name_only")
    opened(cast, entry, ONE)
    assert said(hit)[:2] == ("dismissed", "name_only")
    hits.reopen_hit(cast[WATCH], fresh(hit), reason="New photograph")
    with pytest.raises(ValidationError):
        hits.refer_hit(cast[WATCH], fresh(hit), to=["BRB"])
    assert hits.refer_hit(cast[WATCH], fresh(hit), to=["JAM"]).referred_to == ["JAM"]


def test_a_hit_of_both_is_the_watchs_again_when_only_the_one_left_out_had_it(entry, cast):
    hit = flown(cast, hops=by_bridgetown())
    hits.refer_hit(cast[WATCH], hit, to=["BRB"])
    assert sees(cast[BRB], entry)
    opened(cast, entry, ONE)
    assert said(hit) == ("raised", "entry_narrowed", ["GUY"])
    assert (sees(cast[BRB], hit), sees(cast[BRB], entry)) == (False, False)
    assert hits.refer_hit(cast[WATCH], fresh(hit)).referred_to == ["GUY"]


def test_a_state_that_took_it_over_reads_on_and_the_other_goes_on_with_it(entry, cast):
    hit = flown(cast, hops=by_bridgetown())
    hits.refer_hit(cast[WATCH], hit, to=["BRB", "GUY"])
    hits.acknowledge_hit(cast[BRB], fresh(hit))
    opened(cast, entry, ONE)
    hit = fresh(hit)
    assert (hit.state, hit.referred_to, hit.acknowledged_by) == ("referred", ["GUY"], [])
    assert sees(cast[BRB], hit)
    with pytest.raises(Refused, match="not-acting-state"):
        hits.record_hit_outcome(cast[BRB], hit, outcome="refused")
    with pytest.raises(ValidationError):
        hits.refer_hit_further(cast[WATCH], fresh(hit), to=["BRB"])
    assert hits.acknowledge_hit(cast[GUY], fresh(hit)).state == "acknowledged"


def no_borders(keeper: Any, entry: Entry) -> None:
    """As an entry was changed before those that nobody compares with were refused."""
    Entry.objects.filter(pk=entry.pk).update(functions=["customs"])
    screening.change_watchlist_entry(keeper, fresh(entry), reason="For customs")


def not_yet(keeper: Any, entry: Entry) -> None:
    screening.change_watchlist_entry(keeper, entry, valid_from=tomorrow().date() + datetime.timedelta(days=2))


@pytest.mark.parametrize(("change", "reason"), [(no_borders, "entry_narrowed"), (not_yet, "entry_not_yet")])
def test_no_hit_stands_while_borders_may_not_use_the_entry_and_it_comes_back_with_them(entry, cast, change, reason):
    hit = flown(cast)
    change(cast[KEEPER], fresh(entry))
    work_off()
    assert said(hit)[:2] == ("withdrawn", reason)
    screening.change_watchlist_entry(cast[KEEPER], fresh(entry), visibility=BOTH, valid_from=None)
    work_off()
    assert said(hit)[:2] == ("raised", "")


def test_a_change_that_leaves_the_states_as_they_are_moves_no_hit(entry, cast):
    hit = hits.claim_hit(cast[WATCH], flown(cast, RAM, QUILL))
    screening.change_watchlist_entry(cast[KEEPER], fresh(entry), reason="Case 14")
    work_off()
    assert said(hit)[0] == "claimed"
    assert not AuditRecord.objects.filter(verb="hit.narrow").exists()


def test_a_list_file_narrows_withdraws_and_ends_all_hits_of_its_entries(entry, cast, monkeypatch):
    nobodys = {**QUILL_LISTED, "documents": []}  # their passport under their names would be hits of its own
    third = {**nobodys, "surname": "BRATHWAITE", "given_names": "SHONTELLE", "birth_date": "1991-09-22"}
    list_entry(cast[KEEPER], third, reference="R-3", valid_until=visibility.region_today())
    other = {**nobodys, "surname": "RAMKISSOON", "given_names": "ANIL", "birth_date": "1984-03-07"}
    list_entry(cast[KEEPER], other, reference="R-2")
    for flight in ("7T600", "7T602"):
        send(cast[AGENT], RAM, QUILL, SHO, flight=flight)
    work_off()
    assert Hit.objects.filter(state="raised").count() == 6
    monkeypatch.setattr(visibility, "LAST_TO_END", visibility.LAST_TO_END + datetime.timedelta(days=1))
    past = (visibility.region_today() - datetime.timedelta(days=1)).isoformat()
    lines = [
        {"ref": "R-1", **QUILL_LISTED, "instruction": "question", "visibility": ONE},
        {"ref": "R-3", **third, "instruction": "arrest", "valid_until": past},
    ]
    source = a_file_for(cast[KEEPER], entry.list, lines, replaces=True)
    screening.apply_list_import(cast[KEEPER], source)
    work_off()
    found = sorted(Hit.objects.values_list("entry__reference", "state", "reason"))
    reasons = {"R-1": "entry_narrowed", "R-2": "entry_withdrawn", "R-3": "entry_expired"}
    assert found == [(entry, "withdrawn", reason) for entry, reason in reasons.items() for _flight in range(2)]
