"""Reference data of the notices: events, and public holidays as a start for each State. Idempotent."""

import csv
import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.access.manifest import registry
from apps.notices.models import Event, Holiday
from apps.people.models import Party

SEED = Path(__file__).parents[1] / "seed"
HOLIDAY_SOURCE = "computed with the package holidays 0.109"


@transaction.atomic
def load_notices_reference() -> dict[str, int]:
    """Bring events up to the manifests and holidays to their seed file; counts of what is there."""
    load_events()
    load_holidays()
    return {"events": Event.objects.count(), "holidays": Holiday.objects.count()}


def load_events() -> None:
    """Events by code and first day."""
    rows = [Event(**row) for row in events()]
    Event.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code", "valid_from"],
        update_fields=["valid_to", "group", "label", "subject", "kind", "mail", "digest", "body_rule"],
    )


def events() -> list[dict[str, Any]]:
    """Rows of Event, as the apps' manifests declare them."""
    return [
        {
            **{name: getattr(one, name) for name in ("code", "group", "label", "subject", "kind")},
            "valid_from": datetime.date.fromisoformat(one.since),
            "valid_to": datetime.date.fromisoformat(one.until) if one.until else None,
            "mail": bool(one.mail),
            "digest": one.mail != "now",
            "body_rule": one.body,
        }
        for _app, one in registry.of("events")
    ]


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
