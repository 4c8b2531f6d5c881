"""The number that a form shows before a report is shared is the number of desks and people that can read it then."""

import random
from typing import Any

import pytest

from apps.people.models import Seat
from apps.people.queries.register import actor_at
from apps.rifc import policy
from apps.rifc.actions import shares
from apps.rifc.models import Report
from apps.rifc.queries import audience, rule, targets
from tests.rifc.people import AUTHOR, approved

pytestmark = pytest.mark.django_db
WORDS = ["JAM.contact", "JAM.customs", "TTO.contact", "GUY.contact", "CYM.contact", "BRB.customs", "member_states"]
MARKS: list[dict[str, Any]] = [
    {},
    {"tlp": "GREEN"},
    {"tlp": "AMBER+STRICT"},
    {"handling": ["NOASSOC"]},
    {"classification": 2},
    {"orcon": True, "eyes": ["BRB", "JAM", "TTO", "RIFC"]},
]


def readers(row: Report) -> dict[str, int]:
    """{desk: people there who find the report}, each asked by the door that all pages and the API use."""
    found: dict[str, int] = {}
    seats = Seat.objects.current().filter(desk__function_id__in=policy.CISNET | policy.READERS)
    for seat in seats.exclude(kind=Seat.Kind.SERVICE).select_related("user", "desk__party", "desk__function"):
        if Report.objects.visible_to(actor_at(seat)).filter(pk=row.pk).exists():
            found[seat.desk.code] = found.get(seat.desk.code, 0) + 1
    return found


@pytest.mark.parametrize("number", range(12))
def test_the_desks_that_are_counted_are_those_that_can_read_it_once_it_is_shared(cast: Any, number: int) -> None:
    chance = random.Random(number)
    row = approved(cast, **MARKS[number % len(MARKS)])
    words = ["RIFC.watch", *chance.sample(WORDS, chance.randint(1, 4))]
    look = audience.look(cast[AUTHOR], rule.facts(row), words)
    able = [code for code in targets.expanded(words)[0] if not any(text.startswith(code) for text in look.shut_out)]
    shared = shares.share_rifc_report(cast[AUTHOR], row, to=[one for one in able if one != row.owner.code])
    found = readers(shared)
    assert look.after is not None
    assert (look.after.desks, look.after.people) == (len(found), sum(found.values()))
    assert len(look.after.groups) == len({code.partition(".")[0] for code in found})
    assert {group.party: group.count for group in look.after.groups} == {
        party: sum(code.startswith(f"{party}.") for code in found)
        for party in {code.partition(".")[0] for code in found}
    }
