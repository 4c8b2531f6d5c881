"""Things that fit a question, filtered by who sees them before anything is ranked or counted, in one statement.

Of each kind the newest thousand that fit are taken: ranks, counts and facets are made of these, so that a common word
costs as much as a rare one. More than a thousand are "1,000+".
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorExact, TrigramWordSimilarity
from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import Cast, JSONObject
from django.db.models.lookups import EndsWith, Exact, GreaterThanOrEqual
from django.urls import reverse

from apps.access.actor import Actor
from apps.access.marking import Mark, in_one_line, mark_columns, of
from apps.access.statements import Statement, make_statement, read_facts
from apps.search.models import Known
from apps.search.queries import kinds, statements
from apps.search.queries.kinds import Kind, Match, Passage, Standing
from apps.search.queries.statements import LAST, NUMBER, WORDS, Put
from apps.search.rules.question import Question

MOST, PAGE = 1000, 20
FACETS = ("thing", "party", "level", "tlp", "category", "sort_of")
ALIKE = 0.5
"""Word similarity (pg_trgm) from which two spellings are taken for one name."""


@dataclass(slots=True)
class Hit:
    """One thing that was found, as a line of the results."""

    kind: Kind
    row: str
    key: str
    title: str
    detail: str
    at: datetime.datetime | None
    rank: float
    mark: Mark
    values: Mapping[str, Any]
    passage: Passage | None = None
    standing: Standing | None = None

    @property
    def url(self) -> str:
        """Its page."""
        return reverse(self.kind.page, args=[self.key])

    @property
    def marked(self) -> str:
        """How it is marked: "RESTRICTED TLP:AMBER ORCON"; nothing for what has no marking of its own."""
        return in_one_line(of(self.mark)) if self.kind.level or self.kind.heads else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet with how many of the things found have it; `more` where there are more than were counted."""

    facet: str
    value: str
    label: str
    count: int
    more: bool
    chosen: bool


@dataclass(slots=True)
class Found:
    """What a question found: how many in all (`more`: more than that), by kind, by facet, and one page of it."""

    count: int = 0
    more: bool = False
    by_kind: list[Choice] = field(default_factory=list)
    facets: dict[str, list[Choice]] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    pages: int = 0
    persons: int = 0


ASKED = SearchQuery(WORDS, config="english", search_type="websearch")
"""Words, "phrases" and -exclusions as PostgreSQL reads them; nothing in it is an error."""
RANKED = SearchQuery(Put(lambda question: question.words.replace('"', " ")), config="english", search_type="websearch")
"""The same without phrases: ranking by one takes many times as long, and those that are ranked hold it already."""


