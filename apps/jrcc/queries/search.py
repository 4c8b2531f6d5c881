"""What search finds of the borders: hits, manifests, journeys, travellers; by whole numbers and family names."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import CharField, Exists, OuterRef, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.journeys.models import Journey, Traveller
from apps.jrcc.models import Hit
from apps.jrcc.queries.gate import gates, with_hits_at_work
from apps.jrcc.queries.gate_words import Gate
from apps.manifests.models import Submission
from apps.search.queries.kinds import Kind, Match, Standing
from apps.search.rules.question import Question

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
    """Travellers of hits that somebody works on; for all others one states a purpose (docs/reference/jrcc.md)."""
    hits = Hit.objects.visible_to(actor).filter(traveller=OuterRef("pk"), state__in=Hit.OPEN)
    return Traveller.objects.visible_to(actor).filter(Exists(hits), withdrawn_at=None)


def _journeys_stand(actor: Actor, keys: Sequence[str]) -> Mapping[str, Standing]:
    """The gate of flights and voyages: a line without it would read as if nothing were open (decision 053)."""
    rows = with_hits_at_work(actor, Journey.objects.visible_to(actor).filter(pk__in=keys))
    return _read_gates(gates(actor, rows).of_journey)


def _travellers_stand(actor: Actor, keys: Sequence[str]) -> Mapping[str, Standing]:
    """The gate of travellers."""
    seen = Traveller.objects.visible_to(actor).filter(pk__in=keys).select_related("journey")
    people = [(one, one.journey) for one in with_hits_at_work(actor, seen)]
    return _read_gates(gates(actor, (), people).of_person)


def _read_gates(found: Mapping[Any, Gate]) -> Mapping[str, Standing]:
    """Gates by key as search shows them; who sees every hit is told no sentence, as on the pages of the watch."""
    return {
        str(key): Standing(gate.code, gate.chip, "" if gate.of_all else gate.sentence) for key, gate in found.items()
    }


def list_jrcc_kinds() -> Iterator[Kind]:
    """They."""
    flight = Concat(Coalesce("carrier", Value(""), output_field=CharField()), Value(" "), "number")
    travels = Concat(*("journey__number", Value(" "), "from_port", Value("–"), "to_port"), output_field=TextField())
    yield Kind(
        *("hit", pgettext_lazy("words, jrcc", "Hits"), "alert", "jrcc:hit"),
        rows=Hit.objects.visible_to,
        numbers=("reference",),
        exact=("reference",),
        title="reference",
        detail="list_name",
        works=HITS,
    )

    yield Kind(
        *("submission", pgettext_lazy("words, jrcc", "Manifests"), "file", "jrcc:submission"),
        rows=Submission.objects.visible_to,
        match=_receipt,
        title="receipt",
        detail="flight",
        works=frozenset({"JRCC.watch", "carrier"}),
    )

    yield Kind(
        *("journey", pgettext_lazy("words, jrcc", "Journeys"), "plane", "jrcc:journey"),
        rows=Journey.objects.visible_to,
        match=_flight,
        title=Cast(flight, TextField()),
        detail=Concat(
            *("origin", Value("–"), "destination", Value(" "), Cast("date", TextField())), output_field=TextField()
        ),
        at=Coalesce("departs_at", "created_at"),
        works=FLOOR,
        standings=_journeys_stand,
    )

    yield Kind(
        *("traveller", pgettext_lazy("words, jrcc", "Travellers"), "user", "jrcc:traveller"),
        rows=_in_open_cases,
        match=_person,
        title=Concat("surname", Value(", "), "given_names", output_field=TextField()),
        detail=travels,
        at="journey__created_at",
        level="journey__level",
        party="journey__originator",
        works=HITS,
        persons=True,
        standings=_travellers_stand,
    )
