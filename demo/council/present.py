"""What is at hand in the demonstration: a meeting held this year, the next one, a written procedure under way."""

import datetime
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from apps.access import outbox
from apps.council.actions import (
    agenda,
    agenda_items,
    amendments,
    contributions,
    delegations,
    floor,
    meetings,
    positions,
    seals,
    sessions,
)
from apps.council.models import AgendaItem, Decision, Meeting, Paper
from apps.council.papers.actions import papers, texts
from apps.council.procedures import actions as procedures_actions
from apps.council.queries import membership
from demo.council import players

PLAN = json.loads((Path(__file__).parent / "now.json").read_text(encoding="utf-8"))
PORT_OF_SPAIN = datetime.timedelta(hours=-4)


def load(council: Any) -> None:
    """Play it; days in the plan count from today."""
    _held(council)
    players.tell_nobody()
    outbox.drain()
    meeting = _called(council)
    items = [_item(council, meeting, plan) for plan in PLAN["next"]["items"]]
    _decisions(council, meeting, items)
    _close_and_answer(council, meeting)
    _position(council, items[1])
    players.tell_nobody()
    outbox.drain()
    _in_writing(council)
    _contributions(council)
    outbox.drain()


def _local(moment: datetime.datetime) -> str:
    return (moment + PORT_OF_SPAIN).strftime("%Y-%m-%d %H:%M")


def _create(council: Any, plan: dict[str, Any], called: int) -> Meeting:
    opening = council.at(plan["day"])
    with players.on(council.at(called)):
        meeting = meetings.create_meeting(
            council.secretariat,
            None,
            organ="CONSLE",
            number=plan["number"],
            starts_at=_local(opening),
            ends_at=_local(opening + datetime.timedelta(days=1, hours=8)),
            place=plan["place"],
            chair="TTO",
            fictional=True,
        )
        meeting = meetings.convene_meeting(council.secretariat, meeting)
        return agenda.open_agenda(council.secretariat, meeting)


def _held(council: Any) -> None:
    """The last meeting: two decisions and a recommendation adopted, one decision a vote short."""
    held = PLAN["held"]
    meeting = _create(council, held, held["day"] - 40)
    plans = [council.dated(plan) for plan in held["decisions"]]
    with players.on(council.at(held["day"] - 30)):
        items = [players.an_item(council, meeting, plan) for plan in plans]
        meeting = players.prepare(
            council, meeting, items, (council.at(held["day"]) + datetime.timedelta(days=5)).date()
        )
    roll = [party.code for party in membership.roll(council.at(held["day"]).date())]
    with players.on(council.at(held["day"])):
        meeting = sessions.call_roll(council.secretariat, meeting, present=roll)
        meeting = sessions.start_session(council.secretariat, meeting)
    decided = []
    for place, (item, plan) in enumerate(zip(items, plans, strict=True)):
        with players.on(council.at(held["day"], 1 + place)):
            decided.append(_voted(council, meeting, item, plan, roll))
    with players.on(council.at(held["day"], 7)):
        players.take_note(council, meeting)
        sessions.close_meeting(council.secretariat, Meeting.objects.get(pk=meeting.pk))
    with players.on(council.at(held["day"] + 6)):
        for decision in decided:
            if decision.state == Decision.State.ADOPTED:
                seals.seal_decision(council.secretariat, decision)


def _voted(council: Any, meeting: Meeting, item: AgendaItem, plan: dict[str, Any], roll: list[str]) -> Decision:
    present = [party for party in roll if party not in plan["absent"]]
    sessions.call_roll(council.secretariat, Meeting.objects.get(pk=meeting.pk), present=[*present, "CYM", "BMU"])
    floor.open_agenda_item(council.secretariat, AgendaItem.objects.get(pk=item.pk))
    decision = players.draft(council, plan, meeting=meeting.pk, item=item.pk)
    says = dict.fromkeys(present, "for") | dict.fromkeys(plan["against"], "against")
    says |= dict.fromkeys(plan["abstain"], "abstain")
    decision = players.vote(council, decision, [[party, value] for party, value in says.items()])
    floor.decide_agenda_item(council.secretariat, AgendaItem.objects.get(pk=item.pk))
    return decision


def _called(council: Any) -> Meeting:
    return _create(council, PLAN["next"], -9)


