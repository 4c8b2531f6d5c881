"""List, calendar and timeline: what they show, to whom, in which order, and how fast."""

import re
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from django.urls import reverse

from apps.impacs.models import Task
from apps.people.models import Seat
from tests.impacs.planning.people import (
    ANALYST,
    CAYMAN,
    JAMAICA,
    KEEPER,
    WATCH,
    a_mandate,
    a_programme,
    a_task,
    after,
    day,
    given_to,
    many,
)  # fmt: skip
from tests.jrcc.test_budgets import asked

pytestmark = pytest.mark.django_db
VIEWS = ("impacs:task_list", "impacs:calendar", "impacs:timeline")
S = Task.State


def shown(client: Any, view: str, **params: Any) -> Any:
    """The context of a page that answers."""
    answer = client.get(reverse(view), params)
    assert answer.status_code == 200, answer.content[:500]
    return answer.context


def titles(client: Any, **params: Any) -> list[str]:
    """What the list shows, in its order."""
    return [line.task.title for line in shown(client, "impacs:task_list", **params)["lines"]]


@pytest.mark.parametrize("view", VIEWS)
def test_a_task_is_seen_by_those_it_is_shared_with_and_by_nobody_else(cast: Any, client_for: Any, view: str):
    a_task(title="Berth plans", owner="JRCC.watch", also=("JAM.ministry",), due_on=day(0))
    for who in (KEEPER, WATCH, JAMAICA):
        assert b"Berth plans" in client_for(who).get(reverse(view)).content, who
    for who in (ANALYST, CAYMAN, "brb.ministry.decider"):
        page = client_for(who).get(reverse(view))
        assert page.status_code == 200
        assert b"Berth plans" not in page.content, who
        assert b"JRCC.watch" not in page.content, f"{who} may not even find its desk among the filters"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("who", ["jam.border.head", "7t.carrier.agent", "jam.administration.administrator"])
def test_the_plan_is_not_there_for_seats_without_a_part_in_it(client_for: Any, view: str, who: str):
    assert client_for(who).get(reverse(view)).status_code == 404


def test_the_list_is_sorted_by_each_column_both_ways_and_what_has_no_date_comes_last(cast: Any, client_for: Any):
    a_task(title="b", due_on=day(3), priority=1)
    a_task(title="a", due_on=None, starts_on=None, priority=4)
    a_task(title="c", due_on=day(1), priority=2)
    client = client_for(KEEPER)
    assert titles(client) == ["c", "b", "a"]
    assert titles(client, o="-due") == ["a", "b", "c"]
    assert titles(client, o="title") == ["a", "b", "c"]
    assert titles(client, o="-priority") == ["a", "c", "b"]


def test_every_task_is_on_exactly_one_page_whatever_the_order(cast: Any, client_for: Any):
    many(120, due_on=lambda n: day(n % 3) if n % 4 else None, priority=lambda n: 1 + n % 2)
    client = client_for(KEEPER)
    for order in ("due", "-due", "priority", "-state", "title"):
        seen: list[Any] = []
        params: dict[str, str] = {"o": order}
        pages = 0
        while True:
            page = shown(client, "impacs:task_list", **params)
            first = len(seen) + 1
            seen += [line.task.pk for line in page["lines"]]
            pages += 1
            assert page["said"] == f"{first} to {len(seen)} of 120"
            if not page["older"]:
                break
            params = _params(page["older"])
        assert (pages, len(seen), len(set(seen))) == (3, 120, 120)
        back = shown(client, "impacs:task_list", **_params(page["newer"]))
        assert [line.task.pk for line in back["lines"]] == seen[50:100]
        assert back["said"] == "51 to 100 of 120"


def _params(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlparse(query).query).items()}


