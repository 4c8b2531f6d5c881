"""Reference data of oversight: rules of what is unusual, and of witnesses. Idempotent; run at each start."""

import tomllib
from pathlib import Path

from django.db import transaction

from apps.oversight.models import AnomalyRule, QuorumRule

SEED = Path(__file__).parents[1] / "seed"


@transaction.atomic
def load_oversight_reference() -> dict[str, int]:
    """Bring the rules up to the seed file; counts by kind of what is there."""
    for row in tomllib.loads((SEED / "anomalies.toml").read_text(encoding="utf-8"))["rule"]:
        key = {"code": row["code"], "valid_from": row["valid_from"]}
        AnomalyRule.objects.update_or_create(**key, defaults=row)
    for row in tomllib.loads((SEED / "witnesses.toml").read_text(encoding="utf-8"))["quorum"]:
        QuorumRule.objects.update_or_create(valid_from=row["valid_from"], defaults=row)
    return {"rules of oversight": AnomalyRule.objects.count() + QuorumRule.objects.count()}
