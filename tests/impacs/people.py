"""Decisions in force for tests, and the days on which they are looked at."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from apps.access import outbox
from apps.access.grants import share
from apps.council.models import Clause, Decision
from apps.council.queries import audience, membership
from apps.impacs.models import Report, StateAction
from apps.people.models import Desk, Party, PartyPeriod
from apps.people.queries import service_actor

ALL = "ALL_MEMBER_STATES"
BEGIN, DUE = datetime.date(2026, 3, 1), datetime.date(2026, 9, 30)
SECRETARIAT, BARBADOS, JAMAICA, CAYMAN = (
    "impacs.secretariat.manager",
    "brb.ministry.decider",
    "jam.ministry.decider",
    "cym.ministry.decider",
)
Asked = tuple[str, Sequence[str] | str, datetime.date | None]
CONTACT: Asked = ("Each Member State names a contact.", ALL, DUE)


def a_decision(
    *clauses: Asked, day: datetime.date = BEGIN, number: str = "", follow: bool = True, **more: Any
) -> Decision:
    """A decision in force since a day, with clauses (text, addressees, due); what follows from it is done."""
    clock = service_actor("IMPACS.automation")
    count = Decision.objects.count() + 1
    decision = Decision.objects.create(
        working_no=f"W-{count}",
        number=number or f"CONSLE/2026/9/DEC/{count:02}",
        organ_id="CONSLE",
        proposer_id="IMPACS",
        question="DECISION",
        text_hash="0" * 64,
        in_force_on=day,
        owner=Desk.objects.get(code="IMPACS.secretariat"),
        originator_id="IMPACS",
        state=Decision.State.IN_FORCE,
        **({"title": f"Contacts day and night {count}", "kind": "decision"} | more),
    )
    share(clock, decision, audience.everybody(day))
    members = [party.code for party in membership.roll(day)]
    for place, (text, addressees, due) in enumerate(clauses or (CONTACT,), start=1):
        Clause.objects.create(
            decision=decision,
            number=str(place),
            position=place,
            text=text,
            addressee_rule=ALL,
            addressees=members if addressees == ALL else list(addressees),
            due_on=due,
        )
    if follow:
        tell("decision.in_force", decision)
    return decision


def tell(topic: str, decision: Decision) -> None:
    """Say that something became of a decision, and let the portal do what follows; its mails wait for a drain."""
    with transaction.atomic():
        outbox.write(topic, decision, {})
    outbox.drain(but=outbox.MAIL)


def ended(decision: Decision, day: datetime.date) -> None:
    """A later decision has taken its place."""
    decision.state, decision.ended_on = Decision.State.SUPERSEDED, day
    decision.save(update_fields=["state", "ended_on"])
    tell("decision.ended", decision)


def action_of(decision: Decision, party: str, clause: str = "1") -> StateAction:
    """One State's action under a clause."""
    return StateAction.objects.get(decision=decision, party=party, clause__number=clause)


def reported(action: StateAction, day: datetime.date, progress: int, text: str = "On our way.") -> None:
    """A report that came in on a day."""
    Report.objects.create(action=action, day=day, progress=progress, text=text, seat_id=0)
    if action.reported_on is None or action.reported_on <= day:
        StateAction.objects.filter(pk=action.pk).update(progress=progress, reported_on=day)
        action.progress, action.reported_on = progress, day


def a_new_member(day: datetime.date) -> None:
    """A sixteenth Member State from a day on."""
    Party.objects.create(code="XNW", name="Newland", short_name="Newland", roll_call_order=99)
    PartyPeriod.objects.create(party_id="XNW", kind="member_state", valid_from=day)
    group = Group.objects.create(name="XNW.ministry")
    Desk.objects.create(group=group, code="XNW.ministry", party_id="XNW", function_id="ministry")
