"""The demonstration: a week of shared reports, played by the cast through the real actions. Everything is fictional."""

import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from apps.access.forms import form_for_verb
from apps.people.demo import seated
from apps.rifc.actions import checking, reading, recalling, releasing, sharing, using, writing
from apps.rifc.models import Receipt, Report
from apps.rifc.tasks import count

PLAN = json.loads((Path(__file__).parent / "reports.json").read_text(encoding="utf-8"))["reports"]


def load() -> int:
    """Write and share the reports that are not there yet, with what recipients do; how many there are of them."""
    for plan in PLAN:
        author = seated(plan["author"])
        if not Report.objects.filter(originator=author.party_code, title=plan["input"]["title"]).exists():
            _play(author, plan)
    count(timezone.now())
    return Report.objects.count()


def _play(author: Any, plan: dict[str, Any]) -> None:
    form = form_for_verb("rifc_report.draft")(plan["input"], actor=author)
    if not form.is_valid():
        raise ValueError(f"{plan['input']['title']}: {form.errors.as_text()}")
    row = writing.draft(author, None, **form.cleaned_data)
    if plan["second"]:
        row = checking.approve(seated(plan["second"]), checking.submit(author, row))
    elif plan["input"]["kind"] == "spot_report":
        row = checking.self_approve(author, row)
    else:
        return
    row = sharing.share(author, row, to=plan["to"], ack_required=plan["ack_required"])
    if "JAM.contact" in plan["to"]:
        _jamaica(row)
    if "recall" in plan:
        recalling.recall(seated(plan["second"]), row, **plan["recall"])


def _jamaica(row: Report) -> None:
    """Jamaica's point of contact reads a report, gives the receipt, and asks whether Trinidad may have it."""
    point = seated("jam.contact.officer")
    reading.read(point, None, report=row, channel="web")
    receipt = Receipt.objects.visible_to(point).get(report=row, desk_id=point.desk_id)
    reading.acknowledge(point, receipt, edition=row.edition)
    if row.tlp == "AMBER":
        note = "The coast guard looked for the vessel and found it."
        using.tell(point, None, of=row, usefulness="useful", used_for=["operation"], note=note)
    if not Receipt.objects.filter(report=row, desk__code="TTO.contact").exists():
        note = "The boats were last seen on a course for Trinidad."
        releasing.submit(point, None, of=row, to=["TTO.contact"], purpose="operation", note=note)
