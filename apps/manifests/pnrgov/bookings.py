"""What booking data are made of: a message's flight, its bookings, and their travellers, before they go out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from apps.manifests.paxlst.segments import Segment


@dataclass(slots=True)
class Traveller:
    """One TIF with what belongs to it."""

    segment: Segment
    number: int
    reference: str = ""
    surname: str | None = None
    given_names: str = ""
    kind: str = "adult"
    sex: str = "U"
    birth_date: str | None = None
    nationality: str | None = None
    documents: list[dict[str, Any]] = field(default_factory=list)
    seat: str | None = None
    bags: int | None = None
    at_check_in: bool = False  # named by the check-in alone

    def as_object(self) -> dict[str, Any]:
        """The traveller as it is sent out."""
        return {
            "surname": self.surname, "given_names": self.given_names, "kind": self.kind, "sex": self.sex,
            "birth_date": self.birth_date, "nationality": self.nationality, "documents": self.documents,
            "seat": self.seat, "bags": self.bags,
        }  # fmt: skip


@dataclass(slots=True)
class Booking:
    """One SRC with what follows: the record, who travels, how they are reached, who sold it, how it was paid."""

    segment: Segment
    number: int
    locator: str | None = None
    carrier: str | None = None
    created: str | None = None
    agency: dict[str, str] | None = None
    contacts: list[dict[str, str]] = field(default_factory=list)
    payment: list[str] = field(default_factory=list)
    legs: list[dict[str, Any]] = field(default_factory=list)
    travellers: list[Traveller] = field(default_factory=list)
    papers: list[tuple[Segment, str, str, Traveller | None]] = field(default_factory=list)
    seats: list[tuple[str, str, str, str]] = field(default_factory=list)
    bags: list[tuple[int, Traveller | None, int]] = field(default_factory=list)
    no_persons: int = 0  # TIFs of a group, a company, a further seat
    names_before: bool = False  # its history names travellers

    def as_object(self) -> dict[str, Any]:
        """The booking as it is sent out."""
        return {
            "locator": self.locator, "carrier": self.carrier, "created": self.created, "agency": self.agency,
            "contacts": self.contacts, "payment": self.payment, "itinerary": self.legs,
            "travellers": [one.as_object() for one in self.travellers],
        }  # fmt: skip


@dataclass(slots=True)
class Message:
    """One UNH..UNT: the flight that it is about, and its bookings."""

    envelope: Segment | None
    header: Segment | None = None
    trailer: Segment | None = None
    function: str = ""
    leg: Segment | None = None
    stated: Segment | None = None
    bookings: list[Booking] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    set_aside: int = 0
