"""Reports by words: the version in force of each that the seat sees, and the paragraphs that fit."""

import datetime
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector, SearchVectorExact
from django.db.models import Exists, F, Func, OuterRef, Q, TextField, Value
from django.db.models.lookups import In

from apps.access.actor import Actor
from apps.access.managers import seen_keys
from apps.access.refusal import Refused
from apps.rifc import policy
from apps.rifc.managers import addressed_to
from apps.rifc.models import Paragraph, Receipt, Report, ReportText
from apps.rifc.queries.reports import meant
from apps.rifc.rules import facts
from apps.search.queries.kinds import Match
from apps.search.queries.results import ASKED, RANKED, exact_first
from apps.search.queries.statements import WORDS, Put
from apps.search.rules.highlights import END, START
from apps.search.rules.question import Question, numbered

OUT = ["shared", "superseded", "archived"]
"""States in which a version counts for others than its desk."""
WRITTEN = ["draft", "review", "returned", "approved"]
MOST_NAMED = 20
"""Reports that a number without year or party may mean."""
KEYS: Any = ArrayField(TextField())


def audience(actor: Actor) -> list[str]:
    """Keys of ReportText under which stands whatever the actor could see, and little else."""
    keys = [f"d{group}" for group in actor.groups] + [f"u{actor.user_id}"]
    if policy.roles_of(actor) & {facts.NPC, facts.RELEASING}:
        keys.append(f"p{actor.party_code}")
    return [*keys, "*"] if actor.function in policy.CISNET else keys


def rows(actor: Actor) -> Any:
    """Texts of the versions that stand for their report: the newest in force that the actor sees, or a first draft.

    What was recalled or thrown away stands for nothing, for its own desk neither.
    """
    visible = Q(pk__in=seen_keys(Report, actor))
    seen = Report.objects.filter(visible, thread=OuterRef("report__thread"), state__in=OUT, recalled_at=None)
    # a draft stands for its report only until a version is out
    later = Q(edition__gt=OuterRef("report__edition")) | Q(In(OuterRef("report__state"), WRITTEN))
    out, written = Q(report__state__in=OUT, report__recalled_at=None), Q(report__state__in=WRITTEN)
    texts = ReportText.objects.filter(out | written, report__in=seen_keys(Report, actor), keys__overlap=audience(actor))
    return texts.exclude(Exists(seen.filter(later)))


def match(found: Any, question: Question, actor: Actor) -> Match:
    """Words of title and text; numbers; identifiers as they are normalised; names by their sound if that is wanted."""
    party = actor.party_code
    sure, loose = [], [Q(text=ASKED)]
    if question.number:
        sure.append(Q(keys__overlap=Put(lambda asked: [f"#{asked.number}", f"p{party}#{asked.number}"], KEYS)))
    if question.identifier:
        sure.append(Q(keys__overlap=_keys("search_identifiers", WORDS)))
    if question.similar:
        loose += [Q(*[Q(keys__overlap=_keys("search_sounds", Value(word.title()))) for word in question.plain])]
    return Match(found.filter(reduce(or_, [*sure, *loose])), exact_first(sure, SearchRank(F("text"), RANKED)))


def _keys(function: str, text: Any) -> Func:
    return Func(text, function=function, output_field=KEYS)


def in_box(found: Any, box: str, actor: Actor) -> Any:
    """Written at one's own desk, or sent to it or to oneself."""
    if box == "own":
        return found.filter(report__owner=actor.desk_id)
    if box != "inbox":
        return found.none()
    mine = addressed_to(actor)
    return found.filter(Exists(Receipt.objects.filter(mine, report=OuterRef("pk")).exclude(state="withdrawn")))


def citing(found: Any, named: str, actor: Actor) -> Any:
    """Those with a paragraph that quotes a report, by its number or id: one that the actor sees, else none."""
    try:
        threads = [meant(actor, named).thread]
    except Refused:
        number = numbered(named)
        keys = [f"#{number}", f"p{actor.party_code}#{number}"] if number else []
        texts = rows(actor).filter(keys__overlap=keys) if keys else ReportText.objects.none()
        threads = list(texts.values_list("report__thread", flat=True)[:MOST_NAMED])
    quoting = Paragraph.objects.filter(report=OuterRef("pk"), cites__overlap=threads)
    return found.filter(Exists(quoting)) if threads else found.none()


def in_force(found: Any, day: str, actor: Actor) -> Any:
    """Those that were out on a day and claimed to hold on it."""
    at = datetime.date.fromisoformat(day)
    out = found.filter(report__shared_at__lt=datetime.datetime.combine(at, datetime.time.max, datetime.UTC))
    return out.filter(Q(report__valid_to=None) | Q(report__valid_to__gte=at))


def paragraphs(actor: Actor, question: Question, versions: Sequence[Any]) -> list[Any]:
    """Of each version the paragraph that fits best, with `report`, and `headline` in place of its text."""
    words = " or ".join(f'"{word}"' for word in question.plain)
    wanted = SearchQuery(words, config="english", search_type="websearch")
    vector = SearchVector("text", config="english")
    seen = Q(SearchVectorExact(vector, wanted), report__in=list(versions)) & Q(report__in=seen_keys(Report, actor))
    fitting = Paragraph.objects.filter(seen)
    headline = SearchHeadline(
        "text", wanted, config="english", start_sel=START, stop_sel=END, max_words=34, min_words=14, max_fragments=2
    )
    best = fitting.order_by("report_id", SearchRank(vector, wanted).desc(), "order").distinct("report_id")
    return list(best.annotate(headline=headline).select_related("report").defer("text"))
