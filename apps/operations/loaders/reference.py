"""Reference data of operation: apps that can be switched off. Idempotent, keyed by code; run at each start."""

import tomllib
from pathlib import Path

from django.db import transaction

from apps.operations.models import Feature

SEED = Path(__file__).parents[1] / "seed"


@transaction.atomic
def load_operations_reference() -> dict[str, int]:
    """Bring the apps up to the seed file; counts by kind of what is there."""
    for row in tomllib.loads((SEED / "features.toml").read_text(encoding="utf-8"))["feature"]:
        Feature.objects.update_or_create(code=row["code"], defaults=row)
    return {"rooms to switch": Feature.objects.count()}
