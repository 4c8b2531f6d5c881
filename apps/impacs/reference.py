"""Reference data of State actions: dated limits and code lists. Run at each start."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.impacs.models import ExtensionRules, StatusRules, Term
from apps.impacs.status.extensions import Limits
from apps.impacs.status.rag import Parameters

SEED = Path(__file__).parent / "seed"
FIRST_DAY = datetime.date(1973, 8, 1)


@transaction.atomic
def load() -> dict[str, int]:
    """Bring limits and lists up to the seed files; how many there are. A name that no rule knows is a TypeError."""
    for model, name, kind in ((StatusRules, "status_rules", Parameters), (ExtensionRules, "extension_rules", Limits)):
        _rules(model, name, kind)
    for listed in _plan("terms")["list"]:
        for position, term in enumerate(listed["terms"]):
            columns = {"position": position, "valid_from": FIRST_DAY, "valid_to": None, "renewed": False, **term}
            Term.objects.update_or_create(list=listed["name"], code=columns.pop("code"), defaults=columns)
    return {
        "status rules": StatusRules.objects.count(),
        "extension rules": ExtensionRules.objects.count(),
        "terms": Term.objects.count(),
    }


def _rules(model: Any, name: str, kind: Any) -> None:
    for row in _plan(name)["rules"]:
        kind(**row["content"])
        columns = {"content": row["content"], "source": row["source"]}
        model.objects.update_or_create(valid_from=row["valid_from"], defaults=columns)


def _plan(name: str) -> dict[str, Any]:
    return tomllib.loads((SEED / f"{name}.toml").read_text(encoding="utf-8"))
