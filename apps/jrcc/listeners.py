"""What becomes of hits when a traveller leaves a journey or is corrected, or a journey leaves a State.

And when an entry is opened to fewer States.
"""

from collections.abc import Collection
from typing import Any

from apps.access import outbox
from apps.access.actor import Actor
from apps.access.joint_actions import at_once
from apps.access.models import Dispatch
from apps.journeys.models import Amendment, Journey
from apps.jrcc.actions import comparisons_again, found_hits, narrowed_hits, rerouted_hits
from apps.jrcc.models import Hit
from apps.jrcc.queries import hits as hits_queries
from apps.jrcc.rules.grades import grade_of
from apps.notices.actions import create_notices
from apps.people.queries import service_actor
from apps.screening.models import Entry


@at_once("travellers.leave")
def withdraw_their_hits(actor: Actor, *, travellers: Collection[Any], reason: str) -> None:
    """Withdraw the open hits on travellers who are taken off their journey."""
    found_hits.withdraw_hits(actor, hits_queries.open_hits(traveller__in=travellers), reason)


@at_once("journey.leaves")
def take_hits_back(actor: Actor, *, journey: Journey, states: list[str]) -> None:
    """Take what they have not acted upon from States that a journey touches no longer."""
    rerouted_hits.take_back(actor, journey, states)


@outbox.on("traveller.amended")
def compare_the_traveller(dispatch: Dispatch) -> None:
    """Compare them with the lists again, with what is held now."""
    actor, row = _amendment(dispatch)
    journey = Journey.objects.visible_to(actor).get(pk=row.journey_id)
    comparisons_again.compare_journey_again(actor, journey, traveller=row.traveller_id)


@outbox.on("traveller.amended")
def tell_who_had_it(dispatch: Dispatch) -> None:
    """To the desks that had received the former value, without what it was."""
    actor, row = _amendment(dispatch)
    if not row.told:
        return
    create_notices(
        actor,
        None,
        event="traveller.amended",
        desks=row.told,
        object_type="jrcc.amendment",
        object_id=row.pk,
        number=str(row.journey),
        title=str(row.journey),
        level=row.journey.level,
        url_name="jrcc:amendment",
    )


@outbox.on("hit.left_behind")
def tell_of_hit_left_behind(dispatch: Dispatch) -> None:
    """To the watch, which asks another State: the journey touches none of those that have the hit any longer."""
    actor = service_actor("JRCC.automation", request_id=dispatch.request_id)
    hit = Hit.objects.visible_to(actor).get(pk=dispatch.object_id)
    create_notices(
        actor,
        None,
        event="hit.left_behind",
        desks=["JRCC.watch"],
        object_type="jrcc.hit",
        object_id=hit.pk,
        number=hit.reference,
        title=str(hit),
        step=str(hit.version),
        due_at=hit.due_at,
        level=hit.level,
        grade=grade_of(hit.score),
    )


@outbox.on("entry.changed")
def narrow_with_entry(dispatch: Dispatch) -> None:
    """Take open hits of a changed entry from States that may no longer screen with it."""
    _narrow(dispatch, [dispatch.object_id])


@outbox.on("list.changed", queue=outbox.SLOW)
def narrow_with_list(dispatch: Dispatch) -> None:
    """The same for the entries of a list file."""
    _narrow(dispatch, dispatch.payload["entries"])


def _narrow(dispatch: Dispatch, entries: Collection[Any]) -> None:
    actor = service_actor("JRCC.automation", request_id=dispatch.request_id)
    hits = Hit.objects.visible_to(actor).filter(entry__in=entries, state__in=Hit.OPEN)
    hits = hits.filter(entry__state__in=Entry.KEPT_UP).select_related("entry", "traveller")
    left = [hit for hit in hits.order_by("pk") if narrowed_hits.why_not(hit) or narrowed_hits.shut_out(hit)]
    if left:
        narrowed_hits.narrow_hit(actor, None, hits=left)


def _amendment(dispatch: Dispatch) -> tuple[Any, Amendment]:
    actor = service_actor("JRCC.automation", request_id=dispatch.request_id)
    rows = Amendment.objects.visible_to(actor).select_related("journey")
    return actor, rows.get(pk=dispatch.object_id)
