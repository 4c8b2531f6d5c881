"""List, record, forms and verbs of one kind of record, from declarations: what ScopedViewSet is to the API.

    pages = RecordPages(
        model=Sample, noun="sample", prefix="samples/", space="sample", functions=READERS,
        names=Names("samples", "sample", "sample_new", "sample_do"),
        listed=Samples, shown=RecordPage(...), creates="draft",
    )
    urlpatterns = pages.urls()

Addresses: samples/ (list), samples/new/ (the creating verb), samples/KEY/ (record), samples/KEY/do/VERB/ (a verb).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import stream_log
from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY
from apps.access.marking import OFFICIAL, of
from apps.access.middleware import note_read
from apps.access.page_functions import work_of
from apps.access.queries import visible_or_404
from apps.pages.columns import Around, Col
from apps.pages.lists import List
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form, refuse_early


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a record, printed."""

    label: Any
    html: Any


@dataclass(frozen=True, kw_only=True)
class RecordPage:
    """The page of a record: its status and code, up to six facts, its texts, and which act is the first."""

    title: Callable[[Any], Any] = str
    code: str = ""
    status: Col | None = None
    facts: Sequence[Col] = ()
    texts: Sequence[Col] = ()
    history: Sequence[Col] = ()
    """Who did what when, at the side."""
    note: Any = ""
    """What one has to know of every record of this kind, below its texts."""
    primary: Mapping[str, str] = field(default_factory=dict)
    """{state: the verb of the one filled button}."""


class Names(NamedTuple):
    """What the addresses are called: of the list, the record, the form of a new one, and a verb."""

    listed: str
    shown: str
    new: str
    verb: str


@dataclass(frozen=True, kw_only=True)
class RecordPages:
    """See the module."""

    model: Any
    noun: str
    space: str
    """Namespace of the addresses."""
    prefix: str
    """The address of the list below that of the app."""
    names: Names
    functions: Collection[str]
    """Whose work the pages are; for every other seat they are not there."""
    listed: type[List]
    shown: RecordPage
    creates: str = ""
    """The creating verb, "draft" of "sample.draft"; the list says that its button stands above it (`List.creates`)."""
    reads: str = ""
    """The audited verb of reading a record; "" for what is not sensitive."""
    begin: Callable[[Any], dict[str, Any]] | None = None
    """(request) to what the form of a new record is to get besides: run, initial, title, back, marking."""
    verb_options: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of VerbPages."""

    def rows(self, actor: Actor) -> Any:
        """The records, through `visible_to`, with what they show."""
        rows = self.model.objects.visible_to(actor)
        return rows.select_related(*self.listed.related) if self.listed.related else rows

    def place(self, row: Any) -> str:
        """The address of a record's page."""
        return reverse(self.named("shown"), args=[row.pk])

    @property
    def verbs(self) -> VerbPages:
        """The pages of the verbs."""
        return VerbPages(
            noun=self.noun,
            address=self.named("verb"),
            rows=self.rows,
            page=self.place,
            title=self.shown.title,
            whence=(self.listed.title, self.named("listed")),
            **self.verb_options,
        )

    def named(self, which: str) -> str:
        """The full name of one of the addresses."""
        return f"{self.space}:{getattr(self.names, which)}"

    def urls(self) -> list[URLPattern]:
        """The addresses, for the app's urls.py."""
        theirs = work_of(*self.functions)
        patterns = [path(self.prefix, theirs(self.answer_list), name=self.names.listed)]
        if self.creates:
            new = require_http_methods(["GET", "POST"])(self.answer_new)
            patterns.append(path(f"{self.prefix}new/", theirs(new), name=self.names.new))
        one = f"{self.prefix}<uuid:pk>/"
        return [
            *patterns,
            path(one, theirs(require_GET(self.answer_record)), name=self.names.shown),
            path(f"{one}do/<slug:verb>/", theirs(self.verbs.answer), name=self.names.verb),
        ]

    def answer_list(self, request: Any) -> HttpResponse:
        """The list, a part of it for a page that is open, or all of it as a file."""
        return self.listed(request).answer()

    def answer_new(self, request: Any) -> HttpResponse:
        """The form of the creating verb."""
        spec = REGISTRY[f"{self.noun}.{self.creates}"]
        refuse_early(request.actor, None, spec)
        back = reverse(self.named("listed"))
        shown: dict[str, Any] = {"back": back, "title": self.listed.title, "marking": OFFICIAL}
        if self.begin:
            shown |= self.begin(request)
        return answer_form(request, spec, None, TEMPLATE, self.place, **shown)

    def answer_record(self, request: Any, pk: Any) -> HttpResponse:
        """The page of a record: what it is, where it is in its life, and what the seat may do."""
        since, page = stream_log.here(), self.shown
        row = visible_or_404(self.rows(request.actor), request.actor, pk)
        if self.reads:
            note_read(request, self.reads, row)
        around = Around(timezone.now(), request.actor.time_zone or "UTC")
        context = {
            "since": since,
            "row": row,
            "title": page.title(row),
            "code": getattr(row, page.code) if page.code else "",
            "status": page.status.html(row, around) if page.status else "",
            "facts": _facts(page.facts, row, around),
            "texts": _facts(page.texts, row, around),
            "history": _facts(page.history, row, around),
            "note": page.note,
            "whence": (self.listed.title, reverse(self.named("listed"))),
            "offers": self.verbs.buttons(request.actor, row),
            "primary": page.primary.get(row.state, ""),
            "version": row.version,
            "marking": of(row),
        }
        return render(request, "pages/record.html", context)


def _facts(columns: Sequence[Col], row: Any, around: Around) -> list[Fact]:
    """Facts that there are; empty ones vanish."""
    return [Fact(one.label, one.html(row, around)) for one in columns if one.read(row) not in (None, "")]