def test_filters_narrow_every_view_alike(cast: Any, client_for: Any):
    mandate, programme = a_mandate(), a_programme()
    mine = a_task(title="mine", state=S.IN_PROGRESS, due_on=day(0))
    given_to(mine, cast[KEEPER])
    a_task(title="late", state=S.READY, starts_on=day(-40), due_on=day(-9), mandate=mandate)
    a_task(title="over", state=S.DONE, starts_on=day(-40), due_on=day(-9), mandate=mandate, programme=programme)
    a_task(title="asked", state=S.WAITING, waiting_for=["BRB", "JAM"], priority=4, kind="milestone", due_on=day(2))
    a_task(title="watch", owner="JRCC.watch", year=day(0).year + 1, due_on=day(400), starts_on=day(390))
    cases: dict[str, tuple[dict[str, Any], set[str]]] = {
        "open": ({"state": "open"}, {"mine", "late", "asked", "watch"}),
        "late": ({"state": "late"}, {"late"}),
        "done": ({"state": "done"}, {"over"}),
        "desk": ({"owner": "JRCC.watch"}, {"watch"}),
        "mandate": ({"mandate": str(mandate.pk)}, {"late", "over"}),
        "decision": ({"decision": str(mandate.decision_id)}, {"late", "over"}),
        "internal": ({"internal": "on"}, {"mine", "asked", "watch"}),
        "programme": ({"programme": "APIS"}, {"over"}),
        "year": ({"year": str(day(0).year + 1)}, {"watch"}),
        "milestones": ({"kind": "milestone"}, {"asked"}),
        "urgent": ({"priority": "4"}, {"asked"}),
        "waiting": ({"party": "BRB"}, {"asked"}),
        "due": ({"due_from": f"{day(-20):%Y-%m-%d}", "due_to": f"{day(1):%d %b %Y}"}, {"mine", "late", "over"}),
        "words": ({"q": "aSk"}, {"asked"}),
        "mine": ({"mine": "on"}, {"mine"}),
    }
    client = client_for(KEEPER)
    for name, (params, wanted) in cases.items():
        assert set(titles(client, **params)) == wanted, name
        page = shown(client, "impacs:timeline", **params)
        assert {row.shown.task.title for row in page["rows"] if row.shown} == wanted, name
        assert page["total"] == len(wanted), name


def test_filters_that_are_set_stand_in_words_and_each_can_be_taken_away(cast: Any, client_for: Any):
    a_task(title="late", state=S.READY, starts_on=day(-40), due_on=day(-9))
    page = client_for(KEEPER).get(reverse("impacs:task_list"), {"state": "late", "q": "lat", "o": "title"})
    said = {word["said"]: word["without"] for word in page.context["words"]}
    assert set(said) == {"Status: Overdue", "Words or number: lat"}
    assert _params(said["Status: Overdue"]) == {"q": "lat", "o": "title"}


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"state": "burning"}, 422),
        ({"due_from": "31 Feb 2016"}, 422),
        ({"mandate": "x"}, 422),
        ({"person": "x"}, 422),
        ({"o": "owner__password"}, 422),
        ({"after": "AAAA"}, 404),
        ({"after": "WyJhIl0"}, 404),
        ({"before": "é" * 4000}, 404),
    ],
)
def test_a_filter_that_cannot_be_read_is_told_and_never_an_error_of_the_portal(
    client_for: Any, params: Any, status: int
):
    assert client_for(KEEPER).get(reverse("impacs:task_list"), params).status_code == status


@pytest.mark.parametrize(
    "params", [{"zoom": "decade"}, {"from": "2009-13"}, {"from": "9999-12"}, {"by": "x"}, {"at": "x"}, {"from": "x"}]
)
def test_a_timeline_that_cannot_be_drawn_says_so_and_shows_the_usual_one(client_for: Any, params: Any):
    page = client_for(KEEPER).get(reverse("impacs:timeline"), params)
    assert page.status_code == 422
    assert b"could not be read" in page.content


def test_a_calendar_month_beyond_the_years_is_refused(client_for: Any):
    assert client_for(KEEPER).get(reverse("impacs:calendar"), {"month": "1999-12"}).status_code == 422


def test_the_calendar_counts_what_it_does_not_show_and_links_to_all_of_it(cast: Any, client_for: Any):
    many(8, due_on=day(0))
    a_task(due_on=day(-60), starts_on=day(-70))
    client = client_for(KEEPER)
    page = client.get(reverse("impacs:calendar"))
    assert page.context["counted"] == 8
    link = re.search(rb'href="([^"]+)">3 more', page.content)
    assert link
    assert len(client.get(link[1].decode().replace("&amp;", "&")).context["lines"]) == 8