def find(actor: Actor, question: Question, told_by: Any = None) -> Found:
    """What the seat may see of what fits, with counts by kind and facet, and the page asked for. One query.

    `told_by`: only what this saved search has told of.
    """
    offered = kinds.all_of(actor)
    if question.empty:
        return Found()
    by_kind = _read(offered, _statements(offered, actor, question, told_by), question)
    shown = [hit for code, hits in by_kind.items() if question.kind in {"", code} for hit in hits[:MOST]]
    more = any(len(hits) > MOST for code, hits in by_kind.items() if question.kind in {"", code})
    if len(shown) > MOST:
        more, shown = True, sorted(shown, key=_newest, reverse=True)[:MOST]
    shown.sort(key=_newest if question.sort == "newest" or not question.words else _best, reverse=True)
    first = (question.page - 1) * PAGE
    page = _headed(actor, question, shown[first : first + PAGE])
    _attach_standings(actor, page)
    return Found(
        count=len(shown),
        more=more,
        by_kind=[
            Choice("kind", code, str(_of(offered, code).label), min(len(hits), MOST), len(hits) > MOST,
                   question.kind == code)
            for code, hits in by_kind.items() if hits
        ],
        facets=_facets(question, shown, more),
        hits=page,
        pages=-(-len(shown) // PAGE),
        persons=sum(hit.kind.persons for hit in shown),
    )  # fmt: skip


def few(actor: Actor, question: Question, most: int) -> Found:
    """The best of what fits, for a list beside other things: no counts by kind, no facets. One query.

    Kinds whose finding is written into the audit trail as a search for persons are left to the page of the search.
    """
    offered = [kind for kind in kinds.all_of(actor) if not kind.persons]
    if question.empty:
        return Found()
    hits = list(chain.from_iterable(_read(offered, _statements(offered, actor, question, None), question).values()))
    hits.sort(key=_best, reverse=True)
    return Found(count=len(hits), more=len(hits) > MOST, hits=_headed(actor, question, hits[:most]))


def _by_kind(hits: Iterable[Hit], part: str) -> Iterator[tuple[Any, list[Hit]]]:
    """What each kind has as this part (`heads`, `passages`, `standings`), with its things on a page; if it has any."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        if getattr(hit.kind, part) is not None:
            groups.setdefault(hit.kind.code, []).append(hit)
    return ((getattr(group[0].kind, part), group) for group in groups.values())


def _headed(actor: Actor, question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """The same with title, detail and marking of those whose rows say none; what has gone meanwhile is left out."""
    gone = set()
    for said, group in _by_kind(hits, "heads"):
        heads = said(actor, question, [hit.row for hit in group])
        for hit in group:
            if head := heads.get(hit.row):
                hit.title, hit.detail, hit.mark = head.title, head.detail, head.mark
            else:
                gone.add((hit.kind.code, hit.row))
    return [hit for hit in hits if (hit.kind.code, hit.row) not in gone]


def _attach_standings(actor: Actor, hits: Iterable[Hit]) -> None:
    """Say how the things on a page stand for the reader, each kind that knows asked once."""
    for said, group in _by_kind(hits, "standings"):
        found = said(actor, [hit.row for hit in group])
        for hit in group:
            hit.standing = found.get(hit.row)


def with_passages(actor: Actor, question: Question, hits: Iterable[Hit]) -> None:
    """Attach to things on a page what of their text fits, each kind asked once, in the action that notes the search."""
    for said, group in _by_kind(hits if question.words else (), "passages"):
        found = said(actor, question, [hit.row for hit in group])
        for hit in group:
            hit.passage = found.get(hit.row)


def fitting(kind: Kind, actor: Actor, question: Question) -> Match | None:
    """All rows of a kind that the seat sees and that fit words and filters; None where a filter does not apply."""
    rows = _narrowed(kind, kind.rows(actor), question, actor)
    if rows is None or (kind.narrows and not question.words):
        return None
    if not question.words:
        return Match(rows, None)
    return kind.match(rows, question, actor) if kind.match else _matched(kind, rows, question, actor)


def unknown(actor: Actor, saved: Any, most: int) -> list[tuple[str, Any, int]]:
    """[(kind, key of the row, marking)] of what a saved search finds and did not know of. One query at most."""
    question: Question = saved.question
    parts = []
    for kind in kinds.all_of(actor):
        found = fitting(kind, actor, question) if question.kind in {"", kind.code} else None
        if found is not None:
            known = Known.objects.filter(saved=saved.pk, kind=kind.code, object_id=OuterRef("pk"))
            told: Any = {"_kind": Value(kind.code, CharField()), "_level": _level(kind)}
            fresh = found.rows.filter(~Exists(known)).order_by("-pk").annotate(**told)
            parts.append(make_statement(fresh.values_list("_kind", "pk", "_level")[: most + 1]))
    return [(kind, key, level) for kind, key, level in statements.run([one for one in parts if one], question)]


def highest(actor: Actor, question: Question, found: Sequence[tuple[str, Any, int]]) -> int:
    """The highest marking among [(kind, key, marking)]; that of things without one of their own is their heads'."""
    level = max((marking for _kind, _key, marking in found), default=0)
    for kind in kinds.all_of(actor):
        keys = [str(key) for code, key, _marking in found if code == kind.code]
        if kind.heads is not None and keys:
            level = max([level, *(head.mark.level for head in kind.heads(actor, question, keys).values())])
    return level


def _level(kind: Kind) -> Any:
    return Cast(F(kind.level), IntegerField()) if kind.level else Value(0, IntegerField())


def _marks(kind: Kind, model: Any) -> dict[str, str]:
    """{field of a Mark: its column}: what limits the use of a thing stands where its level does."""
    if not kind.level:
        return {}
    *path, _level = kind.level.split("__")
    for name in path:
        model = model._meta.get_field(name).related_model
    return mark_columns(model, "".join(f"{name}__" for name in path))


def _of(offered: Sequence[Kind], code: str) -> Kind:
    return next(kind for kind in offered if kind.code == code)


def _newest(hit: Hit) -> tuple[Any, ...]:
    return (hit.at is not None, hit.at or datetime.datetime.min, hit.key)


def _best(hit: Hit) -> tuple[Any, ...]:
    return (hit.rank, *_newest(hit))


def _statements(offered: Sequence[Kind], actor: Actor, question: Question, told_by: Any) -> dict[str, Statement]:
    """{kind: its part of the statement over all}, without those that can find nothing."""
    if told_by is None:
        parts = {kind.code: statements.kept(kind, actor, question, _branch) for kind in offered}
    else:
        asked = {kind.code: _branch(kind, actor, question, told_by) for kind in offered}
        parts = {code: make_statement(rows) for code, rows in asked.items() if rows is not None}
    return {code: part for code, part in parts.items() if part is not None}


def _branch(kind: Kind, actor: Actor, question: Question, told_by: Any = None) -> QuerySet[Any] | None:
    """The newest of one kind that fit, as (code, facts): one part of the statement over all kinds."""
    found = fitting(kind, actor, question)
    if found is None:
        return None
    fitted = found.rows
    if told_by is not None:
        told = Known.objects.filter(saved=told_by, kind=kind.code, object_id=OuterRef("pk")).exclude(told_at=None)
        fitted = fitted.filter(Exists(told))
    newest = fitted.order_by(kind.newest).values("pk")[: MOST + 1]
    facts = {
        "row": Cast("pk", TextField()),
        "key": Cast(F(kind.key), TextField()),
        "title": Value("") if kind.heads else _column(kind.title),
        "detail": _column(kind.detail) if kind.detail is not None else Value(""),
        "at": _column(kind.at) if kind.at is not None else Cast(Value(None), DateTimeField()),
        "mark": JSONObject(**{name: F(column) for name, column in _marks(kind, found.rows.model).items()}),
        "rank": found.rank if found.rank is not None else Value(0.0),
        **({"party": F(kind.party)} if kind.party else {}),
        **({"said": found.said} if found.said is not None else {}),
        **{name: F(column) for name, column in kind.facets.items()},
    }
    rows = found.rows.model._default_manager.filter(pk__in=newest)
    columns: Any = {"_kind": Value(kind.code, CharField()), "_facts": JSONObject(**facts)}
    return rows.order_by().annotate(**columns).values_list("_kind", "_facts")


def _column(name: Any) -> Any:
    return F(name) if isinstance(name, str) else name


def _read(offered: Sequence[Kind], parts: Mapping[str, Statement], question: Question) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = {code: [] for code in parts}
    known = {kind.code: kind for kind in offered}
    for code, facts in statements.run(list(parts.values()), question):
        found[code].append(_hit(known[code], read_facts(facts)))
    for hits in found.values():
        hits.sort(key=_newest, reverse=True)
    return found


def _hit(kind: Kind, facts: dict[str, Any]) -> Hit:
    at = datetime.datetime.fromisoformat(facts["at"]) if facts["at"] else None
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=datetime.UTC)
    values = {name: facts[name] for name in FACETS if name in facts}
    if facts.get("said"):
        values |= _merged(facts["said"])
    title, detail = facts["title"] or "", facts["detail"] or ""
    return Hit(
        kind,
        facts["row"],
        facts["key"],
        title,
        detail,
        at,
        facts["rank"],
        Mark(**facts["mark"] or {"level": 0}),
        values,
    )


