"""A list from its declaration: every row once in every order, filters in words, files, and what cannot be asked for."""

import itertools
import re
import time
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext_lazy

from apps.access.ids import uuid7
from apps.pages.cells import Cell, Press, print_cell
from apps.pages.columns import HIDE, WIDE, Act, Around, Col, Day, Party, Status, Title
from apps.pages.filters import Before, Choice, Words
from apps.pages.lists import Blank, Export, List
from apps.people.models import Seat
from tests.seats import seat

pytestmark = pytest.mark.django_db


class Seats(List):
    """Seats of the cast, as a declared list."""

    of = "people.seat"
    title = "Seats"
    noun = ngettext_lazy("%(n)d seat", "%(n)d seats", "n")
    columns = (
        Title("user.username", "Person", sort="user__username", code="desk.code"),
        Party("desk.party", "Party", sort="desk__party"),
        Col("kind", "Kind", sort="kind", phone=HIDE),
        Day("valid_to", "Ends", sort="valid_to"),
        Col("role", "Role", hidden=True),
    )
    search = ("user__username", "desk__code")
    search_label = "Name"
    filters = (
        Choice("kind", "Kind", choices=Seat._meta.get_field("kind").choices),
        Before("ends", "Ends before", "valid_to"),
        Choice("state", "State", choices=[("current", "Now"), ("ended", "Before")], default="current", every="any"),
    )
    related = ("user", "desk__party")
    order = "user__username"
    page = 7
    empty = Blank("No appointment", "Seats appear here.")

    @staticmethod
    def read(actor: Any) -> Any:
        return Seat.objects.all()

    def place(self, line: Any) -> str:
        return f"/seats/{line.pk}/"


def asked(query: str = "", **given: Any) -> Any:
    actor = SimpleNamespace(time_zone="America/Jamaica", may_write=True, seat_id=1, seat_kind="standing")
    known = {"actor": actor, "path": "/seats/", "method": "GET", "headers": {}, "reads": [], "META": {}}
    return SimpleNamespace(GET=QueryDict(query.partition("?")[2] or query.lstrip("?")), **(known | given))


def shown(query: str = "", kind: type[List] = Seats) -> Any:
    return kind(asked(query)).shown()


@pytest.fixture
def seats(cast):
    """Seats of the cast, a third of which end on one of three days."""
    for n, row in enumerate(Seat.objects.order_by("pk")[:20]):
        if n % 3:
            Seat.objects.filter(pk=row.pk).update(valid_to=timezone.now() + timezone.timedelta(days=n % 4 + 400))
    return Seat.objects.all()


def walk(query: str, step: str) -> list[list[int]]:
    """The pages from here on, in the direction of a step, by the addresses that the pages give."""
    pages = []
    while True:
        page = shown(query)
        pages.append([row.pk for row in page.records])
        query = getattr(page, step)
        if not query:
            return pages


@pytest.mark.parametrize("way", ["", "-"])
@pytest.mark.parametrize("column", ["user__username", "valid_to", "kind"])
@pytest.mark.usefixtures("seats")
def test_walking_a_list_meets_every_row_once_and_walking_back_meets_the_same(column, way):
    there = walk(f"?sort={way}{column}", "older")
    everything = list(itertools.chain(*there))
    assert len(everything) == len(set(everything)) == Seat.objects.count()
    last = walk_to_last(f"?sort={way}{column}")
    assert walk(last, "newer") == there[::-1]


def walk_to_last(query: str) -> str:
    while (older := shown(query).older) != "":
        query = older
    return query


@pytest.mark.usefixtures("seats")
def test_rows_without_a_value_come_last_in_either_direction():
    for order in ("valid_to", "-valid_to"):
        known = dict(Seat.objects.values_list("pk", "valid_to"))
        ends = [known[pk] for pk in itertools.chain(*walk(f"?sort={order}", "older"))]
        assert [end is None for end in ends] == sorted(end is None for end in ends)


