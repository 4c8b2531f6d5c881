"""Reference data of the JRCC: carriers, deadlines of each State, and the keys of travellers. Idempotent."""

import csv
import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

from apps.access.paging import in_chunks
from apps.jrcc.identities import identity_of, record_of
from apps.jrcc.models import (
    BookingLaw,
    BookingLawChange,
    Carrier,
    PenaltyChange,
    PenaltyRule,
    Regime,
    RegimeChange,
    RetentionChange,
    RetentionRule,
    Traveller,
)
from apps.people.models import Party
from apps.screening.matching import probe_keys

CHUNK = 1000
SEED = Path(__file__).parent / "seed"
SINGLE_DOMESTIC_SPACE = "sds"


def rows(name: str) -> list[dict[str, str]]:
    """A seed file as rows."""
    with (SEED / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@transaction.atomic
def load() -> dict[str, int]:
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


def load_carriers() -> None:
    """Carriers of the seed file, and every party that is a carrier; a provisional one becomes a known one.

    What the JRCC has settled itself stays.
    """
    known = [Carrier(code=row["code"], name=row["name"]) for row in rows("carriers")]
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
    ours = [_regime(codes[row["state"]], row) for row in rows("regimes") if row["state"] in codes]
    key = ("party_id", "mode", "craft", "direction", "space")
    changed = set(RegimeChange.objects.filter(state=RegimeChange.State.CONFIRMED).values_list(*key))
    wanted = [row for row in ours if tuple(getattr(row, name) for name in key) not in changed]
    Regime.objects.bulk_create(
        wanted,
        update_conflicts=True,
        unique_fields=["party", "mode", "craft", "direction", "space", "valid_from"],
        update_fields=["event", "minutes", "valid_to", "status", "source"],
    )


def load_retention() -> None:
    """How long classes of data are kept: the portal's defaults, and what States have set.

    A rule that two persons have changed stays as they have made it.
    """
    codes = {"*": None} | dict(Party.objects.exclude(alpha2="").values_list("alpha2", "code"))
    changed = set(RetentionChange.objects.filter(state="confirmed").values_list("party_id", "kind"))
    for row in rows("retention"):
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


def load_booking_laws() -> None:
    """Which States' laws let them have airlines' bookings. The file names none yet.

    The law of a State that has changed it itself stays as it has made it.
    """
    codes = dict(Party.objects.exclude(alpha2="").values_list("alpha2", "code"))
    changed = set(BookingLawChange.objects.filter(state="confirmed").values_list("party_id", flat=True))
    for row in rows("booking_laws"):
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
    for row in rows("penalties"):
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


@cache
def _draft_rules() -> list[dict[str, str]]:
    return rows("draft_rules")


@cache
def _carrier_rules() -> list[dict[str, str]]:
    return rows("carrier_rules")


def days_drafts_are_kept(day: datetime.date) -> int:
    """Days after its last change for which a draft is kept, by the rule in force on a day."""
    return _days(_draft_rules(), day)


def days_of_grace(day: datetime.date) -> int:
    """Days after which the joining of two designators can no longer be taken back, by the rule in force on a day."""
    return _days(_carrier_rules(), day)


def _days(table: list[dict[str, str]], day: datetime.date) -> int:
    iso = day.isoformat()
    held = [row for row in table if row["valid_from"] <= iso and (not row["valid_to"] or iso < row["valid_to"])]
    return int(held[-1]["days"])


class Purpose(NamedTuple):
    """For what people are searched for outside of open cases: code, words, and whether a number of a case is due."""

    code: str
    words: str
    needs_case: bool


def purposes(day: datetime.date) -> list[Purpose]:
    """Those in force on a day, in the order of the file."""
    return [Purpose(row["code"], row["words"], row["needs_case"] == "yes") for row in _on(_purposes(), day)]


@cache
def _purposes() -> list[dict[str, str]]:
    return rows("search_purposes")


def days_lookups_are_kept(day: datetime.date) -> int:
    """Days for which what was asked for in a search for people is kept, by the rule in force on a day."""
    return int(_on(_lookup_rules(), day)[-1]["keep_days"])


@cache
def _lookup_rules() -> list[dict[str, str]]:
    return rows("lookup_rules")


def _on(table: list[dict[str, str]], day: datetime.date) -> list[dict[str, str]]:
    iso = day.isoformat()
    return [row for row in table if row["valid_from"] <= iso and (not row["valid_to"] or iso < row["valid_to"])]


@cache
def _spaces() -> list[dict[str, str]]:
    return rows("spaces")


def members_of_space(day: datetime.date, space: str = SINGLE_DOMESTIC_SPACE) -> frozenset[str]:
    """Party codes of the States that formed the space on a day."""
    iso = day.isoformat()
    return frozenset(
        row["party"]
        for row in _spaces()
        if row["space"] == space and row["valid_from"] <= iso and (not row["valid_to"] or iso < row["valid_to"])
    )


def service_minutes(day: datetime.date, party: str, grade: str, step: str) -> int | None:
    """Minutes that a step may take on a day: the party's own number, else everybody's; None where none is agreed."""
    iso = day.isoformat()
    found = {
        row["party"]: int(row["minutes"])
        for row in _service_levels()
        if (row["grade"], row["step"]) == (grade, step)
        and row["valid_from"] <= iso
        and (not row["valid_to"] or iso < row["valid_to"])
    }
    return found.get(party, found.get("*"))


@cache
def _service_levels() -> list[dict[str, str]]:
    return rows("service_levels")


class Rung(NamedTuple):
    """A rung of the ladder: minutes after a step was due, and whom to tell, (desk, whether only who decides)."""

    number: int
    minutes: int
    to: tuple[tuple[str, bool], ...]


def ladder(day: datetime.date, step: str, party: str) -> list[Rung]:
    """Whom an overdue step of a party climbs to, from the lowest rung: a party's own row goes before everybody's."""
    found: dict[str, dict[str, str]] = {}
    for row in _on(_ladder(), day):
        if row["step"] in {"*", step} and row["party"] in {"*", party}:
            known = found.get(row["rung"])
            if known is None or known["party"] == "*":
                found[row["rung"]] = row
    return [
        Rung(int(number), int(row["minutes"]), tuple(_told(one.format(party=party)) for one in row["to"].split()))
        for number, row in sorted(found.items())
    ]


def _told(text: str) -> tuple[str, bool]:
    desk, _colon, who = text.partition(":")
    return desk, who == "decides"


@cache
def _ladder() -> list[dict[str, str]]:
    return rows("hit_ladder")


class Chasing(NamedTuple):
    """How missing lists are chased: days planned ahead, and minutes before a deadline of reminder and board."""

    days_ahead: int
    remind_minutes: int
    due_minutes: int


def chasing(day: datetime.date) -> Chasing:
    """The numbers of a day."""
    iso = day.isoformat()
    row = next(row for row in _chasing() if row["valid_from"] <= iso and (not row["valid_to"] or iso < row["valid_to"]))
    return Chasing(*(int(row[name]) for name in Chasing._fields))


@cache
def _chasing() -> list[dict[str, str]]:
    return rows("chasing")


@cache
def _grades() -> list[dict[str, str]]:
    return rows("grades")


def grade_of(in_time: float, complete: float | None, day: datetime.date) -> str:
    """A to E of a carrier by its shares in percent; without travellers by time alone."""
    iso = day.isoformat()
    return next(
        row["grade"]
        for row in _grades()
        if row["valid_from"] <= iso
        and (not row["valid_to"] or iso < row["valid_to"])
        and in_time >= float(row["in_time"])
        and (complete is None or complete >= float(row["complete"]))
    )


def rewrite_keys() -> int:
    """Give every traveller on a list the keys of this matcher, a thousand at a time; how many travellers."""
    rows, done = Traveller.objects.filter(withdrawn_at=None).prefetch_related("documents"), 0
    for chunk in in_chunks(rows, CHUNK):
        for row in chunk:
            identity = identity_of(record_of(row))
            row.keys = sorted(probe_keys(identity)) if identity else []
        Traveller.objects.bulk_update(chunk, ["keys"])
        done += len(chunk)
    return done
