"""Acts on one report at the same moment: each counts once, and no draft is written twice."""

import pytest

from apps.reports import actions
from apps.reports.models import Clearance, Fact, HandEdit, RenderedSentence
from tests.adversary.test_council_races import together
from tests.reports import people
from tests.reports.people import JAMAICA, OFFICER, clearance, corrected, fresh, sentence

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_compiles_at_once_make_one_draft(cast):
    report = people.created(cast)
    act = lambda: actions.compile_report(cast[OFFICER], report).draft  # noqa: E731
    assert sorted(together(act, act), key=str) == [1, "wrong-state"]
    assert fresh(report).draft == 1
    assert RenderedSentence.objects.filter(report=report).count() == 33


def test_two_editors_of_one_sentence_do_not_overwrite_each_other(cast):
    report = people.compiled(cast)
    version = report.version

    def edit(text):
        return lambda: actions.edit_report_sentence(cast[OFFICER], report, version=version, key="A2", text=text).version

    told = together(
        edit("Today Ten of the fifteen Member States use it."), edit("Now Ten of the fifteen Member States use it.")
    )
    assert sorted(told, key=str) == [version + 1, "stale"]
    assert HandEdit.objects.count() == 1


def test_an_answer_and_a_return_at_once_leave_the_report_in_one_state(cast):
    report = people.in_clearance(cast)
    asked = clearance(report, "JAM")
    told = together(
        lambda: actions.object_to_sentences(cast[JAMAICA], asked).state,
        lambda: actions.return_report(cast[OFFICER], report, key="C2", comment="Again.").state,
    )
    assert told[1] == "returned"
    assert fresh(report).state == "returned"
    assert fresh(asked).state in {"objected", "ended"}
    assert sentence(report, "D1").unnamed == (fresh(asked).state == "objected")
    assert not Clearance.objects.filter(report=report, state="asked").exists()


def test_two_corrections_of_one_fact_leave_one_standing(cast):
    act = lambda: corrected(cast, "study.DEPORTEES", status="under review")  # noqa: E731
    together(act, act)
    assert Fact.objects.filter(code="study.DEPORTEES", superseded_at=None).count() == 1
