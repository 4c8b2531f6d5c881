"""Reference data of the status: the dated limits. Run at each start."""

import tomllib
from pathlib import Path

from django.db import transaction

from apps.impacs.models import StatusRules
from apps.impacs.status.rag import Parameters

SEED = Path(__file__).parent / "seed"


@transaction.atomic
def load() -> dict[str, int]:
    """Bring the limits up to the seed file; how many there are. A name that no rule knows is a TypeError."""
    plan = tomllib.loads((SEED / "status_rules.toml").read_text(encoding="utf-8"))
    for row in plan["rules"]:
        Parameters(**row["content"])
        columns = {"content": row["content"], "source": row["source"]}
        StatusRules.objects.update_or_create(valid_from=row["valid_from"], defaults=columns)
    return {"status rules": StatusRules.objects.count()}
