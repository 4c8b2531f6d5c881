"""What people do with a hit (verbs of CONTRACT.md)."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.binding_acts import Binding
from apps.access.declared_actions import action, also
from apps.access.grants import share
from apps.access.refusal import Refused
from apps.journeys.queries.identities import record_of
from apps.jrcc import policy
from apps.jrcc.actions import found_hits
from apps.jrcc.models import Hit, HitReferral
from apps.jrcc.queries import clocks, consequences, hits
from apps.jrcc.queries.reasons import DISMISSALS
from apps.jrcc.refusals import Refusals
from apps.manifests.queries import parties
from apps.screening import actions as screening
from apps.screening.policy import only_owner_may_know

H = Hit.State
UNDECIDED = {H.RAISED, H.CLAIMED}
WITH_THE_STATE = {H.REFERRED, H.ACKNOWLEDGED}


@action(
    "hit.claim",
    model=Hit,
    label=pgettext_lazy("button, jrcc", "Claim"),
    done=_("Claimed a hit"),
    policy=policy.may_claim,
    starts={H.RAISED},
    ends=H.CLAIMED,
    undo="hit.release",
)
def claim_hit(actor: Actor, hit: Hit) -> Hit:
    """Take a hit to work on it, so that nobody else does the same."""
    found_hits.moved(hit)
    hit.claimed_by_seat_id, hit.claimed_by = actor.seat_id, actor.person
    return hit


@action(
    "hit.release",
    model=Hit,
    label=pgettext_lazy("button, jrcc", "Give up the claim"),
    done=_("Released a hit to the queue"),
    policy=policy.may_decide,
    starts={H.CLAIMED},
    ends=H.RAISED,
)
def release_hit(actor: Actor, hit: Hit) -> Hit:
    """Give a claimed hit back to the queue."""
    found_hits.moved(hit)
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
    label=pgettext_lazy("button, jrcc", "Refer"),
    done=_("Referred a hit to States"),
    policy=policy.may_decide,
    starts=UNDECIDED,
    ends=H.REFERRED,
    takes={
        "to": Parties(
            label=pgettext_lazy("field, jrcc", "To"),
            required=False,
            help_text=_("State of arrival, unless you choose another"),
        ),
        "note": forms.CharField(
            label=_("Note for the State"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
        ),
    },
    binding=Binding(consequences.of_referral),
)
def refer_hit(actor: Actor, hit: Hit, *, to: list[str] | None = None, note: str = "") -> Hit:
    """Hand a hit to the border desks of one or more States; from now on each of them sees it and its traveller.

    A hit of a discreet entry, or of one whose hits only its owner may know, goes to the owner's own State alone:
    Refused `owner-only` otherwise. Where the entry allows it, the border desk also sees the entry.
    """
    _hand_to(actor, hit, list(dict.fromkeys(to or filter(None, [default_state(hit)]))))
    found_hits.moved(hit)
    hit.note = note
    return hit


@action(
    "hit.refer_further",
    model=Hit,
    label=_("Refer to another State"),
    done=_("Referred a hit to another State"),
    policy=policy.may_refer_further,
    starts=WITH_THE_STATE,
    ends=WITH_THE_STATE,
    takes={
        "to": Parties(label=pgettext_lazy("field, jrcc", "To")),
        "note": forms.CharField(
            label=_("Note for the State"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
        ),
    },
    binding=Binding(consequences.of_referral),
)
def refer_hit_further(actor: Actor, hit: Hit, *, to: list[str], note: str = "") -> Hit:
    """Hand a hit that States have already to one more: they travel on, or the flight was rerouted.

    Those that have it keep it, and what they did stands; each acknowledges for itself, the first outcome closes it.
    """
    wanted = list(dict.fromkeys(to))
    if held := [state for state in wanted if _has_it(hit, state)]:
        raise ValidationError({"to": pgettext("words, jrcc", "Already with %(states)s.") % {"states": ", ".join(held)}})
    _hand_to(actor, hit, wanted)
    hit.note = "\n\n".join(filter(None, [hit.note, note]))
    return hit


def _has_it(hit: Hit, state: str) -> bool:
    return hit.state in WITH_THE_STATE and state in hit.referred_to


def _hand_to(actor: Actor, hit: Hit, wanted: list[str]) -> None:
    """Share the hit with the border desks of these States and begin their clocks."""
    if not wanted:
        raise ValidationError({"to": _now("Choose the State that must act.")})
    if only_owner_may_know(hit.instruction, hit.hit_visible_to) and wanted != [hit.list_party_id]:
        raise Refused(Refusals.OWNER_ONLY)
    desks = parties.desks([f"{state}.border" for state in wanted])
    # a hit that was put aside keeps its States when the owner opens the entry to fewer
    possible = [state for state in referable(hit) if state == hit.list_party_id or found_hits.open_to(hit.entry, state)]
    wrong = [state for state in wanted if state not in possible or f"{state}.border" not in desks]
    if wrong:
        text = _now("%(states)s: not on this journey, or no border desk in the portal.")
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
    if only_owner_may_know(hit.instruction, hit.hit_visible_to):
        return [hit.list_party_id]
    return sorted({*hit.parties, hit.list_party_id})


def default_state(hit: Hit) -> str:
    """The State of arrival if it may be told, else the one State that may; "" if it has to be chosen.

    A State that has cleared the traveller is told only where somebody chooses it.
    """
    possible = referable(hit)
    arrives = hits.state_of_arrival(hit)
    if arrives in possible and arrives not in hit.cleared_for:
        return arrives
    states = [state for state in hit.parties if state in possible and state not in hit.cleared_for] or possible
    return states[0] if len(states) == 1 else ""


@action(
    "hit.dismiss",
    model=Hit,
    label=pgettext_lazy("button, jrcc", "Dismiss"),
    done=_("Dismissed a hit"),
    policy=policy.may_decide,
    starts=UNDECIDED,
    ends=H.DISMISSED,
    takes={"reason": forms.CharField(label=pgettext_lazy("field, jrcc", "Reason"), max_length=200)},
    undo="hit.reopen",
)
def dismiss_hit(actor: Actor, hit: Hit, *, reason: str) -> Hit:
    """Say that a hit is not the listed person: a code of apps.jrcc.queries.reasons, or words.

    One of a grade that has a time for it stays on the floor until a second officer has agreed, or opened it again.
    """
    if not reason.strip():
        raise ValidationError(
            {"reason": _now("Enter a reason, for example %(code)s.") % {"code": next(iter(DISMISSALS))}}
        )
    hit.reason = reason.strip()
    found_hits.moved(hit)
    if clocks.needs_second_look(hit, timezone.now().date()):
        hit.second_look, hit.dismissed_by_user_id = "due", actor.user_id
    return hit


@action(
    "hit.agree",
    model=Hit,
    label=_("Second review: not a match"),
    done=_("Confirmed a dismissal at second review"),
    policy=policy.may_agree,
    starts={H.DISMISSED},
    ends=H.DISMISSED,
)
def confirm_hit_dismissal(actor: Actor, hit: Hit) -> Hit:
    """Say as a second officer that the dismissal is right. Who finds it wrong opens the hit again."""
    hit.second_look = "agreed"
    return hit


@action(
    "hit.acknowledge",
    model=Hit,
    label=pgettext_lazy("button, jrcc", "Acknowledge"),
    done=_("Acknowledged the referral of a hit"),
    policy=policy.may_act,
    starts={H.REFERRED},
    ends=H.ACKNOWLEDGED,
)
def acknowledge_hit(actor: Actor, hit: Hit) -> Hit:
    """Say that the State has taken the referral over."""
    found_hits.moved(hit)
    return _taken_over(actor, hit)


@action(
    "hit.acknowledge_too",
    model=Hit,
    label=_("Acknowledge for our State"),
    done=_("Acknowledged a referral for a further State"),
    policy=policy.may_acknowledge_too,
    starts={H.ACKNOWLEDGED},
    ends=H.ACKNOWLEDGED,
)
def acknowledge_hit_too(actor: Actor, hit: Hit) -> Hit:
    """Say the same as a further State, where another has taken it over already."""
    return _taken_over(actor, hit)


def _taken_over(actor: Actor, hit: Hit) -> Hit:
    hit.acknowledged_by = sorted({*hit.acknowledged_by, actor.party_code})
    HitReferral.objects.filter(hit=hit, party=actor.party_code).update(acknowledged_at=timezone.now())
    return hit


@action(
    "hit.record_outcome",
    model=Hit,
    label=pgettext_lazy("button, jrcc", "Record outcome"),
    done=_("Recorded the outcome of a hit"),
    policy=policy.may_act,
    starts=WITH_THE_STATE,
    ends=H.CLOSED,
    takes={
        "outcome": forms.ChoiceField(label=pgettext_lazy("field, jrcc", "Outcome"), choices=Hit.Outcome.choices),
        "note": forms.CharField(
            label=pgettext_lazy("field, jrcc", "Note"),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
    },
    binding=Binding(consequences.of_outcome),
)
def record_hit_outcome(actor: Actor, hit: Hit, *, outcome: str, note: str = "") -> Hit:
    """Report what came of it at the border; the watch and the list's owner see it."""
    if outcome not in Hit.Outcome.values:
        raise ValidationError({"outcome": _now("Choose one of: %(codes)s.") % {"codes": ", ".join(Hit.Outcome.values)}})
    found_hits.moved(hit)
    hit.outcome, hit.outcome_note = outcome, note
    hit.outcome_party_id, hit.outcome_at = actor.party_code, timezone.now()
    return hit