def _merged(said: Sequence[Any]) -> dict[str, list[Any]]:
    """[[{facet: value or values}]] as {facet: its values, each once}."""
    found: dict[str, dict[Any, None]] = {}
    for one in (facts for group in said for facts in group):
        for name, value in one.items():
            found.setdefault(name, {}).update(dict.fromkeys(value if isinstance(value, list) else [value]))
    return {name: list(values) for name, values in found.items()}


def _facets(question: Question, hits: Sequence[Hit], more: bool) -> dict[str, list[Choice]]:
    """{facet: values with counts, the most frequent first}; one that leaves no choice is left out."""
    found: dict[str, list[Choice]] = {}
    for facet in FACETS:
        values = [hit.values.get(facet) for hit in hits]
        each = chain.from_iterable(value if isinstance(value, list) else (value,) for value in values)
        counts = {str(one): count for one, count in Counter(each).items() if one not in {None, ""}}
        chosen, labels = question.filters.get(facet, ""), kinds.labels_of(facet)
        if len(counts) > 1 or chosen:
            found[facet] = [
                Choice(facet, value, str(labels.get(value, value)), count, more, value == chosen)
                for value, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
            ]
    return found


def _narrowed(kind: Kind, rows: Any, question: Question, actor: Actor) -> Any:
    """Rows that fit the filters; None where the kind does not know one of them."""
    for name, value in question.filters.items():
        if name in {"kind", "similar"} or name in kind.narrows:
            continue
        if name in kind.filters:
            rows = kind.filters[name](rows, value, actor)
        elif name in {"from", "until"} and kind.at is not None:
            rows = _dated(kind, rows, name, value)
        else:
            column = {"party": kind.party, "level": kind.level, **kind.facets}.get(name)
            if not column:
                return None
            rows = rows.filter(**{f"{column}__contains": [value]} if name in kind.many else {column: value})
    return rows


