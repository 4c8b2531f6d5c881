"""My work: groups by time, figures, filters, the team, the numbers in the rail, and what tells of changes."""

import datetime
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from apps.access.actor import Actor
from apps.access.manifest import registry
from apps.access.marking import Mark
from apps.access.models import Level
from apps.people.models import Seat, User
from apps.people.queries import colleagues, my_work, work
from apps.people.queries.my_work import Filters
from apps.people.queries.work import Registered, WorkRow

DESK, NEWS, COUNTS = reverse("people:desk"), reverse("people:desk_news"), reverse("people:counts")
OFFICER, HEAD = "jam.border.officer", "jam.border.head"
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
Says = Callable[..., None]


def row(title: str, due: datetime.datetime | None = None, **more: Any) -> WorkRow:
    return WorkRow(title=title, url=f"/jrcc/hits/{title.lower()}/", due=due, detail="", kind="alert", **more)


def hours(count: float) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(hours=count)


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Says:
    """Let rooms say what waits: says(*rows, of=kind of work)."""
    said: list[Registered] = []
    labels: dict[str, str] = {}
    monkeypatch.setattr(work, "_providers", lambda: said)
    monkeypatch.setattr(work, "_labels", lambda: labels)

    def say(*rows: WorkRow, of: str = "") -> None:
        kind = f"people.{of}" if of else "people"
        labels.update({kind: of.title()} if of else {})
        said.append(Registered(lambda _actor: list(rows), work.WAITING, kind))

    return say


def titles(page: str) -> list[str]:
    listed = page.partition('<div class="with-aside">')[2].partition("<aside")[0]
    return re.findall(r'<li class="row"><h3><a[^>]*>([^<]*)</a>', listed)


