"""Files for lists: sending one, looking at what it changes, and applying it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from apps.access.acts import attempted
from apps.access.doors import REGISTRY, offers
from apps.access.forms import carried_out, form_for_verb, posted_version
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.screening import actions, policy, progress, queries
from apps.screening.forms import ImportForm
from apps.screening.models import ListImport, WatchList
from apps.screening.reading.texts import COLUMNS

S = ListImport.State
CHIPS = {
    S.RECEIVED: ("info", "half"),
    S.PREVIEWED: ("info", "eye"),
    S.HELD: ("warn", "alert"),
    S.PROPOSED: ("warn", "users"),
    S.APPLYING: ("info", "half"),
    S.APPLIED: ("ok", "circle-check"),
    S.REFUSED: ("bad", "circle-x"),
    S.DROPPED: ("mute", "minus"),
}
VERBS = {
    "bring_in": gettext_lazy("The list is being brought up to the file."),
    "propose": gettext_lazy("Proposed. Somebody else of your party has to confirm it."),
    "countersign": gettext_lazy("Confirmed. The list is being brought up to the file."),
    "drop": gettext_lazy("The file was put aside. Nothing was changed."),
}
"""What people do with an import, and what is said after it."""
MARKING = {"level": 2, "caveat": gettext_lazy("Owner's desks and the JRCC only")}


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
        row = carried_out(form, lambda: actions.send_file(actor, None, list=home.code, **form.sent()))
        if row is not None:
            return redirect("screening:import", row.pk)
    context = {
        "home": home,
        "form": form,
        "rows": [(row, CHIPS[S(row.state)]) for row in queries.imports(actor, home)],
        "columns": sorted(COLUMNS),
        "marking": MARKING,
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
    done, status = attempted(form, lambda **fields: spec.run(request.actor, row, version=version, **fields))
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
        "chip": CHIPS[S(row.state)],
        "groups": queries.import_lines(actor, row),
        "offers": [act for act in acts if act["verb"] != "propose"],
        "propose": (form or form_for_verb("import.propose")(actor=actor, row=row)) if asks else None,
        "form": form,
        "limits": queries.limits(),
        "marking": MARKING,
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
        "danger": offer.verb in {"drop", "countersign"},
    }


def _progress(row: Any) -> dict[str, Any]:
    total = row.read if row.state == S.APPLYING else 0
    done = progress.lines_done(row)
    return {
        "row": row,
        "waiting": row.state in {S.RECEIVED, S.APPLYING},
        "done": done,
        "total": total,
        "words": _("being applied") if row.state == S.APPLYING else _("being read"),
    }
