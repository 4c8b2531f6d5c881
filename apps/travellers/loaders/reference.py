"""Reference data of borders: carriers, laws, rules of retention. Idempotent."""

import datetime

from django.db import transaction

from apps.carriers.loaders.laws import load_booking_laws, load_carriers, load_penalties, load_regimes
from apps.journeys.models import Carrier
from apps.manifests.models import Regime
from apps.manifests.queries.dated import read_seed_rows
from apps.people.models import Party
from apps.travellers.models import RetentionChange, RetentionRule


@transaction.atomic
def load_travellers_reference() -> dict[str, int]:
    """Bring carriers and deadlines up to the seed files; counts of what is there."""
    load_carriers()
    load_regimes()
    load_retention()
    load_booking_laws()
    load_penalties()
    return {
        "carriers": Carrier.objects.count(),
        "deadlines": Regime.objects.count(),
        "retention rules": RetentionRule.objects.count(),
    }


def load_retention() -> None:
    """How long classes of data are kept: the portal's defaults, and what States have set.

    A rule that two persons have changed stays as they have made it.
    """
    codes = {"*": None} | dict(Party.objects.exclude(alpha2="").values_list("alpha2", "code"))
    changed = set(RetentionChange.objects.filter(state="confirmed").values_list("party_id", "kind"))
    for row in read_seed_rows("travellers", "retention"):
        if (codes[row["state"]], row["class"]) in changed:
            continue
        RetentionRule.objects.update_or_create(
            party_id=codes[row["state"]],
            kind=row["class"],
            valid_from=datetime.date.fromisoformat(row["valid_from"]),
            defaults={
                "keep_days": int(row["keep_days"]),
                "delete_days": int(row["delete_days"]) if row["delete_days"] else None,
                "valid_to": datetime.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                "source": row["source"],
            },
        )
