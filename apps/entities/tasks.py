"""What follows from facts: parties that hold the same identifier, told apart from its content; and what outlives it."""

import datetime

from celery import shared_task
from django.utils import timezone

from apps.access import outbox
from apps.access.models import Dispatch
from apps.access.refusal import Refused
from apps.entities.actions import deletions, silent_hits
from apps.entities.queries import deletions_due as leaving
from apps.entities.queries import shared_identifiers
from apps.notices import actions as notices
from apps.people.queries import service_actor

CLOCK = "RIFC.automation"


@outbox.on("entities.recorded")
def compare_fact(dispatch: Dispatch) -> None:
    """A fact with an identifier was recorded."""
    _compare(dispatch, dispatch.payload["marks"])


@outbox.on("rifc.shared")
def compare_report(dispatch: Dispatch) -> None:
    """A report went out: what it holds is now held towards others."""
    marks = shared_identifiers.marks_of_version(dispatch.payload["report"])
    _compare(dispatch, marks)


def _compare(dispatch: Dispatch, marks: list[str]) -> None:
    found = shared_identifiers.pairs(marks) if marks else []
    known = shared_identifiers.known_hits(found)
    new = [one for one in found if (one.mark, one.parties) not in known]
    if new:
        silent_hits.raise_silent_hits(service_actor(CLOCK, request_id=dispatch.request_id), None, pairs=new)


@outbox.on("rifc.forgotten")
def forget_facts(dispatch: Dispatch) -> None:
    """Reports that were thrown away were emptied: what was read from them goes too."""
    said = dispatch.payload
    threads, desk_id = said["threads"], said["desk"]
    if any(leaving.left_over(kind, threads, desk_id).exists() for kind in leaving.KINDS):
        before = datetime.datetime.fromisoformat(said["before"])
        clock = service_actor(CLOCK, request_id=dispatch.request_id)
        deletions.delete_unsupported_facts(clock, None, threads=threads, desk_id=desk_id, before=before)


@outbox.on("entities.silent_hit")
def tell_silent_hit(dispatch: Dispatch) -> None:
    """Tell the desks; the notice names nobody and nothing."""
    notices.create_notices(
        service_actor(CLOCK, request_id=dispatch.request_id),
        None,
        event="entities.silent_hit",
        desks=dispatch.payload["desks"],
        object_type="entities.silenthit",
        object_id=dispatch.object_id,
        number="match",
    )


@shared_task(name="entities.tick")
def run_entities_deletions() -> int:
    """Each hour: how many silent hits have ended."""
    return run_entities_clock(timezone.now())


def run_entities_clock(_now: datetime.datetime) -> int:
    """End the silent hits that hold no longer, each one action; again it does nothing."""
    clock = service_actor(CLOCK, request_id="entities")
    ended = 0
    for row in shared_identifiers.outlived(clock):
        try:
            silent_hits.end_silent_hit(clock, row)
        except Refused:
            continue
        ended += 1
    return ended
