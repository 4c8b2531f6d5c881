"""Every address × every kind of seat. An address without a row fails, so that a new page is denied until thought about.

The table stands in access_matrix.toml: url name, method, and one status per column of matrix.SEATS. Whoever changes a
row says why in the commit.
"""

import copy
import tomllib
from pathlib import Path

import pytest
from django.urls import reverse

from tests import matrix
from tests.answers import answers
from tests.shared import made_once

TABLE = tomllib.loads((Path(__file__).parent / "access_matrix.toml").read_text())
COUNCIL = ("api:council-", "api:impacs-")
ROWS = [(name, method) for name, methods in TABLE.items() for method in methods]
once = made_once(matrix.a_world)


def test_the_table_names_every_address_and_method():
    assert set(ROWS) == set(matrix.addresses())


@pytest.mark.parametrize(("column", "seat"), list(enumerate(matrix.SEATS)), ids=list(matrix.SEATS))
def test_every_address_answers_each_seat_as_the_table_says(once, client_for, client, column, seat):
    found = answers(copy.deepcopy(once), matrix.SEATS[seat], client_for, client)
    wrong = {
        f"{method} {name}": (found[name, method], TABLE[name][method][column])
        for name, method in ROWS
        if found[name, method] != TABLE[name][method][column]
    }
    assert wrong == {}


@pytest.mark.usefixtures("once")
def test_the_councils_lists_hold_nothing_for_those_who_do_not_work_with_it(client_for):
    lists = [reverse(name) for name, _ in ROWS if name.startswith(COUNCIL) and name.endswith("-list")]
    functions = {name: name.split(".")[1] for name in matrix.SEATS.values() if name}
    for username in (name for name, function in functions.items() if function not in {"ministry", "secretariat"}):
        browser = client_for(username)
        assert [browser.get(place).json()["results"] for place in lists] == [[]] * len(lists), username
    member = client_for(matrix.SEATS["ministry"])
    assert [place for place in lists if not member.get(place).json()["results"]] == []
