"""Persons and things as one viewer knows them: titles, facts, links, sightings, and finding them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from apps.access.actor import Actor
from apps.entities.models import Assertion, Entity, LinkEvidence, Sighting, Twin
from apps.entities.queries import words
from apps.entities.rules.identifiers import BadValue, normal
from apps.screening import matching
from apps.screening.matching import REVIEW_THRESHOLD, prepare, probe_keys

MOST_FACTS, MOST_FOUND, MOST_COMPARED = 1000, 50, 400


@dataclass(frozen=True, slots=True)
class Title:
    """What an entity is headed with for a viewer: a name that they see, else an identifier, else its type.

    `thread`, `pid`, `words` name the paragraph that it comes from.
    """

    pk: Any
    type: str
    text: str
    field: str
    thread: Any
    pid: Any
    words: str

    @property
    def kind(self) -> dict[str, Any]:
        """Label, icon and letter of its type."""
        return words.type_of(self.type)


def facts(actor: Actor, **narrow: Any) -> Any:
    """Facts that the actor sees and nobody has withdrawn."""
    return Assertion.objects.visible_to(actor).current().filter(**narrow)


def _ranked(rows: Any) -> Any:
    order = [*words.NAMES, *words.identifiers()]
    cases = [When(field=code, then=Value(place)) for place, code in enumerate(order)]
    return rows.annotate(rank=Case(*cases, default=Value(len(order)), output_field=IntegerField()))


def titles(actor: Actor, ids: Iterable[Any], threads: Sequence[Any] | None = None) -> dict[Any, Title]:
    """{entity: its title} of those that the actor sees, from facts of these reports or of all. One query."""
    wanted = set(ids)
    return {row.entity_id: title_of([row]) for row in heading(actor, wanted, threads)} if wanted else {}


def heading(actor: Actor, ids: Iterable[Any], threads: Sequence[Any] | None = None) -> Any:
    """Of each entity that the actor sees the fact that heads it: a name, else an identifier, else any."""
    rows = facts(actor, entity__in=ids)
    if threads is not None:
        rows = rows.filter(thread__in=threads)
    return _ranked(rows).select_related("entity").order_by("entity", "rank", "pk").distinct("entity")


def title_of(rows: Sequence[Assertion]) -> Title:
    """The title from one or more facts of an entity."""
    order = {code: place for place, code in enumerate([*words.NAMES, *words.identifiers()])}
    best = min(rows, key=lambda row: (order.get(row.field, len(order)), row.pk))
    named = best.field in words.NAMES
    text = best.value if named or best.field in order else words.type_of(best.entity.type)["label"]
    field = "" if named else best.field
    return Title(best.entity_id, best.entity.type, text, field, best.thread, best.pid, best.words)


def newest(actor: Actor, of_type: str = "", before: Any = None) -> Any:
    """The newest fact of each entity that the actor sees, newest first by its key: the list of entities."""
    rows = Assertion.objects.visible_to(actor, before=before).current()
    rows = rows.filter(entity__type=of_type) if of_type else rows
    later = facts(actor, entity=OuterRef("entity"), pk__gt=OuterRef("pk"))
    return rows.filter(~Exists(later)).select_related("entity")


def by_identifier(actor: Actor, text: str) -> list[Any]:
    """Ids of entities with this identifier, whichever it is and however it is written. One query."""
    values = identifier_values(text)
    if not values:
        return []
    rows = facts(actor, field__in=words.identifiers(), normal__in=values)
    return list(dict.fromkeys(rows.order_by("pk").values_list("entity", flat=True)[:MOST_FOUND]))


def identifier_values(text: str) -> set[str]:
    """A text as each kind of identifier that it could be, in its one form."""
    forms = {one["form"] for one in words.fields().values() if one.get("identifier")}
    return {found for form in forms if (found := _normal(form, text))}


def warnings_of(form: str, value: str) -> tuple[str, ...]:
    """What is odd in a value that was recorded."""
    try:
        return normal(form, value).warnings
    except (BadValue, LookupError):
        return ()


def _normal(form: str, text: str) -> str:
    try:
        return normal(form, text).value
    except BadValue:
        return ""


def by_name(actor: Actor, text: str, of_type: str = "") -> list[tuple[Any, float]]:
    """(entity, likeness) of those with a name like this one, likest first; only what the actor sees is compared.

    Two queries: the names that share a search key with it, then the engine's score of each.
    """
    asked = prepare({"full_name": text}, strict=False)
    if not asked.names:
        return []
    rows = facts(actor, field__in=words.NAMES, keys__overlap=sorted(probe_keys(asked)))
    rows = rows.filter(entity__type=of_type) if of_type else rows
    best: dict[Any, float] = {}
    for entity, value in rows.order_by("pk").values_list("entity", "value")[:MOST_COMPARED]:
        score = likeness(asked, value)
        best[entity] = max(score, best.get(entity, 0.0))
    found = sorted(best.items(), key=lambda one: (-one[1], str(one[0])))
    return [one for one in found if one[1] >= REVIEW_THRESHOLD][:MOST_FOUND]


def likeness(asked: Any, value: str) -> float:
    """The engine's score of two names; 1 where they are the same words."""
    other = prepare({"full_name": value}, strict=False)
    if asked.names[0].spelled == (other.names[0].spelled if other.names else ""):
        return 1.0
    return matching.likeness(asked, other)