def _item(council: Any, meeting: Meeting, plan: dict[str, Any]) -> AgendaItem:
    by = council.secretariat if plan["by"] == "IMPACS" else council.ministry(plan["by"])
    item = agenda_items.propose_agenda_item(
        by,
        None,
        meeting=meeting.pk,
        title=plan["title"],
        kind=plan["kind"],
        restricted=plan.get("restricted", False),
    )
    item = agenda_items.accept_agenda_item(council.secretariat, item)
    if "paper" in plan:
        _paper(council, by, item, PLAN["next"]["papers"][plan["paper"]], plan["paper"])
    return agenda_items.schedule_agenda_item(
        council.secretariat, item, slot_minutes=45, papers_waived=plan.get("waived", False)
    )


def _paper(council: Any, by: Any, item: AgendaItem, plan: dict[str, Any], key: str) -> None:
    """A paper from the draft to the delegations; the visa paper is only handed in, so that something waits."""
    paper = papers.draft_paper(by, None, title=plan["title"], language="en", item=str(item.pk), body=plan["body"])
    paper = papers.submit_paper(by, paper)
    if key == "visa":
        return
    paper = papers.start_paper_clearance(council.secretariat, paper, agency="IMPACS.secretariat")
    paper = papers.clear_paper(council.secretariat, paper)
    papers.issue_paper(council.secretariat, paper, financial_missing=True)
    translation = PLAN["next"]["translation"]
    if translation["paper"] == key:
        fields = {name: translation[name] for name in ("language", "title", "body")}
        texts.translate_paper(council.secretariat, Paper.objects.get(pk=paper.pk), kind="courtesy", **fields)


def _decisions(council: Any, meeting: Meeting, items: list[AgendaItem]) -> None:
    for item, plan in zip(items, PLAN["next"]["items"], strict=True):
        if "decision" in plan:
            text = council.dated(PLAN["next"]["decisions"][plan["decision"]])
            decision = players.draft(council, text, meeting=meeting.pk, item=item.pk)
            if "amendment" in text:
                change = text["amendment"]
                amendments.propose_amendment(
                    council.ministry(change["by"]),
                    decision,
                    clause=change["clause"],
                    text=change["text"],
                    reason=change["reason"],
                )


def _close_and_answer(council: Any, meeting: Meeting) -> None:
    meeting = agenda.close_agenda(council.secretariat, Meeting.objects.get(pk=meeting.pk), missing=True)
    for party in ("ATG", "GUY", "LCA", "TTO", "GRD", "VCT", "KNA"):
        ministry = council.ministry(party)
        meeting = delegations.answer_invitation(ministry, meeting, answer="accepted")
    until = meeting.ends_at.date() + datetime.timedelta(days=2)
    for party in ("TTO", "LCA"):
        meeting = delegations.present_credentials(council.ministry(party), meeting, until=until)


def _position(council: Any, item: AgendaItem) -> None:
    """What Jamaica means to say, seen by its own ministry alone."""
    positions.write_position(
        council.ministry("JAM"),
        None,
        item=str(item.pk),
        stance="agree",
        note="Kingston is ready; ask for the cost of the second year.",
        speaking_note="Jamaica supports the first step and asks IMPACS for the running cost.",
    )


def _contributions(council: Any) -> None:
    """Last year's contributions: all paid but Haiti's, which has its vote until two years have passed."""
    due = datetime.date(council.today.year - 1, 3, 31)
    for party in membership.roll(council.today):
        row = contributions.record_contribution(
            council.secretariat,
            None,
            party=party.code,
            year=due.year,
            due_on=due,
            amount_minor=42_000_000,
            currency="USD",
        )
        if party.code != "HTI":
            contributions.pay_contribution(council.secretariat, row, paid_on=due)


def _in_writing(council: Any) -> None:
    """A text that went round yesterday: everybody has it, three support, the clock runs."""
    plan = council.dated(PLAN["writing"])
    with players.on(timezone.now() - datetime.timedelta(hours=20)):
        decision = players.draft(council, plan)
        row = procedures_actions.prepare_procedure(council.secretariat, None, decision=decision)
        row = procedures_actions.dispatch_procedure(council.secretariat, row)
    for place, party in enumerate(membership.roll(council.today)):
        with players.on(timezone.now() - datetime.timedelta(hours=19) + datetime.timedelta(minutes=place)):
            row = procedures_actions.acknowledge_procedure_receipt(council.ministry(party.code), row)
    outbox.drain()
    for party in plan["supports"]:
        row = type(row).objects.get(pk=row.pk)
        procedures_actions.support_procedure(council.ministry(party), row, text_hash=row.text_hash)
