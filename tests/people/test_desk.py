"""My desk: groups by time, figures, filters, the team, the numbers in the rail, and what tells of changes."""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.access.actor import Actor
from apps.people import desks, waiting
from apps.people.desks import Filters, group_of
from apps.people.models import Seat, User
from apps.people.queries import colleagues
from apps.people.waiting import WorkRow

DESK, NEWS, COUNTS = reverse("people:desk"), reverse("people:desk_news"), reverse("people:counts")
OFFICER, HEAD = "jam.border.officer", "jam.border.head"
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
NOON = datetime.datetime(2026, 3, 2, 17, 0, tzinfo=datetime.UTC)  # noon in Kingston
Says = Callable[..., None]


def row(title: str, due: datetime.datetime | None = None, **more: Any) -> WorkRow:
    return WorkRow(title=title, url=f"/jrcc/hits/{title.lower()}/", due=due, detail="", kind="alert", **more)


def hours(count: float) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(hours=count)


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Says:
    """Let rooms say what waits: says(*rows, of=kind of work)."""
    monkeypatch.setattr(waiting, "_registered", {})
    monkeypatch.setattr(waiting, "_kinds", {})

    def say(*rows: WorkRow, of: str = "") -> None:
        def provider(_actor: Actor) -> list[WorkRow]:
            return list(rows)

        waiting.register_as(of, of.title())(provider) if of else waiting.register(provider)

    return say


def titles(page: str) -> list[str]:
    listed = page.partition('<div class="with-aside">')[2].partition("<aside")[0]
    return re.findall(r'<li class="row"><h3><a[^>]*>([^<]*)</a>', listed)


def get(browser: Client, place: str = DESK, **more: Any) -> str:
    answer = browser.get(place, **more)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (None, "none"),
        (NOON - datetime.timedelta(seconds=1), "late"),
        (NOON, "late"),
        (NOON + datetime.timedelta(seconds=1), "today"),
        (datetime.datetime(2026, 3, 3, 4, 59, tzinfo=datetime.UTC), "today"),  # 23:59 in Kingston
        (datetime.datetime(2026, 3, 3, 5, 0, tzinfo=datetime.UTC), "week"),
        (datetime.datetime(2026, 3, 9, 4, 59, tzinfo=datetime.UTC), "week"),
        (datetime.datetime(2026, 3, 9, 5, 0, tzinfo=datetime.UTC), "later"),
    ],
)
def test_days_end_where_the_desk_is(due: datetime.datetime | None, group: str) -> None:
    assert group_of(row("A", due), NOON, "America/Jamaica") == group


def test_rows_stand_under_their_time_and_the_sentence_counts_them(says: Says, client_for: Any) -> None:
    says(row("Later", hours(24 * 30)), row("Undated"), row("Late", hours(-30)), row("Soon", hours(60)))
    page = get(client_for(OFFICER))
    assert titles(page) == ["Late", "Soon", "Later", "Undated"]
    assert re.findall(r'<h3 class="grp" id="g-(\w+)">', page) == ["late", "week", "later", "none"]
    assert "4 things need Jamaica. One is late." in page
    assert page.count("btn-p") == 1


def test_a_figure_leads_to_its_rows_and_says_what_presses(says: Says, client_for: Any) -> None:
    says(row("A", hours(-50)), row("B"), of="hits")
    says(row("C", hours(100)), of="lists")
    browser = client_for(OFFICER)
    found = re.findall(
        r'href="(/people/desk/\?of=[^"]+)"><b>(\d+)</b><span>(\w+)</span><span class="([^"]*)">([^<]*)', get(browser)
    )
    assert [(count, label, kind) for _url, count, label, kind, _note in found] == [
        ("2", "Hits", "t-bad"), ("1", "Lists", "t-warn"),
    ]  # fmt: skip
    assert found[0][4] == "oldest 3 days late"
    assert titles(get(browser, found[0][0])) == ["A", "B"]
    assert titles(get(browser, found[1][0])) == ["C"]


def test_no_more_than_six_figures_and_every_kind_in_the_choice(says: Says, client_for: Any) -> None:
    for number in range(8):
        says(row(f"R{number}", hours(number + 1)), of=f"kind{number}")
    page = get(client_for(OFFICER))
    assert page.count('class="stat"') == 6
    assert [number for number in range(8) if f'<option value="people.kind{number}"' not in page] == []


