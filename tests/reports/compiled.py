"""The report to the OAS of a day, compiled for tests as the command line does."""

import datetime
from typing import Any

from apps.people.queries import service_actor
from apps.region.models import Participation, StagePeriod
from apps.reports.queries import compilation
from apps.reports.queries.compilation import Compiled
from apps.reports.queries.moments import end_of
from apps.reports.queries.sources import frame

JANUARY = datetime.date(2008, 1, 21)
NOW = datetime.datetime(2009, 1, 1, tzinfo=datetime.UTC)
FOURTEEN = ["ATG", "BRB", "BLZ", "DMA", "GRD", "GUY", "HTI", "JAM", "MSR", "KNA", "LCA", "VCT", "SUR", "TTO"]
LIVE = set(["ATG", "BRB", "DMA", "GRD", "GUY", "JAM", "KNA", "LCA", "VCT", "TTO"])


def oas(as_of: datetime.date = JANUARY, known_at: datetime.date | None = None) -> dict[str, Compiled]:
    """Sentences by key."""
    row: Any = compilation.template_on("oas", datetime.date(2009, 1, 1))
    actor = service_actor("IMPACS.automation")
    at = frame(actor, as_of, end_of(known_at or as_of, NOW))
    return {one.key: one for one in compilation.compiled(at, compilation.read_record(row))}


def every_state_known(without: str = "", recorded: datetime.date = datetime.date(2008, 1, 10)) -> None:
    """SET_A of the participation vectors: each State's stage in APIS, an eleventh live from 1 June 2008.

    `without` is a State that is not live for once.
    """
    first, later = datetime.date(2007, 2, 1), datetime.date(2008, 6, 1)
    for code in [*FOURTEEN, "BHS"]:
        name = "live" if code in LIVE and code != without else "none"
        stage(code, name, first, later if code == "BHS" else None, recorded=recorded)
    stage("BHS", "live", later, None, recorded=datetime.date(2008, 6, 2))


def stage(
    party: str,
    name: str,
    begins: datetime.date,
    ends: datetime.date | None,
    *,
    recorded: datetime.date,
    system: str = "APIS",
) -> StagePeriod:
    """A documented stage of a State, recorded on a day."""
    place, _new = Participation.objects.get_or_create(system_id=system, party_id=party)
    StagePeriod.objects.filter(participation=place, superseded_at=None, provenance__in=["inferred", "demo"]).update(
        superseded_at=moment(recorded)
    )
    return StagePeriod.objects.create(
        participation=place,
        stage=name,
        valid_from=begins,
        valid_to=ends,
        provenance="document",
        recorded_at=moment(recorded),
        source="test",
    )


def moment(day: datetime.date) -> datetime.datetime:
    """Noon of a day, UTC."""
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
