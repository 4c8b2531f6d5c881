"""What an app asks of a seat may be kept as text where it is always the same; what each app asks is looked at."""

import datetime
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override, pgettext

from apps.access.actor import Actor
from apps.people.models import Seat
from apps.people.queries import actor_at, work
from apps.people.queries.work import Ask, WorkRow, same_for_a_seat

pytestmark = pytest.mark.django_db
OF_THE_PROCESS = re.compile('FROM "(?:auth_permission|django_content_type)"')
"""Numbers of kinds of records and of permissions, which a process asks for once."""
OFFICER, HEAD = "jam.border.officer", "jam.border.head"


def seats_of_each_kind() -> Iterator[Actor]:
    """One seat of each role at each kind of desk."""
    met = set()
    for seat in Seat.objects.filter(state="current").select_related("desk", "user").order_by("pk"):
        kind = seat.desk.function_id, seat.role
        if kind not in met and (actor := actor_at(seat)) is not None:
            met.add(kind)
            yield actor


def held(build: Any) -> list[Any]:
    """What a function holds besides its code: cells of its closure, arguments of a partial."""
    if isinstance(build, partial):
        return [build.args, build.keywords, *held(build.func)]
    cells = [cell.cell_contents for cell in getattr(build, "__closure__", None) or ()]
    return [inner for one in cells for inner in ([one] if not callable(one) else held(one))]


def asked(provider: Any, actor: Actor, days: int, language: str, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What an app asks of a seat on a day, in a language; what its builders hold; how many questions it asked."""
    moment = timezone.now() + datetime.timedelta(days=days)
    with monkeypatch.context() as patch, override(language), CaptureQueriesContext(connection) as queries:
        patch.setattr("django.utils.timezone.now", lambda: moment)
        said = [one if isinstance(one, WorkRow) else (work.stated(one), held(one.build)) for one in provider(actor)]
    texts = [_plain(one) for one in said]
    own = [one for one in queries.captured_queries if not OF_THE_PROCESS.search(one["sql"])]
    return [*texts, len(own)]


def _plain(one: Any) -> Any:
    if isinstance(one, WorkRow):
        return one
    question, kept = one
    return (question.said[0], repr(question.said[1])) if question else None, repr(kept)


def is_same(provider: Any, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether an app asks the same of a seat on any day and in any language, and nothing before it is asked."""
    here = asked(provider, actor, 0, "en-gb", monkeypatch)
    rows = any(isinstance(one, WorkRow) for one in here)
    return not rows and here[-1] == 0 and here == asked(provider, actor, 400, "fr", monkeypatch)


def test_what_is_kept_for_a_seat_holds_no_row_moment_or_word(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seats = list(seats_of_each_kind())
    assert len(seats) > 20
    wrong = {
        f"{one.provider.__module__}.{one.provider.__name__} for {seat.desk_code}"
        for one in work._providers()
        for seat in seats
        if one.provider in work._same and not is_same(one.provider, seat, monkeypatch)
    }
    assert wrong == set()
    assert len(work._same) > 20


def test_the_test_sees_rows_moments_and_words(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = Seat.objects.order_by("pk")

    def read(_actor: Actor) -> Iterator[Ask]:
        yield Ask(rows.filter(pk__in=list(rows.values_list("pk", flat=True))), ["pk"], {}, lambda _facts: [])

    def timely(_actor: Actor) -> Iterator[Ask]:
        yield Ask(rows.filter(valid_from__lte=timezone.now()), ["pk"], {}, lambda _facts: [])

    def worded(_actor: Actor) -> Iterator[Ask]:
        title = pgettext("heading, people", "Today")
        yield Ask(rows, ["pk"], {}, lambda _facts: [WorkRow(title, "/", None, "", "")])

    def same(_actor: Actor) -> Iterator[Ask]:
        yield Ask(rows, ["pk"], {}, lambda _facts: [])

    assert [is_same(one, cast[OFFICER], monkeypatch) for one in (read, timely, worded, same)] == [False] * 3 + [True]


def test_a_kept_question_is_asked_anew_each_time(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    @same_for_a_seat
    def people(actor: Actor) -> Iterator[Ask]:
        mine = Seat.objects.filter(user_id=actor.user_id, state="current")
        yield Ask(mine, ["pk"], {"pk": "pk"}, lambda facts: [WorkRow(str(facts["pk"]), "/", None, "", "")])

    registered = work.Registered(people, work.WAITING, "people")
    monkeypatch.setattr(work, "_providers", lambda: [registered])
    first = [row.title for row in work.waiting_for(cast[OFFICER])]
    assert first == [str(cast[OFFICER].seat_id)]
    assert [row.title for row in work.waiting_for(cast[HEAD])] == [str(cast[HEAD].seat_id)], "each seat has its own"
    Seat.objects.filter(pk=cast[OFFICER].seat_id).update(state="ended")
    assert work.waiting_for(cast[OFFICER]) == []
    work._same.discard(people)
