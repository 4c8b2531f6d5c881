"""What time brings about: a reminder before, then late, chased, and told to the point of contact and the watch."""

import datetime
from collections import Counter
from typing import Any

import pytest

from apps.exchange.actions import answers, requests
from apps.exchange.models import Overlap
from apps.exchange.tasks import run_exchange_clock
from apps.notices.models import Notice
from apps.people.queries.work import waiting_for
from tests.exchange.people import JAMAICA, OFFICER, TRINIDAD, WATCH, answered, fresh, part, sent

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def told(code: str) -> Counter[str]:
    return Counter(Notice.objects.filter(code=code).values_list("owner__code", flat=True))


def test_an_immediate_request_is_due_in_an_hour_and_chased_when_it_is_late(cast: Any, drain: Any) -> None:
    row = sent(cast, priority="immediate", variants=[{"to": ["JAM.customs", "TTO.contact"], "text": "Now."}])
    assert row.due_at - row.sent_at == 60 * MINUTE
    answered(cast, row, TRINIDAD)
    run_exchange_clock(row.due_at - 21 * MINUTE)
    drain()
    assert told("rfi.due_soon") == Counter()
    run_exchange_clock(row.due_at - 20 * MINUTE)
    drain()
    assert told("rfi.due_soon") == Counter({"JAM.customs": 1})
    run_exchange_clock(row.due_at + MINUTE)
    drain()
    assert (part(row, "JAM.customs").state, fresh(row).state) == ("overdue", "overdue")
    assert told("rfi.late") == Counter({"JAM.customs": 1})
    assert told("rfi.escalated") == Counter({"JAM.contact": 1, "RIFC.watch": 1})
    assert told("rfi.overdue") == Counter({"BRB.intelligence": 1})
    chase = ("Remind Jamaica to answer a request", row.number, "JAM.customs")
    for username, sees in ((WATCH, True), ("jam.contact.officer", True), (TRINIDAD, False), (OFFICER, False)):
        assert (chase in [(one.title, one.code, one.detail) for one in waiting_for(cast[username])]) is sees, username
    for round_ in range(1, 6):
        run_exchange_clock(row.due_at + 31 * MINUTE * round_)
        drain()
    assert told("rfi.chased") == Counter({"JAM.customs": 3})
    assert told("rfi.escalated") == Counter({"JAM.contact": 1, "RIFC.watch": 1})


def test_the_clock_does_nothing_twice_at_one_moment(cast: Any, drain: Any) -> None:
    row = sent(cast, priority="immediate")
    first, second = run_exchange_clock(row.due_at), run_exchange_clock(row.due_at)
    assert (first["late"], first["requests"]) == (2, 1)
    assert second == {"late": 0, "reminded": 0, "requests": 0, "pairs": 0}


def test_a_late_desk_can_still_answer_and_the_request_is_then_answered(cast: Any) -> None:
    row = sent(cast, priority="immediate")
    run_exchange_clock(row.due_at)
    answered(cast, row, JAMAICA)
    answers.refuse_rfi(cast[TRINIDAD], part(row, "TTO.contact"), reason="disproportionate")
    assert fresh(row).state == "answered"


def test_more_time_puts_off_what_is_late(cast: Any) -> None:
    row = sent(cast, priority="immediate", variants=[{"to": ["JAM.contact"], "text": "Now."}])
    answers.accept_rfi(cast[JAMAICA], part(row, "JAM.contact"))
    requests.extend_rfi(cast[OFFICER], fresh(row), desk="JAM.contact", due=row.due_at + 60 * MINUTE)
    assert run_exchange_clock(row.due_at + MINUTE)["late"] == 0
    assert run_exchange_clock(row.due_at + 61 * MINUTE)["late"] == 1


def ask_about(cast: Any, author: str, head: str, to: str, value: str, kind: str = "phone") -> Any:
    return sent(cast, author, head, variants=[{"to": [to], "text": "Who?"}], subjects=[{"kind": kind, "value": value}])


BARBADOS, TRINIDAD_ASKS = (OFFICER, "brb.intelligence.head"), (TRINIDAD, TRINIDAD)
JAMAICA_ASKS, SURINAME = (JAMAICA, JAMAICA), ("sur.intelligence.officer", "sur.intelligence.head")


def test_two_that_have_both_said_mutual_are_told_that_another_one_asks_and_no_more(cast: Any, drain: Any) -> None:
    one = ask_about(cast, *BARBADOS, "GUY.contact", "+1 (246) 555-0142")
    two = ask_about(cast, *TRINIDAD_ASKS, "JAM.contact", "246 555 0142")
    assert run_exchange_clock(two.sent_at + MINUTE)["pairs"] == 1
    assert run_exchange_clock(two.sent_at + 2 * MINUTE)["pairs"] == 0
    drain()
    assert told("rfi.overlap") == Counter({"RIFC.watch": 1})
    notices = {note.owner.code: note for note in Notice.objects.filter(code="rfi.overlap_told")}
    assert {desk: note.number for desk, note in notices.items()} == {
        "BRB.intelligence": one.number,
        "TTO.contact": two.number,
    }
    [found] = Overlap.objects.visible_to(cast[WATCH])
    assert (found.first_id, found.second_id, found.kind, found.mutual) == (one.pk, two.pk, "phone", True)
    assert not Overlap.objects.visible_to(cast[OFFICER]).exists()


def test_where_one_has_chosen_nothing_the_watch_alone_is_told(cast: Any, drain: Any, client_for: Any) -> None:
    one = ask_about(cast, *BARBADOS, "GUY.contact", "R0123456, JAM", "passport")
    two = ask_about(cast, *JAMAICA_ASKS, "GUY.contact", "r 0123456, jam", "passport")
    run_exchange_clock(two.sent_at + MINUTE)
    drain()
    assert told("rfi.overlap_told") == Counter()
    page = client_for(WATCH).get("/requests/overview/").content.decode()
    for known in (one.number, two.number, "BRB", "JAM"):
        assert known in page
    assert "R0123456" not in page


def test_who_has_said_never_is_in_no_pair(cast: Any) -> None:
    ask_about(cast, *BARBADOS, "GUY.contact", "+1 246 555 0142")
    two = ask_about(cast, *SURINAME, "GUY.contact", "+1 246 555 0142")
    assert run_exchange_clock(two.sent_at + MINUTE)["pairs"] == 0


def test_one_party_asking_twice_and_what_is_cancelled_or_not_sent_is_no_pair(cast: Any) -> None:
    from tests.exchange.people import a_draft

    subjects = [{"kind": "phone", "value": "+1 246 555 0142"}]
    one = ask_about(cast, *BARBADOS, "GUY.contact", "+1 246 555 0142")
    ask_about(cast, "brb.contact.officer", "brb.contact.officer", "GUY.contact", "+1 246 555 0142")
    a_draft(cast, TRINIDAD, subjects=subjects, variants=[{"to": ["JAM.contact"]}])
    gone = ask_about(cast, *TRINIDAD_ASKS, "JAM.contact", "+1 246 555 0142")
    requests.cancel_rfi(cast[TRINIDAD], gone, reason="Found.")
    assert run_exchange_clock(one.sent_at + MINUTE)["pairs"] == 0
