"""Reference data of requests. Idempotent; run at each start."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.exchange.models import MatchPolicy, Term
from apps.exchange.queries import vocabulary

SEED = Path(__file__).parents[1] / "seed"
BEGINNING = datetime.date(2006, 7, 1)
"""What has no date of its own holds since the month of the MoU."""


@transaction.atomic
def load_exchange_reference() -> dict[str, int]:
    """Bring the lists up to the seed file, and add parties' choices that are not there yet; counts of what is there."""
    for name, rows in _toml("lists").items():
        for position, (code, columns) in enumerate(rows.items(), start=1):
            _term(name, code, position, {"valid_to": None, "extra": {}} | columns)
    chosen = _toml("match_policy")
    if chosen["usual"] != vocabulary.USUAL:
        raise ValueError(f"the usual policy is {vocabulary.USUAL}")
    known = set(MatchPolicy.objects.values_list("party_id", flat=True))
    for row in chosen["party"]:
        if row["party"] not in known:
            MatchPolicy.objects.create(party_id=row["party"], policy=row["policy"], valid_from=row["valid_from"])
    vocabulary.forget()
    return {"request terms": Term.objects.count()}


def _term(name: str, code: str, position: int, columns: dict[str, Any]) -> None:
    since = columns.pop("valid_from", BEGINNING)
    Term.objects.update_or_create(
        vocabulary=name, code=code, valid_from=since, defaults={"position": position, **columns}
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((SEED / f"{name}.toml").read_text(encoding="utf-8"))
