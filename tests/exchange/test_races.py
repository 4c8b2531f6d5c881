"""Acts on one request that come at the same moment: one after the other, each counts once."""

from typing import Any

import pytest

from apps.exchange.actions import answers, requests
from apps.exchange.models import Addressee, Answer
from tests.adversary.test_council_races import together
from tests.exchange.people import HEAD, JAMAICA, OFFICER, TRINIDAD, a_draft, fresh, part, sent

pytestmark = pytest.mark.django_db(transaction=True)
FULL = [{"n": n, "kind": "full", "text": "Two boats."} for n in (1, 2)]


def rows() -> list[dict[str, Any]]:
    return [dict(row) for row in FULL]


def test_one_request_sent_twice_at_once_asks_each_desk_once(cast: Any) -> None:
    row, head = a_draft(cast), cast[HEAD]
    told = together(*(lambda: requests.send_rfi(head, fresh(row)).state for _twice in range(2)))
    assert sorted(map(str, told)) == ["sent", "wrong-state"]
    assert Addressee.objects.filter(request=row).count() == 2


def test_an_answer_and_a_cancel_at_once_come_one_after_the_other(cast: Any) -> None:
    row, jamaica, officer = sent(cast), cast[JAMAICA], cast[OFFICER]
    mine = part(row, "JAM.contact")
    told = together(
        lambda: answers.answer_rfi(jamaica, fresh(mine), answers=rows()).state,
        lambda: requests.cancel_rfi(officer, fresh(row), reason="Found.").state,
    )
    assert told[1] == "cancelled"
    state = fresh(mine).state
    assert (told[0], state) in {("answered", "answered"), ("not-asked-any-more", "withdrawn")}
    assert Answer.objects.filter(addressee=mine).exists() is (state == "answered")
    assert part(row, "TTO.contact").state == "withdrawn"


def test_the_last_two_answers_at_once_complete_the_request(cast: Any) -> None:
    row, jamaica, trinidad = sent(cast), cast[JAMAICA], cast[TRINIDAD]
    told = together(
        lambda: answers.answer_rfi(jamaica, part(row, "JAM.contact"), answers=rows()).state,
        lambda: answers.answer_rfi(trinidad, part(row, "TTO.contact"), answers=rows()).state,
    )
    assert told == ["answered", "answered"]
    assert fresh(row).state == "answered"


def test_two_of_one_desk_accept_and_answer_once(cast: Any) -> None:
    row, jamaica = sent(cast), cast[JAMAICA]
    mine = part(row, "JAM.contact")
    told = together(*(lambda: answers.accept_rfi(jamaica, fresh(mine)).state for _twice in range(2)))
    assert sorted(map(str, told)) == ["accepted", "wrong-state"]
    told = together(*(lambda: answers.answer_rfi(jamaica, fresh(mine), answers=rows()).state for _twice in range(2)))
    assert sorted(map(str, told)) == ["answered", "not-asked-any-more"]
    assert Answer.objects.filter(addressee=mine).count() == 2


def test_a_withdrawal_and_an_extension_at_once_leave_one_state(cast: Any) -> None:
    row, officer, head = sent(cast), cast[OFFICER], cast[HEAD]
    mine = answers.accept_rfi(cast[JAMAICA], part(row, "JAM.contact"))
    later = mine.due_at.replace(year=mine.due_at.year + 1)
    told = together(
        lambda: requests.withdraw_rfi(officer, fresh(row), desk="JAM.contact").state,
        lambda: _extended(head, row, later),
    )
    assert fresh(mine).state == "withdrawn"
    assert told[1] in {"in_progress", "nothing-open"}


def _extended(head: Any, row: Any, later: Any) -> str:
    from django.core.exceptions import ValidationError

    try:
        return str(requests.extend_rfi(head, fresh(row), desk="JAM.contact", due=later).state)
    except ValidationError:
        return "nothing-open"
