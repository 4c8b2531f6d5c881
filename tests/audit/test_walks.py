"""The day's walk over the chains: a record changed by hand is found and told with its place, until it is mended."""

import datetime

import pytest
from django.urls import reverse

from apps.audit.anchors import Head
from apps.audit.models import AuditRecord
from apps.audit.queries import walk_chains
from apps.notices.models import Notice
from apps.oversight import tasks
from apps.oversight.models import ChainWalk
from apps.oversight.queries import walks
from apps.people import actions

ADMIN, OPERATOR = "jam.administration.administrator", "portal.platform.head"
BREAK = "ALTER TABLE audit_record DISABLE TRIGGER no_change"
CHANGE = "UPDATE audit_record SET person = 'nobody' WHERE seq = 2 AND stream = 'JAM'"
DAY = datetime.date(2009, 11, 20)


@pytest.fixture
def three_acts(cast):
    for name in ("jam.border.officer", "jam.border.head", "jam.intelligence.officer"):
        actions.appoint_person(cast[ADMIN], None, user=name, desk="JAM.customs", role="reader")


def day(number: int) -> datetime.date:
    return DAY + datetime.timedelta(days=number)


def last() -> ChainWalk:
    return ChainWalk.objects.order_by("-day")[0]


@pytest.mark.django_db
def test_the_chains_are_walked_once_a_day_and_the_operators_read_what_came_of_it(three_acts, client_for):
    page = client_for(OPERATOR).get(reverse("operations:status")).content.decode()
    assert "Never" in page.split("au-h")[2].split("</section>")[0]
    written = AuditRecord.objects.count()
    assert [tasks.walk(day(0)), tasks.walk(day(0))] == [1, 0]
    assert (last().entries, last().whole, last().breaks) == (written, True, [])
    panel = client_for(OPERATOR).get(reverse("operations:status")).content.decode().split("au-h")[2]
    assert "All seals correct" in panel.split("</section>")[0]
    assert tasks.walk(day(1)) == 1
    assert last().entries > written, "while it is short, all of it is walked each day"


@pytest.mark.django_db(transaction=True)
def test_a_record_changed_by_hand_is_told_with_its_place_the_same_day_and_each_day(
    three_acts, as_owner, drain, client_for
):
    tasks.walk(day(0))
    as_owner(BREAK, CHANGE)
    tasks.walk(day(1))
    drain()
    assert last().breaks == [["JAM", 2, "the record was changed"]] == [list(walk_chains().broken)]
    told = Notice.objects.filter(code="audit.chain_broken")
    desks = {"JAM.oversight", "IMPACS.oversight", "IMPACS.platform"}
    assert {(notice.owner.code, notice.number) for notice in told} == {(desk, "JAM 2") for desk in desks}
    status = client_for(OPERATOR).get(reverse("operations:status")).content.decode()
    assert "Broken: audit trail JAM, entry 2" in status
    tasks.walk(day(2))
    drain()
    assert told.all().count() == 6


@pytest.mark.django_db(transaction=True)
def test_a_state_is_told_of_a_break_in_its_own_chain_and_not_where_anothers_is(three_acts, as_owner, client_for):
    as_owner(BREAK, CHANGE)
    tasks.walk(day(0))
    place = reverse("oversight:walk", args=[last().pk])
    assert "Audit trail JAM, entry 2" in client_for(ADMIN).get(place).content.decode()
    other = client_for("brb.administration.administrator").get(place).content.decode()
    assert "s audit trail is broken; its oversight was notified" in other
    assert "JAM, entry" not in other
    assert client_for("jam.border.head").get(place).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        (["DELETE FROM audit_record WHERE seq = 2 AND stream = 'JAM'"], 3),
        (["DELETE FROM audit_record WHERE seq = 3 AND stream = 'JAM'"], 2),
        (
            [
                "DELETE FROM audit_record WHERE seq = 3 AND stream = 'JAM'",
                "UPDATE audit_head h SET seq = 2, hash = r.hash FROM audit_record r"
                " WHERE h.stream = 'JAM' AND r.stream = 'JAM' AND r.seq = 2",
            ],
            2,
        ),
    ],
)
def test_entries_that_are_gone_are_found_even_where_the_head_was_made_to_fit(three_acts, as_owner, tampering, found):
    tasks.walk(day(0))
    as_owner(BREAK, *tampering)
    tasks.walk(day(1))
    assert [place[:2] for place in last().breaks] == [["JAM", found]]


# --- chains that are longer than a day bears ---


@pytest.fixture
def short_days(monkeypatch):
    monkeypatch.setattr(walks, "A_DAY", 4)
    monkeypatch.setattr(walks, "AT_ONCE", 3)


@pytest.mark.django_db
def test_a_long_trail_is_walked_in_rounds_new_entries_first_and_each_older_one_once_a_round(
    three_acts, short_days, monkeypatch
):
    ends = {"AAA": 3, "BBB": 7}
    seen: list[tuple[str, int]] = []

    def looked(stream, first, end):
        assert end - first < walks.AT_ONCE
        seen.extend((stream, number) for number in range(first, end + 1))

    monkeypatch.setattr(walks, "break_between", looked)
    monkeypatch.setattr(walks, "cut_chains", dict)
    monkeypatch.setattr(walks, "heads", lambda: [Head(*end, "") for end in ends.items()])

    def a_day(number):
        seen.clear()
        tasks.walk(day(number))
        assert len(seen) <= walks.A_DAY
        return list(seen)

    assert a_day(0) + a_day(1) + a_day(2) == [("AAA", n) for n in (1, 2, 3)] + [("BBB", n) for n in range(1, 8)] + [
        ("AAA", 1), ("AAA", 2),
    ]  # fmt: skip
    ends["AAA"] = 4
    assert a_day(3) == [("AAA", 4), ("AAA", 3), ("BBB", 1), ("BBB", 2)]
    began = last().round_began_at
    assert a_day(4) == [("BBB", n) for n in (3, 4, 5, 6)]
    assert (last().whole, last().round_began_at) == (False, began)
    assert a_day(5) == [("BBB", 7)]
    assert (last().whole, last().round_began_at) == (True, began)
    assert a_day(6)[0] == ("AAA", 1)
    assert last().round_began_at > began


@pytest.mark.django_db(transaction=True)
def test_a_break_that_is_known_is_looked_at_first(three_acts, as_owner, short_days):
    tasks.walk(day(0))
    while not last().whole:
        tasks.walk(last().day + datetime.timedelta(days=1))
    as_owner(BREAK, CHANGE)
    while not last().breaks:
        assert last().day < day(60), "a round comes to an end"
        tasks.walk(last().day + datetime.timedelta(days=1))
    for _day in range(3):
        tasks.walk(last().day + datetime.timedelta(days=1))
        assert [place[:2] for place in last().breaks] == [["JAM", 2]]
