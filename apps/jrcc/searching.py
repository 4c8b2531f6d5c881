"""What search finds of the borders: hits, manifests, journeys, travellers; by whole numbers and family names."""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.jrcc.models import Hit, Journey, Submission, Traveller
from apps.search.kinds import Kind, Match, register
from apps.search.question import Question

HITS = frozenset({"JRCC.watch", "border", "intelligence", "analysis"})
FLOOR = frozenset({"JRCC.watch", "border"})


def _receipt(rows: Any, question: Question, _actor: Actor) -> Match:
    return Match(rows.filter(receipt=question.words.upper()), Value(2.0))


def _flight(rows: Any, question: Question, _actor: Actor) -> Match:
    """`BW600`, `BW 600` or `600`."""
    compact = question.words.upper().replace(" ", "")
    if compact.isdecimal():
        return Match(rows.filter(number=compact.lstrip("0")), Value(1.0))
    return Match(rows.filter(carrier_id=compact[:2], number=compact[2:].lstrip("0")), Value(2.0))


def _person(rows: Any, question: Question, _actor: Actor) -> Match:
    """A family name, or a document number with a digit in it."""
    text = question.words.upper()
    if any(character.isdecimal() for character in text):
        return Match(rows.filter(documents__number=text.replace(" ", "")), Value(2.0))
    return Match(rows.filter(surname=text), Value(1.0))


def _in_open_cases(actor: Actor | None) -> Any:
    """Travellers of hits that somebody works on; for all others one states a purpose (docs/jrcc.md)."""
    hits = Hit.objects.visible_to(actor).filter(traveller=OuterRef("pk"), state__in=Hit.OPEN)
    return Traveller.objects.visible_to(actor).filter(Exists(hits), withdrawn_at=None)


def offer() -> None:
    """Register them."""
    flight = Concat(Coalesce("carrier", Value(""), output_field=CharField()), Value(" "), "number")
    travels = Concat(*("journey__number", Value(" "), "from_port", Value("–"), "to_port"), output_field=TextField())
    register(
        Kind(
            *("hit", _("Hits"), "alert", "jrcc:hit"),
            rows=Hit.objects.visible_to,
            numbers=("reference",),
            exact=("reference",),
            title="reference",
            detail="list_name",
            works=HITS,
        )
    )
    register(
        Kind(
            *("submission", _("Manifests"), "file", "jrcc:submission"),
            rows=Submission.objects.visible_to,
            match=_receipt,
            title="receipt",
            detail="flight",
            works=frozenset({"JRCC.watch", "carrier"}),
        )
    )
    register(
        Kind(
            *("journey", _("Journeys"), "plane", "jrcc:journey"),
            rows=Journey.objects.visible_to,
            match=_flight,
            title=Cast(flight, TextField()),
            detail=Concat(
                *("origin", Value("–"), "destination", Value(" "), Cast("date", TextField())), output_field=TextField()
            ),
            at=Coalesce("departs_at", "created_at"),
            works=FLOOR,
        )
    )
    register(
        Kind(
            *("traveller", _("Travellers"), "user", "jrcc:traveller"),
            rows=_in_open_cases,
            match=_person,
            title=Concat("surname", Value(", "), "given_names", output_field=TextField()),
            detail=travels,
            at="journey__created_at",
            level="journey__level",
            party="journey__originator",
            works=HITS,
            persons=True,
        )
    )
