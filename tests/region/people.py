"""The vectors of the register in the portal's own codes, and rows of the register as tests need them."""

import datetime
import json
from pathlib import Path
from typing import Any

from apps.people.models import Party
from apps.region.models import Instrument, InstrumentParty, Participation, PartyStep, StagePeriod, StatedCount

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "governance"
KEEPER = "impacs.secretariat.manager"
WATCH = "jrcc.watch.supervisor"
JAMAICA = "jam.ministry.decider"
READER = "jam.ministry.reader"
CAYMAN = "cym.ministry.decider"
RANGE = "APIS"


def read(name: str) -> Any:
    """The content of one file of the vectors."""
    return json.loads((VECTORS / f"{name}.json").read_text())


def day(text: str | None) -> datetime.date | None:
    """A day of a vector."""
    return datetime.date.fromisoformat(text) if text else None


def noon(text: str | None) -> datetime.datetime | None:
    """A day of a vector as the moment of recording."""
    return datetime.datetime.fromisoformat(f"{text}T12:00:00+00:00") if text else None


def alpha3() -> dict[str, str]:
    """{two-letter code: the portal's code} of every State."""
    return dict(Party.objects.exclude(alpha2="").values_list("alpha2", "code"))


def participation(party: str, system: str = RANGE) -> Participation:
    """The line of a State in a system, as it is now."""
    found: Participation = Participation.objects.select_related("system").get(party=party, system=system)
    return found


def load_stages(rows: list[dict[str, Any]]) -> None:
    """Rows of a vector, the last day of a period written as the vectors do: included."""
    codes = alpha3()
    for row in rows:
        last = day(row.get("valid_to"))
        StagePeriod.objects.create(
            participation=participation(codes[row["state"]], row["system"]),
            stage=row["stage"],
            valid_from=day(row["valid_from"]),
            valid_to=last + datetime.timedelta(1) if last else None,
            recorded_at=noon(row["recorded_at"]),
            superseded_at=noon(row.get("superseded_at")),
        )


def load_stated(rows: list[dict[str, Any]]) -> None:
    """Stated counts of a vector."""
    for row in rows:
        StatedCount.objects.create(
            system_id=row["system"],
            n=row["n"],
            of=row["N"],
            as_of=day(row["as_of"]),
            recorded_at=noon(row["recorded_at"]),
            provenance="stated",
        )


STEPS = {
    "signed_on": "signed",
    "approved_on": "approved",
    "ratified_on": "ratified",
    "deposited_on": "deposited",
    "bound_from": "bound",
    "withdrawn_on": "withdrawn",
}


def load_party_rows(instrument: Instrument, rows: list[dict[str, Any]], recorded: str = "2008-01-01") -> None:
    """Rows of a vector as lines and steps of an instrument."""
    codes = alpha3()
    for position, row in enumerate(rows):
        entity = codes.get(row["entity"], row["entity"])
        line, _made = InstrumentParty.objects.get_or_create(
            instrument=instrument,
            entity=entity,
            defaults={"party_id": None if ":" in entity else entity},
        )
        line.position = position
        line.save()
        for column, kind in STEPS.items():
            if row.get(column):
                named = "ad_referendum" if kind == "signed" and row.get("ad_referendum") else kind
                PartyStep.objects.create(of=line, kind=named, on=day(row[column]), recorded_at=noon(recorded))
