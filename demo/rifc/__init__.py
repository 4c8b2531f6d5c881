"""The demonstration: a week of shared reports, played by the cast through the real actions. Everything is fictional."""

import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from apps.access.forms import form_for_verb
from apps.rifc.actions import approvals, drafts, recalls, receipts, release_requests, shares, uses
from apps.rifc.models import Receipt, Report
from apps.rifc.tasks import count_exchange_balances
from demo.people import seated
from demo.rifc.sealed import load_sealed
from demo.scenes import Scene

PLAN = json.loads((Path(__file__).parent / "reports.json").read_text(encoding="utf-8"))["reports"]


def load() -> int:
    """Write and share the reports that are not there yet, with what recipients do; how many there are of them."""
    for plan in PLAN:
        author = seated(plan["author"])
        if not Report.objects.filter(originator=author.party_code, title=plan["input"]["title"]).exists():
            _play(author, plan)
    count_exchange_balances(timezone.now())
    return Report.objects.count()


def _play(author: Any, plan: dict[str, Any]) -> None:
    form = form_for_verb("rifc_report.draft")(plan["input"], actor=author)
    if not form.is_valid():
        raise ValueError(f"{plan['input']['title']}: {form.errors.as_text()}")
    row = drafts.draft_rifc_report(author, None, **form.cleaned_data)
    if plan["second"]:
        row = approvals.approve_rifc_report(seated(plan["second"]), approvals.submit_rifc_report(author, row))
    elif plan["input"]["kind"] == "spot_report":
        row = approvals.approve_own_rifc_report(author, row)
    else:
        return
    row = shares.share_rifc_report(author, row, to=plan["to"], ack_required=plan["ack_required"])
    if "JAM.contact" in plan["to"]:
        _jamaica(row)
    if "recall" in plan:
        recalls.recall_rifc_report(seated(plan["second"]), row, **plan["recall"])


def _jamaica(row: Report) -> None:
    """Jamaica's point of contact reads a report, gives the receipt, and asks whether Trinidad may have it."""
    point = seated("jam.contact.officer")
    receipts.read_rifc_report(point, None, report=row, channel="web")
    receipt = Receipt.objects.visible_to(point).get(report=row, desk_id=point.desk_id)
    receipts.acknowledge_report_receipt(point, receipt, edition=row.edition)
    if row.tlp == "AMBER":
        note = "The coast guard looked for the vessel and found it."
        uses.record_report_use(point, None, of=row, usefulness="useful", used_for=["operation"], note=note)
    if not Receipt.objects.filter(report=row, desk__code="TTO.contact").exists():
        note = "The boats were last seen on a course for Trinidad."
        release_requests.submit_release_request(point, None, of=row, to=["TTO.contact"], purpose="operation", note=note)


SCENES = [Scene("shared reports", load), Scene("sealed reports", load_sealed)]
