"""Whether a clause binds a State at all: said not to apply, and released by the Conference."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.impacs import policy
from apps.impacs.models import StateAction, Turn
from apps.impacs.obligations.actions.fields import text_field, today
from apps.impacs.obligations.actions.verification import turn
from apps.impacs.obligations.queries import releases

S, K = StateAction.State, Turn.Kind
NOT_FINISHED = frozenset({S.NOT_STARTED, S.ACKNOWLEDGED, S.IN_PROGRESS})


@action(
    "state_action.claim_not_applicable",
    model=StateAction,
    label=_("Claim an exemption"),
    done=_("Said that a clause does not apply"),
    policy=policy.may_bind_for_state,
    starts=NOT_FINISHED,
    ends=NOT_FINISHED,
    takes={
        "reason": text_field(
            pgettext_lazy("field, impacs", "Legal reason"),
            missing=_("Give the legal reason, for example: no sea border, Constitution, section 2."),
            max_length=2000,
            help_text=_("The Director of IMPACS decides and the Council is informed. Until then the clause binds you."),
        )
    },
)
def claim_not_applicable(actor: Actor, row: StateAction, *, reason: str) -> StateAction:
    """Say that the clause does not apply to the State, with the legal reason."""
    if row.claimed_on is not None:
        raise ValidationError({"reason": _now("Your State has already claimed an exemption. The answer is pending.")})
    row.claimed_on = today(actor)
    turn(actor, row, K.CLAIMED, reason)
    emit("state_action.claimed", row)
    return row


@action(
    "state_action.allow_claim",
    model=StateAction,
    label=_("Grant the exemption"),
    done=_("Agreed that a clause does not apply"),
    policy=policy.may_direct,
    starts=NOT_FINISHED,
    ends=S.NOT_APPLICABLE,
    takes={
        "reason": text_field(
            pgettext_lazy("field, impacs", "Finding"), missing=_("Give the basis of the finding."), max_length=2000
        )
    },
)
def allow_not_applicable_claim(actor: Actor, row: StateAction, *, reason: str) -> StateAction:
    """Find that the clause does not apply to the State. The Council is told."""
    _there_is_a_claim(row)
    row.claimed_on = None
    turn(actor, row, K.NOT_APPLICABLE, reason)
    emit("state_action.not_applicable", row)
    return row


@action(
    "state_action.refuse_claim",
    model=StateAction,
    label=_("Refuse the exemption"),
    done=_("Found that a clause applies"),
    policy=policy.may_direct,
    starts=NOT_FINISHED,
    ends=NOT_FINISHED,
    takes={
        "reason": text_field(
            pgettext_lazy("field, impacs", "Finding"),
            missing=_("Tell the State why the clause applies."),
            max_length=2000,
        )
    },
)
def refuse_not_applicable_claim(actor: Actor, row: StateAction, *, reason: str) -> StateAction:
    """Find that the clause applies to the State all the same."""
    _there_is_a_claim(row)
    row.claimed_on = None
    turn(actor, row, K.CLAIM_REFUSED, reason)
    emit("state_action.claim_refused", row)
    return row


def _there_is_a_claim(row: StateAction) -> None:
    if row.claimed_on is None:
        raise ValidationError({"reason": _now("The State has not claimed an exemption.")})


@action(
    "state_action.opt_out",
    model=StateAction,
    label=pgettext_lazy("button, impacs", "Release"),
    done=_("Released a State from clauses"),
    policy=policy.is_clock,
    starts=NOT_FINISHED,
    ends=S.OPTED_OUT,
    automatic=True,
)
def opt_out_of_state_action(actor: Actor, first: StateAction) -> StateAction:
    """The Conference has released the State from what these clauses ask (Revised Treaty, Article 27(4))."""
    _others("state_action.opt_out", actor, first, releases.to_release(first, timezone.now().date()), S.OPTED_OUT)
    return first


@action(
    "state_action.end_opt_out",
    model=StateAction,
    label=_("End the opt-out"),
    done=_("Ended a State's release from a clause"),
    policy=policy.is_clock,
    starts={S.OPTED_OUT},
    ends=S.IN_PROGRESS,
    automatic=True,
)
def end_state_action_opt_out(actor: Actor, row: StateAction) -> StateAction:
    """The release has ended: the clause binds the State again, by its due date."""
    emit("state_action.bound_again", row)
    return row


def _others(verb: str, actor: Actor, first: StateAction, rows: Any, state: str) -> None:
    """All but the first, which the door saves."""
    others = list(rows.exclude(pk=first.pk).select_for_update(of=("self",)))
    StateAction.objects.filter(pk__in=[row.pk for row in others]).update(
        state=state, version=F("version") + 1, changed_at=timezone.now(), changed_by_seat_id=actor.seat_id
    )
    for row in others:
        also(verb, row, before=row.state, after=state)
