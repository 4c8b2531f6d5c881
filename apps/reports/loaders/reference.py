"""Reference data of reports: their templates, and the facts that the report of 2008 rests on. Run at each start."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.access.grants import share_many
from apps.council.queries.audience import members
from apps.council.rules.seals import fingerprint
from apps.people.models import Desk, Party
from apps.people.queries import desk_ids, service_actor
from apps.reports.models import Fact, ReportTemplate
from apps.reports.queries.sources import SOURCES
from apps.reports.rules import templates
from apps.reports.rules.values import read_value

SEED = Path(__file__).parents[1] / "seed"
TEMPLATES = ("oas_report", "council_report", "scorecard", "meeting_brief")
FIRST = datetime.date(2005, 1, 1)
KEEPER = "IMPACS.secretariat"


@transaction.atomic
def load_reports_reference() -> dict[str, int]:
    """Add templates and facts that are not there yet; counts of what is there.

    Neither is ever changed here. A template that differs from the stored one of its version is a ValueError.
    """
    for name in TEMPLATES:
        _template(tomllib.loads((SEED / f"{name}.toml").read_text(encoding="utf-8")))
    _facts(tomllib.loads((SEED / "facts.toml").read_text(encoding="utf-8"))["fact"])
    return {"report templates": ReportTemplate.objects.count(), "facts": Fact.objects.count()}


def _template(content: dict[str, Any]) -> None:
    about = templates.read_template(content, tuple(SOURCES))
    sha256 = fingerprint(content)
    row, _new = ReportTemplate.objects.get_or_create(
        kind=about.kind,
        version=about.version,
        defaults={"valid_from": FIRST, "content": content, "sha256": sha256},
    )
    if row.sha256 != sha256:
        raise ValueError(f"the template {row} is in use with other words: give the new wording a new version")


def _facts(rows: list[dict[str, Any]]) -> None:
    known = set(Fact.objects.values_list("code", "valid_from"))
    names = dict(Party.objects.values_list("code", "short_name"))
    keeper = Desk.objects.get(code=KEEPER)
    new = [_fact(row, keeper, names) for row in rows if (row["code"], row["valid_from"]) not in known]
    if new:
        Fact.objects.bulk_create(new)
        groups = {keeper.pk, *members(datetime.datetime.now(datetime.UTC).date()), *desk_ids("IMPACS.automation")}
        share_many(service_actor("IMPACS.automation"), new, groups, basis="reference data")


def _fact(row: dict[str, Any], keeper: Desk, names: dict[str, str]) -> Fact:
    read_value(row["content"], names)
    return Fact(
        code=row["code"],
        title=row["title"],
        content=row["content"],
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        recorded_at=datetime.datetime.combine(row["recorded_on"], datetime.time(), datetime.UTC),
        provenance=row.get("provenance", Fact.Provenance.DOCUMENT),
        source=row["source"],
        owner=keeper,
        originator_id="IMPACS",
        level=0,
    )
