"""Reference data of the Council: organs, chairs, rule sets, parameters of the written procedure. Run at each start."""

import datetime
import json
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.council.models import Organ, OrganChair, RuleSet, SilenceRules, WrittenVoteRules
from apps.council.rules import seals

SEED = Path(__file__).parents[1] / "seed"


@transaction.atomic
def load_council_reference() -> dict[str, int]:
    """Bring organs, chairs and rules up to the seed files; counts by kind of what is there.

    A rule set that is there already is never touched: rules are immutable, a new rule set has a new code.
    """
    plan = tomllib.loads((SEED / "organs.toml").read_text(encoding="utf-8"))
    for row in plan["organ"]:
        columns = {**row, "parent_id": row.get("parent")}
        columns.pop("parent", None)
        Organ.objects.update_or_create(code=row["code"], defaults=columns)
    for row in plan["chair"]:
        _period(OrganChair, {"organ_id": row["organ"], "party_id": row["party"]}, row)
    for row in plan["silence"]:
        _period(SilenceRules, {"organ_id": row["organ"]}, row, content=row["content"])
    for row in plan["written_vote"]:
        _period(WrittenVoteRules, {"organ_id": row["organ"]}, row, content=row["content"])
    for content in json.loads((SEED / "rule_sets.json").read_text(encoding="utf-8"))["rulesets"]:
        _rule_set(content)
    return {"organs": Organ.objects.count(), "rule sets": RuleSet.objects.count()}


def _period(model: Any, keys: dict[str, Any], row: dict[str, Any], **more: Any) -> None:
    columns = {"valid_to": row.get("valid_to"), "source": row["source"], **more}
    model.objects.update_or_create(**keys, valid_from=row["valid_from"], defaults=columns)


def _rule_set(content: dict[str, Any]) -> None:
    if not content["valid_from"]:
        return  # a variant that no organ has adopted
    RuleSet.objects.get_or_create(
        code=content["id"],
        defaults={
            "organs": content.get("applies_to", [content["organ"]]),
            "valid_from": datetime.date.fromisoformat(content["valid_from"]),
            "valid_to": datetime.date.fromisoformat(content["valid_to"]) if content["valid_to"] else None,
            "active": content.get("active", True),
            "content": content,
            "sha256": seals.fingerprint(content),
        },
    )
