"""Who may do what with reports, as a table."""

from types import SimpleNamespace

import pytest

from apps.reports import policy

TABLE = [
    # function, party, rank, seat: write, approve, clear (of Jamaica), comment (of Jamaica)
    ("secretariat", "IMPACS", 1, 9, "needs-officer", "needs-secretary", "not-named", "not-ministry"),
    ("secretariat", "IMPACS", 2, 9, True, "needs-secretary", "not-named", "not-ministry"),
    ("secretariat", "IMPACS", 3, 9, True, True, "not-named", "not-ministry"),
    ("secretariat", "IMPACS", 3, 7, True, "own-report", "not-named", "not-ministry"),
    ("ministry", "JAM", 3, 9, "not-secretariat", "not-secretariat", True, True),
    ("ministry", "JAM", 2, 9, "not-secretariat", "not-secretariat", "needs-decider", True),
    ("ministry", "JAM", 1, 9, "not-secretariat", "not-secretariat", "needs-decider", "needs-officer"),
    ("ministry", "BRB", 3, 9, "not-secretariat", "not-secretariat", "not-named", "not-ministry"),
    ("watch", "JRCC", 3, 9, "not-secretariat", "not-secretariat", "not-named", "not-ministry"),
    ("automation", "IMPACS", 2, 9, "not-secretariat", "not-secretariat", "not-named", "not-ministry"),
]


@pytest.mark.parametrize(("function", "party", "rank", "seat", *"wacm"), TABLE)
def test_the_table_of_who_may_what(function, party, rank, seat, w, a, c, m):
    actor = SimpleNamespace(function=function, party_code=party, rank=rank, seat_id=seat, seat_kind="standing")
    row = SimpleNamespace(compiled_by_seat_id=7, party_id="JAM")
    found = [policy.may_write(actor, row), policy.may_approve(actor, row), policy.may_clear(actor, row)]
    found.append(policy.may_comment(actor, row))
    assert [getattr(verdict, "code", verdict) for verdict in found] == [w, a, c, m]


@pytest.mark.parametrize(
    ("function", "party", "allowed"),
    [("automation", "IMPACS", True), ("automation", "JRCC", False), ("secretariat", "IMPACS", False)],
)
def test_only_the_portals_own_desk_is_the_clock(function, party, allowed):
    actor = SimpleNamespace(function=function, party_code=party)
    assert bool(policy.is_clock(actor, None)) is allowed
