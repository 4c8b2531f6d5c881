"""Reference data of data protection: deadlines, levels, keeping, purposes. Idempotent; run at each start."""

import tomllib
from pathlib import Path

from django.db import transaction

from apps.protection.models import ClassLevel, KeepingRule, Purpose, RequestRule

SEED = Path(__file__).parents[1] / "seed"


@transaction.atomic
def load_protection_reference() -> dict[str, int]:
    """Bring the registers up to the seed file; counts by kind of what is there. Purposes changed since are left."""
    rows = tomllib.loads((SEED / "registers.toml").read_text(encoding="utf-8"))
    for row in rows["request_rule"]:
        key = {"right": row["right"], "party_id": row.get("party"), "valid_from": row["valid_from"]}
        RequestRule.objects.update_or_create(**key, defaults=row)
    for row in rows["class_level"]:
        ClassLevel.objects.update_or_create(level=row["level"], valid_from=row["valid_from"], defaults=row)
    for row in rows["keeping_rule"]:
        KeepingRule.objects.update_or_create(code=row["code"], valid_from=row["valid_from"], defaults=row)
    for row in rows["purpose"]:
        values = {**row, "party_id": row["party"]}
        key = {name: values[name] for name in ("party_id", "code", "valid_from")}
        del values["party"]
        Purpose.objects.get_or_create(**key, defaults=values)
    return {
        "deadlines of requests": RequestRule.objects.count(),
        "levels": ClassLevel.objects.count(),
        "rules of keeping": KeepingRule.objects.count(),
        "purposes": Purpose.objects.count(),
    }
