"""What follows from the decisions of the demonstration, played by the acts of its people."""

from apps.access import outbox
from apps.impacs.models import Report
from demo import council
from demo.impacs import ladder, past, present, tasks
from demo.impacs.acting import Players
from demo.scenes import Scene


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


SCENES = [Scene("reports of States", load)]
