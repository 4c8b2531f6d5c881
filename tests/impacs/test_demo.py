"""What States do in the demonstration: the year 2008 as its plan has it, and this year with every state and colour."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from apps.impacs import actions
from apps.impacs.models import AssistanceRequest, Evidence, ExtensionRequest, StateAction
from apps.impacs.obligations.queries import status
from apps.impacs.obligations.queries.matrix import Filters, matrix
from apps.impacs.obligations.queries.next_step import next_verb
from apps.impacs.obligations.rules import rag
from demo import council
from demo import impacs as demo
from demo.council import PLAN
from tests.days import today

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "governance"
FILE = json.loads((VECTORS / "demo_decisions_2008.json").read_text())
THEN = datetime.date(2008, 6, 30)
SECRETARIAT, PARAMARIBO = "impacs.secretariat.manager", "sur.ministry.decider"
NUMBERS = {plan["working"]: plan["number"] for plan in PLAN["decisions"]}
ALPHA_3 = {
    "AG": "ATG", "BS": "BHS", "BB": "BRB", "BZ": "BLZ", "DM": "DMA", "GD": "GRD", "GY": "GUY", "HT": "HTI",
    "JM": "JAM", "MS": "MSR", "KN": "KNA", "LC": "LCA", "VC": "VCT", "SR": "SUR", "TT": "TTO",
}  # fmt: skip


def action_of(decision: str, clause: Any, party: str) -> StateAction:
    return StateAction.objects.get(decision__number=NUMBERS[decision], clause__number=str(clause), party=party)


def test_the_year_2008_and_this_year_as_their_plans_have_them(cast):
    assert demo.load() == demo.load()
    the_past_has_the_colours_of_the_plan(cast)
    the_past_rolls_up_as_the_plan_says(cast)
    a_morning_in_paramaribo(cast)
    this_year_shows_every_state_and_colour(cast)


def the_past_has_the_colours_of_the_plan(cast: Any) -> None:
    rows = {
        (told["decision"], told["clause"], told["state"]): action_of(
            told["decision"], told["clause"], ALPHA_3[told["state"]]
        )
        for told in FILE["state_actions"]
    }
    at = status.of_rows(cast[SECRETARIAT], list(rows.values()), THEN)
    wrong = {
        key: (at[row.pk][1].status.as_data(), told["expected"])
        for (key, row), told in zip(rows.items(), FILE["state_actions"], strict=True)
        if at[row.pk][1].status.as_data() != told["expected"]
    }
    assert wrong == {}


def the_past_rolls_up_as_the_plan_says(cast: Any) -> None:
    lines = matrix(cast[SECRETARIAT], THEN, Filters()).lines
    for told in FILE["rollups"]:
        (line,) = [
            each for each in lines if (each.number, each.clause) == (NUMBERS[told["decision"]], str(told["clause"]))
        ]
        assert (line.distribution, line.colour) == (told["counts"], told["rollup"])


def a_morning_in_paramaribo(cast: Any) -> None:
    """Governance notes 17(2): a red row whose letter came back, an amber one that more time does not make green."""
    minister = cast[PARAMARIBO]
    letter, table = action_of("D06", 2, "SUR"), action_of("D06", 1, "SUR")
    at = status.of_rows(minister, [letter, table], THEN)
    assert at[letter.pk][1].status.reasons == ("OVERDUE", "EVIDENCE_REJECTED")
    assert next_verb("returned", {"add_evidence", "report"}, ["official letter"], []) == "add_evidence"
    assert at[table.pk][1].status.reasons == ("BLOCKED_MAJOR", "BEHIND_PLAN")
    # played on its own day: today the decision has lapsed
    StateAction.objects.filter(pk__in=[letter.pk, table.pk]).update(state="in_progress")
    noon = datetime.datetime(2008, 6, 30, 16, tzinfo=datetime.UTC)
    with council.on(noon):
        with pytest.raises(Exception, match="up to 10 days after"):
            actions.request_extension(minister, letter, until=datetime.date(2008, 9, 30), reason="A new letter.")
        actions.request_extension(minister, table, until=datetime.date(2008, 9, 30), reason="The Dutch text is late.")
        asked = ExtensionRequest.objects.get(action=table)
        before = status.of_rows(minister, [table], THEN)[table.pk][1]
        assert before.status.reasons == ("BLOCKED_MAJOR", "BEHIND_PLAN", "EXTENSION_PENDING")
        actions.grant_extension(cast[SECRETARIAT], asked)
    after = status.of_rows(minister, [table], THEN)[table.pk][1]
    assert (after.status.colour, after.status.reasons) == ("AMBER", ("BLOCKED_MAJOR",))
    assert (after.facts.due_on, after.status.effective_due) == (datetime.date(2008, 7, 31), datetime.date(2008, 9, 30))


def this_year_shows_every_state_and_colour(cast: Any) -> None:
    now = matrix(cast[SECRETARIAT], today(), Filters())
    assert {cell.colour for line in now.lines for cell in line.cells} == set(rag.COLOURS)
    assert not any("2008" in line.number for line in now.lines)
    found = set(StateAction.objects.filter(decision__adopted_on__year__gte=2020).values_list("state", flat=True))
    assert set(StateAction.State.values) - found == {"superseded"}
    assert {"draft", "withdrawn", "expired"} | set(Evidence.objects.values_list("state", flat=True)) >= set(
        Evidence.State.values
    )
    assert {"requested", "granted"} <= set(ExtensionRequest.objects.values_list("state", flat=True))
    assert set(AssistanceRequest.objects.values_list("state", flat=True)) == {"asked", "answered"}
