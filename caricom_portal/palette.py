"""The command palette: acts that the seat may do, records that it may see, places, by a few letters.

An act is never done from here: its row leads to the page on which it is done. Records come through the search, so what
is hidden and what is absent cost and look the same; a search of records is noted as on its own page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY, may_begin
from apps.access.manifest import registry
from apps.access.marking import Mark, of_list
from apps.access.page_functions import is_work_of
from apps.access.urgency import due
from apps.operations import queries as operations
from apps.people.queries import my_work, work
from apps.search import actions as search
from apps.search.queries import results
from apps.search.rules.question import Question, read_question
from caricom_portal.navigation import Arranged, arranged_for

MOST = 8
"""Rows of a group."""
SHORTEST = 3
"""Letters from which records and what waits are searched: fewer fit nearly everything."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to go to: what it is called, what says more of it, its page, a picture, and a code behind the words."""

    label: str
    note: str
    url: str
    icon: str
    code: str = ""
    mark: Mark = work.UNSAID


@require_GET
def find(request: Any) -> HttpResponse:
    """Acts, records and places that fit `?q=`, as a part of the palette; as a page of its own, the search."""
    actor, text = request.actor, " ".join(request.GET.get("q", "").split())
    everywhere = f"{reverse('search')}?{urlencode({'q': text})}" if text else reverse("search")
    if actor is None or request.headers.get("HX-Request-Type") != "partial":
        return redirect(everywhere)
    words = text.lower().split()
    found = _searched(actor, text)
    acts = list(islice(_acts(actor, text, words), MOST))
    context = {
        "text": text,
        "acts": acts,
        "records": [_record(hit) for hit in found.hits],
        "places": list(islice(_places(arranged_for(actor), words), MOST)),
        "everywhere": everywhere,
        "marking": of_list([*(hit.mark for hit in found.hits), *(act.mark for act in acts)]),
    }
    return render(request, "palette/_found.html", context)


def _searched(actor: Actor, text: str) -> results.Found:
    """Records that fit, the best first; nothing for a few letters, or for what is no question."""
    try:
        question = read_question({"q": text}) if len(text) >= SHORTEST else Question("")
    except ValidationError:
        return results.Found()
    found = results.few(actor, question, MOST)
    if not question.empty:
        search.asked(actor, question, found)
    return found


def _record(hit: results.Hit) -> Row:
    note = " · ".join(part for part in (str(hit.kind.label), hit.marked) if part)
    return Row(hit.title or hit.detail, note, hit.url, hit.kind.icon, hit.detail if hit.title else "")


def _acts(actor: Actor, text: str, words: Sequence[str]) -> Iterator[Row]:
    """What waits for the seat, with its date, where words choose of it; then what it may begin."""
    now = timezone.now()
    if len(text) >= SHORTEST:
        rows = work.waiting_for(actor)
        my_work.remember(actor, rows)
        for row in rows:
            if _fits(words, row.title, row.act, row.detail, row.code):
                note = due(row.due, now) if row.due else row.detail
                yield Row(_act_in_words(row), note, row.url, row.kind, row.code, row.mark)
    yield from beginnings(actor, words)


def _act_in_words(row: work.WorkRow) -> str:
    """What is to be done, with its verb once: most titles of work begin with it."""
    if not row.act or row.title.lower().startswith(row.act.lower()):
        return row.title
    return f"{row.act}: {row.title}"


def beginnings(actor: Actor, words: Sequence[str] = ()) -> Iterator[Row]:
    """What a seat may begin: its policy allows it, and the page of its form is the work of the seat."""
    closes = operations.now().closes
    for verb, name in (act for app in registry.apps.values() for act in app.acts.items()):
        spec = REGISTRY[verb]
        if not _fits(words, str(spec.label)) or closes(actor.party_code, name) or not is_work_of(name, actor):
            continue
        if may_begin(actor, spec):
            yield Row(str(spec.label), "", reverse(name), "plus")


def _places(arranged: Iterable[Arranged], words: Sequence[str]) -> Iterator[Row]:
    """Places and their tabs, also by what they were called before."""
    for place in arranged:
        name = str(place.place.label)
        for entry in place.entries:
            if _fits(words, name, entry.label, str(entry.tab.once)):
                label = entry.label if entry.label != name else ""
                yield Row(label or name, name if label else "", entry.url, place.place.icon)


def _fits(words: Iterable[str], *texts: str) -> bool:
    """Whether each word stands in one of the texts, whatever its capitals."""
    whole = "\n".join(texts).lower()
    return all(word in whole for word in words)
