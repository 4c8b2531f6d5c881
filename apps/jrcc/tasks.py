"""What follows by itself: reading, screening and answering lists, and screening when an entry changes."""

from typing import Any

from apps.access import outbox
from apps.access.models import Dispatch
from apps.jrcc import actions, identities, queries
from apps.jrcc.actions.raising import Found, states_of
from apps.jrcc.models import Hit, Submission
from apps.people.queries import service_actor
from apps.screening.matching import REVIEW_THRESHOLD, compare, entry_keys
from apps.screening.models import Entry


def _actor(dispatch: Dispatch) -> Any:
    return service_actor("JRCC.automation", request_id=dispatch.request_id)


def _submission(dispatch: Dispatch) -> tuple[Any, Any]:
    actor = _actor(dispatch)
    return actor, Submission.objects.visible_to(actor).get(pk=dispatch.object_id)


@outbox.on("submission.received")
def read_submission(dispatch: Dispatch) -> None:
    """Read a message as soon as its receipt is given."""
    actions.read(*_submission(dispatch))


@outbox.on("submission.read")
def screen_submission(dispatch: Dispatch) -> None:
    """Screen what was read; it does not wait for missing parts or corrections."""
    actions.screen(*_submission(dispatch))


@outbox.on("submission.screened")
def answer_submission(dispatch: Dispatch) -> None:
    """The last step of a submission."""
    actions.answer(*_submission(dispatch))


@outbox.on("entry.changed")
def screen_with_entry(dispatch: Dispatch) -> None:
    """Compare a new or changed entry with everybody still to arrive; does nothing if it concerns nobody."""
    actor = _actor(dispatch)
    entry = Entry.objects.visible_to(actor).select_related("list").filter(pk=dispatch.object_id).first()
    if entry is None or entry.state != Entry.State.ACTIVE or entry.kind not in Entry.SCREENED:
        return
    found = concerned(entry)
    if found:
        actions.screen_entry(actor, None, found=found)


def concerned(entry: Entry) -> list[Found]:
    """Travellers who may be the entry's subject, by the States that may screen with it."""
    subject = identities.identity_of(entry.subject)
    if subject is None:
        return []
    known = set(Hit.objects.filter(entry=entry).values_list("traveller_id", flat=True))
    found = []
    for traveller in queries.concerned_by(sorted(entry_keys(subject)), entry.pk):
        allowed = entry.screen_for is None or set(states_of(traveller)) & set(entry.screen_for)
        identity = identities.identity_of(identities.record_of(traveller))
        if identity is None or not allowed:
            continue
        comparison = compare(identity, subject)
        if comparison.score >= REVIEW_THRESHOLD or traveller.pk in known:
            found.append(Found(traveller, entry, comparison))
    return found


@outbox.on("entry.ended")
def withdraw_hits(dispatch: Dispatch) -> None:
    """Withdraw the open hits of an entry that was withdrawn or has run out."""
    actor = _actor(dispatch)
    hit = Hit.objects.visible_to(actor).filter(entry=dispatch.object_id, state__in=Hit.OPEN).order_by("pk").first()
    if hit is not None:
        actions.withdraw(actor, hit, reason="entry_ended")