def test_order_by_kind_gathers_what_belongs_together(says: Says, client_for: Any) -> None:
    says(row("A", hours(-5)), row("C", hours(9)), of="hits")
    says(row("B", hours(2)), of="lists")
    assert titles(get(client_for(OFFICER))) == ["A", "B", "C"]
    page = get(client_for(OFFICER), f"{DESK}?order=kind")
    assert titles(page) == ["A", "C", "B"]
    assert '<option value="kind" selected>' in page


def test_a_filter_without_rows_says_so_and_leads_back(says: Says, client_for: Any) -> None:
    says(row("A"), of="hits")
    page = get(client_for(OFFICER), f"{DESK}?of=council")
    assert titles(page) == []
    assert "Nothing here fits what you chose" in page
    assert get(client_for(OFFICER), f"{DESK}?order=x&of=<b>&mine=1&team=on")


def test_only_mine_leaves_what_is_anybodys_at_the_desk(says: Says, client_for: Any, cast: Any) -> None:
    says(row("Mine", seat=cast[OFFICER].seat_id), row("Ours"), row("His", seat=cast[HEAD].seat_id))
    browser = client_for(OFFICER)
    assert titles(get(browser)) == ["Mine", "Ours"]
    assert titles(get(browser, f"{DESK}?mine=on")) == ["Mine"]


def test_who_decides_sees_the_team_and_nobody_else_does(says: Says, client_for: Any, cast: Any) -> None:
    says(
        row("Officers", hours(-2), seat=cast[OFFICER].seat_id),
        row("Nobodys", hours(30)),
        row("Heads", seat=cast[HEAD].seat_id),
        row("Gone", seat=999_999_999),
    )
    assert titles(get(client_for(HEAD))) == ["Nobodys", "Heads"]
    page = get(client_for(HEAD), f"{DESK}?team=on")
    assert titles(page) == ["Nobodys", "Heads", "Officers", "Gone"]
    table = page.partition('aria-labelledby="t-h"')[2].partition("</table>")[0]
    lines = [re.sub(r"<[^>]+>", " ", line).split() for line in table.split("<tr>")[2:]]
    name = User.objects.get(username=OFFICER).get_full_name().split()
    assert [*name, "1", "0", "0", "0", "0", "1"] in lines
    assert ["Nobody", "yet", "0", "0", "1", "0", "0", "1"] in lines
    assert any(line[:2] == ["Somebody", "whose"] for line in lines)
    assert titles(get(client_for(OFFICER), f"{DESK}?team=on")) == ["Officers", "Nobodys"]
    assert "?team=on" not in get(client_for(OFFICER))


def test_the_team_is_of_ones_own_desk(cast: Any) -> None:
    names = colleagues(cast[HEAD])
    assert next(iter(names)) == cast[HEAD].seat_id, "oneself first"
    own = Seat.objects.filter(desk__code="JAM.border", state="current").exclude(kind="service")
    assert set(names) == set(own.values_list("pk", flat=True))


def counts_of(page: str) -> dict[str, tuple[str, bool]]:
    """{label: (number, gold)} of the rail's entries that have one."""
    nav = page.partition('<nav class="rail"')[2].partition("</nav>")[0]
    found = re.findall(r'<span>([^<]*)</span><span class="n( hot)?">(\d+)<', nav)
    return {label: (number, bool(hot)) for label, hot, number in found}


def test_the_rail_counts_what_waits_by_place_and_turns_gold_today(says: Says, client_for: Any) -> None:
    says(row("A", hours(-1)), row("B"), WorkRow("C", "/elsewhere/", None, "", "x", place=reverse("jrcc:journeys")))
    browser = client_for(OFFICER)
    elsewhere = get(browser, reverse("jrcc:hits"))
    assert counts_of(elsewhere) == {}, "nothing was counted yet"
    assert 'hx-trigger="load, record-changed' in elsewhere
    assert counts_of(get(browser)) == {"My desk": ("3", True), "Hits": ("2", True), "Journeys": ("1", False)}
    again = get(browser, reverse("jrcc:hits"))
    assert counts_of(again)["Hits"] == ("2", True)
    assert 'hx-trigger="load, record-changed' not in again


