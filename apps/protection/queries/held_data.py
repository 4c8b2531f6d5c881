"""What is held on a person, as far as the seat that asks may see it, each app by its own `visible_to`.

Two kinds of rooms: what may be told (how a person travelled, their account, their own searches), which is noted in the
request; and what the law keeps from them, of which nothing is noted, counted or answered: it is shown to the seat
alone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.folded_text import plain
from apps.jrcc.models import Hit
from apps.jrcc.queries import floor
from apps.manifests.models import BookedTraveller
from apps.people.models import User
from apps.protection.models import SubjectRequest
from apps.protection.policy import HANDLERS
from apps.protection.queries import places
from apps.protection.queries.places import Places
from apps.protection.rules import patterns
from apps.search.models import Asked
from apps.travellers.models import Lookup, Person, PersonMember
from apps.travellers.queries.lookups import Found, look_up

MOST = 50
TOLD = {
    "journeys": _("Journeys on which a carrier declared the person"),
    "bookings": _("Airline bookings of the person"),
    "account": pgettext_lazy("words, protection", "Portal account"),
    "searches": _("Searches that the person made in the portal"),
    "texts": _("Texts that name the person, confirmed by an officer"),
    "files": _("Files named after the person, confirmed by an officer"),
}
"""Books that are asked and may be told of, in the order of the answer."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing held: what it is, and its page."""

    text: str
    url: str = ""


@dataclass(slots=True)
class Held:
    """What a seat sees: {book: lines} that may be told, {label: lines} that may not, and who is perhaps the person.

    `places` are texts and files that have their name: an officer looks, and says of each whether it is they.
    """

    told: dict[str, list[Line]] = field(default_factory=dict)
    perhaps: list[Line] = field(default_factory=list)
    kept_back: dict[str, list[Line]] = field(default_factory=dict)
    places: Places = field(default_factory=lambda: Places([], [], more=False, unread={}))


def terms_of(row: SubjectRequest) -> dict[str, str]:
    """The person of a request as a search for people takes them."""
    names = ("surname", "given_names", "birth_date", "document")
    return {name: getattr(row, name) for name in names if getattr(row, name)}


def read_held_data(actor: Actor, row: SubjectRequest) -> Held:
    """Everything that the seat sees on the person of a request, in the apps that are its desk's work."""
    terms = terms_of(row)
    if not terms:
        return Held()
    looked = places_of(actor, row)
    back = _places_kept_back(looked)
    if actor.function in HANDLERS:
        return Held(_of_accounts(actor, terms), kept_back=back, places=looked)
    found = look_up(actor, terms)
    sure, perhaps, journeys = _parted(terms, found)
    booked, others = _booked(actor, terms, journeys)
    told = {"journeys": sure, "bookings": booked}
    return Held(told, [*perhaps, *others], _joined(_kept_back(actor, terms, found), back), looked)


def told(actor: Actor, row: SubjectRequest, confirmed: Collection[str] = ()) -> dict[str, list[Line]]:
    """What may be told alone, of every book that the seat asks: this is noted in the request.

    Of texts and files those that an officer confirmed, by their keys; ValidationError for one that they were not shown.
    """
    terms = terms_of(row)
    if not terms:
        return {}
    found = places_of(actor, row)
    said: dict[str, list[Line]] = {"texts": [], "files": []}
    chosen = list(places.confirmed(found, confirmed))
    if {place.key for _kind, place in chosen} != set(confirmed):
        raise ValidationError({"places": _now("One of these no longer exists. Check again.")})
    for kind, place in chosen:
        said[kind].append(Line(place.text))
    if actor.function in HANDLERS:
        return _of_accounts(actor, terms) | said
    sure, _perhaps, journeys = _parted(terms, look_up(actor, terms))
    return {"journeys": sure, "bookings": _booked(actor, terms, journeys)[0], **said}


def places_of(actor: Actor, row: SubjectRequest) -> Places:
    """Texts and files that have the name, as the seat sees them."""
    return places.look(actor, terms_of(row), besides=row)


def _parted(terms: Mapping[str, str], found: Found) -> tuple[list[Line], list[Line], list[Any]]:
    """(appearances with the birth date or the document of the request, others that are alike, the first as rows).

    Only the first are told: another person of a like name has a right that nobody reads their journeys.
    """
    number = terms.get("document", "").upper().replace(" ", "")
    sure: list[Line] = []
    perhaps: list[Line] = []
    rows: list[Any] = []
    for likely in found.people:
        one: Any = likely.it
        numbers = {paper["number"] for paper in one.shown}
        same = one.birth_date == terms.get("birth_date") or bool(number and number in numbers)
        (sure if same else perhaps).append(_journey(one))
        rows += [one] if same else []
    return sure, perhaps, rows


