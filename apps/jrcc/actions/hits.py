"""What people do with a hit (verbs of CONTRACT.md)."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, also
from apps.access.refused import Refused
from apps.access.sharing import share
from apps.jrcc import policy, queries, service
from apps.jrcc.actions import raising
from apps.jrcc.identities import record_of
from apps.jrcc.models import Hit, HitReferral
from apps.jrcc.reasons import DISMISSALS
from apps.screening import actions as screening

H = Hit.State
UNDECIDED = {H.RAISED, H.CLAIMED}
WITH_THE_STATE = {H.REFERRED, H.ACKNOWLEDGED}


@action("hit.claim", model=Hit, label=_("Claim"), policy=policy.may_claim, starts={H.RAISED}, ends=H.CLAIMED)
def claim(actor: Actor, hit: Hit) -> Hit:
    """Take a hit to work on it, so that nobody else does the same."""
    raising.moved(hit)
    hit.claimed_by_seat_id, hit.claimed_by = actor.seat_id, actor.person
    return hit


@action("hit.release", model=Hit, label=_("Release"), policy=policy.may_decide, starts={H.CLAIMED}, ends=H.RAISED)
def release(actor: Actor, hit: Hit) -> Hit:
    """Give a claimed hit back to the queue."""
    raising.moved(hit)
    hit.claimed_by_seat_id, hit.claimed_by = None, ""
    return hit


class Parties(forms.MultipleChoiceField):
    """States that a hit may be referred to: those of the journey and the list's owner, as the entry allows."""

    def scope(self, actor: Actor | None, row: Hit | None) -> None:
        """Offer the hit's States that do not have it yet, the State of arrival chosen."""
        if row is None:
            return
        self.choices = [(code, code) for code in referable(row) if not _has_it(row, code)]
        usual = default_state(row)
        self.initial = [usual] if usual and not _has_it(row, usual) else []

    def valid_value(self, value: Any) -> bool:
        """Any code is taken here: the action says why one is not possible."""
        return True


