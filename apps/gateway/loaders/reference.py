"""Reference data of the gateway: the sources, and the dated rules by which they are asked. Idempotent."""

import tomllib
from pathlib import Path

from django.db import transaction

from apps.access.grants import share_many
from apps.access.models import Level
from apps.gateway.models import Source, SourceRule
from apps.people.queries import desk_ids, service_actor

SEED = Path(__file__).parents[1] / "seed"
READERS = ("JRCC.watch", "JRCC.automation", "JRCC.oversight", "IMPACS.platform")


@transaction.atomic
def load_gateway_reference() -> dict[str, int]:
    """Bring sources and rules up to the seed file; how many rules it has. A source stays switched as it is."""
    plan = tomllib.loads((SEED / "sources.toml").read_text(encoding="utf-8"))
    watch = desk_ids("JRCC.watch")[0]
    actor = service_actor("JRCC.automation", request_id="reference")
    sources = {}
    for one in plan["source"]:
        fixed = {"name": one["name"], "kind": one["kind"]}
        row, made = Source.objects.get_or_create(
            code=one["code"], defaults={**fixed, "level": Level.PUBLIC, "owner_id": watch, "originator_id": "JRCC"}
        )
        if made:
            share_many(actor, [row], desk_ids(*READERS))
        sources[row.code] = row
    for rule in plan["rule"]:
        columns = {name: value for name, value in rule.items() if name not in {"source", "valid_from"}}
        SourceRule.objects.update_or_create(
            source=sources[rule["source"]], valid_from=rule["valid_from"], defaults=columns
        )
    return {"gateway rules": len(plan["rule"])}
