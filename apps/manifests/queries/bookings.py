"""Which States may have the bookings of a flight, and what of each: by the laws in force on the day."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from apps.access.actor import Actor
from apps.manifests import pnrgov
from apps.manifests.models import Booking, BookingLaw
from apps.manifests.paxlst.grade import Findings
from apps.manifests.queries import parties
from apps.manifests.rules import routing


def laws(actor: Actor, states: Collection[str], day: datetime.date) -> list[BookingLaw]:
    """The laws of these States that are in force on a day. One query."""
    rows = BookingLaw.objects.visible_to(actor).filter(party_id__in=states, valid_from__lte=day)
    return list(rows.filter(Q(valid_to=None) | Q(valid_to__gt=day)).order_by("party_id"))


def following(clock: Actor, today: datetime.date) -> Any:
    """Bookings of a law that has ended where another of the State has taken its place: they go by that from now on."""
    same = BookingLaw.objects.visible_to(clock).filter(party=OuterRef("law__party"), valid_from__lte=today)
    in_force = same.filter(Q(valid_to=None) | Q(valid_to__gt=today))
    return Booking.objects.visible_to(clock).filter(Exists(in_force), law__valid_to__lte=today)


def find_expired_bookings(clock: Actor, today: datetime.date) -> Any:
    """Bookings that their States may keep no longer: their days are over, or the law they were kept by has ended."""
    return Booking.objects.visible_to(clock).filter(Q(keep_until__lte=today) | Q(law__valid_to__lte=today))


def laws_for(actor: Actor, obj: Mapping[str, Any]) -> list[BookingLaw]:
    """The laws of the States at the ends of a flight that are in force today; none for a test or an unknown flight."""
    flight, message = obj["flight"], obj["message"] or {}
    if not flight or not flight["date"] or not flight["carrier"] or message.get("test"):
        return []
    known = parties.states_by_alpha2()
    places = [leg[end] for leg in flight["legs"] for end in ("from", "to") if leg[end]]
    states = {known.get(routing.place(code).country, "") for code in places} - {""}
    return laws(actor, states, timezone.now().date())


def taken_in(actor: Actor, data: bytes) -> tuple[bytes, list[dict[str, Any]]]:
    """What of a message may be stored until it is filed, and what was read in it, without anybody in it.

    The bytes hold the elements that some State of its flights may have; the objects say which States those are.
    """
    objects = pnrgov.read(data)
    elements: set[str] = set()
    shown = []
    lawful = False
    for obj in objects:
        found = laws_for(actor, obj)
        lawful = lawful or bool(found)
        elements.update(*(law.elements for law in found))
        shown.append({**_noted(pnrgov.without_people(obj), found), "kept_for": [law.party_id for law in found]})
    return pnrgov.kept(data, elements, lawful=lawful), shown


def _noted(obj: dict[str, Any], found: Collection[BookingLaw]) -> dict[str, Any]:
    if found or obj["grade"] == "unreadable":
        return obj
    findings = Findings()
    findings.add("PNR_NOT_KEPT")
    return {**obj, "findings": [*obj["findings"], *(item.as_object() for item in findings.items)]}


def of_bookings(objects: Sequence[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """What was read of booking data, among all that was read in a file."""
    return [obj for obj in objects or () if (obj.get("message") or {}).get("type") == "bookings"]
