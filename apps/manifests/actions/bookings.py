"""Filing bookings with the States whose law lets them have them, and deleting them when their time is over.

`file` is called inside `submission.read` only and works in that action's transaction.
"""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.database_context import removing
from apps.access.declared_actions import action
from apps.access.grants import share_many
from apps.files.actions import purged
from apps.files.models import Purge
from apps.manifests import pnrgov, policy
from apps.manifests.models import BookedTraveller, Booking, BookingLaw, Submission
from apps.manifests.queries import bookings, parties

A_ROUND = 1_000
OF_BOOKING: dict[str, Any] = {"itinerary": [], "contacts": [], "agency": None, "payment": []}
OF_TRAVELLER: dict[str, dict[str, Any]] = {
    "documents": {"documents": [], "birth_date": "", "nationality": "", "sex": ""},
    "seats": {"seat": ""},
    "bags": {"bags": None},
}
"""What the columns of an element hold once no law names it."""


def file(actor: Actor, submission: Submission, raw: bytes) -> int:
    """Give each State concerned its copy of the bookings in a message; how many copies.

    A later message about the same flight takes the place of the booking with the same locator.
    """
    copies = 0
    for obj in pnrgov.read(raw):
        for law in bookings.laws_for(actor, obj):
            copies += _filed(actor, submission, obj, law)
    return copies


def _filed(actor: Actor, submission: Submission, obj: Mapping[str, Any], law: BookingLaw) -> int:
    desks = parties.desks(["JRCC.automation", f"{law.party_id}.border"])
    desk, flight, leg = desks[f"{law.party_id}.border"], obj["flight"], obj["flight"]["legs"][0]
    columns = {
        "carrier": flight["carrier"][:3],
        "number": flight["number"][:8] if flight["number"] else "",
        "date": datetime.date.fromisoformat(flight["date"]),
        "origin": (leg["from"] or "")[:5],
        "destination": (leg["to"] or "")[:5],
    }
    found = [pnrgov.narrowed(one, law.elements) for one in obj["bookings"] if one["locator"]]
    locators = [one["locator"][:20] for one in found]
    same = {name: columns[name] for name in ("carrier", "number", "date")}
    with removing("a newer message"):
        Booking.objects.filter(owner_id=desk, **same, locator__in=locators).delete()
    end = columns["date"] + datetime.timedelta(days=law.keep_days)
    rows = [
        Booking(
            owner_id=desk,
            originator_id=submission.originator_id,
            submission=submission,
            law=law,
            **columns,
            locator=one["locator"][:20],
            created_on=one["created"],
            itinerary=one["itinerary"],
            contacts=one["contacts"],
            agency=one["agency"],
            payment=one["payment"],
            keep_until=end,
        )
        for one in found
    ]
    Booking.objects.bulk_create(rows, batch_size=A_ROUND)
    people = [_traveller(row, n, one) for row, whole in zip(rows, found, strict=True) for n, one in _numbered(whole)]
    BookedTraveller.objects.bulk_create(people, batch_size=A_ROUND)
    share_many(actor, rows, [desk, desks["JRCC.automation"]], basis=law.source[:80])
    return len(rows)


def _numbered(whole: Mapping[str, Any]) -> Sequence[tuple[int, Mapping[str, Any]]]:
    return list(enumerate(whole["travellers"], start=1))


def _traveller(row: Booking, number: int, one: Mapping[str, Any]) -> BookedTraveller:
    return BookedTraveller(
        booking=row,
        seq=number,
        surname=(one["surname"] or "")[:120],
        given_names=one["given_names"][:200],
        kind=one["kind"],
        sex="" if one["sex"] == "U" else one["sex"],
        birth_date=one["birth_date"] or "",
        nationality=(one["nationality"] or "")[:8],
        documents=one["documents"],
        seat=one["seat"] or "",
        bags=one["bags"],
    )


@action(
    "purge.booking_elements",
    model=Purge,
    label=_("Remove booking data that the law no longer allows"),
    done=_("Deleted from bookings what a law no longer allows"),
    policy=policy.may_process,
    ends="done",
    automatic=True,
)
def delete_booking_elements(actor: Actor, _row: None, *, desk_id: int, today: datetime.date) -> Purge:
    """Let a State's bookings go by the law that took the place of theirs: it narrows them, and never keeps them longer.

    What is told counts those from which something was taken.
    """
    held = bookings.following(actor, today).select_for_update(of=("self",)).filter(owner_id=desk_id)
    rows = list(held.select_related("law").order_by("pk")[:A_ROUND])
    in_force = {law.party_id: law for law in bookings.laws(actor, {row.law.party_id for row in rows}, today)}
    narrowed = []
    for row in rows:
        lost = set(row.law.elements) - set(in_force[row.law.party_id].elements)
        row.law = in_force[row.law.party_id]
        row.keep_until = min(row.keep_until, row.date + datetime.timedelta(days=row.law.keep_days))
        narrowed += [row] if lost else []
        for name in lost & OF_BOOKING.keys():
            setattr(row, name, OF_BOOKING[name])
        empty = {column: value for name in lost & OF_TRAVELLER.keys() for column, value in OF_TRAVELLER[name].items()}
        if empty:
            BookedTraveller.objects.filter(booking=row).update(**empty)
    Booking.objects.bulk_update(rows, ["law", "keep_until", *OF_BOOKING], batch_size=A_ROUND)
    return purged(Booking._meta.label_lower, desk_id, len(narrowed), map(_hashed, narrowed), timezone.now())


def _hashed(row: Booking) -> str:
    return hashlib.sha256(f"{row.locator} {row.carrier}{row.number} {row.date}".encode()).hexdigest()


@action(
    "purge.bookings",
    model=Purge,
    label=_("Delete bookings past their retention period"),
    done=_("Deleted bookings past their retention"),
    policy=policy.may_process,
    ends="done",
    automatic=True,
)
def delete_bookings(actor: Actor, _row: None, *, desk_id: int, today: datetime.date) -> Purge:
    """Delete a State's bookings that its law lets it keep no longer; counts and hashes stay told."""
    held = bookings.find_expired_bookings(actor, today).select_for_update(of=("self",)).filter(owner_id=desk_id)
    rows = list(held.order_by("pk")[:A_ROUND])
    with removing("retention"):
        Booking.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return purged(Booking._meta.label_lower, desk_id, len(rows), map(_hashed, rows), timezone.now())
