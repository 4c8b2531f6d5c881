"""Each step of the declared actions, and the level at `visible_to`: what each of them alone refuses."""

import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils.translation import gettext_lazy

from apps.access import declared_actions
from apps.access.managers import ScopedQuerySet
from apps.access.models import Part, Record
from apps.access.refusal import Refused
from apps.access.verdict import Deny
from apps.audit.models import AuditRecord
from apps.audit.verb_labels import DONE
from apps.screening.models import WatchList
from tests import world

pytestmark = pytest.mark.django_db
OWNER = "jam.intelligence.officer"


@pytest.fixture
def watchlist(cast: Any) -> Any:
    return world.a_watchlist(cast)


@pytest.fixture
def act() -> Iterator[Any]:
    """Declares a verb on watchlists for one test: act(body, policy)."""
    said: Any = {"label": gettext_lazy("Try"), "done": gettext_lazy("Tried the list")}

    def declare(body: Any, policy: Any = lambda _actor, _row: True) -> Any:
        return declared_actions.action(
            "list.try", model=WatchList, policy=policy, starts={"open"}, ends="open", **said
        )(body)

    yield declare
    del declared_actions.REGISTRY["list.try"], DONE["list.try"]


def renamed(_actor: Any, row: Any, **_fields: Any) -> Any:
    row.name = "Another name"
    return row


def reasons() -> list[str]:
    return list(AuditRecord.objects.filter(verb="list.try").order_by("seq").values_list("reason", flat=True))


def away(actor: Any, row: Any) -> Any:
    """Take the record from those who act."""
    declared_actions.take_from("list.try", row, actor.groups)
    return renamed(actor, row)


def above(actor: Any, row: Any) -> Any:
    """Raise the record above the clearance of who acts."""
    row.level = actor.clearance + 1
    return renamed(actor, row)


@pytest.mark.parametrize("body", [away, above])
def test_who_would_lose_sight_of_a_record_by_an_act_is_refused_and_nothing_of_it_stays(
    cast: Any, watchlist: Any, act: Any, body: Any
) -> None:
    actor = cast[OWNER]
    with pytest.raises(Refused, match="out-of-scope"):
        act(body)(actor, watchlist)
    row = WatchList.objects.visible_to(actor).get(pk=watchlist.pk)
    assert (row.name, row.level, row.version) == (watchlist.name, watchlist.level, watchlist.version)
    assert reasons() == ["out-of-scope"]


def test_the_same_act_is_done_where_the_record_stays_in_sight(cast: Any, watchlist: Any, act: Any) -> None:
    row = act(renamed)(cast[OWNER], watchlist)
    assert (row.name, row.version) == ("Another name", watchlist.version + 1)
    assert reasons() == [""]


def test_a_version_that_is_no_longer_the_records_is_refused(cast: Any, watchlist: Any, act: Any) -> None:
    run = act(renamed)
    run(cast[OWNER], watchlist, version=watchlist.version)
    with pytest.raises(Refused, match="stale"):
        run(cast[OWNER], watchlist, version=watchlist.version)
    assert WatchList.objects.get(pk=watchlist.pk).version == watchlist.version + 1
    assert reasons() == ["", "stale"]


def test_the_policy_is_asked_before_anything_of_the_body_is_done(cast: Any, watchlist: Any, act: Any) -> None:
    done: list[str] = []

    def body(_actor: Any, row: Any) -> Any:
        done.append("begun")
        return row

    with pytest.raises(Refused, match="not-originator"):
        act(body, lambda _actor, _row: Deny("not-originator"))(cast[OWNER], watchlist)
    assert done == []


def test_the_policy_is_asked_before_the_state(cast: Any, watchlist: Any) -> None:
    """Who may not act learns from a refusal nothing about where the record stands."""
    asked: list[str] = []

    def policy(_actor: Any, _row: Any) -> Any:
        asked.append("policy")
        return Deny("not-originator")

    spec = declared_actions.Spec(
        "list.try", WatchList, "Try", "Tried", policy, frozenset({"closed"}), frozenset({"closed"}), {}, False, False,
        "", renamed, "", renamed,
    )  # fmt: skip
    with pytest.raises(Refused, match="not-originator"):
        declared_actions._ask(spec, cast[OWNER], watchlist, "open")
    assert asked == ["policy"]


