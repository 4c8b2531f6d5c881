"""What a decision in force asks for and nobody has yet: actions of States, mandates of bodies. For listeners."""

from typing import Any

from apps.council.models import Clause, Decision
from apps.impacs.models import Mandate, StateAction
from apps.people.models import Desk, Party
from apps.people.queries import STATE_KINDS, states_on

BODY_PREFIX = "ORG:"


def clauses_of(decision: Decision) -> list[Any]:
    """The clauses of a decision in their order. One query."""
    return list(Clause.objects.filter(decision=decision).order_by("position"))


def missing_actions(decision: Decision) -> list[tuple[Any, str]]:
    """(clause, State) pairs without a row yet: those addressed that are Member or Associate States on the day.

    The day is that of the entry into force: a State that joins later is not bound silently (governance notes, 2.2).
    """
    states = {party.code for party in states_on(decision.in_force_on)} if decision.in_force_on else set()
    there = set(StateAction.objects.filter(decision=decision).values_list("clause_id", "party_id"))
    wanted = ((clause, code) for clause in clauses_of(decision) for code in clause.addressees if code in states)
    return [(clause, code) for clause, code in wanted if (clause.pk, code) not in there]


def missing_mandates(decision: Decision) -> list[tuple[Any, str]]:
    """(clause, body) pairs without a row yet: whatever is addressed and was never a State."""
    clauses = clauses_of(decision)
    named = {code.removeprefix(BODY_PREFIX) for clause in clauses for code in clause.addressees}
    states: Any = Party.objects.filter(code__in=named, periods__kind__in=STATE_KINDS)
    bodies = named - set(states.values_list("code", flat=True))
    there = set(Mandate.objects.filter(decision=decision).values_list("clause_id", "body"))
    wanted = ((clause, code.removeprefix(BODY_PREFIX)) for clause in clauses for code in clause.addressees)
    return [(clause, code) for clause, code in wanted if code in bodies and (clause.pk, code) not in there]


def ministries(codes: set[str]) -> dict[str, int]:
    """{party: group id of its ministry}. One query."""
    rows = Desk.objects.filter(party__in=codes, function="ministry", active=True)
    return dict(rows.values_list("party_id", "pk"))


def successor_of(mandate: Mandate) -> Mandate | None:
    """The mandate of the same body under the decision that superseded this one's, if it still runs; the first."""
    later = mandate.decision.superseded_by_id
    rows = Mandate.objects.filter(decision=later, body=mandate.body, state__in=Mandate.UNREPORTED)
    return rows.order_by("clause__position").first() if later else None


def name_action_number(action: StateAction) -> str:
    """What a mail may carry of an action: the numbers of its decision and clause."""
    return f"{action.decision} {action.clause.number}"