def _booked(actor: Actor, terms: Mapping[str, str], journeys: list[Any]) -> tuple[list[Line], list[Line]]:
    """(bookings of the person, others of their name). Of a booking for several nobody else is named.

    A booking is their by birth date or document, or by their name on a flight on which a carrier declared them.
    """
    number = plain(terms.get("document", "")).upper().replace(" ", "")
    if not terms.get("surname") and not number:
        return [], []
    same = Q(surname__iregex=patterns.name(terms["surname"])) if terms.get("surname") else Q()
    papers = Q(documents__contains=[{"number": number}]) if number else Q()
    rows = BookedTraveller.objects.visible_to(actor).filter(same | papers if number else same)
    flights = {(one.journey.carrier_id, one.journey.number, one.journey.date) for one in journeys}
    given = {word for word in plain(terms.get("given_names", "")).split()}
    sure: list[Line] = []
    perhaps: list[Line] = []
    for one in rows.select_related("booking").order_by("-booking__date", "-pk")[:MOST]:
        numbers = {paper.get("number") for paper in one.documents}
        his_flight = (one.booking.carrier, one.booking.number, one.booking.date) in flights
        named = his_flight and bool(given & set(plain(one.given_names).split()))
        his = (one.birth_date and one.birth_date == terms.get("birth_date")) or number in numbers - {""} or named
        (sure if his else perhaps).append(_booking(one))
    return sure, perhaps


def _booking(one: Any) -> Line:
    it = one.booking
    declared = ", ".join(filter(None, (f"{one.surname} {one.given_names}".strip(), one.birth_date)))
    words = f"{it.date.isoformat()} {it.carrier} {it.number} {it.origin}–{it.destination}: {it.locator}, {declared}"
    flight = urlencode({"carrier": it.carrier, "number": it.number, "day": it.date.isoformat()})
    return Line(words, f"{reverse('jrcc:bookings')}?{flight}")


def _joined(rooms: dict[str, list[Line]], more: dict[str, list[Line]]) -> dict[str, list[Line]]:
    """Both, each page once."""
    for room, lines in more.items():
        known = {line.url for line in rooms.get(room, ())}
        rooms[room] = [*rooms.get(room, ()), *(line for line in lines if line.url not in known)]
    return {room: lines for room, lines in rooms.items() if lines}


def _places_kept_back(found: Places) -> dict[str, list[Line]]:
    rooms: dict[str, list[Line]] = {}
    for one in (*found.texts, *found.files):
        if not one.told:
            rooms.setdefault(one.label, []).append(Line(one.text, one.url))
    return rooms


def _of_accounts(actor: Actor, terms: Mapping[str, str]) -> dict[str, list[Line]]:
    """The person's accounts of the party, and what they searched with them."""
    wanted = set(f"{terms.get('given_names', '')} {terms.get('surname', '')}".casefold().split())
    rows = User.objects.visible_to(actor).filter(home_party_id=actor.party_code)
    rows = rows.filter(full_name__icontains=terms["surname"]) if terms.get("surname") else rows.none()
    accounts = [one for one in rows.order_by("pk")[:MOST] if wanted <= set(one.full_name.casefold().split())]
    made = Asked.objects.visible_to(actor).filter(user__in=[one.pk for one in accounts]).order_by("-pk")
    return {
        "account": [Line(f"{one.username}, {one.state}") for one in accounts],
        "searches": [Line(f"{one.at:%Y-%m-%d %H:%M} UTC") for one in made[:MOST]],
    }


def _journey(one: Any) -> Line:
    """A journey as the carrier declared it, without a word on what it was compared with."""
    papers = ", ".join(f"{paper['type']} {paper['number']} {paper['issuer']}".strip() for paper in one.shown)
    declared = ", ".join(filter(None, (floor.name_of(one), one.birth_date, one.nationality, papers)))
    day = one.journey.date.isoformat()
    text = f"{day} {one.journey} {floor.route_of(one.journey)}: {declared}"
    return Line(text, reverse("jrcc:traveller", args=[one.pk]))


def _kept_back(actor: Actor, terms: Mapping[str, str], found: Found) -> dict[str, list[Line]]:
    """What a request may not be answered with, by the app that holds it; for the eyes of the seat alone."""
    people = [one.it.pk for one in found.people]
    hits = Hit.objects.visible_to(actor).filter(traveller__in=people).order_by("-pk")[:MOST]
    members = PersonMember.objects.visible_to(actor).filter(traveller__in=people).values("person")
    persons = Person.objects.visible_to(actor).filter(pk__in=members).order_by("-pk")[:MOST]
    lookups = Lookup.objects.visible_to(actor).filter(terms__surname__iexact=terms.get("surname", "")).order_by("-pk")
    rooms = {
        str(pgettext_lazy("words, protection", "Watchlist entries")): [
            Line(one.it.display_name, reverse("screening:entry", args=[one.it.pk])) for one in found.entries
        ],
        str(pgettext_lazy("words, protection", "Hits")): [
            Line(one.reference, reverse("jrcc:hit", args=[one.pk])) for one in hits
        ],
        str(pgettext_lazy("words, protection", "Dossiers")): [
            Line(one.reference, reverse("jrcc:person", args=[one.pk])) for one in persons
        ],
        str(_("Searches for the person")): [
            Line(one.reference, reverse("jrcc:lookup", args=[one.pk])) for one in lookups[:MOST]
        ],
    }
    return {room: lines for room, lines in rooms.items() if lines}