@pytest.mark.usefixtures("cast")
def test_an_order_that_no_column_has_is_the_lists_own():
    assert [row.pk for row in shown("?sort=user__password").records] == [row.pk for row in shown().records]


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("key", ["x", "WyJhIiwiYiJd", "bnVsbA", "W10", "%F0%9F%98%80"])
def test_a_place_that_is_none_is_told_so(key):
    with pytest.raises(ValidationError, match="This position in the list is not known"):
        shown(f"?after={key}")


@pytest.mark.usefixtures("cast")
def test_a_filter_is_said_in_words_and_taken_away_by_its_address():
    page = shown("?kind=standing&q=jam.border")
    assert [one.words for one in page.tokens] == ["Name: “jam.border”", "Kind: Substantive", "State: Now"]
    assert {row.desk.code for row in page.records} == {"JAM.border"}
    assert shown(page.tokens[0].url).said != page.said
    assert [one.words for one in shown(page.tokens[0].url).tokens] == ["Kind: Substantive", "State: Now"]
    assert shown(page.clear).tokens == []


@pytest.mark.usefixtures("cast")
def test_a_filter_with_a_default_holds_until_the_address_asks_for_all():
    Seat.objects.filter(pk=Seat.objects.latest("pk").pk).update(state="ended")
    usual = shown()
    assert [one.words for one in usual.tokens] == ["State: Now"]
    everything = shown(usual.tokens[0].url)
    assert usual.tokens[0].url == "?state=any"
    assert everything.tokens == []
    assert everything.said == f"{Seat.objects.count()} seats"
    assert usual.said != everything.said


@pytest.mark.usefixtures("cast")
def test_the_field_for_words_takes_as_many_letters_as_its_filter_reads():
    class Wordy(Seats):
        search = Words("q", "Name", columns=("user__username",), longest=230)

    request = asked()
    html = render_to_string("components/list.html", {"list": Wordy(request).shown(), "request": request})
    assert re.search(r'type="search"[^>]* maxlength="(\d+)"', html).group(1) == "230"


@pytest.mark.usefixtures("cast")
def test_an_empty_answer_says_which_filter_leaves_out_most():
    page = shown("?q=jam.border&ends=1+January+2001")
    assert page.is_empty
    assert page.blank.title == "No match"
    assert "Ends before: 1 January 2001" in page.blank.text
    assert not shown(page.blank.url).is_empty
    assert [one.name for one in shown(page.blank.url).tokens] == ["q", "state"]


@pytest.mark.usefixtures("cast")
def test_a_list_without_rows_and_filters_says_what_will_appear():
    class Nobody(Seats):
        filters = ()

        @staticmethod
        def read(actor: Any) -> Any:
            return Seat.objects.none()

    assert shown(kind=Nobody).blank == Seats.empty


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(("query", "field"), [("kind=sleeping&q=jam", "kind"), ("ends=tomorrow&q=jam", "ends")])
def test_a_filter_that_cannot_be_read_is_told_at_its_field_filters_nothing_and_loses_nothing(query, field):
    page = shown(query)
    assert page.wrong
    assert [one.name for one in page.fields if one.errors] == [field]
    assert next(one for one in page.fields if one.errors).value() == query.partition("&")[0].partition("=")[2]
    assert [row.pk for row in page.records] == [row.pk for row in shown("q=jam").records]
    assert [one.name for one in page.tokens] == ["q", "state"]


@pytest.mark.usefixtures("cast")
def test_filtering_anew_keeps_order_and_columns_and_what_other_lists_of_the_page_show():
    page = shown(
        "?sort=-kind&cols=role&past-after=x&after=WyJhIiwiYiJd&kind=standing".replace("&after=WyJhIiwiYiJd", "")
    )
    assert dict(page.kept) == {"sort": "-kind", "cols": "role", "past-after": "x"}


@pytest.mark.usefixtures("cast")
def test_two_lists_of_a_page_are_asked_apart():
    class Past(Seats):
        prefix = "past"

    page = shown("?q=nobody&past-q=jam.border&past-sort=-kind", Past)
    assert {row.desk.code for row in page.records} == {"JAM.border"}
    assert "q=nobody" in page.tokens[0].url
    assert "past-q" not in page.tokens[0].url
    assert page.id == "list-past"


