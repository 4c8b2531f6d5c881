"""Reference data of State actions, work plan and money: dated limits, rates, code lists. Run at each start."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.impacs.models import ExchangeRate, ExtensionRules, SpendingCategory, StatusRules, TaskRules, Term
from apps.impacs.queries.task_rules import TaskLimits
from apps.impacs.status.extensions import Limits
from apps.impacs.status.rag import Parameters

SEED = Path(__file__).parent / "seed"
FIRST_DAY = datetime.date(1973, 8, 1)
RULES: tuple[tuple[Any, str, Any], ...] = (
    (StatusRules, "status_rules", Parameters),
    (ExtensionRules, "extension_rules", Limits),
    (TaskRules, "task_rules", TaskLimits.read),
)


@transaction.atomic
def load() -> dict[str, int]:
    """Bring limits and lists up to the seed files; how many there are. A name that no rule knows is a TypeError."""
    for model, name, kind in RULES:
        _rules(model, name, kind)
    for listed in _plan("terms")["list"]:
        for position, term in enumerate(listed["terms"]):
            columns = {"position": position, "valid_from": FIRST_DAY, "valid_to": None, "renewed": False, **term}
            Term.objects.update_or_create(list=listed["name"], code=columns.pop("code"), defaults=columns)
    _load_money()
    return {
        "status rules": StatusRules.objects.count(),
        "extension rules": ExtensionRules.objects.count(),
        "task rules": TaskRules.objects.count(),
        "terms": Term.objects.count(),
    }


def _rules(model: Any, name: str, kind: Any) -> None:
    for row in _plan(name)["rules"]:
        kind(**row["content"])
        columns = {"content": row["content"], "source": row["source"]}
        model.objects.update_or_create(valid_from=row["valid_from"], defaults=columns)


def _load_money() -> None:
    plan = _plan("budget")
    for row in plan["category"]:
        SpendingCategory.objects.update_or_create(code=row["code"], defaults={"name": row["name"]})
    for row in plan["rate"]:
        key = {name: row[name] for name in ("base", "quote", "valid_from")}
        ExchangeRate.objects.update_or_create(**key, defaults={"rate": row["rate"], "source": row["source"]})


def _plan(name: str) -> dict[str, Any]:
    return tomllib.loads((SEED / f"{name}.toml").read_text(encoding="utf-8"))
