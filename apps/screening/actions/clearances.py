"""Clearances: "this traveller is not that entry", State by State."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share
from apps.access.models import Level
from apps.access.refusal import Refused
from apps.people.queries import desk_ids
from apps.screening import policy, queries
from apps.screening.actions.entries import LONGEST_WHY
from apps.screening.models import Entry, TravellerClearance
from apps.screening.queries import identities, visibility
from apps.screening.rules import recognition

S = TravellerClearance.State


@dataclass(frozen=True, slots=True)
class Cleared:
    """What a clearance is made from: the hit's entry as it was compared, the traveller, and how alike they were."""

    entry: Entry
    entry_version: int
    traveller: dict[str, Any]
    odds: float
    hit_reference: str


def make(actor: Actor, cleared: Cleared, *, party: str, reason: str, until: datetime.date | None) -> TravellerClearance:
    """Inside an action: make the clearance of one State. ValidationError where it cannot hold.

    Only for somebody with a document and a whole birth date, and only while the entry is what it was compared as.
    """
    keys, today = recognition.keys_of(cleared.traveller), visibility.region_today()
    last = today + datetime.timedelta(days=queries.limits(today).clearance_days)
    if not keys:
        raise ValidationError(
            {
                "": _now(
                    "A name is not enough: without document number, issuer and date of birth the person "
                    "is not recognised again."
                )
            }
        )
    if cleared.entry.version != cleared.entry_version or cleared.entry.state != Entry.State.ACTIVE:
        raise ValidationError(_now("The entry has changed. Wait until the traveller has been screened again."))
    if until is not None and not today <= until <= last:
        raise ValidationError(
            {"valid_until": _now("Choose a date from today to %(last)s.") % {"last": last.isoformat()}}
        )
    there = TravellerClearance.objects.filter(entry=cleared.entry, entry_version=cleared.entry_version, state=S.ACTIVE)
    if there.filter(keys__overlap=keys, party_id=party).exists():
        raise ValidationError(
            {"": _now("This traveller is already recorded as a false match for %(party)s.") % {"party": party}}
        )
    clearance: TravellerClearance = TravellerClearance.objects.create(
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=Level.CONFIDENTIAL,
        entry=cleared.entry,
        entry_version=cleared.entry_version,
        party_id=party,
        keys=keys,
        traveller=cleared.traveller,
        name=identities.title(cleared.traveller),
        hit_reference=cleared.hit_reference,
        odds=cleared.odds,
        reason=reason,
        valid_until=until or last,
        changed_by_seat_id=actor.seat_id,
    )
    share(actor, clearance, {*_desks([party]), *desk_ids("JRCC.watch", "JRCC.automation"), actor.desk_id})
    return clearance


def _desks(parties: Collection[str]) -> list[int]:
    """The desks of States that decide about travellers."""
    return desk_ids(*(f"{party}.{function}" for party in parties for function in ("border", "intelligence")))


class OtherStates(forms.MultipleChoiceField):
    """States for which a clearance does not hold yet."""

    widget = forms.CheckboxSelectMultiple

    def scope(self, actor: Actor | None, row: Any) -> None:
        """By name."""
        held = row.holds_for if row is not None else []
        self.choices = [(p.code, p.short_name) for p in visibility.states() if p.code not in held]


@action(
    "traveller_clearance.share",
    model=TravellerClearance,
    label=pgettext_lazy("button, screening", "Share"),
    done=_("Shared a false match with other States"),
    policy=policy.may_share_clearance,
    starts={S.ACTIVE},
    ends=S.ACTIVE,
    takes={"parties": OtherStates(label=_("Other States it applies to"))},
)
def share_traveller_clearance(actor: Actor, clearance: TravellerClearance, *, parties: list[str]) -> TravellerClearance:
    """Let a clearance hold for other States, too; their desks see it from now on."""
    clearance.shared_with = sorted({*clearance.shared_with, *parties})
    desks = _desks(parties)
    if not desks:
        raise ValidationError({"parties": _now("None of these States has a desk here.")})
    share(actor, clearance, desks)
    return clearance


@action(
    "traveller_clearance.revoke",
    model=TravellerClearance,
    label=pgettext_lazy("button, screening", "Revoke"),
    done=_("Revoked a false match"),
    policy=policy.may_revoke_clearance,
    starts={S.ACTIVE},
    ends=S.REVOKED,
    takes={"why": forms.CharField(label=_("Why it no longer applies"), max_length=LONGEST_WHY)},
)
def revoke_traveller_clearance(actor: Actor, clearance: TravellerClearance, *, why: str) -> TravellerClearance:
    """Take a clearance back: hits that it kept down are raised while the traveller is still of interest."""
    clearance.why_ended = why
    emit("clearance.ended", clearance, {"entry": str(clearance.entry_id)})
    return clearance


@action(
    "traveller_clearance.end",
    model=TravellerClearance,
    label=pgettext_lazy("button, screening", "End"),
    done=_("Ended a false match"),
    policy=policy.may_run_lists,
    starts={S.ACTIVE},
    ends=S.ENDED,
    automatic=True,
)
def end_traveller_clearance(actor: Actor, clearance: TravellerClearance) -> TravellerClearance:
    """End a clearance whose last day is over, or whose entry has changed."""
    entry = clearance.entry
    if clearance.valid_until < visibility.region_today():
        clearance.why_ended = pgettext("words, screening", "Expired")
    elif entry.version != clearance.entry_version:
        clearance.why_ended = _now("The entry has changed")
    else:
        raise Refused("wrong-state")
    emit("clearance.ended", clearance, {"entry": str(clearance.entry_id)})
    return clearance
