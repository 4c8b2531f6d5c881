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
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import pagination
from apps.access.declared_actions import Spec
from apps.access.downloads import state_marking
from apps.access.marking import of
from apps.access.refusal import Refused
from apps.entities.queries import words
from apps.pages.verb_pages import VerbPages
from apps.rifc.actions import receipts
from apps.rifc.policy import CISNET
from apps.rifc.queries import reports, rule, vocabulary
from apps.rifc.rules import channels
from apps.taxii import policy
from apps.taxii.actions import received_objects
from apps.taxii.forms import BundleForm
from apps.taxii.models import Intake
from apps.taxii.queries import intake as queries
from apps.taxii.queries import publication, texts
from apps.taxii.queries.namespace import namespace
from apps.taxii.refusals import Refusals
from apps.taxii.stix import exports
from apps.taxii.stix.imports import Draft, Row
from apps.taxii.views import violations

PAGE, MOST_ROWS = 50, 200
BOXES = [
    ("open", pgettext_lazy("status, taxii", "To review")),
    ("drafted", pgettext_lazy("words, taxii", "Draft created")),
    ("discarded", pgettext_lazy("status, taxii", "Set aside")),
]


def _prepare(request: Any, row: Intake, spec: Spec) -> dict[str, Any]:
    """The form begins with the first draft that could be written."""
    more: dict[str, Any] = {"marking": _highest([row])}
    if spec.name == "draft" and request.method == "GET":
        first = next(iter(queries.preview(row).drafts), None)
        more["initial"] = {"source": first.source} if first else {}
    return more


def _onward(request: Any, done: Any, _spec: Spec) -> str:
    """To the draft that was written, or first to the persons and things that came with it."""
    made = getattr(done, "made", None)
    if made is None:
        return reverse("taxii:intakes")
    source = request.POST.get("source", "")
    if any(one.takes for one in queries.preview(done).drafts if one.source == source):
        messages.success(request, _("Draft created. Tick below what is right about entities."))
        return f"{reverse('taxii:things', args=[done.pk])}?source={source}"
    messages.success(request, _("Draft created. Check it, then submit it."))
    return reverse("rifc:report_revise", args=[made.thread])


verbs = VerbPages(
    noun="intake",
    address="taxii:do",
    rows=lambda actor: Intake.objects.visible_to(actor),
    page=lambda row: reverse("taxii:intake", args=[row.pk]),
    title=lambda row: row.name or _("sent by a program of your desk"),
    whence=(pgettext_lazy("link, taxii", "STIX intake"), "taxii:intakes"),
    prepare=_prepare,
    onward=_onward,
)


@require_GET
def intakes(request: Any) -> HttpResponse:
    """What came in, newest first, by box."""
    actor = request.actor
    box = request.GET.get("box", "open")
    box = box if box in queries.BOXES else "open"
    try:
        before = pagination.key(Intake, request.GET, "before")
        rows, older, newer = pagination.cut(queries.find_intakes(actor, box, before), request.GET, PAGE)
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
        row = received_objects.receive_taxii_object(request.actor, None, items=items, channel="page", name=name)
        return redirect("taxii:intake", pk=row.pk)
    context = {"form": form, "marking": of(least=1, intelligence=True)}
    return render(request, "taxii/upload.html", context, status=422 if form.errors else 200)


@require_GET
def intake(request: Any, pk: Any) -> HttpResponse:
    """One thing that came in: object by object what becomes of it, and the drafts that could be written."""
    row = verbs.find(request.actor, pk)
    found = queries.preview(row)
    failures = row.results.get("failures", [])
    context = {
        "intake": row,
        "drafts": [_shown_draft(one) for one in found.drafts],
        "rows": [_shown_row(one) for one in found.rows[:MOST_ROWS]],
        "more_rows": max(0, len(found.rows) - MOST_ROWS),
        "failures": failures[:MOST_ROWS],
        "unsaid": row.failed - len(failures[:MOST_ROWS]),
        "offers": verbs.buttons(request.actor, row),
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
        "notes": violations.sentences(one.flags),
        "quarantined": one.quarantined,
    }


def _shown_row(one: Row) -> dict[str, Any]:
    return {
        "row": one,
        "says": [(words.field_label(field), value) for field, value in one.says],
        "becomes": violations.BECOMES[one.becomes],
        "tlp": "" if one.becomes == "held" else one.decision.tlp,
        "notes": violations.sentences(one.decision.flags),
        "quarantined": one.decision.quarantined,
    }


@require_GET
def export_bundle(request: Any, pk: Any) -> HttpResponse:
    """A report as a STIX bundle, for who may fetch it by program; the reading is noted before it is sent."""
    row = reports.meant(request.actor, pk)
    if row.state not in publication.OUT or row.recalled_at is not None:
        raise Refused("wrong-state", record=row)
    if channels.channel(rule.facts(row), rule.viewer_of(request.actor), channels.TAXII).rule != "C02":
        raise Refused(Refusals.NOT_BY_PROGRAM)
    receipts.read_rifc_report(request.actor, None, report=row, channel="stix")
    versions = publication.versions_of(row.thread)
    text = texts.texts_of(versions, timezone.now())[row.pk, request.actor.function not in CISNET]
    bundle = exports.bundle([*text.needs, *(item.value for item in text.items)], namespace(), str(row.pk))
    body = json.dumps(bundle, ensure_ascii=False, indent=1)
    response = HttpResponse(body, content_type="application/stix+json;version=2.1")
    response["Content-Disposition"] = f'attachment; filename="cisnet-{str(row.thread)[-12:]}.json"'
    state_marking(response, of(row))
    return response
