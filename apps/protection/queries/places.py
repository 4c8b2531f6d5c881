"""Texts and files in which a person may be named, as places to look at: what, which, whose, where and when, no words.

A desk finds the records that it keeps by every text in them, and what others shared with it as search finds that.
What is kept back by its kind, or marked above Official, is for the eyes of the seat alone.
"""

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, JSONObject
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.manifest import registry
from apps.access.models import Level
from apps.access.statements import make_statement, read_facts
from apps.files.models import Attachment
from apps.files.rules import content
from apps.protection.queries.free_texts import Text, list_texts
from apps.protection.rules import patterns
from apps.search.queries import statements
from apps.search.queries.results import PAGE, find
from apps.search.rules.question import Question

MOST = 50
"""Places of one kind of text that are shown; more than that are said to be more."""
PAGES = 100 // PAGE
NUMBERS = ("reference", "number", "receipt")
KEPT_BACK = frozenset({"report", "entity", "request", "request_part", "bulletin"})
"""Kinds of the search registry of which a person is told nothing."""
FILES_OF = {one.model: one for one in list_texts()}
HOW = {
    "words": _("found by words"),
    "surname": _("family name only"),
    "full": _("family and given name"),
    "document": pgettext_lazy("words, protection", "document number"),
}
"""How a text names the person, the weakest first."""
STRENGTH = tuple(HOW)


@dataclass(frozen=True, slots=True)
class Place:
    """One record to look at. `how` its texts name the person: by document, full name, surname, or as search finds."""

    key: str
    label: str
    number: str
    desk: str
    day: datetime.date | None
    url: str
    how: str
    told: bool

    @property
    def how_in_words(self) -> str:
        """How its texts name the person, in words."""
        return str(HOW[self.how])

    @property
    def text(self) -> str:
        """As it is noted: what, which, whose and when."""
        day = self.day.isoformat() if self.day else ""
        return ", ".join(filter(None, (f"{self.label} {self.number}".strip(), self.desk, day)))


@dataclass(frozen=True, slots=True)
class Places:
    """Places by what they are, each record once; whether there are more of some kind; {kind of file: not read}."""

    texts: list[Place]
    files: list[Place]
    more: bool
    unread: Mapping[str, int]


def look(actor: Actor, terms: Mapping[str, str], besides: Any) -> Places:
    """Every place that the seat may look at, but for the request itself (`besides`).

    Four queries, and as many more as search has pages of a frequent name.
    """
    if named(["name"], terms) is None:
        return Places([], [], False, {})
    own, more = _own_texts(actor, terms)
    shown, more_shown = _searched(actor, terms)
    own = [one for one in own if one.key != f"{besides._meta.label_lower}:{besides.pk}"]
    known = {one.url for one in own if one.url}
    texts = [*own, *(one for one in shown if one.url not in known)]
    files, unread = _files(actor, terms)
    return Places(texts, files, more or more_shown, unread)


def named(columns: list[str], terms: Mapping[str, str]) -> Case | None:
    """How strongly texts name the person, 1 to 3; None where nothing is asked for."""
    number, surname = patterns.number(terms.get("document", "")), patterns.name(terms.get("surname", ""))
    given = [one for word in terms.get("given_names", "").split() if (one := patterns.name(word))]
    cases = []
    if number:
        cases.append(When(_any(columns, [number]), then=Value(3)))
    if surname and given:
        cases.append(When(_any(columns, [surname]) & _any(columns, given), then=Value(2)))
    if surname:
        cases.append(When(_any(columns, [surname]), then=Value(1)))
    return Case(*cases, default=Value(0), output_field=IntegerField()) if cases else None


def _any(columns: list[str], wanted: list[str]) -> Q:
    return reduce(or_, (Q(**{f"{column}__iregex": one}) for column in columns for one in wanted))


def _own_texts(actor: Actor, terms: Mapping[str, str]) -> tuple[list[Place], bool]:
    """Records of the seat's own desk by all their texts. One query."""
    parts = [make_statement(_rows(actor, one, n, terms)) for n, one in enumerate(list_texts())]
    found: dict[str, Place] = {}
    counts: dict[int, int] = {}
    for n, facts in statements.run([part for part in parts if part is not None], Question()):
        counts[n] = counts.get(n, 0) + 1
        place = _place(list_texts()[n], read_facts(facts), actor)
        if place.key not in found or STRENGTH.index(place.how) > STRENGTH.index(found[place.key].how):
            found[place.key] = place
    return list(found.values()), any(count >= MOST for count in counts.values())


