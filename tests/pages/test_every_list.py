"""Every declared list, as every seat that has it: it is shown, ordered, filtered and taken away as it says.

Told in the demonstration, where the lists have rows. What holds of the mechanism alone is in test_lists.py.
"""

import csv
import io
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import brotli
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from apps.access.models import Level
from apps.pages.filters import Choice, Flag, On, Words
from apps.pages.lists import List, declared_lists
from apps.people.models import Seat
from apps.people.queries import actor_for
from tests.matrix import SEATS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
LISTS = declared_lists()
PEOPLE = sorted({person for person in SEATS.values() if person})
QUERIES = 12
"""Questions to the database of a list, besides those of the frame (session, seats, rail)."""
NODES, BYTES = 3_000, 15 * 1024
"""Elements of a page, and what it weighs on the wire after the first one."""
CHOICES = 4
"""Choices of a filter that are asked for."""


def addressed() -> list[str]:
    """Lists that have a page of their own; the others are parts of a record's page."""
    return sorted(name for name, kind in LISTS.items() if kind.address)


def place_of(kind: type[List], person: str) -> str | None:
    """The address of a list for a person; of one within a record, that of the first record they see."""
    try:
        return reverse(kind.address)
    except NoReverseMatch:
        samples = import_module(f"tests.{kind.of.partition('.')[0]}.matrix").LISTS_WITHIN
        seat = Seat.objects.filter(user__username=person, state="current").earliest("pk")
        row = samples[kind.__name__](actor_for(seat.user, seat.pk))
        return None if row is None else reverse(kind.address, args=[row.pk])


def answered(kind: type[List], client_for: Any) -> Iterator[tuple[str, Any, str, Any]]:
    """(person, browser, address, answer) of everybody who has the list."""
    for person in PEOPLE:
        place = place_of(kind, person)
        browser = client_for(person)
        answer = browser.get(place) if place else None
        if answer is not None and answer.status_code == 200:
            yield person, browser, place or "", answer


def heads_of(text: str) -> list[str]:
    """The heads of the columns of the page's list; those of a second one (`prefix`) and of small tables are others'."""
    [text] = re.findall(r'<section\s+class="panel"\s+id="list"(.*?)</section>', text, re.DOTALL)
    parts = re.findall(r'<th[^>]*role="columnheader"(?![^>]*class="chk")[^>]*>(.*?)</th>', text, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", part).strip() for part in parts]


def body_of(answer: Any) -> str:
    return str(answer.content.decode())


def busiest(found: list[Any]) -> Any:
    """The reader of most rows."""
    return max(found, key=lambda one: body_of(one[3]).count('<tr role="row"'))


@pytest.mark.parametrize("name", addressed())
def test_a_list_does_what_it_declares_for_everybody_who_has_it(name: str, client_for: Any, rf: Any) -> None:
    kind = LISTS[name]
    found = list(answered(kind, client_for))
    assert found, "nobody has this list: who reads it?"
    for person, _browser, _place, answer in found:
        is_shown(kind, person, answer)
        is_marked_as_its_rows(person, answer)
    person, browser, place, answer = busiest(found)
    asks_little(kind, person, place, answer, rf)
    answers_every_order_and_filter(kind, browser, place, answer)
    tells_what_cannot_be_read_and_keeps_it(browser, place, answer)
    gives_files_with_the_columns_of_the_page(kind, browser, place, person)


def is_shown(kind: type[List], person: str, answer: Any) -> None:
    """With the heads that the person has, or with words in place of rows; one h1."""
    text, actor = body_of(answer), answer.context["request"].actor
    usual = [str(one.label) for one in kind.columns if not one.hidden and (one.may is None or one.may(actor))]
    assert heads_of(text) in ([], usual), person
    assert heads_of(text) or 'class="blank"' in text, person
    assert text.count("<h1") == 1
    assert len(re.findall(r"<[a-zA-Z]", text)) <= NODES, person
    assert len(brotli.compress(answer.content, quality=5)) <= BYTES, person
    for line in answer.context["list"].body.split("</tr>"):
        # words that a list declares in place of nothing are printed as such, and one list's are "None"
        assert ">None<" not in line.replace('class="q">None<', ""), line


def is_marked_as_its_rows(person: str, answer: Any) -> None:
    """The page is marked no lower than what it shows."""
    levels = [getattr(row, "level", None) for row in answer.context["list"].records]
    most = max([level for level in levels if isinstance(level, int)], default=Level.PUBLIC)
    assert most <= answer.context["marking"]["level"], person


def asks_little(kind: type[List], person: str, place: str, answer: Any, rf: Any) -> None:
    """At most QUERIES, besides those of the frame."""
    request = rf.get(place)
    seat = Seat.objects.filter(user__username=person, state="current").earliest("pk")
    request.actor, request.reads = actor_for(seat.user, seat.pk), []
    scope = dict(answer.context["list"].list.scope)
    with CaptureQueriesContext(connection) as asked:
        kind(request, **scope).shown()
    assert len(asked) <= QUERIES, [one["sql"][:200] for one in asked.captured_queries]


def answers_every_order_and_filter(kind: type[List], browser: Any, place: str, answer: Any) -> None:
    """Each column that can be sorted, both ways; each filter, by some of its choices."""
    for sort in [way + column.sort for column in kind.columns if column.sort for way in ("", "-")]:
        text = body_of(browser.get(f"{place}?sort={sort}"))
        assert 'aria-sort="' in text or 'class="blank"' in text, sort
    for query in asked_of(answer):
        assert browser.get(f"{place}?{query}").status_code == 200, query


def asked_of(answer: Any) -> Iterator[str]:
    """A question for each filter, and for some choices of one."""
    asking = answer.context["list"].list.asking
    for one in asking.filters:
        name = asking.name(one.name)
        if isinstance(one, Choice):
            yield from (f"{name}={value}" for value, _label in asking.form.fields[one.name].choices[:CHOICES])
        elif isinstance(one, Flag):
            yield f"{name}=on"
        elif isinstance(one, On):
            yield f"{name}=3+March+2027"
        elif isinstance(one, Words):
            yield f"{name}=a"


def tells_what_cannot_be_read_and_keeps_it(browser: Any, place: str, answer: Any) -> None:
    """Beside its field, above rows that it does not filter."""
    asking = answer.context["list"].list.asking
    wrong = [one for one in asking.filters if isinstance(one, Choice | On)]
    if not wrong:
        return
    query = "&".join(f"{asking.name(one.name)}=no-such-thing" for one in wrong)
    refused = browser.get(f"{place}?{query}")
    text = body_of(refused)
    assert refused.status_code == 422
    assert len(re.findall(r'<p class="em" id="[^"]+_error">', text)) == len(wrong)
    assert heads_of(text) or 'class="blank"' in text
    assert text.count('value="no-such-thing"') >= sum(isinstance(one, On) for one in wrong)


def gives_files_with_the_columns_of_the_page(kind: type[List], browser: Any, place: str, person: str) -> None:
    """In each form that is declared, and in no other; what is recorded of a page is recorded of a file."""
    if kind.export is None:
        return
    for form in kind.export.formats:
        file = browser.get(f"{place}?export={form}")
        assert file.status_code == 200, form
        if form == "csv":
            heads = next(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
            every = [str(head) for column in kind.columns for head in column.heads()]
            assert heads == [head for head in every if head in heads], person
            assert set(every) - set(heads) <= {str(one.label) for one in kind.columns if one.may}
    assert browser.get(f"{place}?export=exe").status_code == 404