def search_entities(actor: Actor, text: str, of_type: str = "") -> list[Title]:
    """Entities by identifier, by a name like it, or by words of a name; the surest first. Four queries at most."""
    asked = " ".join(text.split())
    if not asked:
        return []
    ids = [*by_identifier(actor, asked), *(pk for pk, _score in by_name(actor, asked, of_type))]
    rows = facts(actor, field__in=words.NAMES, normal__contains=asked.casefold())
    rows = rows.filter(entity__type=of_type) if of_type else rows
    ids += rows.order_by("pk").values_list("entity", flat=True)[:MOST_FOUND]
    known = titles(actor, ids)
    listed = [known[pk] for pk in dict.fromkeys(ids) if pk in known]
    return [one for one in listed if not of_type or one.type == of_type][:MOST_FOUND]


def of_entity(actor: Actor, pks: Sequence[Any]) -> list[Assertion]:
    """Facts of entities that the actor sees, in the order of the fields. One query."""
    order = {code: place for place, code in enumerate(words.fields())}
    rows = facts(actor, entity__in=pks).select_related("entity").order_by("pk")[:MOST_FACTS]
    return sorted(rows, key=lambda row: (order.get(row.field, len(order)), row.pk))


def links_of(actor: Actor, pks: Iterable[Any], threads: Sequence[Any] | None = None) -> list[LinkEvidence]:
    """Evidence of links from or to entities, with the link. One query."""
    ids = list(pks)
    rows = LinkEvidence.objects.visible_to(actor).current()
    rows = rows.filter(Q(link__from_entity__in=ids) | Q(link__to_entity__in=ids))
    if threads is not None:
        rows = rows.filter(thread__in=threads)
    return list(rows.select_related("link").order_by("pk")[: 4 * MOST_FACTS])


def sightings_of(actor: Actor, pks: Iterable[Any]) -> list[Sighting]:
    """Sightings of entities, the latest first; those without a time last. One query."""
    rows = Sighting.objects.visible_to(actor).current().filter(entity__in=list(pks))
    return sorted(
        rows.order_by("pk")[:MOST_FACTS], key=lambda row: (row.at is None, -(row.at.timestamp() if row.at else 0))
    )


def twins_of(actor: Actor, pks: Iterable[Any]) -> list[Twin]:
    """What is held, or proposed, to be the same as entities. One query."""
    ids = list(pks)
    rows = Twin.objects.visible_to(actor).filter(Q(one__in=ids) | Q(other__in=ids), state__in=["proposed", "confirmed"])
    return list(rows.order_by("pk"))


def in_report(actor: Actor, thread: Any) -> list[Assertion]:
    """Facts that rest on a report. One query."""
    return list(facts(actor, thread=thread).select_related("entity").order_by("pk")[:MOST_FACTS])


def entity(actor: Actor, pk: Any) -> Entity | None:
    """An entity that the actor sees."""
    found: Entity | None = Entity.objects.visible_to(actor).filter(pk=pk).first()
    return found


def near(actor: Actor, pk: Any) -> list[Title]:
    """Other entities of the reports that speak of one: the first choice for a link. Two queries."""
    threads = facts(actor, entity=pk).values("thread")
    ids = facts(actor, thread__in=threads).exclude(entity=pk).values_list("entity", flat=True).distinct()[:MOST_FOUND]
    return sorted(titles(actor, ids).values(), key=lambda one: one.text)
