"""Every address × every kind of seat. An address without a profile fails: a new page is denied until thought about.

The table stands in access.toml of each app (tests/access_table.py). Whoever changes a profile, or gives an address
another one, says why in the commit.

With `--every-cell` (`make test-full`) every cell of the table is asked as a browser asks. Else those that
choose_in_full names, and besides them those of choose_plainly, without middleware that is the same for all and without
the template (tests/answers.py).
"""

import copy
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import get_resolver, reverse

from tests import matrix
from tests.access_table import COMMON, WrongTable, choose_in_full, choose_plainly, read_table
from tests.answers import answers
from tests.shared import made_once

TABLE = read_table(matrix.SEATS)
COUNCIL = ("api:council-", "api:impacs-")
once = made_once(matrix.a_world)


def test_the_table_names_every_address_and_method():
    assert set(TABLE.rows()) == set(matrix.addresses())


def test_each_kind_of_answer_of_a_profile_is_asked_in_full_and_every_page_for_somebody_who_sees_it():
    chosen = choose_in_full(TABLE, matrix.SEATS)
    asked = {(TABLE.addresses[name], TABLE.answers_to(name, seat)) for seat in chosen for name in chosen[seat]}
    assert asked == {
        (TABLE.addresses[name], TABLE.answers_to(name, seat)) for name in TABLE.addresses for seat in chosen
    }
    assert TABLE.shown() == {name for seat, names in chosen.items() for name in names if TABLE.shows(name, seat)}


def test_each_kind_of_answer_of_an_address_is_asked_and_every_profile_of_every_seat():
    chosen = choose_plainly(TABLE, matrix.SEATS)
    asked = {(name, TABLE.answers_to(name, seat)) for seat in chosen for name in chosen[seat]}
    assert asked == {(name, TABLE.answers_to(name, seat)) for name in TABLE.addresses for seat in matrix.SEATS}
    profiles = {(TABLE.addresses[name], seat) for seat in chosen for name in chosen[seat]}
    assert profiles == {(profile, seat) for profile in TABLE.profiles for seat in matrix.SEATS}


@pytest.mark.parametrize("seat", matrix.SEATS)
def test_every_address_answers_each_seat_as_the_table_says(once, client_for, client, seat, pytestconfig):
    in_full = None if pytestconfig.getoption("every_cell") else choose_in_full(TABLE, matrix.SEATS)[seat]
    plainly = choose_plainly(TABLE, matrix.SEATS)[seat]
    found, unmarked = answers(copy.deepcopy(once), matrix.SEATS[seat], client_for, client, in_full, plainly)
    wrong = {
        f"{method} {name}": (found[name, method], TABLE.expected(name, method, seat))
        for name, method in found
        if found[name, method] != TABLE.expected(name, method, seat)
    }
    assert wrong == {}
    assert {name for name, _ in found} == ((in_full | plainly) if in_full is not None else set(TABLE.addresses))
    assert unmarked == []


def test_every_record_that_an_address_is_about_is_made(once):
    assert set(matrix.tables().records.values()) - once.keys() == set()


def test_what_an_app_says_of_addresses_is_said_of_its_own_and_needed():
    """A line that no address needs is one that somebody forgot; or it is for an address of another app's."""
    parts = {(name, part) for name, pattern in matrix.patterns(get_resolver()) for part in matrix.parts_of(pattern)}
    tables = matrix.tables()
    used = {matrix.beginning(name, tables.records) for name, _ in parts}
    plain = {
        (matrix.beginning(name, [start for start, of in tables.values if of == part]), part) for name, part in parts
    }
    verbs = {name for name, part in parts if part == "verb"}
    assert verbs == tables.verbs.keys()
    assert tables.records.keys() - used == set()
    assert tables.values.keys() - plain == set()
    lost = [
        (app.__name__, name)
        for app in matrix.parts()
        for name in (*getattr(app, "RECORDS", ()), *getattr(app, "VERBS", ()))
        if TABLE.files[next(one for one in TABLE.addresses if one.startswith(name))].parent.name not in app.__name__
    ]
    assert lost == []


def test_two_apps_say_nothing_of_the_same_thing():
    with pytest.raises(matrix.WrongTable, match=r"tests.watch.matrix: \['watch:'\] stand elsewhere"):
        matrix.join({"watch:": "duty"}, {"watch:": "log", "rifc:": "report"}, import_module("tests.watch.matrix"))


@pytest.mark.usefixtures("once")
def test_the_councils_lists_hold_nothing_for_those_who_do_not_work_with_it(client_for):
    lists = [reverse(name) for name, _ in TABLE.rows() if name.startswith(COUNCIL) and name.endswith("-list")]
    functions = {name: name.split(".")[1] for name in matrix.SEATS.values() if name}
    for username in (name for name, function in functions.items() if function not in {"ministry", "secretariat"}):
        browser = client_for(username)
        assert [browser.get(place).json()["results"] for place in lists] == [[]] * len(lists), username
    member = client_for(matrix.SEATS["ministry"])
    assert [place for place in lists if not member.get(place).json()["results"]] == []


def test_an_address_stands_in_the_file_of_its_app():
    """Who changes an app finds its answers beside its tests. Addresses without a namespace and the API's name their app
    themselves."""
    spaces = {name: file for name, file in TABLE.files.items() if ":" in name and not name.startswith("api:")}
    lost = {
        name: file.parent.name
        for name, file in spaces.items()
        if file != COMMON and not name.partition(":")[0].startswith(file.parent.name)
    }
    assert len(spaces) > 400
    assert lost == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[profiles.x]\nGET = {200 = "a a", others = 404}\n[addresses]\np = "x"', "a is named twice"),
        (
            '[profiles.x]\nGET = {200 = "a stranger", others = 404}\n[addresses]\np = "x"',
            "stranger is named twice or unknown",
        ),
        ('[profiles.x]\nGET = {200 = "a"}\n[addresses]\np = "x"', r"no answer for \['b'\]"),
        (
            '[profiles.x]\nGET = {others = 404}\n[profiles.y]\nGET = {others = 200}\n[addresses]\np = "x"',
            "no address has",
        ),
        ('[addresses]\np = "x"', "p names the profile x, which is not there"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(tmp_path: Path, text: str, fault: str):
    (file := tmp_path / "access.toml").write_text(text)
    with pytest.raises(WrongTable, match=fault):
        read_table(["a", "b"], file, [])


def test_an_address_has_one_profile_alone(tmp_path: Path):
    (common := tmp_path / "access.toml").write_text('[profiles.all]\nGET = {others = 200}\n[addresses]\np = "all"')
    (tmp_path / "app").mkdir()
    (part := tmp_path / "app" / "access.toml").write_text('[addresses]\np = "all"')
    with pytest.raises(WrongTable, match="p stands in"):
        read_table(["a"], common, [part])
