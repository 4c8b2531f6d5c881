"""Silent hits: raised and ended by the portal, looked after by RIFC's watch."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, emit
from apps.access.grants import share
from apps.access.models import Level
from apps.entities import policy
from apps.entities.models import SilentHit
from apps.entities.queries.shared_identifiers import Pair
from apps.people.queries import desk_ids

S = SilentHit.State
WATCH = "RIFC.watch"


@action(
    "silent_hit.raise",
    model=SilentHit,
    label=pgettext_lazy("button, entities", "Raise"),
    done=_("Noted that two parties hold the same"),
    policy=policy.is_clock,
    ends=S.OPEN,
    automatic=True,
)
def raise_silent_hits(actor: Actor, _row: None, *, pairs: Sequence[Pair]) -> SilentHit:
    """Note that two parties hold the same, and tell RIFC's watch and, where both let it, their points of contact."""
    made = [_raised(actor, one) for one in pairs]
    for row in made[1:]:
        also("silent_hit.raise", row, after=row.state)
    return made[0]


def _raised(actor: Actor, one: Pair) -> SilentHit:
    [watch] = desk_ids(WATCH)
    row: SilentHit = SilentHit.objects.create(
        owner_id=watch,
        originator_id=actor.party_code,
        level=Level.OFFICIAL,
        parties=list(one.parties),
        field=one.field,
        mark=one.mark,
        mutual=one.mutual,
    )
    told = [watch]
    if one.mutual:
        told += desk_ids(*(f"{code}.contact" for code in one.parties))
    share(actor, row, told)
    emit("entities.silent_hit", row, {"desks": told})
    return row


@action(
    "silent_hit.close",
    model=SilentHit,
    label=pgettext_lazy("button, entities", "Close"),
    done=_("Closed a silent hit"),
    policy=policy.is_watch,
    starts={S.OPEN},
    ends=S.CLOSED,
    takes={"note": forms.CharField(label=_("What was done"), max_length=300)},
)
def close_silent_hit(actor: Actor, row: SilentHit, *, note: str) -> SilentHit:
    """Close it, with what RIFC's watch did; the note stays with the watch."""
    row.note = note
    return row


@action(
    "silent_hit.end",
    model=SilentHit,
    label=pgettext_lazy("button, entities", "End"),
    done=_("Ended a silent hit that holds no longer"),
    policy=policy.is_clock,
    starts={S.OPEN},
    ends=S.CLOSED,
    automatic=True,
)
def end_silent_hit(actor: Actor, row: SilentHit) -> SilentHit:
    """End what holds no longer: one of the two was shared or taken back."""
    return row
