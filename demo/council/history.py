"""The Council of 2008: the fifth meeting and the roster in writing. Votes, texts and sums are invented."""

import datetime
import json
from pathlib import Path
from typing import Any

from apps.access import outbox
from apps.council.actions import agenda, clock, floor, meetings, minutes, seals, sessions, votes
from apps.council.models import AgendaItem, Decision, Meeting, WrittenProcedure
from apps.council.procedures import actions as procedures_actions
from apps.council.queries import membership
from demo.council.players import Council, an_item, draft, on, prepare, tell_nobody, vote

PLAN = json.loads((Path(__file__).parent / "year_2008.json").read_text(encoding="utf-8"))
LAPSES = datetime.date(2011, 1, 1)
CALLED = datetime.datetime(2008, 1, 21, 14, 0, tzinfo=datetime.UTC)
OPENED = datetime.datetime(2008, 2, 19, 13, 0, tzinfo=datetime.UTC)
VOTED = datetime.datetime(2008, 2, 20, 14, 0, tzinfo=datetime.UTC)
SEALED = datetime.datetime(2008, 2, 25, 15, 0, tzinfo=datetime.UTC)
LAST_CREDENTIALS = datetime.date(2008, 2, 29)


def load() -> None:
    """Play both, and tell nobody of today."""
    _fifth_meeting()
    _roster_in_writing()
    tell_nobody()
    outbox.drain()


def _fifth_meeting() -> None:
    council = Council()
    with on(CALLED):
        meeting = meetings.create_meeting(
            council.secretariat,
            None,
            organ="CONSLE",
            number=PLAN["meeting"]["number"],
            starts_at="2008-02-19 09:00",
            ends_at="2008-02-20 17:00",
            place="Port of Spain (fictional)",
            chair=PLAN["meeting"]["chair"],
            fictional=True,
        )
        meeting = meetings.convene_meeting(council.secretariat, meeting)
        meeting = agenda.open_agenda(council.secretariat, meeting)
    with on(CALLED + datetime.timedelta(days=3)):
        items = {plan["working"]: an_item(council, meeting, plan) for plan in _in_meeting()}
        meeting = prepare(council, meeting, items.values(), LAST_CREDENTIALS)
    with on(OPENED):
        meeting = sessions.call_roll(council.secretariat, meeting, present=_inside(PLAN["decisions"][1]))
        meeting = sessions.start_session(council.secretariat, meeting)
    decided = []
    for place, plan in enumerate(_in_meeting()):
        with on(VOTED + datetime.timedelta(minutes=25 * place)):
            decided.append(_decide(council, meeting, items[plan["working"]], plan))
    with on(VOTED + datetime.timedelta(hours=7)):
        meeting = sessions.close_meeting(council.secretariat, Meeting.objects.get(pk=meeting.pk))
    with on(SEALED):
        for decision in decided:
            if decision.state == Decision.State.ADOPTED:
                seals.publish_decision(council.secretariat, seals.seal_decision(council.secretariat, decision))
        meeting = minutes.draft_minutes(council.secretariat, meeting)
    with on(SEALED + datetime.timedelta(days=40)):
        minutes.agree_minutes(council.secretariat, meeting)


def _in_meeting() -> list[dict[str, Any]]:
    return [plan for plan in PLAN["decisions"] if "written" not in plan]


def _inside(plan: dict[str, Any]) -> list[str]:
    """Who was in the app: the Member States of the plan, and two Associate Members throughout."""
    return [*plan["present"], "AIA", "BMU"]


def _decide(council: Council, meeting: Meeting, item: AgendaItem, plan: dict[str, Any]) -> Decision:
    fresh = Meeting.objects.get(pk=meeting.pk)
    sessions.call_roll(council.secretariat, fresh, present=_inside(plan))
    item = floor.open_agenda_item(council.secretariat, AgendaItem.objects.get(pk=item.pk))
    decision = draft(council, {**plan, "expires_on": LAPSES}, meeting=meeting.pk, item=item.pk)
    if plan["method"] == "consensus":
        decision = votes.adopt_decision_by_consensus(council.secretariat, decision)
    else:
        decision = vote(council, decision, plan["ballots"])
    floor.decide_agenda_item(council.secretariat, AgendaItem.objects.get(pk=item.pk))
    return decision


def _roster_in_writing() -> None:
    """The written procedure of April 2008: the last receipt starts the clock, six support, nine are silent."""
    council = Council()
    plan = next(plan for plan in PLAN["decisions"] if "written" in plan)
    written = plan["written"]
    sent, received = (datetime.datetime.fromisoformat(written[name]) for name in ("dispatched_at", "last_receipt_at"))
    with on(sent):
        decision = draft(council, {**plan, "expires_on": LAPSES})
        row = procedures_actions.prepare_procedure(council.secretariat, None, decision=decision)
        row = procedures_actions.dispatch_procedure(council.secretariat, row)
    states = [party.code for party in membership.roll(sent.date())]
    for place, party in enumerate([*(code for code in states if code != "HTI"), "HTI"]):
        at = received if party == "HTI" else sent + datetime.timedelta(minutes=30 + 10 * place)
        with on(at):
            row = procedures_actions.acknowledge_procedure_receipt(council.ministry(party), row)
    tell_nobody()
    outbox.drain()
    for place, party in enumerate(written["explicit_support"]):
        with on(received + datetime.timedelta(hours=2 + place)):
            row = WrittenProcedure.objects.get(pk=row.pk)
            procedures_actions.support_procedure(council.ministry(party), row, text_hash=row.text_hash)
    clock.step(row.pk, datetime.datetime.fromisoformat(written["deadline"]) + datetime.timedelta(seconds=1))
    with on(SEALED + datetime.timedelta(days=50)):
        seals.seal_decision(council.secretariat, Decision.objects.get(pk=decision.pk))
