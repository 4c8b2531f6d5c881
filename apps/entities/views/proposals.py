"""Persons and things of a report: what is recorded, and what its text seems to speak of, for a person to decide."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.forms import form_for, put_faults
from apps.access.refusal import Refused
from apps.entities import policy
from apps.entities.actions.accepted_proposals import MOST, NEW, ROW, accept_entity_proposals
from apps.entities.queries import pages, proposals, words
from apps.rifc.actions import receipts
from apps.rifc.queries import report_pages as shown
from apps.rifc.queries import reports as queries

BLANK = 3
"""Empty lines for what the text says and no rule has seen."""


@require_GET
def in_report(request: Any, thread: Any) -> HttpResponse:
    """What is recorded of a report; its page fetches this as a fragment."""
    actor = request.actor
    report = queries.meant(actor, thread)
    context = {
        "report": report,
        "rows": pages.in_report(actor, report.thread),
        "may_record": bool(policy.may_record(actor, None)),
        "marking": shown.marking(report),
    }
    partial = request.headers.get("HX-Request-Type") == "partial"
    return render(request, "entities/_in_report.html" if partial else "entities/in_report.html", context)


@require_http_methods(["GET", "POST"])
def from_text(request: Any, thread: Any) -> HttpResponse:
    """Proposals from a report's text; what is ticked is recorded, all together."""
    actor = request.actor
    verdict = policy.may_record(actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    report = queries.meant(actor, thread)
    spec = REGISTRY["entity.take_up"]
    form = form_for(spec)(None, actor=actor, row=None)
    if request.method == "POST":
        decisions = _decisions(request.POST)
        kept = "1" if request.POST.get("kept") else ""
        data = {"report": str(report.thread), "decisions": json.dumps(decisions), "kept": kept}
        form = form_for(spec)(data, actor=actor, row=None)
        if form.is_valid():
            try:
                accept_entity_proposals(actor, None, **form.cleaned_data)
            except ValidationError as wrong:
                put_faults(form, wrong)
            else:
                n = len(decisions)
                said = ngettext("One statement is recorded.", "%(n)d statements are recorded.", n) % {"n": n}
                messages.success(request, said)
                return redirect("entities:in_report", thread=report.thread)
    receipts.read_rifc_report(actor, None, report=report, channel="proposals")
    report = queries.meant(actor, report.pk, edition=report.edition)
    spoken, lines = proposals.lines(actor, report)
    posted = request.POST if request.method == "POST" else {}
    context = {
        "report": report,
        "spoken": spoken,
        "lines": [_line(posted, number, one) for number, one in enumerate(lines)],
        "blanks": [_blank(posted, number) for number in range(len(lines), len(lines) + BLANK)],
        "paragraphs": [(str(one.row.pid), one.row.order) for one in spoken],
        "types": words.types(),
        "fields": [(code, one["label"]) for code, one in words.fields().items()],
        "kept": posted.get("kept", ""),
        "form": form,
        "marking": shown.marking(report),
    }
    return render(request, "entities/from_text.html", context, status=422 if form.errors else 200)


PARTS = ("paragraph", "type", "field", "value", "entity")


def _decisions(posted: Any) -> list[dict[str, str]]:
    """The ticked lines; `row:` in the form counts its lines, in the action the ticked ones."""
    ticked = [number for number in range(MOST + BLANK) if posted.get(f"tick-{number}")]
    places = {number: place for place, number in enumerate(ticked, start=1)}
    found = []
    for number in ticked:
        one = {part: posted.get(f"{part}-{number}", "") for part in PARTS}
        other = one["entity"].removeprefix(ROW)
        if one["entity"].startswith(ROW) and other.isdecimal():
            one["entity"] = f"{ROW}{places.get(int(other) - 1, 0)}"
        found.append(one)
    return found


def _line(posted: Any, number: int, one: Any) -> dict[str, Any]:
    first = str(one.candidates[0].pk) if one.candidates else NEW
    return {
        "n": number,
        "it": one,
        "kind": one.kind,
        "paragraph": posted.get(f"paragraph-{number}", str(one.paragraph.pid)),
        "type": posted.get(f"type-{number}", one.it.type),
        "field": posted.get(f"field-{number}", one.it.field),
        "value": posted.get(f"value-{number}", one.it.value),
        "entity": posted.get(f"entity-{number}", first),
        "tick": bool(posted.get(f"tick-{number}")),
        "earlier": [f"{ROW}{place}" for place in range(1, number + 1)],
        "said": pgettext("words, entities", "line %(n)d: %(value)s") % {"n": number + 1, "value": one.it.value},
    }


def _blank(posted: Any, number: int) -> dict[str, Any]:
    return {
        "n": number,
        **{part: posted.get(f"{part}-{number}", "") for part in PARTS},
        "tick": bool(posted.get(f"tick-{number}")),
        "earlier": [f"{ROW}{place}" for place in range(1, number + 1)],
        "said": pgettext("words, entities", "line %(n)d, empty") % {"n": number + 1},
    }