@action(
    "hit.refer",
    model=Hit,
    label=_("Refer"),
    policy=policy.may_decide,
    starts=UNDECIDED,
    ends=H.REFERRED,
    takes={
        "to": Parties(label=_("To"), required=False, help_text=_("State of arrival unless chosen otherwise")),
        "note": forms.CharField(
            label=_("Note for the State"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
        ),
    },
)
def refer(actor: Actor, hit: Hit, *, to: list[str] | None = None, note: str = "") -> Hit:
    """Hand a hit to the border desks of one or more States; from now on each of them sees it and its traveller.

    A hit of a discreet entry, or of one whose hits only its owner may know, goes to the owner's own State alone:
    Refused `owner-only` otherwise. Where the entry allows it, the border desk also sees the entry.
    """
    _hand_to(actor, hit, list(dict.fromkeys(to or filter(None, [default_state(hit)]))))
    raising.moved(hit)
    hit.note = note
    return hit


@action(
    "hit.refer_further",
    model=Hit,
    label=_("Refer to another State"),
    policy=policy.may_refer_further,
    starts=WITH_THE_STATE,
    ends=WITH_THE_STATE,
    takes={
        "to": Parties(label=_("To")),
        "note": forms.CharField(
            label=_("Note for the State"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
        ),
    },
)
def refer_further(actor: Actor, hit: Hit, *, to: list[str], note: str = "") -> Hit:
    """Hand a hit that States have already to one more: he travels on, or the flight was rerouted.

    Those that have it keep it, and what they did stands; each acknowledges for itself, the first outcome closes it.
    """
    wanted = list(dict.fromkeys(to))
    if held := [state for state in wanted if _has_it(hit, state)]:
        raise ValidationError({"to": _now("%(states)s: has it already.") % {"states": ", ".join(held)}})
    _hand_to(actor, hit, wanted)
    hit.note = "\n\n".join(filter(None, [hit.note, note]))
    return hit


def _has_it(hit: Hit, state: str) -> bool:
    return hit.state in WITH_THE_STATE and state in hit.referred_to


def _hand_to(actor: Actor, hit: Hit, wanted: list[str]) -> None:
    """Share the hit with the border desks of these States and begin their clocks."""
    if not wanted:
        raise ValidationError({"to": _now("Choose the State that has to act.")})
    if policy.only_owner_may_know(hit.instruction, hit.hit_visible_to) and wanted != [hit.list_party_id]:
        raise Refused("may-not", "owner-only")
    desks = queries.desks([f"{state}.border" for state in wanted])
    # a hit that was put aside keeps its States when the owner opens the entry to fewer
    possible = [state for state in referable(hit) if state == hit.list_party_id or raising.open_to(hit.entry, state)]
    wrong = [state for state in wanted if state not in possible or f"{state}.border" not in desks]
    if wrong:
        text = _now("%(states)s: not a State of this journey with a border desk here.")
        raise ValidationError({"to": text % {"states": ", ".join(wrong)}})
    hit.referred_to = sorted({*hit.referred_to, *wanted})
    HitReferral.objects.bulk_create(
        [HitReferral(hit=hit, party_id=state, at=timezone.now()) for state in wanted],
        update_conflicts=True,
        unique_fields=["hit", "party"],
        update_fields=["at", "acknowledged_at"],
    )
    share(actor, hit, desks.values())
    if hit.hit_visible_to != "owner":
        share(actor, hit.entry, desks.values(), basis=hit.reference)


def referable(hit: Hit) -> list[str]:
    """States that may be told of a hit: those of the journey that may screen with the entry, and the owner."""
    if policy.only_owner_may_know(hit.instruction, hit.hit_visible_to):
        return [hit.list_party_id]
    return sorted({*hit.parties, hit.list_party_id})


def default_state(hit: Hit) -> str:
    """The State of arrival if it may be told, else the one State that may; "" if it has to be chosen.

    A State that has cleared the traveller is told only where somebody chooses it.
    """
    possible = referable(hit)
    arrives = queries.state_of_arrival(hit)
    if arrives in possible and arrives not in hit.cleared_for:
        return arrives
    states = [state for state in hit.parties if state in possible and state not in hit.cleared_for] or possible
    return states[0] if len(states) == 1 else ""


@action(
    "hit.dismiss",
    model=Hit,
    label=_("Dismiss"),
    policy=policy.may_decide,
    starts=UNDECIDED,
    ends=H.DISMISSED,
    takes={"reason": forms.CharField(label=_("Reason"), max_length=200)},
)
def dismiss(actor: Actor, hit: Hit, *, reason: str) -> Hit:
    """Say that a hit is not the listed person: a code of apps.jrcc.reasons, or words.

    One of a grade that has a time for it stays on the floor until a second officer has agreed, or opened it again.
    """
    if not reason.strip():
        raise ValidationError({"reason": _now("Say why: for example %(code)s.") % {"code": next(iter(DISMISSALS))}})
    hit.reason = reason.strip()
    raising.moved(hit)
    if service.needs_second_look(hit, timezone.now().date()):
        hit.second_look, hit.dismissed_by_user_id = "due", actor.user_id
    return hit


@action(
    "hit.agree",
    model=Hit,
    label=_("Second look: not a match"),
    policy=policy.may_agree,
    starts={H.DISMISSED},
    ends=H.DISMISSED,
)
def agree(actor: Actor, hit: Hit) -> Hit:
    """Say as a second officer that the dismissal is right. Who finds it wrong opens the hit again."""
    hit.second_look = "agreed"
    return hit


@action(
    "hit.acknowledge",
    model=Hit,
    label=_("Acknowledge"),
    policy=policy.may_act,
    starts={H.REFERRED},
    ends=H.ACKNOWLEDGED,
)
def acknowledge(actor: Actor, hit: Hit) -> Hit:
    """Say that the State has taken the referral over."""
    raising.moved(hit)
    return _taken_over(actor, hit)


@action(
    "hit.acknowledge_too",
    model=Hit,
    label=_("Acknowledge for our State"),
    policy=policy.may_acknowledge_too,
    starts={H.ACKNOWLEDGED},
    ends=H.ACKNOWLEDGED,
)
def acknowledge_too(actor: Actor, hit: Hit) -> Hit:
    """Say the same as a further State, where another has taken it over already."""
    return _taken_over(actor, hit)


def _taken_over(actor: Actor, hit: Hit) -> Hit:
    hit.acknowledged_by = sorted({*hit.acknowledged_by, actor.party_code})
    HitReferral.objects.filter(hit=hit, party=actor.party_code).update(acknowledged_at=timezone.now())
    return hit


@action(
    "hit.record_outcome",
    model=Hit,
    label=_("Record the outcome"),
    policy=policy.may_act,
    starts=WITH_THE_STATE,
    ends=H.CLOSED,
    takes={
        "outcome": forms.ChoiceField(label=_("Outcome"), choices=Hit.Outcome.choices),
        "note": forms.CharField(
            label=_("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
        ),
    },
)
def record_outcome(actor: Actor, hit: Hit, *, outcome: str, note: str = "") -> Hit:
    """Report what came of it at the border; the watch and the list's owner see it."""
    if outcome not in Hit.Outcome.values:
        raise ValidationError({"outcome": _now("Choose one of: %(codes)s.") % {"codes": ", ".join(Hit.Outcome.values)}})
    raising.moved(hit)
    hit.outcome, hit.outcome_note = outcome, note
    hit.outcome_party_id, hit.outcome_at = actor.party_code, timezone.now()
    return hit


@action(
    "hit.reopen",
    model=Hit,
    label=_("Open again"),
    policy=policy.may_reopen,
    starts={H.DISMISSED, H.CLOSED},
    ends=H.RAISED,
    takes={"reason": forms.CharField(label=_("Reason"), max_length=200)},
)
def reopen(actor: Actor, hit: Hit, *, reason: str) -> Hit:
    """Put a dismissed or closed hit back into the queue, with the reason."""
    raising.open_again(hit)
    hit.reason = reason.strip()
    return hit


class ClearingState(forms.ChoiceField):
    """The State for which a clearance is made: one's own; the watch chooses among those of the journey."""

    def scope(self, actor: Actor | None, row: Hit | None) -> None:
        """Offer them, the State of arrival chosen."""
        if row is None or actor is None:
            return
        own = [] if actor.function == "watch" else [actor.party_code]
        states = own or row.parties
        self.choices = [(code, code) for code in states]
        usual = default_state(row)
        self.initial = usual if usual in states else next(iter(states), "")


@action(
    "hit.clear",
    model=Hit,
    label=_("Clear for later journeys"),
    policy=policy.may_clear,
    starts={H.DISMISSED, H.CLOSED},
    ends={H.DISMISSED, H.CLOSED},
    takes={
        "party": ClearingState(label=_("For which State")),
        "reason": forms.CharField(label=_("Why he is another person"), max_length=300),
        "valid_until": forms.DateField(label=_("Until"), required=False, input_formats=["%Y-%m-%d"]),
    },
)
def clear(actor: Actor, hit: Hit, *, party: str, reason: str, valid_until: datetime.date | None = None) -> Hit:
    """Say for one State that this traveller is not that entry: an equal hit is not put to it again.

    Holds for the entry as it is now and the traveller's document with his birth date, until the day that the rules of
    lists allow. The State's desks and the JRCC see it; its maker may share it.
    """
    cleared = screening.Cleared(
        entry=hit.entry,
        entry_version=hit.entry_version,
        traveller=record_of(hit.traveller),
        odds=raising.log_odds(hit),
        hit_reference=hit.reference,
    )
    clearance = screening.make(actor, cleared, party=party, reason=reason, until=valid_until)
    also("traveller_clearance.make", clearance, after=clearance.state)
    return hit
