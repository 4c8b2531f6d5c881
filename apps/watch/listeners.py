"""What follows by itself: who is told of what, and digests without what was recalled."""

from collections.abc import Callable
from dataclasses import dataclass

from apps.access import outbox
from apps.access.models import Dispatch
from apps.notices import actions as notices
from apps.people.queries import service_actor
from apps.watch.actions import digests as acts
from apps.watch.queries import digests as queries

CLOCK = "RIFC.automation"


@dataclass(frozen=True, slots=True)
class Telling:
    """That a topic becomes a notice of an event about a record of a type, on its page."""

    topic: str
    event: str
    about: str
    page: str


BULLETIN, DIGEST = ("watch.bulletin", "watch:bulletin"), ("watch.digest", "watch:digest")
TELLINGS = [
    Telling("watch.bulletin_issued", "watch.bulletin", *BULLETIN),
    Telling("watch.bulletin_renewed", "watch.bulletin_renewed", *BULLETIN),
    Telling("watch.bulletin_cancelled", "watch.bulletin_cancelled", *BULLETIN),
    Telling("watch.bulletin_late", "watch.bulletin_late", *BULLETIN),
    Telling("watch.digest_issued", "watch.digest", *DIGEST),
    Telling("watch.digest_rebuilt", "watch.digest_rebuilt", *DIGEST),
]


def _listener(telling: Telling) -> Callable[[Dispatch], None]:
    def tell(dispatch: Dispatch) -> None:
        said = dispatch.payload
        if not said["desks"]:
            return
        notices.create_notices(
            service_actor(CLOCK, request_id=dispatch.request_id),
            None,
            event=telling.event,
            desks=said["desks"],
            object_type=telling.about,
            object_id=dispatch.object_id,
            number=said["number"],
            step=said.get("step", ""),
            level=said["level"],
            url_name=telling.page,
        )

    tell.__name__ = f"tell_{telling.topic.partition('.')[2]}"
    return tell


for each in TELLINGS:
    outbox.on(each.topic)(_listener(each))


@outbox.on("watch.handover")
def tell_handover(dispatch: Dispatch) -> None:
    """The desk's own officers, so that the next one comes."""
    said = dispatch.payload
    notices.create_notices(
        service_actor(CLOCK, request_id=dispatch.request_id),
        None,
        event="watch.handover",
        desks=[said["desk"]],
        object_type="watch.watch",
        object_id=dispatch.object_id,
        number=said["number"],
        step=said["step"],
        level=said["level"],
        url_name="watch:watch",
    )


def _rebuild(dispatch: Dispatch, subjects: list[object]) -> None:
    found = queries.stale(subjects)
    if found:
        acts.rebuild_digest(service_actor(CLOCK, request_id=dispatch.request_id), found[0])


@outbox.on("rifc.recalled")
def digest_without_recalled(dispatch: Dispatch) -> None:
    """A recalled report leaves the digests that point to it."""
    _rebuild(dispatch, queries.thread_of(dispatch.payload["report"]))


@outbox.on("rifc.entry_withdrawn")
def digest_without_withdrawn(dispatch: Dispatch) -> None:
    """So does one that was taken from a desk of the audience."""
    _rebuild(dispatch, queries.thread_of(dispatch.payload["report"]))


@outbox.on("watch.bulletin_cancelled")
def digest_without_cancelled(dispatch: Dispatch) -> None:
    """And a cancelled bulletin."""
    _rebuild(dispatch, [dispatch.object_id])


@outbox.on("watch.digest_stale")
def digest_next(dispatch: Dispatch) -> None:
    """One action for each digest."""
    _rebuild(dispatch, [])