# --- the level at `visible_to` ------------------------------------------------------------------------------------

CLEARANCE = 31_147
"""A number that stands in no statement but where the clearance is asked."""


SEATS = (OWNER, "jrcc.watch.officer", "impacs.secretariat.manager", "brb.ministry.decider")
REGISTER = "the register of the region has no levels: Member States and bodies read all of it"
WITHOUT_LEVEL = {
    **dict.fromkeys(
        (
            "region.indicatorvalue", "region.instrumentstep", "region.partystep", "region.reservation",
            "region.objection", "region.trackstep", "region.coverage", "region.statedcount", "region.stageperiod",
        ),
        REGISTER,
    ),
    "jrcc.erasure": "how many were erased, and when: for the JRCC's watch and oversight, which answer for it",
    "search.known": "ids that one's own saved search has found; what they name is asked at its own door",
}  # fmt: skip
"""Parts of something that has no level, and why."""


def asks_level(model: Any, actor: Any) -> bool:
    """Whether a seat sees none of a model, or what depends on its clearance."""
    seat = actor.__class__(**{name: getattr(actor, name) for name in actor.__slots__} | {"clearance": CLEARANCE})
    rows = model._default_manager.visible_to(seat)
    if rows.query.is_empty():
        return True
    sql, params = rows.query.sql_with_params()
    return CLEARANCE in params and '"level" <= %s' in sql


def scoped() -> list[Any]:
    """All records, and all parts, of all apps."""
    return [model for model in apps.get_models() if issubclass(model, Record | Part)]


def test_there_are_records_and_parts() -> None:
    assert len(scoped()) > 100


@pytest.mark.parametrize("model", scoped(), ids=lambda model: model._meta.label_lower)
def test_a_record_above_the_clearance_is_not_seen(cast: Any, model: Any) -> None:
    asked = all(asks_level(model, cast[seat]) for seat in SEATS)
    assert asked is not (model._meta.label_lower in WITHOUT_LEVEL)


def test_what_has_no_level_is_no_record() -> None:
    """A record has a level of its own: there is no reason not to ask it."""
    assert not [one for one in WITHOUT_LEVEL if issubclass(apps.get_model(one), Record)]


def test_a_reading_door_that_forgot_the_level_would_be_noticed(cast: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, _actor, **_more: rows.filter(owner__isnull=False))
    assert not asks_level(WatchList, cast[OWNER])


def test_a_grant_shows_a_record_up_to_the_clearance_and_not_above(cast: Any, watchlist: Any) -> None:
    actor = cast[OWNER]
    for level, seen in ((actor.clearance, True), (actor.clearance + 1, False)):
        WatchList.objects.filter(pk=watchlist.pk).update(level=level)
        assert WatchList.objects.visible_to(actor).filter(pk=watchlist.pk).exists() is seen


@pytest.mark.django_db(transaction=True)
def test_two_acts_that_meet_crosswise_are_both_done(cast: Any, act: Any) -> None:
    """Each holds what the other waits for: PostgreSQL ends one of them, which is done again."""
    lists = [world.a_watchlist(cast, code=f"JAM-CROSS-{number}") for number in (1, 2)]
    both_hold_theirs, tries = threading.Barrier(2), Counter[Any]()

    def body(_actor: Any, row: Any, *, other: Any) -> Any:
        tries[row.pk] += 1
        if tries[row.pk] == 1:
            both_hold_theirs.wait(30)
        WatchList.objects.select_for_update().get(pk=other.pk)
        return renamed(_actor, row)

    crossing = act(body)

    def attempt(row: Any, other: Any) -> None:
        try:
            crossing(cast[OWNER], row, other=other)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=pair) for pair in (lists, lists[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(tries.values()) == [1, 2]
    assert {row.name for row in WatchList.objects.filter(pk__in=[one.pk for one in lists])} == {"Another name"}
    assert AuditRecord.objects.filter(verb="list.try", outcome="done").count() == 2
