"""The silence procedure: the worked vectors, the arithmetic of the deadline, and what each reply does."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.council.procedures.rules import silence
from apps.council.procedures.rules.silence import Parameters, Procedure, Reply, local_times, state
from apps.council.rules.rule_sets import RuleError
from apps.council.rules.votes import disqualified

from .facts import RULE_SETS, members_on, read, zones

FILE = read("silence_vectors")
HOLIDAYS = read("public_holidays")["holidays"]
MEMBERS = members_on(date(2008, 4, 7))


def at(text: str) -> datetime:
    """An instant of 2008 from "04-11 15:00"."""
    return datetime.strptime(f"2008-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def instant(text: str) -> datetime:
    """An instant of a vector."""
    return datetime.fromisoformat(text)


def from_vector(facts: dict[str, Any]) -> Procedure:
    """The procedure of a vector."""
    day = instant(facts["dispatched_at"]).date()
    arrears = {party: date.fromisoformat(due) for party, due in facts.get("arrears", {}).items()}
    replies = (
        Reply(row["state"], row["kind"], instant(row["at"]), row.get("text_hash", "")) for row in facts["replies"]
    )
    forced = facts.get("forced_start_at")
    return Procedure(
        members=members_on(day),
        text_hash=facts["text_hash"],
        receipts={party: instant(moment) for party, moment in facts["receipts"].items()},
        replies=tuple(replies),
        without_vote=frozenset(disqualified(RULE_SETS["RS-CONSLE-2006"], day, members_on(day), arrears)),
        forced_start_at=instant(forced) if forced else None,
        delivery_void=facts.get("delivery_void", False),
        holidays={date.fromisoformat(holiday): {"TT"} for holiday in facts.get("holidays", ())},
        parameters=Parameters.from_data(FILE["parameters"]),
    )


def procedure(*replies: tuple[str, str, str], **changes: Any) -> Procedure:
    """Dispatched on Monday 7 April 2008, received by all by Tuesday 14:20, so open until Friday 11 April 15:00 UTC."""
    receipts = dict.fromkeys(MEMBERS, at("04-08 14:20"))
    sent = tuple(Reply(party, kind, at(moment)) for party, kind, moment in replies)
    return replace(Procedure(members=MEMBERS, text_hash="h1", receipts=receipts, replies=sent), **changes)


def test_there_are_twenty_three_worked_procedures():
    assert len(FILE["vectors"]) == 23


@pytest.mark.parametrize("vector", FILE["vectors"], ids=lambda vector: f"{vector['id']} {vector['title']}")
def test_a_worked_procedure_comes_out_key_by_key(vector: dict[str, Any]):
    facts = vector["input"]
    assert state(from_vector(facts), instant(facts["now"])).as_data() == vector["expected"]


def test_the_silence_of_the_demonstration_is_adopted_on_the_day_of_its_deadline():
    supporters = ["BB", "GD", "JM", "LC", "VC", "TT"]
    done = state(procedure(*((party, "SUPPORT", "04-09 10:00") for party in supporters)), at("04-12 00:00"))
    assert (done.status, done.concluded_at) == (silence.CONCLUDED, at("04-11 15:00"))
    assert (len(done.support), len(done.silent)) == (6, 9)


def test_a_receipt_or_a_reply_later_than_now_does_not_exist_yet():
    late = procedure(("GD", "OBJECT", "04-10 10:00"))
    assert state(late, at("04-08 14:00")).status == silence.DISPATCHED
    assert state(late, at("04-10 09:00")).status == silence.RUNNING


def test_only_the_number_of_states_asked_for_moves_the_last_day():
    one = procedure(holidays={date(2008, 4, 11): {"TT"}})
    assert state(one, at("04-09 00:00")).deadline == at("04-14 15:00")
    three = replace(one, parameters=Parameters(holiday_states=3))
    assert state(three, at("04-09 00:00")).deadline == at("04-11 15:00")


def test_a_holiday_of_an_associate_moves_nothing():
    assert state(procedure(holidays={date(2008, 4, 11): {"BM"}}), at("04-09 00:00")).deadline == at("04-11 15:00")


def test_holidays_move_the_last_day_twice_at_most():
    week = {date(2008, 4, day): {"TT"} for day in (9, 10, 11, 14, 15, 16)}
    assert state(procedure(holidays=week), at("04-09 00:00")).deadline == at("04-15 15:00")


@pytest.mark.parametrize(
    ("replies", "ignored"),
    [
        ([("GD", "OBJECT", "04-10 10:00"), ("SR", "EXTENSION", "04-10 11:00")], ("SR", "EXTENSION", "AFTER_OBJECTION")),
        ([("GD", "OBJECT", "04-10 10:00"), ("GD", "SUPPORT", "04-10 11:00")], ("GD", "SUPPORT", "AFTER_OBJECTION")),
        ([("GD", "WITHDRAW_OBJECTION", "04-10 11:00")], ("GD", "WITHDRAW_OBJECTION", "NO_OBJECTION")),
        ([("GD", "COMMENT", "04-11 15:01")], ("GD", "COMMENT", "LATE")),
    ],
)
def test_a_reply_without_effect_is_listed_with_the_reason(replies: list[Any], ignored: tuple[str, str, str]):
    assert state(procedure(*replies), at("04-12 00:00")).ignored == (ignored,)


def test_every_reason_why_a_reply_is_ignored_has_its_sentence():
    codes = {code for vector in FILE["vectors"] for _, _, code in vector["expected"].get("ignored", ())}
    assert codes <= silence.IGNORED_REPLIES.keys()


def test_an_extension_that_the_chair_refused_is_not_used_up():
    asked = Reply("SR", "EXTENSION", at("04-10 10:00"), refused=True)
    again = Reply("SR", "EXTENSION", at("04-10 12:00"))
    now = state(procedure(replies=(asked, again)), at("04-11 00:00"))
    assert now.ignored == (("SR", "EXTENSION", "REFUSED"),)
    assert now.deadline == at("04-14 15:00")


def test_support_of_others_given_while_an_objection_stands_is_kept():
    now = state(
        procedure(
            ("GD", "OBJECT", "04-10 10:00"),
            ("JM", "SUPPORT", "04-10 11:00"),
            ("GD", "WITHDRAW_OBJECTION", "04-10 12:00"),
        ),
        at("04-11 00:00"),
    )
    assert (now.status, now.support) == (silence.RUNNING, ("JM",))


def test_after_an_early_end_nothing_can_break_the_silence_any_more():
    all_support = [(party, "SUPPORT", "04-09 10:00") for party in MEMBERS]
    done = state(procedure(*all_support, ("GD", "OBJECT", "04-09 11:00")), at("04-20 00:00"))
    assert (done.status, done.concluded_at) == (silence.CONCLUDED_EARLY, at("04-09 10:00"))
    assert done.ignored == (("GD", "OBJECT", "LATE"),)


def test_a_state_that_objects_after_it_supported_no_longer_supports():
    now = state(procedure(("GD", "SUPPORT", "04-09 10:00"), ("GD", "OBJECT", "04-10 10:00")), at("04-10 12:00"))
    assert (now.support, now.objections) == ((), ("GD",))


def test_the_deadline_is_told_on_the_clock_of_each_capital():
    told = local_times(at("04-11 15:00"), zones(), at("04-11 10:30"))
    assert {told[party].at.strftime("%H:%M") for party in ("BZ",)} == {"09:00"}
    assert told["BS"].at.strftime("%H:%M") == "11:00"
    assert told["SR"].at.strftime("%H:%M") == "12:00"
    assert {local.hours_left for local in told.values()} == {4}


def test_a_reply_of_no_known_kind_is_refused():
    with pytest.raises(RuleError, match="'VETO' is not a kind of reply"):
        Reply("GD", "VETO", at("04-09 10:00"))


@given(st.datetimes(datetime(2008, 1, 1), datetime(2008, 12, 20)), st.integers(1, 15))
def test_every_deadline_is_a_working_hour_and_leaves_two_whole_working_days(moment: datetime, states: int):
    days: dict[date, set[str]] = {}
    for party, years in HOLIDAYS.items():
        for day in years.get("2008", {}):
            days.setdefault(date.fromisoformat(day), set()).add(party)
    start = moment.replace(tzinfo=UTC)
    asked = procedure(holidays=days, parameters=Parameters(holiday_states=states))
    end = silence.first_deadline(asked, start)
    assert end >= start + timedelta(hours=72)
    assert end.weekday() < 5
    assert (15, 0) <= (end.hour, end.minute) <= (20, 0)
    first = 0 if start.time() == time() else 1
    between = [start.date() + timedelta(days=n) for n in range(first, (end.date() - start.date()).days)]
    assert sum(day.weekday() < 5 for day in between) >= 2
