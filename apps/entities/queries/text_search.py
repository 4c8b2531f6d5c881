"""Persons and things by words: only by facts that the seat sees, and headed by such facts alone."""

import datetime
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorExact, TrigramWordSimilarity
from django.db.models import BooleanField, Exists, F, FloatField, Func, JSONField, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.db.models.lookups import GreaterThanOrEqual

from apps.access.actor import Actor
from apps.access.marking import Mark
from apps.entities.models import Entity
from apps.entities.queries import entities, sources, words
from apps.screening.matching import prepare, probe_keys
from apps.search.queries.kinds import Head, Match
from apps.search.queries.results import ALIKE
from apps.search.queries.statements import WORDS, Put
from apps.search.rules.question import Question

REPORTS = {
    "party": "report__originator",
    "level": "report__level",
    "tlp": "report__tlp",
    "category": "report__threat_categories__contains",
    "sort_of": "report__kind",
}
MANY = frozenset({"category"})
NARROWS = frozenset({"thing", "as_of", *REPORTS})
"""Filters that a fact has to pass: its own, and those of a report that says it."""
IDENTIFIED = Func(
    F("normal"),
    Put(lambda question: sorted(entities.identifier_values(question.words))),
    template="(%(expressions)s::text[]))",
    arg_joiner=" = ANY(",
    output_field=BooleanField(),
)
RANK = Put(lambda question: 2.0 if entities.identifier_values(question.words) else 1.0, FloatField())
SPELLED = SearchVector("value", config="simple")
"""Names have no stems: the index `facts_by_words` holds them as they are written."""


def match(_rows: Any, question: Question, actor: Actor) -> Match:
    """Those with a visible name that holds the words, a visible identifier however written, or a name alike if asked.

    One fact has to fit as a whole, filters included, so that two facts together never tell more than each does; and
    who sees a fact sees its entity, so that the rule is asked of the facts that fit and of no others.
    """
    said = Q(field__in=[*words.NAMES, *words.identifiers()])
    query = SearchQuery(WORDS, config="simple", search_type="websearch")
    loose = [said & Q(SearchVectorExact(SPELLED, query))]
    if question.similar and (asked := prepare({"full_name": question.words}, strict=False)).names:
        near = Q(GreaterThanOrEqual(TrigramWordSimilarity(WORDS, "value"), ALIKE))
        loose.append(Q(field__in=words.NAMES, keys__overlap=sorted(probe_keys(asked))) & near)
    sure = Q(IDENTIFIED) & Q(field__in=words.identifiers())
    fitting = _narrowed(entities.facts(actor).filter(reduce(or_, [sure, *loose])), question, actor)
    told = fitting.filter(entity=OuterRef("pk")).order_by().values("entity").annotate(_told=_each(actor))
    facets = Subquery(told.values("_told"), output_field=JSONField())
    return Match(Entity.objects.filter(pk__in=fitting.values("entity")), RANK, facets)


def _each(actor: Actor) -> Any:
    """What facets are made of, of each fact: [[{facet: value or values}]] by the versions that say so to the seat."""
    values = JSONObject(
        thing=OuterRef("entity__type"),
        party="report__originator",
        level="report__level",
        tlp="report__tlp",
        category="report__threat_categories",
        sort_of="report__kind",
    )
    said = sources.saying(actor).annotate(_values=values).values("_values")
    return JSONBAgg(ArraySubquery(said), distinct=True)


def _narrowed(facts: Any, question: Question, actor: Actor) -> Any:
    """Facts of one thing alone, or out of reports with this marking, of this party, on this day."""
    chosen = {name: value for name, value in question.filters.items() if name in NARROWS}
    if "thing" in chosen:
        facts = facts.filter(entity__type=chosen["thing"])
    named = {
        REPORTS[name]: [value] if name == "category" else value for name, value in chosen.items() if name in REPORTS
    }
    if named:
        facts = facts.filter(Exists(sources.saying(actor).filter(**named)))
    return _known_on(facts, chosen["as_of"], actor) if "as_of" in chosen else facts


def _known_on(facts: Any, day: str, actor: Actor) -> Any:
    """Facts that stand now, and that on a day were recorded, were out with a report, and were said to hold.

    Out: a version that the seat sees had been shared with the paragraph in these words. To hold: the day is within the
    fact's own period, and within that for which its report claims to hold.
    """
    at = datetime.date.fromisoformat(day)
    end = datetime.datetime.combine(at, datetime.time.max, datetime.UTC)
    begun = Q(from_on=None) | Q(from_on__lte=at)
    lasting = Q(to_on=None) | Q(to_on__gte=at)
    out = sources.saying(actor, ever=True).filter(report__shared_at__lte=end)
    holding = sources.saying(actor).filter(Q(report__valid_to=None) | Q(report__valid_to__gte=at))
    return facts.filter(begun, lasting, Exists(out), Exists(holding), recorded_at__lte=end)


def heads(actor: Actor, question: Question, keys: Sequence[str]) -> Mapping[str, Head]:
    """{entity: title, type and report, marking} from the fact that heads it for the seat, on the day asked for.

    One query.
    """
    rows = entities.heading(actor, [UUID(key) for key in keys])
    if day := question.filters.get("as_of"):
        rows = _known_on(rows, day, actor)
    found = {}
    for row in rows.annotate(source=sources.named(actor)):
        title = entities.title_of([row])
        found[str(row.entity_id)] = Head(
            title.text, f"{title.kind['label']}, {row.source['number']}", Mark(**row.source["mark"])
        )
    return found
