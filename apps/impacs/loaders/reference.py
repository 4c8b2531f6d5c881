"""Reference data of State actions, work plan and money: dated limits, rates, code lists. Run at each start."""

import dataclasses
import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.impacs.models import (
    EscalationRule,
    ExchangeRate,
    ExtensionRules,
    Office,
    SpendingCategory,
    StatusRules,
    TaskRules,
    Term,
)
from apps.impacs.obligations.rules.extensions import Limits
from apps.impacs.obligations.rules.rag import Parameters
from apps.impacs.plan.queries.rules_in_force import TaskLimits
from apps.impacs.rules.escalation import Rung

SEED = Path(__file__).parents[1] / "seed"
FIRST_DAY = datetime.date(1973, 8, 1)
RULES: tuple[tuple[Any, str, Any], ...] = (
    (StatusRules, "status_rules", Parameters),
    (ExtensionRules, "extension_rules", Limits),
    (TaskRules, "task_rules", TaskLimits.read),
)


@transaction.atomic
def load_impacs_reference() -> dict[str, int]:
    """Bring limits and lists up to the seed files; how many there are. A name that no rule knows is a TypeError."""
    for model, name, kind in RULES:
        _rules(model, name, kind)
    for listed in _plan("terms")["list"]:
        for position, term in enumerate(listed["terms"]):
            columns = {"position": position, "valid_from": FIRST_DAY, "valid_to": None, "renewed": False, **term}
            Term.objects.update_or_create(list=listed["name"], code=columns.pop("code"), defaults=columns)
    _load_money()
    _ladders()
    return {
        "status rules": StatusRules.objects.count(),
        "extension rules": ExtensionRules.objects.count(),
        "task rules": TaskRules.objects.count(),
        "rungs of escalation": EscalationRule.objects.count(),
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


def _ladders() -> None:
    """Rungs by subject, first day and number; an office or a name that is none is an error."""
    for ladder in _plan("escalation")["ladder"]:
        columns = {"hour": ladder["hour"], "source": ladder["source"]}
        for rung in ladder["rung"]:
            known = Rung(**{"through": "", **rung})
            Office(known.office), Office(known.through or known.office)
            EscalationRule.objects.update_or_create(
                subject=ladder["subject"],
                valid_from=ladder["valid_from"],
                number=known.number,
                defaults={**dataclasses.asdict(known), **columns},
            )


def _plan(name: str) -> dict[str, Any]:
    return tomllib.loads((SEED / f"{name}.toml").read_text(encoding="utf-8"))
