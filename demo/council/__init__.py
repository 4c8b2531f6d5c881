"""The Council of the demonstration. Fictional, but played by the same acts as a real one, on the days it tells of.

The fifth meeting stands in February 2008 (year_2008.json: votes, texts and sums are invented, the
topics are those that the report of January 2008 announced). What is at hand stands around the day of loading.
"""

from django.utils import timezone

from apps.access import outbox
from apps.council.models import Decision, Meeting
from apps.council.tasks import new_day
from demo.council import history, present
from demo.council.history import PLAN
from demo.council.players import Council, on, seat_ministries, tell_nobody
from demo.scenes import Scene

__all__ = ["PLAN", "Council", "end_the_past", "load", "on"]


def load() -> int:
    """Play the Council's past and present unless they are there; the number of decisions."""
    if not Meeting.objects.filter(fictional=True).exists():
        outbox.drain()
        seat_ministries()
        history.load()
        present.load(Council())
    return Decision.objects.filter(fictional=True).count()


def end_the_past() -> None:
    """Let the clock look at what has run out: the decisions of 2008 bind nobody today."""
    new_day(timezone.now().date())
    tell_nobody()
    outbox.drain()


SCENES = [Scene("decisions", load)]