@pytest.mark.usefixtures("cast")
def test_pressing_a_head_turns_the_order_about_and_begins_at_the_first_page():
    head = shown(walk_to_last("?sort=user__username")).heads[0]
    assert (head.sorted, head.url) == ("ascending", "?sort=-user__username")


@pytest.mark.usefixtures("cast")
def test_a_hidden_column_is_shown_to_who_asks_and_stays_where_one_reads():
    page = shown(shown("?sort=kind").older)
    assert "Role" not in [head.label for head in page.heads]
    turn = next(one for one in page.turns if one.label == "Role")
    assert not turn.is_shown
    again = shown(turn.url)
    assert "Role" in [head.label for head in again.heads]
    assert [row.pk for row in again.records] == [row.pk for row in page.records]
    assert next(one for one in again.turns if one.label == "Role").url == "?sort=kind&after=" + re.search(
        "after=([^&]+)", turn.url
    ).group(1)


@pytest.mark.usefixtures("seats")
def test_a_file_has_the_whole_filtered_list_in_its_order_as_text():
    known = Seats(asked("?q=jam&sort=-user__username"))
    table = known.table(known.file_rows())
    assert table[0] == ["Person", "Reference", "Party", "Kind", "Ends", "Role"]
    names = [row[0] for row in table[1:]]
    assert names == sorted(names, reverse=True)
    assert len(names) == Seat.objects.filter(user__username__icontains="jam").count() > Seats.page
    assert {len(row) for row in table} == {6}


@pytest.mark.usefixtures("cast")
def test_a_file_that_is_cut_says_so_in_its_last_line():
    class Short(Seats):
        export = Export(limit=3)

    class Exact(Seats):
        export = Export(limit=Seat.objects.filter(state="current").count())

    short = Short(asked())
    table = short.table(short.file_rows())
    assert len(table) == 1 + 3 + 1
    assert table[-1] == ["There is more: filter the list for the rest."]
    exact = Exact(asked())
    assert len(exact.table(exact.file_rows())) == 1 + Exact.export.limit


def test_a_file_asks_what_its_rows_need_for_a_thousand_at_a_time():
    asked_for = []

    class Long(List):
        of, title, order = "people.seat", "Long", ""
        columns = (Title("name", "Name"),)

        @staticmethod
        def read(actor: Any) -> Any:
            return [SimpleNamespace(pk=n, name=f"n{n}") for n in range(2500)]

        def lines(self, rows: list[Any]) -> list[Any]:
            asked_for.append(len(rows))
            return rows

    long = Long(asked())
    assert [row[0] for row in long.table(long.file_rows())[1:]] == [f"n{n}" for n in range(2500)]
    assert asked_for == [1000, 1000, 500]


def test_the_first_of_several_lines_of_a_cell_loses_nothing():
    first = Cell("QF 1", mono=True, lang="fr", marks=("New",), press=Press("Review", "/x/"))
    alone, several = print_cell(first), print_cell(replace(first, more=(Cell("QF 2"),)))
    assert several == f'<div class="ln">{alone}</div><div class="ln">QF 2</div>'


def test_what_a_status_says_is_worked_out_once_a_cell():
    told = []
    status = Status("state", "Status", value=lambda row: told.append(row) or ("ok", "check", "Fine"))
    around = Around(timezone.now())
    assert status.cell("row", around) == Cell("Fine", chip=("ok", "check"))
    assert told == ["row"]
    assert status.words("row", around) == "Fine"


def test_on_a_telephone_statuses_and_buttons_stand_without_the_label_that_others_have():
    labels = {kind: kind("x", "Label").phone_label for kind in (Title, Status, Act, Col, Day)}
    assert labels == {Title: "", Status: "", Act: "", Col: "Label", Day: "Label"}
    assert Status("x", "Label", phone="Now").phone_label == "Now"
    assert Col("x", "Label", phone=HIDE).phone_label == ""
    wide = Col("x", "Label", phone=WIDE)
    assert (wide.phone_label, wide.css) == ("Label", "c-all")