def get(browser: Client, place: str = DESK, **more: Any) -> str:
    answer = browser.get(place, **more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_rows_stand_under_their_time_and_the_sentence_counts_them(says: Says, client_for: Any) -> None:
    says(row("Later", hours(24 * 30)), row("Undated"), row("Late", hours(-30)), row("Soon", hours(60)))
    page = get(client_for(OFFICER))
    assert titles(page) == ["Late", "Soon", "Later", "Undated"]
    assert re.findall(r'<h3 class="grp" id="g-(\w+)">', page) == ["overdue", "week", "later", "none"]
    assert "4 items need action by Jamaica. One item is overdue." in page
    assert page.count("btn-p") == 1


def test_a_figure_leads_to_its_rows_and_says_what_presses(says: Says, client_for: Any) -> None:
    says(row("A", hours(-50)), row("B"), of="hits")
    says(row("C", hours(100)), of="lists")
    browser = client_for(OFFICER)
    found = re.findall(
        r'href="(/people/desk/\?of=[^"]+)"><b>(\d+)</b><span>(\w+)</span><span class="([^"]*)">([^<]*)', get(browser)
    )
    assert [(count, label, kind) for _url, count, label, kind, _note in found] == [
        ("2", "Hits", "t-bad"), ("1", "Lists", "t-mute"),
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
    assert "No work matches these filters" in page
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
    lines = [re.sub(r"<[^>]+>", " ", line).split() for line in table.split('<tr role="row">')[2:]]
    name = User.objects.get(username=OFFICER).get_full_name().split()
    assert [*name, "1", "0", "0", "0", "0", "1"] in lines
    assert ["Not", "assigned", "yet", "0", "0", "1", "0", "0", "1"] in lines
    assert any(line[:2] == ["Person", "whose"] for line in lines)
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


def test_the_rail_of_the_first_page_counts_what_waits_by_place_and_turns_gold_today(
    says: Says, client_for: Any
) -> None:
    says(row("A", hours(-1)), row("B"), WorkRow("C", "/elsewhere/", None, "", "x", place=reverse("jrcc:expected")))
    browser = client_for(OFFICER)
    wanted = {"My work": ("3", True), "Hits": ("2", True), "Journeys": ("1", False)}
    first = get(browser, reverse("jrcc:lookups"))
    assert counts_of(first) == wanted
    assert 'hx-trigger="record-changed' in first, "it asks again only after a change"
    assert counts_of(get(browser)) == wanted


def test_a_number_of_a_place_is_the_sum_of_its_tabs(says: Says, client_for: Any) -> None:
    places = ("jrcc:journeys", "jrcc:expected", "jrcc:expected", "jrcc:cases")
    says(*(WorkRow("C", f"/elsewhere/{n}/", None, "", "x", place=reverse(name)) for n, name in enumerate(places)))
    page = get(client_for(OFFICER), reverse("jrcc:expected"))
    assert counts_of(page)["Journeys"] == ("4", False)
    tabs = page.partition('id="place-tabs"')[2].partition("</nav>")[0]
    found = re.findall(r'href="([^"]+)"[^>]*>[^<]*<span\s+class="n"\s*>(\d+)<', tabs)
    assert found == [("/jrcc/journeys/", "1"), ("/jrcc/expected/", "2"), ("/jrcc/cases/", "1")]


def test_the_rail_costs_one_counting_in_half_a_minute(
    says: Says, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(work, "waiting_for", lambda actor: asked.append(actor) or [])
    browser = client_for(OFFICER)
    for _ in range(3):
        get(browser, reverse("jrcc:lookups"))
    assert len(asked) == 1


def test_a_page_asks_for_the_rail_and_gets_it_with_its_own_place_marked(says: Says, client_for: Any) -> None:
    says(row("A"))
    browser = client_for(OFFICER)
    part = get(browser, COUNTS, headers=PARTIAL | {"HX-Current-URL": "http://testserver" + reverse("jrcc:journeys")})
    assert part.lstrip().startswith("<nav")
    assert re.search(r'href="/jrcc/journeys/"\s+aria-current="page"', part)
    assert '<hx-partial hx-target="#place-tabs"' in part
    assert counts_of(part)["Hits"] == ("1", False)
    assert browser.get(COUNTS).headers["Location"] == DESK


def test_what_one_does_oneself_is_counted_anew_at_once(says: Says, client_for: Any, cast: Any) -> None:
    says(row("A"))
    browser = client_for(OFFICER)
    get(browser)
    assert [(one.page, one.due) for one in my_work.remembered(cast[OFFICER]) or []] == [("/jrcc/hits/a/", None)]
    browser.post(reverse("people:preferences"), {"theme": "dark"})
    assert my_work.remembered(cast[OFFICER]) is None


def test_numbers_of_one_seat_are_not_those_of_another(says: Says, client_for: Any, cast: Any) -> None:
    says(row("A", seat=cast[OFFICER].seat_id))
    assert counts_of(get(client_for(OFFICER)))["My work"] == ("1", False)
    assert my_work.remembered(cast[HEAD]) is None
    assert counts_of(get(client_for(HEAD))) == {}


def test_without_a_cache_the_desk_counts_by_itself(
    says: Says, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(row("A"))

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionError

    for name in ("get", "set", "delete"):
        monkeypatch.setattr(cache, name, broken)
    assert counts_of(get(client_for(OFFICER)))["My work"] == ("1", False)


def test_a_change_is_told_without_moving_the_list(says: Says, client_for: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    says(row("A"), of="hits")
    browser = client_for(OFFICER)
    url = re.search(r'hx-get="(/people/desk/news/[^"]+)"', get(browser, f"{DESK}?order=kind"))
    assert url
    news = url[1].replace("&amp;", "&")
    assert get(browser, news, headers=PARTIAL).strip() == ""
    says(row("B"), of="lists")
    told = get(browser, news, headers=PARTIAL)
    assert "It now has 2 items" in told
    assert f'href="{DESK}?order=kind"' in told
    assert browser.get(news).headers["Location"] == DESK


def test_what_others_owe_and_what_one_did_are_tabs_of_their_own(
    says: Says, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(row("A"))
    owed = Registered(lambda _actor: [row("Owed by Barbados", hours(-1))], work.ASKED, "people")
    said = [*work._providers(), owed]
    monkeypatch.setattr(work, "_providers", lambda: said)
    browser = client_for(OFFICER)
    assert "Owed by Barbados" not in get(browser)
    waiting = get(browser, f"{DESK}?show=waiting")
    assert titles(waiting) == ["Owed by Barbados"]
    browser.post(reverse("people:preferences"), {"theme": "dark"})
    done = get(browser, f"{DESK}?show=done")
    assert "My recent activity" in done
    assert titles(done) != ["A"]
    assert titles(get(browser, f"{DESK}?show=everything")) == ["A"]


def test_a_tab_asks_only_for_what_it_shows_and_is_marked_by_that_alone(
    client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def provider(panel: str) -> Registered:
        secret = row(panel, hours(1), mark=Mark(Level.CONFIDENTIAL))
        return Registered(lambda _actor: asked.append(panel) or [secret], panel, "people")

    said = [provider(work.WAITING), provider(work.ASKED)]
    monkeypatch.setattr(work, "_providers", lambda: said)
    browser = client_for(OFFICER)
    marked = {show: "cls-c" in get(browser, f"{DESK}?show={show}") for show in ("", "waiting", "done")}
    assert marked == {"": True, "waiting": True, "done": False}
    assert asked == [work.WAITING, work.WAITING, work.ASKED, work.WAITING]


def test_a_side_column_without_content_is_not_drawn(says: Says, client_for: Any) -> None:
    says(row("A"))
    aside = get(client_for(OFFICER)).partition("<aside")[2].partition("</aside>")[0].partition(">")[2]
    assert aside.strip() == ""
    sheets = [(settings.BASE_DIR / "static" / "css" / name).read_text() for name in ("frame.css", "kit.css")]
    columns = re.findall(r"(\.with-aside[^{}]*)\{[^}]*grid-template-columns", "".join(sheets))
    assert len(columns) == 2
    assert {"has(>aside>*)" in selector for selector in columns} == {True}


def test_filters_are_read_from_the_address_alone(cast: Any) -> None:
    assert Filters.read(cast[HEAD], {"team": "on", "order": "x"}) == Filters(team=True)
    assert Filters.read(cast[OFFICER], {"show": "done"}) == Filters(show="done")
    assert Filters.read(cast[OFFICER], {"show": "x"}) == Filters()
    assert Filters.read(cast[OFFICER], {"team": "on"}) == Filters()
    assert Filters.read(None, {"team": "on"}) == Filters()
    hits, council = row("A", of="jrcc.hits"), row("B", of="jrccx.hits")
    assert Filters(of="jrcc").fits(cast[HEAD], hits)
    assert not Filters(of="jrcc").fits(cast[HEAD], council)


def test_rooms_are_asked_in_one_statement(
    cast: Any, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    officer = cast[OFFICER]

    def said(actor: Actor, label: str) -> Iterator[work.Ask]:
        rows = User.objects.filter(username__in=[OFFICER, HEAD])
        yield work.Ask(
            rows, ["username"], {"name": "username"}, lambda facts: [row(f"{label} {facts['name']}")] * 2, most=1
        )

    panels = {work.WAITING: "one", work.COMING: "two", work.ASKED: "three"}
    providers = [Registered(partial(said, label=label), panel, "people") for panel, label in panels.items()]
    monkeypatch.setattr(work, "_providers", lambda: providers)
    with django_assert_num_queries(1):
        found = work.panels(officer)
    assert {panel: [each.title for each in rows] for panel, rows in found.items()} == {
        "waiting": [f"one {HEAD}"] * 2, "coming": [f"two {HEAD}"] * 2, "asked": [f"three {HEAD}"] * 2,
    }  # fmt: skip
    with django_assert_num_queries(0):
        assert work.panels(None) == {"waiting": [], "coming": [], "asked": []}


def test_no_kind_of_work_is_called_by_the_name_of_a_module():
    named = {app.name for app, _one in registry.of("work")}
    assert len(named) > 10
    assert {name for name in named if not isinstance(apps.get_app_config(name).verbose_name, Promise)} == set()
