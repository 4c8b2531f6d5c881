"""The demonstration: persons and things of a few reports, recorded by the cast through the real actions. Fictional."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from apps.access.forms import form_for_verb
from apps.entities.actions import duplicates, statements, watchlist_entries
from apps.entities.models import Assertion, Entity
from apps.entities.queries import entities
from apps.rifc.actions import approvals, drafts, shares
from apps.rifc.models import Paragraph, Report
from apps.screening.models import Entry
from demo.people import seated
from demo.scenes import Scene

PLAN = tomllib.loads((Path(__file__).parent / "reports.toml").read_text(encoding="utf-8"))["report"]
SAME = ("marlon", "marlon_j")
LISTED = "JAM-E-0001"


def load() -> int:
    """Write the reports that are not there yet and record what they say; how many persons and things there are."""
    made: dict[str, Entity] = {}
    for plan in PLAN:
        report = _report(plan)
        if not Assertion.objects.filter(thread=report.thread).exists():
            made |= _record(plan, report)
    if made:
        _afterwards(made)
    return Entity.objects.count()


def _report(plan: dict[str, Any]) -> Report:
    author = seated(plan["author"])
    there = Report.objects.filter(originator=author.party_code, title=plan["title"]).order_by("-edition").first()
    return there or _shared(author, plan)


def _shared(author: Any, plan: dict[str, Any]) -> Report:
    paragraphs = [
        {"text": text, "portion": "R", "grading": {"scheme": "nato6x6", "value": value}, "source_type": "human"}
        for text, value in plan["paragraphs"]
    ]
    given = {
        "kind": "intelligence_report",
        "title_portion": "U",
        "threat_categories": ["drugs"],
        "handling": [],
        "eyes": [],
        "named_persons": [],
        "paragraphs": paragraphs,
        **{name: plan[name] for name in ("title", "tlp", "classification")},
    }
    form = form_for_verb("rifc_report.draft")(given, actor=author)
    if not form.is_valid():
        raise ValueError(f"{plan['title']}: {form.errors.as_text()}")
    row = approvals.submit_rifc_report(author, drafts.draft_rifc_report(author, None, **form.cleaned_data))
    row = approvals.approve_rifc_report(seated(plan["second"]), row)
    return shares.share_rifc_report(author, row, to=plan["to"], ack_required=False)


def _record(plan: dict[str, Any], report: Report) -> dict[str, Entity]:
    author = seated(plan["author"])
    pids = dict(Paragraph.objects.filter(report=report).values_list("order", "pid"))
    rest = {number: {"report": report.thread, "paragraph": pid} for number, pid in pids.items()}
    made: dict[str, Entity] = {}
    for thing in plan["thing"]:
        (place, field, value), *others = thing["facts"]
        row = statements.create_entity(author, None, type=thing["type"], field=field, value=value, **rest[place])
        made[thing["key"]] = row
        for place, field, value in others:
            statements.record_entity_fact(author, row, field=field, value=value, **rest[place])
        for place, at, precision, where, position in thing.get("sightings", []):
            moment = datetime.datetime.fromisoformat(at)
            given = {"at": moment, "precision": precision, "place": where, "position": position}
            statements.record_sighting(author, row, **given, **rest[place])
    ties = [(thing["key"], thing.get("links", [])) for thing in plan["thing"]]
    ties += [(one["from"], one["evidence"]) for one in plan.get("link", [])]
    for key, evidence in ties:
        for place, kind, to in evidence:
            statements.link_entities(author, made[key], to=made[to].pk, type=kind, **rest[place])
    return made


def _afterwards(made: dict[str, Entity]) -> None:
    """Jamaica sees both Marlon Testcases, holds them to be one, and puts its own on its list."""
    officer = seated("jam.intelligence.officer")
    one, other = (made.get(key) for key in SAME)
    if one and other and entities.entity(officer, one.pk):
        reason = "Same name; the two reports are of the same week."
        duplicates.propose_duplicate(officer, None, one=one.pk, other=other.pk, reason=reason)
    if other and not Entry.objects.filter(reference=LISTED).exists():
        given = {"list": "JAM-WATCH", "reference": LISTED, "instruction": "inform"}
        watchlist_entries.list_entity(officer, other, **given)


SCENES = [Scene("persons and things", load)]
