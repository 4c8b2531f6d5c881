"""Files for lists: sending one, looking at what it changes, and applying it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST, require_safe

from apps.access.declared_actions import REGISTRY, offers
from apps.access.forms import carried_out, form_for_verb, posted_version
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.pages.verb_pages import try_form
from apps.screening import actions, policy, queries
from apps.screening.forms.entries import ImportForm
from apps.screening.lists import OWNERS, Imports
from apps.screening.models import ListImport, WatchList
from apps.screening.queries import import_progress
from apps.screening.queries.state_chips import IMPORT_STATES
from apps.screening.readers.texts import COLUMNS

S = ListImport.State
VERBS = {
    "bring_in": gettext_lazy("The list is being updated from the file."),
    "propose": gettext_lazy("Proposed. Another person of your party must confirm it."),
    "countersign": gettext_lazy("Confirmed. The list is being updated from the file."),
    "drop": gettext_lazy("The import was discarded. Nothing was changed."),
}
"""What people do with an import, and what is said after it."""


def import_new(request: Any, pk: Any) -> HttpResponse:
    """Send a file for a list; below, the files that came before."""
    actor = request.actor
    home = visible_or_404(WatchList.objects.visible_to(actor).select_related("originator", "owner"), actor, pk)
    verdict = policy.may_change_entry(actor, home)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    sent = request.method == "POST"
    form = ImportForm(request.POST if sent else None, files=request.FILES if sent else None, actor=actor)
    if sent:
        row = carried_out(form, lambda: actions.send_list_file(actor, None, list=home.code, **form.sent()))
        if row is not None:
            return redirect("screening:import", row.pk)
    context = {
        "home": home,
        "form": form,
        "list": Imports(request, home=home).shown(),
        "columns": sorted(COLUMNS),
        "marking": OWNERS,
    }
    return render(request, "screening/import_new.html", context, status=422 if form.errors else 200)


@require_safe
def one_import(request: Any, pk: Any) -> HttpResponse:
    """What a file changes in its list, line by line; while it is read or applied, how far that is."""
    row = _import(request.actor, pk)
    if request.headers.get("HX-Request-Type") == "partial":
        if row.state not in {S.RECEIVED, S.APPLYING}:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "screening/_import_progress.html", _progress(row))
    note_read(request, "import.view", row)
    return _page(request, row)


def _import(actor: Any, pk: Any) -> Any:
    rows = ListImport.objects.visible_to(actor).select_related("list", "originator", "owner")
    return visible_or_404(rows, actor, pk)


@require_POST
def import_do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """Carry out a verb on an import; 422 with the same page where its input is wrong."""
    if verb not in VERBS:
        raise Http404
    row, spec = _import(request.actor, pk), REGISTRY[f"import.{verb}"]
    form = form_for_verb(spec.verb)(request.POST, actor=request.actor, row=row)
    version = posted_version(request)
    done, status = try_form(form, lambda **fields: spec.run(request.actor, row, version=version, **fields))
    if done is None:
        return _page(request, row, form, status)
    messages.success(request, VERBS[verb])
    return redirect("screening:import", row.pk)


def _page(request: Any, row: Any, form: Any = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    acts = [_act(row, offer) for offer in offers(actor, row)] if actor.party_code == row.originator_id else []
    asks = any(act["verb"] == "propose" and act["allowed"] for act in acts)
    context = {
        **_progress(row),
        "chip": IMPORT_STATES[row.state],
        "groups": [
            (f"screening.lines_{kind}", words, lines) for kind, words, lines in queries.import_lines(actor, row)
        ],
        "offers": [act for act in acts if act["verb"] != "propose"],
        "propose": (form or form_for_verb("import.propose")(actor=actor, row=row)) if asks else None,
        "form": form,
        "limits": queries.limits(),
        "marking": OWNERS,
    }
    return render(request, "screening/import.html", context, status=status)


def _act(row: Any, offer: Any) -> dict[str, Any]:
    place = reverse("screening:import_do", args=[row.pk, offer.verb])
    return {
        "verb": offer.verb,
        "label": offer.label,
        "allowed": offer.allowed,
        "why_not": offer.why_not,
        "url": place,
        "danger": offer.spec.danger,
    }


def _progress(row: Any) -> dict[str, Any]:
    total = row.read if row.state == S.APPLYING else 0
    done = import_progress.lines_done(row)
    return {
        "row": row,
        "waiting": row.state in {S.RECEIVED, S.APPLYING},
        "done": done,
        "total": total,
        "words": pgettext("words, screening", "being applied")
        if row.state == S.APPLYING
        else pgettext("words, screening", "being read"),
    }
