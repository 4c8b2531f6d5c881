"""Silent hits: raised and ended by the portal, looked after by RIFC's watch."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, also, emit
from apps.access.models import Level
from apps.access.sharing import share
from apps.entities import policy
from apps.entities.models import SilentHit
from apps.entities.queries.matching import Pair
from apps.people.queries import desk_ids

S = SilentHit.State
WATCH = "RIFC.watch"


@action(
    "silent_hit.raise",
    model=SilentHit,
    label=_("Raise"),
    policy=policy.is_clock,
    ends=S.OPEN,
    automatic=True,
)
def raise_all(actor: Actor, _row: None, *, pairs: Sequence[Pair]) -> SilentHit:
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
    label=_("Close"),
    policy=policy.is_watch,
    starts={S.OPEN},
    ends=S.CLOSED,
    takes={"note": forms.CharField(label=_("What was done"), max_length=300)},
)
def close(actor: Actor, row: SilentHit, *, note: str) -> SilentHit:
    """Close it, with what RIFC's watch did; the note stays with the watch."""
    row.note = note
    return row


@action(
    "silent_hit.end",
    model=SilentHit,
    label=_("End"),
    policy=policy.is_clock,
    starts={S.OPEN},
    ends=S.CLOSED,
    automatic=True,
)
def end(actor: Actor, row: SilentHit) -> SilentHit:
    """End what holds no longer: one of the two was shared or taken back."""
    return row