def test_the_timeline_groups_by_mandate_programme_or_desk_and_leads_to_a_group(cast: Any, client_for: Any):
    first, second = a_mandate(), a_mandate()
    many(60, mandate=first)
    many(3, mandate=second, owner="JRCC.watch")
    a_task(title="internal", starts_on=day(-40), due_on=day(-9))
    client = client_for(KEEPER)
    page = shown(client, "impacs:timeline")
    assert [(group.count, group.late) for _url, group in page["counted"]] == [(60, 0), (3, 0), (1, 1)]
    assert [row.group.title for row in page["rows"] if row.group] == [page["counted"][0][1].title]
    assert not any(row.continued for row in page["rows"])
    rest = shown(client, "impacs:timeline", **_params(page["older"]))
    heads = [(row.group.count, row.continued) for row in rest["rows"] if row.group]
    assert heads == [(60, True), (3, False), (1, False)]
    jumped = shown(client, "impacs:timeline", **_params(page["counted"][1][0]))
    assert [row.group.count for row in jumped["rows"] if row.group] == [3, 1]
    by_desk = shown(client, "impacs:timeline", by="owner")
    assert [group.title for _url, group in by_desk["counted"]] == ["IMPACS.secretariat", "JRCC.watch"]


def test_what_waits_is_joined_by_a_line_that_is_red_where_the_dates_do_not_hold(cast: Any, client_for: Any):
    first, good, bad = (a_task(starts_on=day(n), due_on=day(n + 3)) for n in (0, 4, 2))
    after(first, good)
    after(first, bad)
    page = shown(client_for(KEEPER), "impacs:timeline", zoom="year", **{"from": f"{day(0):%Y-%m}"})
    assert sorted(arrow.broken for arrow in page["drawn"].arrows) == [False, True]


def test_who_does_it_is_found_by_those_alone_who_see_the_inside(cast: Any, client_for: Any):
    task = a_task(title="quiet", owner="JRCC.watch", also=("JAM.ministry",))
    given_to(task, cast[WATCH])
    uid = _uid(cast[WATCH])
    assert titles(client_for(WATCH), person=uid) == ["quiet"]
    assert titles(client_for(JAMAICA), person=uid) == []


def _uid(actor: Any) -> str:
    return str(Seat.objects.get(pk=actor.seat_id).uid)


def test_two_thousand_tasks_take_as_many_questions_as_a_dozen_and_a_light_page(cast: Any, client_for: Any):
    mandates, programme = [a_mandate() for _n in range(12)], a_programme()

    def grow(count: int) -> None:
        rows = many(
            count,
            mandate=lambda n: mandates[n % 12] if n % 5 else None,
            programme=programme,
            starts_on=lambda n: day(n % 300 - 150),
            due_on=lambda n: day(n % 300 - 120),
            state=lambda n: [S.DONE, S.READY, S.IN_PROGRESS, S.WAITING][n % 4],
            waiting_for=lambda n: ["BRB"] if n % 4 == 3 else [],
        )
        for one, two in zip(rows[::7], rows[3::7], strict=False):
            after(one, two)

    client = client_for(KEEPER)
    grow(12)
    few = {view: len(asked(client, reverse(view))) for view in VIEWS}
    grow(1988)
    assert Task.objects.count() == 2000
    for view in VIEWS:
        statements = asked(client, reverse(view))
        assert len(statements) == few[view] <= 12, "\n".join(each[:200] for each in statements)
        assert len(client.get(reverse(view)).content) < 200_000
    page = shown(client, "impacs:timeline", zoom="year")
    older = client.get(reverse("impacs:timeline") + page["older"])
    assert len(older.content) < 200_000
    assert len(asked(client, reverse("impacs:timeline") + page["older"])) <= 12


@pytest.mark.parametrize("view", [*VIEWS, "impacs:workload", "impacs:saved", "impacs:sheet"])
def test_each_view_stands_in_the_frame_of_the_portal_and_leads_to_the_others(client_for: Any, view: str):
    page = client_for(KEEPER).get(reverse(view))
    assert page.context["frame"]["nav"]
    if "views" in page.context:
        assert [one["current"] for one in page.context["views"]].count(True) == 1
        for one in page.context["views"]:
            assert client_for(KEEPER).get(one["url"]).status_code == 200


def test_the_months_of_a_year_follow_each_other(client_for: Any):
    page = shown(client_for(KEEPER), "impacs:calendar", month="2009-12")
    first = page["grid"].lines[0]
    assert first.head.words == 49
    assert first.cells.startswith('<td class="off"><b class="no">30 Nov</b></td><td><b class="no">1 Dec</b>')
    assert "month=2010-01" in page["later"]