def test_a_page_asks_for_the_rail_and_gets_it_with_its_own_place_marked(says: Says, client_for: Any) -> None:
    says(row("A"))
    browser = client_for(OFFICER)
    part = get(browser, COUNTS, headers=PARTIAL | {"HX-Current-URL": "http://testserver" + reverse("jrcc:journeys")})
    assert part.lstrip().startswith("<nav")
    assert re.search(r'href="/jrcc/journeys/" aria-current="page"', part)
    assert counts_of(part)["Hits"] == ("1", False)
    assert browser.get(COUNTS).headers["Location"] == DESK


def test_what_one_does_oneself_is_counted_anew_at_once(says: Says, client_for: Any, cast: Any) -> None:
    says(row("A"))
    browser = client_for(OFFICER)
    get(browser)
    assert desks.remembered(cast[OFFICER]) == [("/jrcc/hits/a/", None)]
    browser.post(reverse("people:preferences"), {"theme": "dark"})
    assert desks.remembered(cast[OFFICER]) is None


def test_numbers_of_one_seat_are_not_those_of_another(says: Says, client_for: Any, cast: Any) -> None:
    says(row("A", seat=cast[OFFICER].seat_id))
    get(client_for(OFFICER))
    assert desks.remembered(cast[HEAD]) is None
    assert counts_of(get(client_for(HEAD))) == {}


def test_without_a_cache_the_desk_counts_by_itself(
    says: Says, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(row("A"))

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionError

    for name in ("get", "set", "delete"):
        monkeypatch.setattr(cache, name, broken)
    assert counts_of(get(client_for(OFFICER)))["My desk"] == ("1", False)


def test_a_change_is_told_without_moving_the_list(says: Says, client_for: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    says(row("A"), of="hits")
    browser = client_for(OFFICER)
    url = re.search(r'hx-get="(/people/desk/news/[^"]+)"', get(browser, f"{DESK}?order=kind"))
    assert url
    news = url[1].replace("&amp;", "&")
    assert get(browser, news, headers=PARTIAL).strip() == ""
    says(row("B"), of="lists")
    told = get(browser, news, headers=PARTIAL)
    assert "2 things are on it now" in told
    assert f'href="{DESK}?order=kind"' in told
    assert browser.get(news).headers["Location"] == DESK


def test_filters_are_read_from_the_address_alone(cast: Any) -> None:
    assert Filters.read(cast[HEAD], {"team": "on", "order": "x"}) == Filters(team=True)
    assert Filters.read(cast[OFFICER], {"team": "on"}) == Filters()
    assert Filters.read(None, {"team": "on"}) == Filters()
    hits, council = row("A", of="jrcc.hits"), row("B", of="jrccx.hits")
    assert Filters(of="jrcc").fits(cast[HEAD], hits)
    assert not Filters(of="jrcc").fits(cast[HEAD], council)


def test_rooms_are_asked_in_one_statement(
    cast: Any, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    officer = cast[OFFICER]
    monkeypatch.setattr(waiting, "_registered", {})

    def said(actor: Actor, label: str) -> Iterator[waiting.Ask]:
        rows = User.objects.filter(username__in=[OFFICER, HEAD])
        yield waiting.Ask(
            rows, ["username"], {"name": "username"}, lambda facts: [row(f"{label} {facts['name']}")] * 2, most=1
        )

    waiting.register(lambda actor: said(actor, "one"))
    waiting.register_coming(lambda actor: said(actor, "two"))
    waiting.register_asked(lambda actor: said(actor, "three"))
    with django_assert_num_queries(1):
        found = waiting.panels(officer)
    assert {panel: [each.title for each in rows] for panel, rows in found.items()} == {
        "waiting": [f"one {HEAD}"] * 2, "coming": [f"two {HEAD}"] * 2, "asked": [f"three {HEAD}"] * 2,
    }  # fmt: skip
    with django_assert_num_queries(0):
        assert waiting.panels(None) == {"waiting": [], "coming": [], "asked": []}
