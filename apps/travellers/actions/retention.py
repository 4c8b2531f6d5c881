"""Erasing travellers' data when their time is over; each act leaves counts and hashes, and no name."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.database_context import removing
from apps.access.declared_actions import action
from apps.access.grants import unshare
from apps.access.refusal import Refused
from apps.journeys.actions import amendments
from apps.journeys.models import Document, Journey, RetentionHold, Traveller
from apps.jrcc.models import Hit, HitQuestion
from apps.jrcc.queries import reasons
from apps.manifests import policy
from apps.manifests.models import Submission, SubmissionContent
from apps.people.queries import desk_ids
from apps.screening.models import TravellerClearance
from apps.travellers.actions import persons
from apps.travellers.models import Erasure
from apps.travellers.refusals import Refusals

J, S = Journey.State, Submission.State
BLANK = {
    **dict.fromkeys(
        ("surname", "given_names", "birth_date", "birth_date_other", "seat", "pnr", "carrier_reference"), ""
    ),
    "keys": [],
}
DECADE = 10


@action(
    "journey.mask", model=Journey, label=pgettext_lazy("button, jrcc", "Mask travellers"),
    done=_("Masked the travellers of a journey"), policy=policy.may_process,
    starts=J.values, ends=J.values, automatic=True,
)  # fmt: skip
def mask_journey(actor: Actor, row: Journey, *, now: datetime.datetime, with_hits: bool) -> Journey:
    """Take names, numbers and bookings from the travellers; flight, route, nationality and age band stay.

    Those with a hit keep theirs until their own time is over (`with_hits`); then the hits' words go, too. Who is
    held by order keeps their, and the words of their hits.
    """
    held = _held(row, now)
    hits = Hit.objects.select_for_update().filter(journey=row).exclude(traveller__in=held).order_by("pk")
    people = Traveller.objects.select_for_update().filter(journey=row, masked_at=None).exclude(pk__in=held)
    noted = list(hits)
    if not with_hits:
        people = people.exclude(pk__in=[hit.traveller_id for hit in noted])
    masked = list(people.order_by("pk"))
    for one in masked:
        _mask(one, row, now)
    columns = [*BLANK, "age_band", "masked_at"]
    Traveller.objects.bulk_update(masked, columns, batch_size=500)
    papers, _each = Document.objects.filter(traveller__in=[one.pk for one in masked]).delete()
    counts = {"traveller": len(masked), "document": papers}
    if joined := persons.forget(masked):
        counts["appearance"] = joined
    if mended := amendments.forget(masked):
        counts["amendment"] = mended
    if with_hits:
        counts |= _forget_hits(noted)
    row.masked_at = row.masked_at or now
    RetentionHold.objects.filter(journey=row).exclude(_in_force(now)).update(reason="", said="")
    _note(row, Erasure.Step.MASKED, counts, now)
    return row


def _in_force(now: datetime.datetime) -> Q:
    return Q(state=RetentionHold.State.IN_FORCE, until__gte=now.date())


def _held(row: Journey, now: datetime.datetime) -> list[Any]:
    """Travellers of a journey whom an order holds; Refused where it holds everybody."""
    held = list(RetentionHold.objects.filter(_in_force(now), journey=row).values_list("traveller_id", flat=True))
    if None in held:
        raise Refused("wrong-state", Refusals.DATA_HELD, record=row)
    return held


def _mask(one: Traveller, journey: Journey, now: datetime.datetime) -> None:
    one.age_band = age_band(one.birth_date, journey.date)
    for name, value in BLANK.items():
        setattr(one, name, value)
    one.masked_at = now


def age_band(birth_date: str, day: datetime.date) -> str:
    """ "30-39" of somebody born on `birth_date` (YYYY, YYYY-MM or YYYY-MM-DD), by years alone; "" where not known."""
    if not birth_date[:4].isdecimal():
        return ""
    low = max(0, day.year - int(birth_date[:4])) // DECADE * DECADE
    return f"{low}-{low + DECADE - 1}"


def _forget_hits(rows: Iterable[Hit]) -> dict[str, int]:
    """Take the words about travellers from hits that are over, and from clearances that were made of them."""
    found = list(rows)
    for hit in found:
        hit.evidence = [{**one, "text": ""} for one in hit.evidence]
        hit.note = hit.outcome_note = ""
        hit.reason = hit.reason if hit.reason in {*reasons.DISMISSALS, *reasons.WITHDRAWALS, reasons.CLEARED} else ""
    Hit.objects.bulk_update(found, ["evidence", "note", "outcome_note", "reason"])
    made = TravellerClearance.objects.filter(hit_reference__in=[hit.reference for hit in found])
    cleared = made.update(name="", traveller={}, keys=[], reason="")
    asked = HitQuestion.objects.filter(hit__in=found).update(text="", answer="")
    return {"hit": len(found), "clearance": cleared, **({"question": asked} if asked else {})}


@action(
    "journey.empty", model=Journey, label=pgettext_lazy("button, jrcc", "Delete travellers"),
    done=_("Deleted the travellers of a journey"), policy=policy.may_process,
    starts=J.values, ends=J.values, automatic=True,
)  # fmt: skip
def delete_journey_travellers(actor: Actor, row: Journey, *, now: datetime.datetime) -> Journey:
    """Delete the masked travellers of whom no hit speaks; the journey's counts stay."""
    if _held(row, now):
        raise Refused("wrong-state", Refusals.DATA_HELD, record=row)
    hits = Hit.objects.filter(journey=row).values("traveller_id")
    with removing("retention"):
        gone, _each = Traveller.objects.filter(journey=row, masked_at__isnull=False).exclude(pk__in=hits).delete()
    row.emptied_at = now
    _note(row, Erasure.Step.DELETED, {"traveller": gone}, now)
    return row


@action(
    "journey.end_access", model=Journey, label=_("End a State's access"),
    done=_("Ended a State's access to a journey"), policy=policy.may_process,
    starts=J.values, ends=J.values, automatic=True,
)  # fmt: skip
def end_journey_access(actor: Actor, row: Journey, *, now: datetime.datetime, states: Collection[str]) -> Journey:
    """Close the journey to States whose own rule is over, while that of another still runs."""
    unshare(row, desk_ids(*(f"{state}.border" for state in states)))
    _note(row, Erasure.Step.ACCESS, {"desk": len(states)}, now, states=sorted(states))
    return row


@action(
    "submission.erase", model=Submission, label=_("Delete the message"),
    done=_("Erased the message of a manifest"), policy=policy.may_process,
    starts=S.values, ends=S.values, automatic=True,
)  # fmt: skip
def erase_submission(actor: Actor, row: Submission, *, now: datetime.datetime) -> Submission:
    """Erase the bytes, what was read in them and the answer; receipt, hash, grade and counts stay."""
    if RetentionHold.objects.filter(_in_force(now), journey=row.journey_id).exists():
        raise Refused("wrong-state", Refusals.DATA_HELD, record=row)
    content = SubmissionContent.objects.select_for_update().get(submission=row)
    content.raw, content.reading, content.response, content.erased_at = b"", None, "", now
    content.save(update_fields=["raw", "reading", "response", "erased_at"])
    row.file_name = row.reason = ""
    _note(row.journey, Erasure.Step.MESSAGE, {"message": 1}, now, hashes=[row.sha256])
    return row


def _note(journey: Journey | None, step: str, counts: dict[str, int], at: datetime.datetime, **more: Any) -> None:
    Erasure.objects.create(journey=journey, step=step, counts=counts, at=at, **more)
