"""Reference data of the watchlists: the numbers by which they are kept. Idempotent."""

import tomllib
from pathlib import Path

from apps.screening.models import ListRules

SEED = Path(__file__).parent / "seed" / "list_rules.toml"


def load() -> dict[str, int]:
    """Bring the rules up to the seed file."""
    for row in tomllib.loads(SEED.read_text(encoding="utf-8"))["rules"]:
        ListRules.objects.update_or_create(valid_from=row.pop("valid_from"), defaults=row)
    return {"list rules": ListRules.objects.count()}
