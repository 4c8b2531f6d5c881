"""Reference data of the watch: its lists. Idempotent; run at each start."""

import tomllib
from pathlib import Path

from django.db import transaction

from apps.rifc.loaders.reference import load_terms
from apps.rifc.queries import vocabulary

SEED = Path(__file__).parents[1] / "seed"


@transaction.atomic
def load_watch_reference() -> dict[str, int]:
    """Bring the lists up to the seed file; how many terms it has."""
    lists = tomllib.loads((SEED / "vocabularies.toml").read_text(encoding="utf-8"))
    for name, rows in lists.items():
        load_terms(name, [{"code": code, **columns} for code, columns in rows.items()])
    vocabulary.forget()
    return {"watch terms": sum(map(len, lists.values()))}
