"""The gateway in the demonstration: both sources are on, and the simulator answers."""

from apps.access import outbox
from apps.gateway import actions
from apps.gateway.models import Source
from demo.people import seated
from demo.scenes import Scene


def load() -> int:
    """Switch on what was never connected; how many sources."""
    rows = list(Source.objects.filter(state=Source.State.UNCONNECTED).order_by("code"))
    for source in rows:
        actions.switch_on_source(seated("jrcc.watch.supervisor"), source, why="The bureau's gateway is connected.")
    outbox.drain()
    return len(rows)


SCENES = [Scene("INTERPOL sources", load)]
