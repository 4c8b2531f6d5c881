"""Reference data of persons and things: types, fields, links, and what parties let be compared. Idempotent."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.access.pagination import in_chunks
from apps.entities.models import Assertion, MatchPolicy
from apps.entities.rules.identifiers import FORMS
from apps.rifc.loaders.reference import BEGINNING
from apps.rifc.models import Term
from apps.rifc.queries import vocabulary
from apps.screening.matching import entry_keys, prepare

CHUNK = 1000
SEED = Path(__file__).parents[1] / "seed"


@transaction.atomic
def load_entities_reference() -> dict[str, int]:
    """Bring the lists up to the seed files; a field of a form that no rule knows is a KeyError."""
    for name, rows in _toml("vocabularies").items():
        for position, (code, row) in enumerate(rows.items(), start=1):
            columns = {"valid_to": None, "source": "", "extra": {}} | row
            since = columns.pop("valid_from", BEGINNING)
            if name == "entity_field":
                FORMS[columns["extra"]["form"]]
            defaults = {"position": position, **columns}
            Term.objects.update_or_create(vocabulary=name, code=code, valid_from=since, defaults=defaults)
    seed = _toml("match_policies")
    for row in seed["policy"]:
        MatchPolicy.objects.get_or_create(
            party_id=row["party"],
            valid_from=row["valid_from"],
            defaults={"policy": row["policy"], "source": seed["source"]},
        )
    vocabulary.forget()
    return {"entity terms": Term.objects.filter(vocabulary__in=list(_toml("vocabularies"))).count()}


def rewrite_keys() -> int:
    """Give every name that a report states the keys of this matcher, a thousand at a time; how many names."""
    done = 0
    for chunk in in_chunks(Assertion.objects.exclude(keys=[]), CHUNK):
        for row in chunk:
            row.keys = sorted(entry_keys(prepare({"full_name": row.value}, strict=False)))
        Assertion.objects.bulk_update(chunk, ["keys"])
        done += len(chunk)
    return done


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((SEED / f"{name}.toml").read_text(encoding="utf-8"))
