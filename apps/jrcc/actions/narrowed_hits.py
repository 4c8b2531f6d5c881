"""An entry that fewer States or desks may use, or only from a later day: its open hits follow it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also
from apps.jrcc.actions import found_hits, rerouted_hits
from apps.jrcc.models import Hit
from apps.jrcc.queries.reasons import NARROWED, NOT_YET
from apps.manifests import policy
from apps.screening.queries.candidates import BORDER
from apps.screening.queries.visibility import region_today

H = Hit.State


def why_not(hit: Hit) -> str:
    """Why an open hit no longer stands by what its entry says now, as a code of reasons; "" where it stands.

    The hit comes with entry and traveller.
    """
    entry = hit.entry
    if entry.valid_from is not None and entry.valid_from > region_today():
        return NOT_YET
    for_borders = entry.functions is None or BORDER in entry.functions
    return "" if for_borders and any(found_hits.open_to(entry, state) for state in hit.traveller.states) else NARROWED


def shut_out(hit: Hit) -> list[str]:
    """States that have a hit, or could be given it, and may no longer screen with its entry; never the owner."""
    states = {*hit.parties, *hit.referred_to} - {hit.list_party_id}
    return sorted(state for state in states if not found_hits.open_to(hit.entry, state))


@action(
    "hit.narrow",
    model=Hit,
    label=pgettext_lazy("button, jrcc", "Withdraw"),
    done=_("Limited hits to States that may use the entry"),
    policy=policy.may_process,
    ends=list(H),
    automatic=True,
)
def narrow_hit(actor: Actor, _row: None, *, hits: Sequence[Hit]) -> Hit:
    """Bring open hits (at least one) down to the States that may use their entry now; with none left it is withdrawn.

    A State that acted upon a hit keeps the sight of it, as of a withdrawn one; the others lose it. With nobody left
    who has it, it is the watch's again. The first of the hits is returned, whether it changed or not.
    """
    rows = Hit.objects.select_for_update(of=("self",)).filter(pk__in=[hit.pk for hit in hits])
    found = list(rows.select_related("entry", "traveller").order_by("pk"))
    for hit in found:
        if hit.state in Hit.OPEN:
            _follow(actor, hit)
    return found[0]


def _follow(actor: Actor, hit: Hit) -> None:
    if reason := why_not(hit):
        found_hits.withdraw_hits(actor, [hit], reason)
    elif gone := shut_out(hit):
        before, hit.parties = hit.state, [state for state in hit.parties if state not in gone]
        _take_back(hit, [state for state in hit.referred_to if state in gone])
        found_hits.save(actor, hit)
        also("hit.leave_out", hit, before=before, after=hit.state, left=gone)


def _take_back(hit: Hit, lost: list[str]) -> None:
    """Let States lose a hit that was referred to them."""
    rerouted_hits.let_go(hit, lost, still_see={*hit.acknowledged_by, *rerouted_hits.asked_about(hit)})
    hit.acknowledged_by = [state for state in hit.acknowledged_by if state not in lost]
    if hit.state not in {H.REFERRED, H.ACKNOWLEDGED}:
        return
    if not hit.referred_to:
        found_hits.open_again(hit)
        hit.reason = NARROWED
    elif not hit.acknowledged_by:
        hit.state = H.REFERRED
