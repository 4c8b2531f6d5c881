"""What follows from a decision by itself: mandates and State actions begin and end with it."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, change_also, emit
from apps.access.grants import share_many
from apps.council.models import Decision
from apps.council.queries import audience
from apps.impacs import policy
from apps.impacs.models import Mandate, StateAction
from apps.impacs.queries import consequences
from apps.people.queries import desk_ids

TITLE = 200


@action(
    "mandate.open",
    model=Mandate,
    label=pgettext_lazy("button, impacs", "Open"),
    done=_("Opened a mandate"),
    policy=policy.is_clock,
    ends=Mandate.State.OPEN,
    automatic=True,
)
def open_mandates(actor: Actor, _row: None, *, decision: Decision) -> Mandate:
    """Give each body that a clause addresses its mandate; the first of the new rows."""
    (keeper,) = desk_ids("IMPACS.secretariat")
    rows = [
        Mandate(
            decision=decision,
            clause=clause,
            body=body,
            title=clause.text[:TITLE],
            due_on=clause.due_on,
            owner_id=keeper,
            originator_id=actor.party_code,
            level=decision.level,
        )
        for clause, body in consequences.missing_mandates(decision)
    ]
    Mandate.objects.bulk_create(rows)
    share_many(actor, rows, audience.members(_begins(decision)), basis=str(decision))
    for other in rows[1:]:
        also("mandate.open", other, after=Mandate.State.OPEN)
    return rows[0]


@action(
    "state_action.generate",
    model=StateAction,
    label=pgettext_lazy("button, impacs", "Generate"),
    done=_("Opened an obligation for a State"),
    policy=policy.is_clock,
    ends=StateAction.State.NOT_STARTED,
    automatic=True,
)
def generate_state_actions(actor: Actor, _row: None, *, decision: Decision) -> StateAction:
    """Open one action for each State that a clause addresses; the first of the new rows.

    All Member States see them; an Associate Member sees its own.
    """
    missing = consequences.missing_actions(decision)
    desks = consequences.ministries({party for _clause, party in missing})
    rows = [
        StateAction(
            decision=decision,
            clause=clause,
            party_id=party,
            starts_on=_begins(decision),
            due_on=clause.due_on,
            owner_id=desks[party],
            originator_id=actor.party_code,
            level=decision.level,
        )
        for clause, party in missing
    ]
    StateAction.objects.bulk_create(rows)
    all_members = set(audience.members(_begins(decision)))
    by_audience: dict[frozenset[int], list[StateAction]] = {}
    for row in rows:
        by_audience.setdefault(frozenset(all_members | {row.owner_id}), []).append(row)
    for groups, shared in by_audience.items():
        share_many(actor, shared, groups, basis=str(decision))
    for other in rows[1:]:
        also("state_action.generate", other, after=StateAction.State.NOT_STARTED)
    return rows[0]


def _begins(decision: Decision) -> Any:
    return decision.in_force_on


@action(
    "state_action.end",
    model=StateAction,
    label=pgettext_lazy("button, impacs", "End"),
    done=_("Ended an obligation with its decision"),
    policy=policy.is_clock,
    starts=StateAction.OPEN,
    ends=StateAction.State.SUPERSEDED,
    automatic=True,
)
def end_state_actions(actor: Actor, first: StateAction) -> StateAction:
    """End the open actions of a decision that no longer holds."""
    rows = StateAction.objects.filter(decision=first.decision_id, state__in=StateAction.OPEN)
    _end_others("state_action.end", actor, first, rows, StateAction.State.SUPERSEDED)
    return first


@action(
    "mandate.end",
    model=Mandate,
    label=pgettext_lazy("button, impacs", "End"),
    done=_("Ended a mandate with its decision"),
    policy=policy.is_clock,
    starts=Mandate.UNREPORTED,
    ends=Mandate.State.SUPERSEDED,
    automatic=True,
)
def end_mandates(actor: Actor, first: Mandate) -> Mandate:
    """End the mandates of a decision that no longer holds; those of the same bodies that took their place are named."""
    rows = Mandate.objects.filter(decision=first.decision_id, state__in=Mandate.UNREPORTED).exclude(pk=first.pk)
    for row in rows.order_by("pk").select_for_update(of=("self",)):
        before, row.state, row.carried_to = row.state, Mandate.State.SUPERSEDED, consequences.successor_of(row)
        change_also("mandate.end", row, "state", "carried_to", before=before)
        emit("mandate.ended", row, {"how": "superseded"})
    first.carried_to = consequences.successor_of(first)
    emit("mandate.ended", first, {"how": "superseded"})
    return first


def _end_others(verb: str, actor: Actor, first: Any, rows: Any, state: str) -> None:
    """All but the first, which the door saves."""
    others = list(rows.exclude(pk=first.pk).select_for_update())
    ids = [row.pk for row in others]
    type(first).objects.filter(pk__in=ids).update(
        state=state, version=F("version") + 1, changed_at=timezone.now(), changed_by_seat_id=actor.seat_id
    )
    for row in others:
        also(verb, row, before=row.state, after=state)
