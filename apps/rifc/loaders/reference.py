"""Reference data of the sharing of reports. Idempotent; run at each start."""

import datetime
import json
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.rifc.models import GradingScheme, MouMembership, NationalLabel, Term
from apps.rifc.queries import vocabulary
from apps.rifc.rules.gradings import COMMON, Scheme

SEED = Path(__file__).parents[1] / "seed"
BEGINNING = datetime.date(2006, 7, 1)
"""The month of the MoU: what has no date of its own holds since then."""


@transaction.atomic
def load_rifc_reference() -> dict[str, int]:
    """Bring lists, schemes and the MoU up to the seed files; counts of what is there."""
    for name, rows in _toml("vocabularies").items():
        load_terms(name, [{"code": code, **columns} for code, columns in rows.items()])
    load_terms("threat_category", _toml("threat_categories")["term"])
    _schemes(json.loads((SEED / "gradings.json").read_text(encoding="utf-8")))
    _mou(_toml("mou"))
    vocabulary.forget()
    return {"rifc terms": Term.objects.count(), "MoU members": MouMembership.objects.count()}


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((SEED / f"{name}.toml").read_text(encoding="utf-8"))


def load_terms(name: str, rows: list[dict[str, Any]]) -> None:
    """A vocabulary, in its order: {code, label, and what else a Term has}."""
    for position, row in enumerate(rows, start=1):
        columns = {"valid_to": None, "source": "", "extra": {}} | row
        code, since = columns.pop("code"), columns.pop("valid_from", BEGINNING)
        Term.objects.update_or_create(
            vocabulary=name, code=code, valid_from=since, defaults={"position": position, **columns}
        )


def _schemes(seed: dict[str, Any]) -> None:
    """The schemes; a part that no rule knows is a TypeError."""
    since = datetime.date.fromisoformat(seed["valid_from"])
    for position, (code, row) in enumerate(seed["schemes"].items(), start=1):
        content = {
            **{name: row[name] for name in ("pattern", "source", "information")},
            "handling": row.get("handling", {}),
            "unknown": row["unknown"],
            "display": {} if code == COMMON else seed["suggested_display_in_nato6x6"][code],
            "implies": seed["implies_portal_handling"].get(code, {}),
        }
        Scheme(code=code, title=row["title"], **content)
        GradingScheme.objects.update_or_create(
            code=code,
            valid_from=since,
            defaults={"title": row["title"], "content": content, "position": position, "source": seed["source"]},
        )


def _mou(seed: dict[str, Any]) -> None:
    """Members that are not there yet, and each party's own rules; what the depositary has changed stays."""
    rules = {row["party"]: {key: value for key, value in row.items() if key != "party"} for row in seed["rule"]}
    known = set(MouMembership.objects.values_list("party_id", flat=True))
    for party in seed["parties"]:
        if party not in known:
            dates = {name: seed[name] for name in ("signed", "in_force_from", "source")}
            MouMembership.objects.create(party_id=party, **dates, **rules.get(party, {}))
    for row in seed["label"]:
        for level, label in enumerate(row["labels"]):
            NationalLabel.objects.update_or_create(
                party_id=row["party"], level=level, valid_from=BEGINNING, defaults={"label": label}
            )
