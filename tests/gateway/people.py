"""What the gateway's tests begin with: both sources on, travellers on their way, and a clock that stands still."""

import datetime
from typing import Any

from django.utils import timezone

from apps.access import outbox
from apps.gateway import actions
from apps.gateway.actions import question_loop
from apps.gateway.models import Check, Query, Source
from apps.gateway.queries import questions
from apps.journeys.models import Journey, Traveller
from apps.people.queries import service_actor
from tests.jrcc.people import AGENT, send

SUPERVISOR, WATCH, OPERATOR = "jrcc.watch.supervisor", "jrcc.watch.officer", "portal.platform.head"
DOCUMENTS, PERSONS = "INTERPOL-SLTD", "INTERPOL-NOMINALS"


def switched_on(cast: Any, *codes: str) -> list[Source]:
    for code in codes or (DOCUMENTS, PERSONS):
        actions.switch_on_source(cast[SUPERVISOR], Source.objects.get(code=code), why="Agreement with the bureau")
    outbox.drain()
    return list(Source.objects.order_by("code"))


def manifest(cast: Any, *people: Any, **more: Any) -> None:
    """A carrier's list, read, screened and queued."""
    send(cast[AGENT], *people, **more)
    outbox.drain()


def ask(*, later: float = 0) -> int:
    """A turn of the clock, so many seconds from now: ask what is due, and let the hits follow."""
    now = timezone.now() + datetime.timedelta(seconds=later)
    actor = service_actor("JRCC.automation", request_id="test")
    count = sum(question_loop.work_off(actor, source, now) for source in questions.sources_on())
    outbox.drain()
    return count


def stands(surname: str, *, tell_hits: bool = True) -> dict[str, str]:
    """{source: how a traveller stands with it}."""
    pk = Traveller.objects.get(surname=surname, withdrawn_at=None).pk
    return {one.source: one.kind for one in questions.stands({}, [pk], tell_hits=tell_hits).of_person[pk]}


def journey_stands(journey: Journey | None = None, *, tell_hits: bool = True) -> dict[str, str]:
    """{source: how a journey stands with it}."""
    row = journey or Journey.objects.get()
    people = {row.pk: row.passengers + row.crew}
    return {one.source: one.kind for one in questions.stands(people, (), tell_hits=tell_hits).of_group[row.pk]}


def outcomes() -> list[str]:
    """What came of each query, in the order of asking."""
    return list(Query.objects.order_by("pk").values_list("outcome", flat=True))


def states() -> list[str]:
    return sorted(Check.objects.exclude(state="gone").values_list("state", flat=True))