@pytest.mark.parametrize(("who", "stands"), [("JRCC.watch head", True), ("JRCC.watch head emergency", False)])
def test_the_button_of_a_new_record_stands_above_the_list_for_who_may_make_one(who, stands):
    class Made(Seats):
        creates = ("rule.draft", "screening:rule_new")

    button = Made(asked(actor=seat(who))).primary()
    assert (button is not None) == stands


@pytest.mark.usefixtures("cast")
def test_a_page_asks_for_its_rows_once_and_counts_once(django_assert_num_queries):
    with django_assert_num_queries(3):  # the greatest key, too, since keys of seats do not tell the time
        shown("?sort=valid_to")


@pytest.mark.usefixtures("cast")
def test_a_list_of_25_rows_takes_at_most_25_ms_of_processor():
    """The best of five: what else the machine does is not the list's. Without its questions to the database."""

    class Long(Seats):
        page = 25
        order = "pk"
        related = ()

        @staticmethod
        def read(actor: Any) -> Any:
            return known

    known = list(Seat.objects.select_related("user", "desk__party")[:25])
    assert len(known) == 25
    times = []
    for _try in range(5):
        began = time.process_time()
        request = asked("?cols=role")
        render_to_string("components/list.html", {"list": Long(request).shown(), "request": request})
        times.append(time.process_time() - began)
    assert min(times) <= 0.025, times


@pytest.mark.usefixtures("cast")
def test_what_arrives_stands_in_a_line_above_and_moves_no_row(cast):
    class Newest(Seats):
        order = "-pk"

    first = shown(kind=Newest)
    place = re.search(r"upto=([^&]+)", first.arrived.live).group(1)
    assert shown(f"?upto={place}", Newest).arrived.said == ""
    one = Seat.objects.latest("pk")
    one.pk, one.uid = None, uuid7()
    one.valid_from, one.state = timezone.now(), "current"
    one.desk_id = Seat.objects.exclude(desk_id=one.desk_id).earliest("pk").desk_id
    one.save()
    then = shown(f"?upto={place}", Newest)
    assert [row.pk for row in then.records] == [row.pk for row in first.records]
    assert re.fullmatch(r"1 arrived since \d\d:\d\d", then.arrived.said)
    assert shown(then.arrived.fresh, Newest).records[0].pk == one.pk


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("place", ["x", "1.x", "99999999999999999999.1", "1764500000000.99999999999999999999"])
def test_a_moment_that_is_none_is_told_so(place):
    with pytest.raises(ValidationError, match="This position in the list is not known"):
        shown(f"?upto={place}")


@pytest.mark.usefixtures("cast")
def test_an_open_list_is_sent_again_only_when_something_changed():
    headers = {"HX-Request-Type": "partial"}
    live = shown().arrived.live
    known = Seats(asked(live, headers=headers))
    known.marking = lambda rows: {"level": 1}
    assert known.answer().status_code == 304


def test_rows_that_are_no_query_are_ordered_filtered_and_cut_alike():
    rows = [SimpleNamespace(pk=n, name=f"n{n % 5}", due=None if n % 3 else n) for n in range(20)]

    class Worked(List):
        of, title, order, page = "people.seat", "Worked out", "due", 6
        columns = (Title("name", "Name", sort="name"), Col("due", "Due", sort="due"))
        search = ("name",)
        live = False

        @staticmethod
        def read(actor: Any) -> Any:
            return rows

    assert [row.due for row in shown(kind=Worked).records] == [0, 3, 6, 9, 12, 15]
    pages, query = [], "?sort=-due"
    while query:
        page = shown(query, Worked)
        pages += [row.pk for row in page.records]
        query = page.older
    assert pages == [18, 15, 12, 9, 6, 3, 0, *(n for n in range(20) if n % 3)]
    assert [row.pk for row in shown("?q=n4", Worked).records] == [9, 4, 14, 19]
