"""Persons and things that a bundle proposes beside its draft: a person ticks what is right."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apps.access.declared_actions import REGISTRY
from apps.access.forms import form_for, posted_version
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.pages.verb_pages import refuse_early, try_form
from apps.rifc.models import Report
from apps.rifc.queries import reports, vocabulary
from apps.taxii.actions.accepted_entities import NEW, accept_taxii_entities
from apps.taxii.models import Intake
from apps.taxii.queries import intake as queries
from apps.taxii.queries import proposals
from apps.taxii.stix.entity_readers import Found
from apps.taxii.stix.imports import Draft


@require_http_methods(["GET", "POST"])
def things(request: Any, pk: Any) -> HttpResponse:
    """The proposals of one draft, a page at a time; what is ticked is recorded, all together."""
    actor = request.actor
    row, spec = visible_or_404(Intake, actor, pk), REGISTRY["intake.take_up"]
    refuse_early(actor, row, spec)
    asked = request.POST if request.method == "POST" else request.GET
    preview = queries.preview(row)
    draft = _draft(row, preview.drafts, asked.get("source", ""))
    report = reports.meant(actor, row.drafts[draft.source])
    form, status = form_for(spec)(None, actor=actor, row=row), 200
    if request.method == "POST":
        decisions = _decisions(request.POST, draft, preview.found)
        kept = "1" if request.POST.get("kept") else ""
        given = {"source": draft.source, "decisions": json.dumps(decisions), "kept": kept}
        form = form_for(spec)(given, actor=actor, row=row)
        _done, status = try_form(
            form, lambda **f: accept_taxii_entities(actor, row, version=posted_version(request), **f)
        )
        if status == 302:
            return _recorded(request, row, draft, len(decisions))
    return render(
        request, "taxii/things.html", _context(request, row, draft, report, preview.found, form), status=status
    )


def _draft(row: Intake, drafts: list[Draft], source: str) -> Draft:
    """The draft asked for, or the first that was written and proposes something; Refused for none."""
    written = [one for one in drafts if one.source in row.drafts and one.takes and source in {"", one.source}]
    if not written:
        raise Refused("not-visible")
    return written[0]


def _recorded(request: Any, row: Intake, draft: Draft, n: int) -> HttpResponse:
    messages.success(request, ngettext("One is recorded.", "%(n)d are recorded.", n) % {"n": n})
    return redirect(f"{reverse('taxii:things', args=[row.pk])}?source={draft.source}&from={_start(request.POST)}")


def _start(asked: Any) -> int:
    given = asked.get("from", "")
    return int(given) if given.isdecimal() and len(given) < 7 else 0


def _decisions(posted: Any, draft: Draft, found: Found) -> list[dict[str, Any]]:
    """What was ticked; fields are named by the place of a proposal in the draft's list."""
    made = []
    for n, key in enumerate(draft.takes):
        paragraph = posted.get(f"paragraph-{n}", "")
        if key in found.things:
            ticked = [place for place in range(len(found.things[key].facts)) if posted.get(f"fact-{n}-{place}")]
            chosen = posted.get(f"entity-{n}", NEW)
            if ticked:
                made.append({"object": key, "paragraph": paragraph, "entity": chosen, "facts": ticked})
        elif posted.get(f"tick-{n}"):
            made.append({"object": key, "paragraph": paragraph})
    return made


def _context(request: Any, row: Intake, draft: Draft, report: Report, found: Found, form: Any) -> dict[str, Any]:
    asked = request.POST if request.method == "POST" else request.GET
    posted = request.POST if request.method == "POST" else {}
    start = _start(asked)
    sheet = proposals.page_proposals(request.actor, row, found, draft, report, start)
    return {
        "intake": row,
        "draft": draft,
        "report": report,
        "lines": [_line(posted, one) for one in sheet.things],
        "others": [{"it": one, "tick": bool(posted.get(f"tick-{one.n}")),
                    "paragraph": posted.get(f"paragraph-{one.n}", one.paragraph)} for one in sheet.others],
        "paragraphs": sheet.paragraphs,
        "start": start,
        "following": sheet.following,
        "previous": max(0, start - proposals.PAGE) if start else None,
        "kept": posted.get("kept", ""),
        "version": posted_version(request) or row.version,
        "form": form,
        "marking": {"level": row.level, "label": vocabulary.classification(row.level).code},
    }  # fmt: skip


def _line(posted: Any, one: proposals.ThingLine) -> dict[str, Any]:
    first = one.taken or (str(one.candidates[0].pk) if one.candidates else NEW)
    return {
        "it": one,
        "paragraph": posted.get(f"paragraph-{one.n}", one.paragraph),
        "entity": posted.get(f"entity-{one.n}", first),
        "ticked": [fact.place for fact in one.facts if posted.get(f"fact-{one.n}-{fact.place}")],
    }
