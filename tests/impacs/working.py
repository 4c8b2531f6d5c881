"""What tests say of a State's work: proofs, and the people who bring and judge them."""

import datetime
from typing import Any

from apps.impacs import actions
from apps.impacs.models import Evidence, StateAction
from demo.people import _make_person
from tests.days import EAST, today
from tests.impacs.people import BARBADOS, SECRETARIAT, a_decision, action_of

OFFICER = "impacs.secretariat.officer"


def in_days(days: int) -> datetime.date:
    return today(EAST) + datetime.timedelta(days=days)


def noon(days: int = 0) -> datetime.datetime:
    return datetime.datetime.combine(in_days(days), datetime.time(12), datetime.UTC)


def an_action(
    *demands: str, due: int | None = 60, begun: int = -30, party: str = "BRB", others: tuple[str, ...] = ("JAM",)
) -> StateAction:
    """An action under way, due in so many days, whose clause asks for these proofs."""
    day = in_days(due) if due is not None else None
    decision = a_decision(("States name a contact.", [party, *others], day), day=in_days(begun), follow=False)
    from apps.council.models import Clause
    from tests.impacs.people import tell

    Clause.objects.filter(decision=decision).update(evidence_required=list(demands))
    tell("decision.in_force", decision)
    return action_of(decision, party)


def a_proof(**more: Any) -> dict[str, Any]:
    """What is said of a proof."""
    told = {"kind": "official_letter", "title": "Letter of the Minister", "issued_on": in_days(-1)}
    return {**told, "authority": "Ministry of Home Affairs", "citation": "Ref. 12/2026", **more}


def with_a_proof(cast: Any, row: StateAction, who: str = BARBADOS, **more: Any) -> Evidence:
    """A draft of a proof brought by somebody of the State."""
    actions.add_evidence(cast[who], row, **a_proof(**more))
    return Evidence.objects.filter(action=row).order_by("-pk").first()


def submitted(cast: Any, row: StateAction, **more: Any) -> StateAction:
    """Its evidence waits for the verifier."""
    with_a_proof(cast, row, **more)
    return actions.submit_evidence(cast[BARBADOS], row)


def verified(cast: Any, row: StateAction, **more: Any) -> StateAction:
    """Verified by IMPACS."""
    return actions.verify_state_action(cast[SECRETARIAT], submitted(cast, row, **more))


def fresh(row: Any) -> Any:
    """As it stands now."""
    return type(row).objects.get(pk=row.pk)


def a_drafter(state: str = "brb") -> str:
    """A second person of the ministry, who works and does not decide."""
    name = f"{state}.ministry.drafter"
    _make_person(name)
    return name