def _rows(actor: Actor, text: Text, n: int, terms: Mapping[str, str]) -> QuerySet[Any]:
    """(place in the list, facts) of the newest rows of one table that name the person."""
    model: Any = apps.get_model(text.model)
    to = f"{text.via}__" if text.via else ""
    rows = model._default_manager.visible_to(actor).filter(**{f"{to}owner_id": actor.desk_id})
    if text.model == "assessments.section":
        written: Any = apps.get_model("coedit", "Document")._default_manager
        rows = rows.annotate(plain=Subquery(written.filter(section=OuterRef("pk")).values("plain")))
    columns = {f"_{one}": Cast(one, TextField()) for one in text.columns}
    strength = named(list(columns), terms)
    root = model._meta.get_field(text.via).related_model if text.via else model
    number = next((one for one in NUMBERS if one in {field.name for field in root._meta.concrete_fields}), "")
    facts = {
        "key": Cast(F(f"{to}pk"), TextField()),
        "number": Cast(F(f"{to}{number}"), TextField()) if number else Value("", TextField()),
        "at": F(f"{to}created_at"),
        "level": F(f"{to}level"),
        "how": F("_how"),
    }
    found = rows.alias(**columns).annotate(_how=strength).filter(_how__gt=0).order_by("-_how", "-pk")
    told: Any = {"_n": Value(n, IntegerField()), "_facts": JSONObject(**facts)}
    return found.annotate(**told).values_list("_n", "_facts")[:MOST]


def _place(text: Text, facts: Mapping[str, Any], actor: Actor) -> Place:
    record = _record_of(text)
    return Place(
        key=f"{record}:{facts['key']}",
        label=str(text.label),
        number=facts["number"] or "",
        desk=actor.desk_code,
        day=datetime.datetime.fromisoformat(facts["at"]).date(),
        url=page_of(record, facts["key"]),
        how=STRENGTH[facts["how"]],
        told=text.told and facts["level"] <= Level.OFFICIAL,
    )


def _record_of(text: Text) -> str:
    model: Any = apps.get_model(text.model)
    root: Any = model._meta.get_field(text.via).related_model if text.via else model
    return str(root._meta.label_lower)


def page_of(record: str, key: str) -> str:
    """The page of a record by its type, as the stream finds it; "" for one without a page of its own."""
    try:
        return reverse(registry.page_of(record), args=[key])
    except NoReverseMatch:
        return ""


def _searched(actor: Actor, terms: Mapping[str, str]) -> tuple[list[Place], bool]:
    """What search finds by words, of all apps that the seat works in."""
    asked = [f'"{" ".join(terms[one].split())}"' for one in ("surname", "document") if terms.get(one)]
    words, places, page, pages = " or ".join(asked), [], 1, 1
    more = False
    while page <= min(pages, PAGES):
        found = find(actor, Question(words, page=page))
        pages, page = found.pages, page + 1
        more = found.more or pages > PAGES
        places += [_hit(one) for one in found.hits]
    return places, more


def _hit(one: Any) -> Place:
    told = one.kind.code not in KEPT_BACK and one.level <= Level.OFFICIAL
    # a detail is a number or a place; a title may be words of the text
    return Place(
        key=f"{one.kind.code}:{one.key}",
        label=str(one.kind.label),
        number=one.detail if told else one.title,
        desk="",
        day=one.at.date() if one.at else None,
        url=one.url,
        how="words",
        told=told,
    )


def _files(actor: Actor, terms: Mapping[str, str]) -> tuple[list[Place], dict[str, int]]:
    """Files whose name names the person, and how many of each kind the seat sees, none of which is read inside."""
    rows = Attachment.objects.visible_to(actor).exclude(state=Attachment.State.WITHDRAWN)
    found = [_file(one) for one in rows.annotate(_how=named(["name"], terms)).filter(_how__gt=0).order_by("-pk")[:MOST]]
    counts = rows.order_by().values_list("blob__media_type").annotate(Count("pk")).order_by("blob__media_type")
    labels = {kind.media_type: str(kind.label) for kind in content.KINDS.values()}
    return found, {labels.get(media_type, media_type): count for media_type, count in counts}


def _file(row: Any) -> Place:
    owner = FILES_OF.get(row.object_type)
    return Place(
        key=f"files.attachment:{row.pk}",
        label=str(owner.label) if owner else row.object_type,
        number=str(row.pk)[:8],
        desk=row.owner_party,
        day=row.at.date(),
        url=page_of(row.object_type, row.object_id),
        how=STRENGTH[row._how],
        told=bool(owner and owner.told) and row.level <= Level.OFFICIAL,
    )


def confirmed(found: Places, keys: Collection[str]) -> Iterator[tuple[str, Place]]:
    """("texts" or "files", place) of those that an officer said are about the person and that may be told."""
    for kind, places in (("texts", found.texts), ("files", found.files)):
        yield from ((kind, one) for one in places if one.told and one.key in keys)
