"""What follows when a traveller is corrected (he is compared anew, who had it is told) or his hit is left behind.

And when an entry is opened to fewer States.
"""

from collections.abc import Collection
from typing import Any

from apps.access import outbox
from apps.access.models import Dispatch
from apps.jrcc.actions import amending, narrowing
from apps.jrcc.grades import grade_of
from apps.jrcc.models import Amendment, Hit, Journey
from apps.notices.actions import tell
from apps.people.queries import service_actor
from apps.screening.models import Entry


@outbox.on("traveller.amended")
def compare_the_traveller(dispatch: Dispatch) -> None:
    """Compare him with the lists again, with what is held now."""
    actor, row = _amendment(dispatch)
    journey = Journey.objects.visible_to(actor).get(pk=row.journey_id)
    amending.compare_again(actor, journey, traveller=row.traveller_id)


@outbox.on("traveller.amended")
def tell_who_had_it(dispatch: Dispatch) -> None:
    """To the desks that had received the former value, without what it was."""
    actor, row = _amendment(dispatch)
    if not row.told:
        return
    tell(
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
    tell(
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
    left = [hit for hit in hits.order_by("pk") if narrowing.why_not(hit) or narrowing.shut_out(hit)]
    if left:
        narrowing.narrow(actor, None, hits=left)


def _amendment(dispatch: Dispatch) -> tuple[Any, Amendment]:
    actor = service_actor("JRCC.automation", request_id=dispatch.request_id)
    rows = Amendment.objects.visible_to(actor).select_related("journey")
    return actor, rows.get(pk=dispatch.object_id)
