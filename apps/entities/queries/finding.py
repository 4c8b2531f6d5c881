"""Persons and things by words: only by facts that the seat sees, and headed by such facts alone."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorExact, TrigramWordSimilarity
from django.db.models import Q, Value
from django.db.models.lookups import GreaterThanOrEqual

from apps.access.actor import Actor
from apps.entities.models import Entity
from apps.entities.queries import sources, things, words
from apps.screening.matching import prepare, probe_keys
from apps.search.kinds import Head, Match
from apps.search.queries.finding import ALIKE
from apps.search.question import Question

SPELLED = SearchVector("value", config="simple")
"""Names have no stems: the index `facts_by_words` holds them as they are written."""


def match(_rows: Any, question: Question, actor: Actor) -> Match:
    """Those with a visible name that holds the words, a visible identifier however written, or a name alike if asked.

    One fact has to fit as a whole, so that two facts together never tell more than each does; and who sees a fact sees
    its entity, so that the rule is asked of the facts that fit and of no others.
    """
    said = Q(field__in=[*words.NAMES, *words.identifiers()])
    query = SearchQuery(question.words, config="simple", search_type="websearch")
    loose = [said & Q(SearchVectorExact(SPELLED, query))]
    if question.similar and (asked := prepare({"full_name": question.words}, strict=False)).names:
        near = Q(GreaterThanOrEqual(TrigramWordSimilarity(question.words, "value"), ALIKE))
        loose.append(Q(field__in=words.NAMES, keys__overlap=sorted(probe_keys(asked))) & near)
    values = things.identifier_values(question.words)
    sure = Q(field__in=words.identifiers(), normal__in=sorted(values))
    fitting = things.facts(actor).filter(reduce(or_, [sure, *loose]))
    return Match(Entity.objects.filter(pk__in=fitting.values("entity")), Value(2.0 if values else 1.0))


def heads(actor: Actor, keys: Sequence[str]) -> Mapping[str, Head]:
    """{entity: title, type and report, marking} from the fact that heads it for the seat. One query."""
    rows = things.heading(actor, [UUID(key) for key in keys]).annotate(source=sources.named(actor))
    found = {}
    for row in rows:
        title = things.title_of([row])
        found[str(row.entity_id)] = Head(
            title.text, f"{title.kind['label']}, {row.source['number']}", row.source["level"]
        )
    return found
