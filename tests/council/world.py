"""One of each of the Council's records, made by its people, for whoever asks who may see which."""

import datetime
from typing import Any

from apps.access import outbox
from apps.council.actions import contributions, floor, positions, seals, votes
from apps.council.models import AgendaItem, Contribution, Decision
from apps.council.procedures import actions as written
from apps.impacs import actions as impacs
from apps.impacs.models import AssistanceRequest, Evidence, ExtensionRequest, Mandate, StateAction
from apps.notices.models import Holiday, Notice
from tests.council import people
from tests.council.meetings import people as called
from tests.council.papers import world as papers
from tests.council.procedures import people as procedures
from tests.council.room import people as room
from tests.days import today

JAMAICA = "jam.ministry.decider"


def a_council(cast: Any) -> dict[str, Any]:
    """Records by what is said of them; Barbados is in the chair, and everybody has come.

    Restricted are `closed_item`, its `paper` (of Jamaica) and `closed_decision`; open are `item`, on the floor,
    `voting` (its decision, an electronic vote runs) and `sealed` (public, in force). `draft` and `planned` are
    the Secretariat's.
    """
    meeting = room.in_session(cast, room.FULL)
    item = room.an_item(cast, meeting)
    closed = room.an_item(cast, meeting, kind=AgendaItem.Kind.DECISION, title="Informants", restricted=True)
    item = floor.open_agenda_item(cast[room.KEEPER], item)
    sealed = _in_force(cast, room.a_decision(cast, item))
    procedure = procedures.sent(cast)
    made = {
        "meeting": meeting,
        "planned": called.planned(cast),
        "item": item,
        "closed_item": closed,
        "position": positions.write_position(cast[JAMAICA], None, item=str(closed.pk), stance="oppose"),
        "closed_decision": room.a_decision(cast, closed),
        "paper": papers.issued(cast, item=str(closed.pk)),
        "draft": people.a_draft(cast),
        "contribution": _owed(cast),
        "leave": contributions.grant_arrears_waiver(
            cast[room.KEEPER], None, party="JAM", valid_from=today(), basis="CONF/26/2"
        ),
        "sealed": sealed,
        "procedure": procedure,
        "objection": written.propose_objection(
            cast[JAMAICA], None, procedure=procedure.pk, reason="It comes too early."
        ),
    }
    outbox.drain(but=outbox.MAIL)
    _at_work(cast, StateAction.objects.get(decision=sealed, party="JAM"))
    return {
        **made,
        "voting": room.a_vote(cast, room.a_decision(cast, item), method="electronic"),
        "action": StateAction.objects.get(decision=sealed, party="JAM"),
        "proof": Evidence.objects.get(),
        "extension": ExtensionRequest.objects.get(),
        "help": AssistanceRequest.objects.get(),
        "mandate": Mandate.objects.get(decision=sealed),
        "notice": Notice.objects.filter(owner__code="JAM.ministry", object_id=procedure.pk).first(),
        "holiday": Holiday.objects.filter(party="JAM").order_by("day").last(),
    }


def _owed(cast: Any) -> Contribution:
    """What Jamaica owes for a year: too little to lose its vote."""
    room.owes(cast, "JAM", years=1)
    return Contribution.objects.get(party="JAM")


def _in_force(cast: Any, decision: Decision) -> Decision:
    """Adopted by consensus, sealed, in the public register, and what follows from it is done."""
    decision = votes.adopt_decision_by_consensus(cast[room.KEEPER], decision)
    decision = seals.publish_decision(cast[room.KEEPER], seals.seal_decision(cast[room.KEEPER], decision))
    outbox.drain(but=outbox.MAIL)
    return Decision.objects.get(pk=decision.pk)


def _at_work(cast: Any, action: StateAction) -> None:
    """Jamaica has drafted a proof, asks for time and for help."""
    proof = {
        "kind": "official_letter",
        "title": "Letter",
        "issued_on": today(),
        "authority": "Ministry",
        "citation": "12",
    }
    action = impacs.add_evidence(cast[JAMAICA], action, **proof)
    action = impacs.ask_assistance(cast[JAMAICA], action, kind="TRAINING", text="Two days.")
    assert action.due_on is not None
    later = action.due_on + datetime.timedelta(days=30)
    impacs.request_extension(cast[JAMAICA], action, until=later, reason="Parliament is dissolved.")
    outbox.drain(but=outbox.MAIL)