@action(
    "hit.reopen",
    model=Hit,
    label=pgettext_lazy("button, jrcc", "Reopen"),
    done=_("Reopened a hit"),
    policy=policy.may_reopen,
    starts={H.DISMISSED, H.CLOSED},
    ends=H.RAISED,
    takes={"reason": forms.CharField(label=pgettext_lazy("field, jrcc", "Reason"), max_length=200)},
)
def reopen_hit(actor: Actor, hit: Hit, *, reason: str) -> Hit:
    """Put a dismissed or closed hit back into the queue, with the reason."""
    found_hits.open_again(hit)
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
    label=_("Record a false match for later journeys"),
    done=_("Cleared a traveller of a hit for later journeys"),
    policy=policy.may_clear,
    starts={H.DISMISSED, H.CLOSED},
    ends={H.DISMISSED, H.CLOSED},
    takes={
        "party": ClearingState(label=_("For which State")),
        "reason": forms.CharField(label=_("Why this is another person"), max_length=300),
        "valid_until": forms.DateField(
            label=pgettext_lazy("field, jrcc", "Until"), required=False, input_formats=["%Y-%m-%d"]
        ),
    },
)
def clear_traveller_of_hit(
    actor: Actor, hit: Hit, *, party: str, reason: str, valid_until: datetime.date | None = None
) -> Hit:
    """Say for one State that this traveller is not that entry: an equal hit is not put to it again.

    Holds for the entry as it is now and the traveller's document with their birth date, until the day that the rules of
    lists allow. The State's desks and the JRCC see it; its maker may share it.
    """
    cleared = screening.Cleared(
        entry=hit.entry,
        entry_version=hit.entry_version,
        traveller=record_of(hit.traveller),
        odds=found_hits.log_odds(hit),
        hit_reference=hit.reference,
    )
    clearance = screening.make(actor, cleared, party=party, reason=reason, until=valid_until)
    also("traveller_clearance.make", clearance, after=clearance.state)
    return hit
