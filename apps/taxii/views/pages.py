"""What came in for a desk, what it would become, and what a person makes of it; a report as a bundle."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import paging
from apps.access.acts import ask, spec_of
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.entities.queries import words
from apps.rifc.actions import reading
from apps.rifc.policy import CISNET
from apps.rifc.queries import reports, rule, vocabulary
from apps.rifc.rules import channels
from apps.rifc.views import acts
from apps.taxii import policy, wording
from apps.taxii.actions import receiving
from apps.taxii.forms import BundleForm
from apps.taxii.models import Intake
from apps.taxii.namespace import namespace
from apps.taxii.queries import intake as queries
from apps.taxii.queries import publishing, texts
from apps.taxii.stix import exporting
from apps.taxii.stix.importing import Draft, Row

PAGE, MOST_ROWS = 50, 200
BOXES = [
    ("open", gettext_lazy("To look at")),
    ("drafted", gettext_lazy("Draft written")),
    ("discarded", gettext_lazy("Put aside")),
]


@require_GET
def intakes(request: Any) -> HttpResponse:
    """What came in, newest first, by box."""
    actor = request.actor
    box = request.GET.get("box", "open")
    box = box if box in queries.BOXES else "open"
    try:
        before = paging.key(Intake, request.GET, "before")
        rows, older, newer = paging.cut(queries.rows(actor, box, before), request.GET, PAGE)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    context = {
        "rows": rows,
        "box": box,
        "boxes": BOXES,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "may_send": bool(policy.may_send(actor, None)),
        "marking": _highest(rows),
    }
    return render(request, "taxii/intakes.html", context)


def _highest(rows: list[Intake]) -> dict[str, Any]:
    level = max((row.level for row in rows), default=0)
    return {"level": level, "label": vocabulary.classification(level).code}


@require_http_methods(["GET", "POST"])
def upload(request: Any) -> HttpResponse:
    """Bring a bundle as a file; what it would become is shown before anything is made of it."""
    verdict = policy.may_send(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    form = BundleForm(request.POST, request.FILES) if request.method == "POST" else BundleForm()
    if request.method == "POST" and form.is_valid():
        items, name = form.cleaned_data["items"], form.cleaned_data["file"].name
        row = receiving.receive(request.actor, None, items=items, channel="page", name=name)
        return redirect("taxii:intake", pk=row.pk)
    return render(request, "taxii/upload.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def intake(request: Any, pk: Any) -> HttpResponse:
    """One thing that came in: object by object what becomes of it, and the drafts that could be written."""
    row = visible_or_404(Intake, request.actor, pk)
    found = queries.preview(row)
    failures = row.results.get("failures", [])
    context = {
        "intake": row,
        "drafts": [_shown_draft(one) for one in found.drafts],
        "rows": [_shown_row(one) for one in found.rows[:MOST_ROWS]],
        "more_rows": max(0, len(found.rows) - MOST_ROWS),
        "failures": failures[:MOST_ROWS],
        "unsaid": row.failed - len(failures[:MOST_ROWS]),
        "offers": acts.buttons(request.actor, row, lambda verb: reverse("taxii:do", args=[row.pk, verb])),
        "primary": "draft" if row.state == Intake.State.OPEN and found.drafts else "take_up",
        "version": row.version,
        "marking": _highest([row]),
    }
    proposes = any(one.takes for one in found.drafts if one.source in row.drafts)
    without = {"draft": not found.drafts, "take_up": not proposes}
    context["offers"] = [one for one in context["offers"] if not without.get(one["verb"])]
    return render(request, "taxii/intake.html", context)


def _shown_draft(one: Draft) -> dict[str, Any]:
    given = one.given
    caveats = (["ORCON"] if given["orcon"] else []) + ([f"EYES {'/'.join(given['eyes'])}"] if given["eyes"] else [])
    return {
        "title": given["title"],
        "tlp": given["tlp"],
        "classification": given["classification"],
        "caveats": " ".join([*caveats, *given["handling"]]),
        "paragraphs": given["paragraphs"],
        "summary": given["summary"],
        "notes": wording.sentences(one.flags),
        "quarantined": one.quarantined,
    }


def _shown_row(one: Row) -> dict[str, Any]:
    return {
        "row": one,
        "says": [(words.field_label(field), value) for field, value in one.says],
        "becomes": wording.BECOMES[one.becomes],
        "tlp": "" if one.becomes == "held" else one.decision.tlp,
        "notes": wording.sentences(one.decision.flags),
        "quarantined": one.decision.quarantined,
    }


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """Ask for the input of a verb, and carry it out on POST."""
    spec = spec_of("intake", verb)
    row = visible_or_404(Intake, request.actor, pk)
    if request.method == "GET":
        ask(request.actor, row, spec)
    back = reverse("taxii:intake", args=[row.pk])
    drafts = {one.source: one for one in queries.preview(row).drafts} if verb == "draft" else {}
    initial = {"source": next(iter(drafts))} if drafts else {}

    def onward(done: Any) -> str:
        made = getattr(done, "made", None)
        if made is None:
            return reverse("taxii:intakes")
        source = request.POST.get("source", "")
        if source in drafts and drafts[source].takes:
            messages.success(request, _("The draft is written. Tick below what is right of persons and things."))
            return f"{reverse('taxii:things', args=[row.pk])}?source={source}"
        messages.success(request, _("The draft is written. Look through it, then hand it in."))
        return reverse("rifc:report_revise", args=[made.thread])

    return acts.carry_out(
        request, spec, row, onward, initial=initial, back=back, whence=_("STIX intake"), marking=_highest([row])
    )


@require_GET
def export(request: Any, pk: Any) -> HttpResponse:
    """A report as a STIX bundle, for who may fetch it by program; the reading is noted before it is sent."""
    row = reports.meant(request.actor, pk)
    if row.state not in publishing.OUT or row.recalled_at is not None:
        raise Refused("wrong-state", record=row)
    if channels.channel(rule.facts(row), rule.viewer_of(request.actor), channels.TAXII).rule != "C02":
        raise Refused("may-not", "not-by-program")
    reading.read(request.actor, None, report=row, channel="stix")
    versions = publishing.versions_of(row.thread)
    text = texts.texts_of(versions, timezone.now())[row.pk, request.actor.function not in CISNET]
    bundle = exporting.bundle([*text.needs, *(item.value for item in text.items)], namespace(), str(row.pk))
    body = json.dumps(bundle, ensure_ascii=False, indent=1)
    response = HttpResponse(body, content_type="application/stix+json;version=2.1")
    response["Content-Disposition"] = f'attachment; filename="cisnet-{str(row.thread)[-12:]}.json"'
    return response
