"""Carriers, deadlines and laws of the seed files. Idempotent."""

import datetime
from typing import Any

from apps.carriers.models import BookingLawChange, PenaltyChange, PenaltyRule, RegimeChange
from apps.journeys.models import Carrier
from apps.manifests.models import BookingLaw, Regime
from apps.manifests.queries.dated import read_seed_rows
from apps.people.models import Party


def load_carriers() -> None:
    """Carriers of the seed file, and every party that is a carrier; a provisional one becomes a known one.

    What the JRCC has settled itself stays.
    """
    known = [Carrier(code=row["code"], name=row["name"]) for row in read_seed_rows("carriers", "carriers")]
    parties = Party.objects.filter(periods__kind=Party.Kind.CARRIER).distinct()
    ours = [Carrier(code=party.code, name=party.name, party=party) for party in parties]
    settled = set(Carrier.objects.exclude(decided_by="").values_list("code", flat=True))
    Carrier.objects.bulk_create(
        [row for row in [*known, *ours] if row.code not in settled],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "party", "state"],
    )


def load_regimes() -> None:
    """Deadlines of the States that are parties here; their alpha-2 codes become party codes.

    A rule that a State has changed itself stays as the State has made it.
    """
    codes = dict(Party.objects.exclude(alpha2="").values_list("alpha2", "code"))
    ours = [_regime(codes[row["state"]], row) for row in read_seed_rows("carriers", "regimes") if row["state"] in codes]
    key = ("party_id", "mode", "craft", "direction", "space")
    changed = set(RegimeChange.objects.filter(state=RegimeChange.State.CONFIRMED).values_list(*key))
    wanted = [row for row in ours if tuple(getattr(row, name) for name in key) not in changed]
    Regime.objects.bulk_create(
        wanted,
        update_conflicts=True,
        unique_fields=["party", "mode", "craft", "direction", "space", "valid_from"],
        update_fields=["event", "minutes", "valid_to", "status", "source"],
    )


def load_booking_laws() -> None:
    """Which States' laws let them have airlines' bookings. The file names none yet.

    The law of a State that has changed it itself stays as it has made it.
    """
    codes = dict(Party.objects.exclude(alpha2="").values_list("alpha2", "code"))
    changed = set(BookingLawChange.objects.filter(state="confirmed").values_list("party_id", flat=True))
    for row in read_seed_rows("carriers", "booking_laws"):
        if codes[row["state"]] in changed:
            continue
        BookingLaw.objects.update_or_create(
            party_id=codes[row["state"]],
            valid_from=datetime.date.fromisoformat(row["valid_from"]),
            defaults={
                "elements": row["elements"].split(),
                "keep_days": int(row["keep_days"]),
                "valid_to": datetime.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                "source": row["source"],
            },
        )


def load_penalties() -> None:
    """What States' laws provide for lists that do not come, as far as they have a procedure at all.

    The rules of a State that has changed them itself stay as it has made them.
    """
    codes = dict(Party.objects.exclude(alpha2="").values_list("alpha2", "code"))
    changed = set(PenaltyChange.objects.filter(state="confirmed").values_list("party_id", flat=True))
    for row in read_seed_rows("carriers", "penalties"):
        if codes[row["state"]] in changed:
            continue
        PenaltyRule.objects.update_or_create(
            party_id=codes[row["state"]],
            act=row["act"],
            valid_from=datetime.date.fromisoformat(row["valid_from"]),
            defaults={
                "who": row["who"],
                "currency": row["currency"],
                "most_minor": int(row["fine_max"]) * 100,
                "status": row["status"],
                "source": row["source"],
            },
        )


def _regime(party: str, row: dict[str, str]) -> Regime:
    columns: dict[str, Any] = {name: row[name] for name in ("mode", "craft", "direction", "space", "event")}
    return Regime(
        party_id=party,
        minutes=int(row["minutes"]),
        valid_from=datetime.date.fromisoformat(row["valid_from"]),
        valid_to=datetime.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        status=row["status"],
        source=row["source"],
        **columns,
    )
