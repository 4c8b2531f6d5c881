"""What became of the hits, for the page of thresholds and the supervisors' report."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, CharField, F, Func, IntegerField, Q, Sum, Value, When
from django.db.models import Count as Counted
from django.db.models.functions import TruncWeek
from django.utils import timezone

from apps.access.actor import Actor
from apps.journeys.models import Journey
from apps.jrcc import policy
from apps.jrcc.models import Hit
from apps.jrcc.queries import hits
from apps.jrcc.queries.findings import BY_DOCUMENT
from apps.jrcc.queries.reasons import CLEARED
from apps.screening.models import Entry
from apps.screening.queries.hit_outcomes import OPEN, RIGHT, UNKNOWN, WRONG, Count, Feedback, Room, Told

S = Hit.State
RIGHT_OUTCOMES = (Hit.Outcome.DETAINED, Hit.Outcome.REFUSED, Hit.Outcome.QUESTIONED, Hit.Outcome.ADMITTED)
"""The traveller was the listed person, whatever was done with them."""
NOT_HIM = Q(state=S.CLOSED, outcome=Hit.Outcome.NOT_THE_PERSON) | (
    Q(state=S.DISMISSED) & ~Q(reason__in=policy.NOT_ABOUT_THE_PERSON)
)
VERDICT = Case(
    When(state=S.CLOSED, outcome__in=RIGHT_OUTCOMES, then=Value(RIGHT)),
    When(NOT_HIM, then=Value(WRONG)),
    When(state__in=Hit.OPEN, then=Value(OPEN)),
    default=Value(UNKNOWN),
    output_field=CharField(),
)
"""What is known of a hit: see apps.screening.queries.hit_outcomes."""


def of(actor: Actor, cuts: Sequence[float]) -> Feedback:
    """The hits on listed persons that the actor sees, above each of the cuts; withdrawn ones say nothing. Two queries.

    The travellers are those compared on the journeys that they see.
    """
    rows = Hit.objects.visible_to(actor).filter(entry__kind=Entry.Kind.PERSON).exclude(state=S.WITHDRAWN)
    rows = rows.exclude(BY_DOCUMENT)
    band = _band(cuts)
    counted = (
        rows.annotate(band=band, verdict=VERDICT).order_by().values_list("band", "verdict").annotate(n=Counted("pk"))
    )
    found: dict[str, list[int]] = {what: [0] * len(cuts) for what in (RIGHT, WRONG, OPEN, UNKNOWN)}
    for place, verdict, number in counted:
        for lower in range(place + 1):
            found[verdict][lower] += number
    compared: Any = Journey.objects.visible_to(actor).aggregate(n=Sum("screened"))["n"]
    return Feedback(tuple(cuts), {what: tuple(numbers) for what, numbers in found.items()}, compared or 0)


def _band(cuts: Sequence[float]) -> Case:
    """The place of a hit's score among rising cuts; -1 below the first."""
    whens = [When(score__gte=cut, then=Value(place)) for place, cut in reversed(list(enumerate(cuts)))]
    return Case(*whens, default=Value(-1), output_field=IntegerField())


LATE_SHOWN = 20
STEPS = {
    "hit.claim": "claimed",
    "hit.refer": "referred",
    "hit.acknowledge": "acknowledged",
    "hit.record_outcome": "settled",
    "hit.dismiss": "settled",
}
"""Acts whose time the report shows, by what they bring about."""


def report(actor: Actor, first: datetime.datetime, until: datetime.datetime, cuts: Sequence[float]) -> Told:
    """What the actor's hits of a time came to; withdrawn ones are left out. Four queries."""
    rows = Hit.objects.visible_to(actor).filter(created_at__gte=first, created_at__lt=until)
    rows = rows.exclude(state=S.WITHDRAWN)
    kept_down = Q(state=S.DISMISSED, reason=CLEARED)
    each = rows.annotate(week=TruncWeek("created_at"), band=_band(cuts), verdict=VERDICT, cleared=kept_down).order_by()
    columns = ("list_name", "list_party_id", "entry__kind", "week", "matcher", "band", "verdict")
    counted = list(each.values_list(*columns, "cleared").annotate(n=Counted("pk")))
    state = Func(F("parties"), function="unnest", output_field=CharField(), set_returning=True)
    by_state = rows.annotate(state_code=state, verdict=VERDICT).order_by().values_list("state_code", "verdict")
    late = rows.filter(state__in=Hit.OPEN, due_at__lt=timezone.now()).order_by("due_at", "pk")
    return Told(
        [
            Count(name, party, kind, week.date(), matcher, band, verdict, n)
            for name, party, kind, week, matcher, band, verdict, _cleared, n in counted
        ],
        {(code, verdict): n for code, verdict, n in by_state.annotate(n=Counted("pk"))},
        _took(hits.first_acts(rows)),
        list(late.values_list("pk", "reference", "list_name", "due_at")[:LATE_SHOWN]),
        sum(row[-1] for row in counted if row[-2]),
    )


def _took(acts: Sequence[tuple[str, str, datetime.datetime]]) -> dict[str, list[float]]:
    """{what came about: minutes from the raising of each hit to it}."""
    raised = {hit: at for hit, verb, at in acts if verb == "hit.raise"}
    found: dict[str, list[float]] = defaultdict(list)
    for hit, verb, at in acts:
        if verb in STEPS and hit in raised:
            found[STEPS[verb]].append((at - raised[hit]).total_seconds() / 60)
    return found


ROOM = Room(feedback=of, report=report)
