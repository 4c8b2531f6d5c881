"""Reference data of the notices: events, and public holidays as a start for each State. Idempotent."""

import csv
import datetime
import string
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.notices.models import Event, Holiday
from apps.people.models import Party

SEED = Path(__file__).parent / "seed"
HOLIDAY_SOURCE = "computed with the package holidays 0.109"
FILLED_IN = frozenset({"party"})
"""What the subject of a mail may have filled in."""


@transaction.atomic
def load() -> dict[str, int]:
    """Bring events and holidays up to the seed files; counts of what is there."""
    load_events()
    load_holidays()
    return {"events": Event.objects.count(), "holidays": Holiday.objects.count()}


def load_events() -> None:
    """Events by code and first day; ValueError for a subject that would fill in more than the party."""
    rows = [Event(**row) for row in events()]
    Event.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code", "valid_from"],
        update_fields=["valid_to", "group", "label", "subject", "kind", "mail", "digest", "body_rule"],
    )


def events() -> list[dict[str, Any]]:
    """The rows of the seed file, checked."""
    rows = tomllib.loads((SEED / "events.toml").read_text(encoding="utf-8"))["event"]
    for row in rows:
        named = {name for _, name, _, _ in string.Formatter().parse(row["subject"]) if name is not None}
        if named - FILLED_IN:
            raise ValueError(f"{row['code']}: a subject may name the party alone, not {sorted(named - FILLED_IN)}")
    return rows


def load_holidays() -> None:
    """Days that no State has added or removed yet; what a State has edited stays as it is."""
    parties = dict(Party.objects.exclude(alpha2="").values_list("alpha2", "code"))
    known = set(Holiday.objects.values_list("party_id", "day"))
    with (SEED / "holidays.csv").open(encoding="utf-8", newline="") as source:
        rows = [
            (parties[row["state"]], datetime.date.fromisoformat(row["day"]), row["name"])
            for row in csv.DictReader(source)
            if row["state"] in parties
        ]
    Holiday.objects.bulk_create(
        [
            Holiday(party_id=party, day=day, name=name, source=HOLIDAY_SOURCE)
            for party, day, name in rows
            if (party, day) not in known
        ]
    )
