"""An entry that fewer States or desks may use, or only from a later day: its open hits follow it."""

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.access.refused import Refused
from apps.jrcc import policy
from apps.jrcc.actions import raising, rerouting
from apps.jrcc.models import Hit, HitReferral
from apps.jrcc.reasons import NARROWED, NOT_YET
from apps.screening.queries.candidates import BORDER
from apps.screening.visibility import region_today

H = Hit.State


def why_not(hit: Hit) -> str:
    """Why an open hit no longer stands by what its entry says now, as a code of reasons; "" where it stands.

    The hit comes with entry and traveller.
    """
    entry = hit.entry
    if entry.valid_from is not None and entry.valid_from > region_today():
        return NOT_YET
    for_borders = entry.functions is None or BORDER in entry.functions
    return "" if for_borders and any(raising.open_to(entry, state) for state in hit.traveller.states) else NARROWED


def shut_out(hit: Hit) -> list[str]:
    """States that have a hit, or could be given it, and may no longer screen with its entry; never the owner."""
    states = {*hit.parties, *hit.referred_to} - {hit.list_party_id}
    return sorted(state for state in states if not raising.open_to(hit.entry, state))


@action(
    "hit.narrow",
    model=Hit,
    label=_("Take back from States that may no longer use the entry"),
    policy=policy.may_process,
    starts=Hit.OPEN,
    ends={*Hit.OPEN, H.WITHDRAWN},
    automatic=True,
)
def narrow(actor: Actor, hit: Hit) -> Hit:
    """Bring an open hit down to the States that may use its entry now; with none left it is withdrawn.

    A State that acted upon it keeps the sight of it, as of a withdrawn one; the others lose it. With nobody left who
    has it, it is the watch's again.
    """
    if reason := why_not(hit):
        hit.state, hit.reason = H.WITHDRAWN, reason
        return hit
    gone = shut_out(hit)
    if not gone:
        raise Refused("wrong-state")
    hit.parties = [state for state in hit.parties if state not in gone]
    _take_back(hit, [state for state in hit.referred_to if state in gone])
    return hit


def _take_back(hit: Hit, lost: list[str]) -> None:
    """Let States lose a hit that was referred to them."""
    acted = {*hit.acknowledged_by, *rerouting.asked_about(hit)}
    rerouting.let_go(hit, [state for state in lost if state not in acted])
    HitReferral.objects.filter(hit=hit, party__in=lost).delete()
    hit.referred_to = [state for state in hit.referred_to if state not in lost]
    hit.acknowledged_by = [state for state in hit.acknowledged_by if state not in lost]
    if hit.state not in {H.REFERRED, H.ACKNOWLEDGED}:
        return
    if not hit.referred_to:
        raising.open_again(hit)
        hit.reason = NARROWED
    elif not hit.acknowledged_by:
        hit.state = H.REFERRED
