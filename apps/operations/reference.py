"""Reference data of operation: rooms that can be switched off. Idempotent, keyed by code; run at each start."""

import tomllib
from pathlib import Path

from django.db import transaction

from apps.operations.models import Feature

SEED = Path(__file__).parent / "seed"


@transaction.atomic
def load() -> dict[str, int]:
    """Bring the rooms up to the seed file; counts by kind of what is there."""
    for row in tomllib.loads((SEED / "features.toml").read_text(encoding="utf-8"))["feature"]:
        Feature.objects.update_or_create(code=row["code"], defaults=row)
    return {"rooms to switch": Feature.objects.count()}
