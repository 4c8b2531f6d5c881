"""Every address × every kind of seat. An address without a row fails, so that a new page is denied until thought about.

The table stands in access_matrix.toml: url name, method, and one status per column of matrix.SEATS. Whoever changes a
row says why in the commit.
"""

import tomllib
from pathlib import Path

import pytest

from tests import matrix

TABLE = tomllib.loads((Path(__file__).parent / "access_matrix.toml").read_text())
ROWS = [(name, method) for name, methods in TABLE.items() for method in methods]


def test_the_table_names_every_address_and_method():
    assert set(ROWS) == set(matrix.addresses())


@pytest.mark.parametrize("seat", matrix.SEATS)
def test_every_address_answers_each_seat_as_the_table_says(cast, client_for, client, seat):
    world = matrix.a_world(cast)
    column = list(matrix.SEATS).index(seat)
    found = matrix.answers(world, matrix.SEATS[seat], client_for, client)
    wrong = {
        f"{method} {name}": (found[name, method], TABLE[name][method][column])
        for name, method in ROWS
        if found[name, method] != TABLE[name][method][column]
    }
    assert wrong == {}
