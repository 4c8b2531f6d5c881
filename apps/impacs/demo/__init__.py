"""What follows from the decisions of the demonstration, played by the acts of its people."""

from apps.access import outbox
from apps.council import demo as council
from apps.impacs.demo import ladder, past, present, tasks
from apps.impacs.demo.acting import Players
from apps.impacs.models import Report


def load() -> int:
    """Play what is not there yet; the number of reports of States."""
    if not Report.objects.exists():
        players = Players()
        past.load(players)
        outbox.drain()
        present.load(players)
        council.end_the_past()
    tasks.load()
    ladder.load()
    return Report.objects.count()
