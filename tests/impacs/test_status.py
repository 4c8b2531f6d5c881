"""The colour of an action: the worked vectors, the demonstration, the roll-up, and each reason in words."""

import itertools
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from apps.impacs.obligations.queries import reason_sentences
from apps.impacs.obligations.queries.reason_sentences import explain_reason, explain_reasons
from apps.impacs.obligations.rules import rag
from apps.impacs.obligations.rules.rag import Blocker, Extension, Facts, Parameters, distribution, roll_up

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "governance"
FILE = json.loads((VECTORS / "rag_vectors.json").read_text())
DEMO = json.loads((VECTORS / "demo_decisions_2008.json").read_text())
DAY = date(2008, 6, 30)


def facts(**changes: Any) -> Facts:
    """On plan: from 1 March to 30 September 2008, 60 per cent done, reported ten days ago."""
    on_plan = Facts(date(2008, 3, 1), date(2008, 9, 30), 60, last_report_on=date(2008, 6, 20))
    return replace(on_plan, **changes)


def test_there_are_thirty_nine_worked_colours_and_ten_roll_ups():
    assert (len(FILE["vectors"]), len(FILE["rollup_vectors"])) == (39, 10)


def test_the_limits_are_those_of_the_vectors():
    assert Parameters(**FILE["parameters"]) == Parameters()


@pytest.mark.parametrize("vector", FILE["vectors"], ids=lambda vector: f"{vector['id']} {vector['title']}")
def test_a_worked_colour_comes_out_key_by_key(vector: dict[str, Any]):
    known = Facts.from_data(vector["facts"])
    day = date.fromisoformat(vector["facts"]["as_of"])
    status = rag.rag(known, day)
    assert status.as_data() == vector["expected"]
    assert all(words.endswith(".") for words in explain_reasons(status, known, day))


@pytest.mark.parametrize(
    "row", DEMO["state_actions"], ids=lambda row: f"{row['decision']}.{row['clause']} {row['state']}"
)
def test_the_actions_of_the_demonstration_have_the_colours_told(row: dict[str, Any]):
    known = Facts.from_data(row["facts"])
    assert rag.rag(known, date.fromisoformat(row["facts"]["as_of"])).as_data() == row["expected"]


@pytest.mark.parametrize("vector", FILE["rollup_vectors"], ids=lambda vector: f"{vector['id']} {vector['title']}")
def test_a_worked_roll_up(vector: dict[str, Any]):
    assert roll_up(vector["colours"], vector["lead"]) == vector["expected"]


@pytest.mark.parametrize("told", DEMO["rollups"], ids=lambda told: f"{told['decision']}.{told['clause']}")
def test_the_clauses_of_the_demonstration_roll_up_as_told(told: dict[str, Any]):
    rows = [
        row for row in DEMO["state_actions"] if (row["decision"], row["clause"]) == (told["decision"], told["clause"])
    ]
    colours = [rag.rag(Facts.from_data(row["facts"]), DAY).colour for row in rows]
    assert distribution(colours) == told["counts"]
    assert roll_up(colours) == told["rollup"]


def test_every_reason_has_a_sentence():
    assert set(reason_sentences.REASONS) == set(FILE["reason_codes"])


@pytest.mark.parametrize(
    ("known", "code", "words"),
    [
        (facts(due_on=date(2008, 6, 18)), "OVERDUE", "Due 12 days ago, no evidence."),
        (
            facts(due_on=date(2008, 6, 18), evidence_submitted_on=date(2008, 6, 19)),
            "OVERDUE",
            "Due 12 days ago, evidence came 1 day late.",
        ),
        (
            facts(
                due_on=date(2008, 6, 18),
                evidence_submitted_on=date(2008, 6, 1),
                evidence_rejected_on=date(2008, 6, 10),
            ),
            "OVERDUE",
            "Due 12 days ago, and the evidence was returned.",
        ),
        (facts(progress_pct=20), "BEHIND_PLAN", "20 per cent complete; 56 per cent expected by today."),
        (facts(due_on=DAY), "DUE_SOON", "Due today, 60 per cent done."),
        (facts(due_on=date(2008, 7, 1)), "DUE_SOON", "Due in 1 day, 60 per cent done."),
        (facts(last_report_on=None), "NO_REPORT", "No report yet; began 121 days ago."),
        (facts(last_report_on=date(2008, 5, 1)), "STALE", "Last report 60 days ago."),
        (
            facts(blockers=(Blocker("MAJOR", date(2008, 6, 1)), Blocker("MAJOR", date(2008, 5, 9)))),
            "BLOCKED_MAJOR",
            "A major difficulty has been open since 9 May 2008.",
        ),
        (
            facts(
                due_on=date(2008, 5, 31),
                completed_on=date(2008, 6, 10),
                verified_on=date(2008, 6, 25),
            ),
            "COMPLETE_LATE",
            "Verified on 25 Jun 2008; completed 10 days after the due date.",
        ),
        (
            facts(
                extensions=(
                    Extension(date(2008, 5, 1), date(2008, 10, 1)),
                    Extension(date(2008, 6, 1), date(2008, 12, 31)),
                )
            ),
            "REPEATED_EXTENSION",
            "The due date was moved 2 times; it was originally 30 Sep 2008.",
        ),
    ],
)
def test_a_reason_is_told_from_the_facts(known: Facts, code: str, words: str):
    assert code in rag.rag(known, DAY).reasons
    assert explain_reason(code, known, DAY) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Échéance il y a 12 jours, aucune preuve."),
        ("nl", "De uiterste datum was 12 dagen geleden; geen bewijsstukken."),
    ],
)
def test_a_reason_is_told_in_the_readers_language(language: str, words: str):
    overdue = facts(due_on=date(2008, 6, 18))
    with translation.override(language):
        assert explain_reason("OVERDUE", overdue, DAY) == words
        assert all(explain_reason(code, overdue, DAY) for code in rag.rag(overdue, DAY).reasons)


def test_of_two_extensions_of_one_day_the_one_recorded_last_holds():
    day = date(2008, 6, 1)
    dates = (date(2008, 10, 1), date(2008, 12, 31), date(2008, 11, 30))
    for order in itertools.permutations(dates):
        moved = facts(extensions=tuple(Extension(day, due) for due in order))
        assert moved.due(day) == order[-1]
        earlier = facts(extensions=(*moved.extensions, Extension(date(2008, 5, 1), date(2008, 7, 1))))
        assert earlier.due(day) == order[-1]


def test_late_is_judged_by_the_due_date_in_force_when_the_work_was_done():
    done = facts(
        due_on=date(2008, 5, 31),
        completed_on=date(2008, 6, 10),
        verified_on=date(2008, 6, 25),
        extensions=(Extension(date(2008, 6, 20), date(2008, 12, 31)),),
    )
    assert rag.rag(done, DAY).reasons == ("COMPLETE_LATE",)


def test_other_limits_give_other_colours():
    slow = facts(progress_pct=30)
    assert rag.rag(slow, DAY).colour == "AMBER"
    assert rag.rag(slow, DAY, Parameters(gap_amber=30)).colour == "GREEN"