def _dated(kind: Kind, rows: Any, name: str, value: str) -> Any:
    day = datetime.date.fromisoformat(value)
    start = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    rows = rows.alias(_at=_column(kind.at))
    return rows.filter(_at__gte=start) if name == "from" else rows.filter(_at__lt=start + datetime.timedelta(days=1))


def _matched(kind: Kind, rows: Any, question: Question, actor: Actor) -> Match:
    """By number, exactly, by words, and by likeness of names if that is wanted."""
    sure = [Q(**{f"{column}__iexact": WORDS}) for column in kind.exact]
    for column in kind.numbers if question.number else ():
        written = Func(F(column), function="search_number", output_field=CharField())
        sure.append(Q(Exact(written, NUMBER)))
        if " " in question.number:
            sure.append(Q(EndsWith(written, LAST)))
    loose: list[Q] = []
    rank: Any = Value(0.0)
    if kind.text is not None:
        vector = kind.text(actor) if callable(kind.text) else _column(kind.text)
        loose.append(Q(SearchVectorExact(vector, ASKED)))
        rank = SearchRank(vector, RANKED)
    for column in kind.names if question.similar else ():
        loose.append(Q(GreaterThanOrEqual(TrigramWordSimilarity(WORDS, column), ALIKE)))
    if not sure and not loose:
        return Match(rows.none(), None)
    return Match(rows.filter(reduce(or_, [*sure, *loose])), exact_first(sure, rank))


def exact_first(sure: Sequence[Q], rank: Any) -> Any:
    """What was named exactly comes before what only holds the words."""
    return Case(When(reduce(or_, sure), then=Value(2.0)), default=rank, output_field=FloatField()) if sure else rank
