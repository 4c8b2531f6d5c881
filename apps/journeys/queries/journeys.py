"""Journeys and their travellers: by key, still to arrive, and who sees them."""

import datetime
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from apps.access.pagination import in_chunks
from apps.journeys.models import Journey, JourneyDeskGrant, Leg, Traveller
from apps.manifests.models import Submission
from apps.manifests.rules.routing import Key
from apps.people.models import Desk
from apps.screening.queries import limits

CHUNK = 2000
"""Travellers that are held at a time when a rule is asked of many."""


def journey_by_key(key: Key) -> Journey | None:
    """The journey that a list belongs to, locked; one whose origin is not known yet (or not said now) also fits.

    Whoever asks for the same flight at this moment waits, so that its first two lists do not both make it.
    """
    with connection.cursor() as cursor:
        name = f"journey {key.mode} {key.carrier} {key.number} {key.date}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
    rows = Journey.objects.select_for_update().filter(
        mode=key.mode, carrier_id=key.carrier or None, number=key.number, date=key.date
    )
    found = list(rows.order_by("pk"))
    if not key.origin:
        return found[0] if len(found) == 1 else next((one for one in found if not one.origin), None)
    exact = next((one for one in found if one.origin == key.origin), None)
    return exact or next((one for one in found if not one.origin), None)


def to_screen(submission: Submission) -> list[Traveller]:
    """Travellers not compared yet whom this submission named last, or whose flight it sent to other States."""
    theirs = Q(submission=submission) | Q(journey=submission.journey_id, journey__isnull=False)
    rows = Traveller.objects.filter(theirs, screened_at=None, withdrawn_at=None)
    return list(rows.select_related("journey").prefetch_related("documents").order_by("journey", "seq"))


def still_to_arrive(now: datetime.datetime | None = None) -> Any:
    """Travellers of journeys that were not cancelled, to come or ended in the past that the rules of lists allow."""
    since = still_of_interest_since(now or timezone.now())
    return Traveller.objects.filter(
        not_over_before(since), ~Q(journey__state=Journey.State.CANCELLED), withdrawn_at=None
    )


def not_over_before(moment: datetime.datetime) -> Q:
    """Travellers whose journey was not over at a moment; by its day where the time of arrival is not known."""
    return Q(journey__arrives_at=None, journey__date__gte=moment.date()) | Q(journey__arrives_at__gte=moment)


def still_of_interest_since(moment: datetime.datetime) -> datetime.datetime:
    """Since when somebody who has arrived is still of interest."""
    return moment - datetime.timedelta(days=limits(moment.date()).recent_past_days)


def to_be_asked(states: Collection[str] | None, when: Q) -> Iterator[list[Traveller]]:
    """Travellers of these States (None: of all) whose journeys were not cancelled, for a rule; 2,000 at a time."""
    rows = with_facts(Traveller.objects.filter(when, withdrawn_at=None))
    rows = rows.exclude(journey__state=Journey.State.CANCELLED)
    if states is not None:
        rows = rows.filter(Q(parties__overlap=states) | Q(transit_parties__overlap=states))
    return in_chunks(rows, CHUNK)


def with_facts(rows: Any) -> Any:
    """Travellers with what targeting rules ask of each: journey and documents."""
    return rows.select_related("journey").prefetch_related("documents").defer("keys")


def states_of_landing(journey: Any, port: Any) -> Any:
    """Codes of States in which somebody lands at a port, by leg."""
    return Leg.objects.filter(journey=journey, to_port=port).order_by("seq").values_list("to_party_id", flat=True)


def journeys_of(submission: Submission) -> list[UUID]:
    """Journeys of the travellers whom a submission named, and its own."""
    rows = Traveller.objects.filter(submission=submission).order_by().values_list("journey_id", flat=True).distinct()
    return sorted({*rows, submission.journey_id} - {None})


def seen_by_borders() -> Exists:
    """Journeys that border desks of States may see now."""
    return Exists(_border_grants().filter(content_object=OuterRef("pk")))


def states_that_see(journeys: Collection[Any]) -> dict[Any, set[str]]:
    """{journey: States whose border desk may see it now}. Two queries."""
    desks = dict(Desk.objects.filter(function="border").values_list("pk", "party_id"))
    found: dict[Any, set[str]] = {}
    for journey, group in _border_grants().filter(content_object__in=journeys).values_list("content_object", "group"):
        found.setdefault(journey, set()).add(desks[group])
    return found


def _border_grants() -> Any:
    borders = Desk.objects.filter(function="border").values("pk")
    return JourneyDeskGrant.objects.filter(until__gt=Now(), group_id__in=borders)
