"""What became of the hits, for the page of thresholds and the supervisors' report."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, CharField, Count, IntegerField, Q, Sum, Value, When

from apps.access.actor import Actor
from apps.jrcc import policy
from apps.jrcc.models import Hit, Journey
from apps.screening.feedback import OPEN, RIGHT, UNKNOWN, WRONG, Feedback, tells
from apps.screening.models import Entry

S = Hit.State
RIGHT_OUTCOMES = (Hit.Outcome.DETAINED, Hit.Outcome.REFUSED, Hit.Outcome.QUESTIONED, Hit.Outcome.ADMITTED)
"""The traveller was the listed person, whatever was done with him."""
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
"""What is known of a hit: see apps.screening.feedback."""


@tells
def of(actor: Actor, cuts: Sequence[float]) -> Feedback:
    """The hits on listed persons that the actor sees, above each of the cuts; withdrawn ones say nothing. Two queries.

    The travellers are those compared on the journeys that he sees.
    """
    rows = Hit.objects.visible_to(actor).filter(entry__kind=Entry.Kind.PERSON).exclude(state=S.WITHDRAWN)
    whens = [When(score__gte=cut, then=Value(place)) for place, cut in reversed(list(enumerate(cuts)))]
    band = Case(*whens, default=Value(-1), output_field=IntegerField())
    counted = (
        rows.annotate(band=band, verdict=VERDICT).order_by().values_list("band", "verdict").annotate(n=Count("pk"))
    )
    found: dict[str, list[int]] = {what: [0] * len(cuts) for what in (RIGHT, WRONG, OPEN, UNKNOWN)}
    for place, verdict, number in counted:
        for lower in range(place + 1):
            found[verdict][lower] += number
    compared: Any = Journey.objects.visible_to(actor).aggregate(n=Sum("screened"))["n"]
    return Feedback(tuple(cuts), {what: tuple(numbers) for what, numbers in found.items()}, compared or 0)
