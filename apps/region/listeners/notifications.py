"""Who is told of what in the register. A mail carries codes, never a title."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from apps.access import outbox
from apps.access.models import Dispatch, Level
from apps.notices import actions as notices
from apps.people.models import Party
from apps.people.queries import desk_ids, service_actor, states_on
from apps.region.models import Instrument, InstrumentParty, Participation, Track
from apps.region.queries.evidence import states_with_lines

SECRETARIAT = "IMPACS.secretariat"
CLOCK = "IMPACS.automation"
KEEPERS = {"JRCC": "JRCC.watch", "RIFC": "RIFC.analysis", "IMPACS": SECRETARIAT}
"""The desk by which a body keeps its systems."""
Row = Any


def everybody(row: Row) -> list[int]:
    """Ministries of all Member States, of the State itself where it is an Associate Member, and the bodies."""
    members = [each.code for each in states_on(timezone.now().date()) if each.kind == Party.Kind.MEMBER_STATE]
    own = [row.party_id] if getattr(row, "party_id", None) else []
    return desk_ids(*(f"{code}.ministry" for code in {*members, *own}), *KEEPERS.values())


def keeper_and_state(row: Participation) -> list[int]:
    """The body that keeps the system, and the State's ministry."""
    return desk_ids(KEEPERS[row.system.keeper_id], f"{row.party_id}.ministry")


def lines_of(row: Instrument | InstrumentParty) -> list[int]:
    """Ministries of the States with a line in the instrument, and the Secretariat."""
    of = row.pk if isinstance(row, Instrument) else row.instrument_id
    return desk_ids(*(f"{code}.ministry" for code in states_with_lines(of)), SECRETARIAT)


def state_and_secretariat(row: Track) -> list[int]:
    """The State's ministry, and the Secretariat."""
    return desk_ids(f"{row.party_id}.ministry", SECRETARIAT)


@dataclass(frozen=True, slots=True)
class Telling:
    """That a topic becomes a notice of an event, about a record of this type, to these desks."""

    topic: str
    event: str
    model: Any
    to: Callable[[Row], Iterable[int]]


TELLINGS = [
    Telling("participation.changed", "participation.changed", Participation, keeper_and_state),
    Telling("participation.live", "participation.live", Participation, everybody),
    Telling("instrument.party_changed", "instrument.party_changed", InstrumentParty, lines_of),
    Telling("instrument.in_force", "instrument.in_force", Instrument, lines_of),
    Telling("measure.changed", "measure.changed", Track, state_and_secretariat),
    Telling("measure.sunset", "legislation.sunset", Track, state_and_secretariat),
]


def number_of(row: Row) -> str:
    """What a mail may carry: system and State, instrument and entity, topic and State."""
    if isinstance(row, Participation):
        return f"{row.system_id}/{row.party_id}"
    if isinstance(row, Track):
        return f"{row.topic_id}/{row.party_id}"
    return row.code if isinstance(row, Instrument) else f"{row.instrument.code}/{row.entity}"


def title_of(row: Row) -> str:
    """What the portal shows of it."""
    if isinstance(row, Participation):
        return f"{row.system}: {row.party}, {row.get_state_display()}"
    if isinstance(row, Track):
        return f"{row.topic}: {row.party}, {row.get_state_display()}"
    return row.title if isinstance(row, Instrument) else f"{row.instrument}: {row.entity}, {row.get_state_display()}"


def _listener(telling: Telling) -> Callable[[Dispatch], None]:
    def tell(dispatch: Dispatch) -> None:
        clock = service_actor(CLOCK, request_id=dispatch.request_id)
        row = telling.model.objects.visible_to(clock).filter(pk=dispatch.object_id).first()
        desks = sorted(set(telling.to(row))) if row is not None else []
        if not desks:
            return
        notices.create_notices(
            clock,
            None,
            event=telling.event,
            desks=desks,
            object_type=row._meta.label_lower,
            object_id=row.pk,
            number=number_of(row),
            title=title_of(row)[:200],
            step=str(dispatch.payload.get("step", "")) or str(row.version),
            level=Level.OFFICIAL,
        )

    tell.__name__ = f"tell_{telling.topic.replace('.', '_')}"
    return tell


for each in TELLINGS:
    outbox.on(each.topic)(_listener(each))
