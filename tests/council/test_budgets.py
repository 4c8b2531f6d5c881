"""Pages of the Council, of States' obligations and My work: as many questions for several records as for one, and few.

Which addresses there are and which record each of them is asked for is the access matrix's business.
"""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from apps.access import outbox
from apps.council.actions import amendments, declarations, positions, seals, votes
from apps.council.models import AgendaItem, Decision, Meeting, Paper, WrittenProcedure
from apps.council.papers.actions.texts import comment_on_paper
from apps.council.procedures import actions as written
from apps.impacs import actions as impacs
from apps.impacs.models import Mandate, StateAction
from tests import matrix
from tests.answers import waiting_counted_once
from tests.council.meetings import people as called
from tests.council.papers import world as papers
from tests.council.procedures import people as procedures
from tests.council.room import people as room
from tests.council.world import JAMAICA, a_council
from tests.jrcc.test_budgets import asked_if_open

pytestmark = pytest.mark.django_db
MANY = 4
MOST = 12
DOCUMENTS = {"council:meeting_report": 16}
"""A document that gathers a whole meeting may ask more than a page."""
SEATS = (JAMAICA, room.KEEPER)
PLACES = ("council:", "impacs:", "register", "people:desk")


def more(cast: Any, world: dict[str, Any]) -> None:
    """Some more of everything, under the same meeting, item, decision and paper where such a list can grow."""
    keeper, jamaica, barbados = cast[room.KEEPER], cast[JAMAICA], cast["brb.ministry.decider"]
    for number in range(MANY):
        item = room.an_item(cast, world["meeting"], kind=AgendaItem.Kind.DECISION, title=f"Ports {number}")
        positions.write_position(jamaica, None, item=str(item.pk), stance="agree")
        comment_on_paper(barbados, papers.issued(cast, item=str(item.pk)), text="We agree.")
        comment_on_paper(jamaica, world["paper"], text=f"More to say, {number}.")
        called.an_item(cast, called.a_meeting(cast), accept=False)
        sealed = votes.adopt_decision_by_consensus(keeper, room.a_decision(cast, item))
        seals.publish_decision(keeper, seals.seal_decision(keeper, sealed))
        amendments.propose_amendment(
            jamaica, room.fresh(world["closed_decision"]), clause=str(3 + number), text="More."
        )
        declarations.enter_reservation(jamaica, room.fresh(world["sealed"]), text="We report each second year.")
        procedure = procedures.sent(cast)
        written.propose_objection(jamaica, None, procedure=procedure.pk, reason="It comes too early.")
        procedure = written.acknowledge_procedure_receipt(barbados, procedure)
        if number > 2:  # no more than five may run at once
            written.withdraw_procedure(keeper, procedure, reason="Taken up at the meeting.")
        impacs.report_on_state_action(
            jamaica, room.fresh(world["action"]), text=f"Step {number} is done.", progress=number
        )
        room.owes(cast, "GUY", years=1 + number)
    outbox.drain(but=outbox.MAIL)


def counted(world: dict[str, Any], who: str, client: Client) -> dict[str, list[str]]:
    """Statements of each page that this seat may open."""
    found = {}
    with waiting_counted_once():
        for name, pattern in _pages():
            queries = asked_if_open(client, matrix.address(name, pattern, world))
            if queries is not None:
                found[f"{who} {name}"] = queries
    return found


def _pages() -> list[tuple[str, URLPattern]]:
    return [(name, pattern) for name, pattern in matrix.patterns(get_resolver()) if name.startswith(PLACES)]


def ended(cast: Any) -> WrittenProcedure:
    """A procedure among those of the past."""
    return written.withdraw_procedure(cast[room.KEEPER], procedures.sent(cast), reason="Taken up at the meeting.")


def test_pages_keep_to_twelve_questions_whatever_the_number_of_rows(cast: Any, client_for: Any) -> None:
    world = a_council(cast)
    ended(cast)
    few = {name: len(queries) for who in SEATS for name, queries in counted(world, who, client_for(who)).items()}
    more(cast, world)
    for model in (Meeting, Paper, Decision, WrittenProcedure, StateAction, Mandate):
        assert model.objects.count() >= MANY
    many = {name: queries for who in SEATS for name, queries in counted(world, who, client_for(who)).items()}
    assert {name: len(queries) for name, queries in many.items()} == few
    wide = {name: queries for name, queries in many.items() if len(queries) > DOCUMENTS.get(name.split()[1], MOST)}
    assert {name: len(queries) for name, queries in wide.items()} == {}, "\n".join(
        f"{name}\n  " + "\n  ".join(q[:160] for q in queries) for name, queries in wide.items()
    )
