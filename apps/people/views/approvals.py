"""What waits for a second person: the list, one proposal with what it changes, and the answer to it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import doors, paging
from apps.access.acts import ask, attempted, spec_of
from apps.access.forms import form_for
from apps.people.actions import approvals as deciding
from apps.people.managers import REGISTERS
from apps.people.models import AccountProposal
from apps.people.views.found import asker, one
from apps.people.views.secondments import what_he_would_see

SECOND = REGISTERS | {"platform"}
SAID = {
    "awaited": _("Approved. The person's own party is asked now."),
    "approved": _("Approved. Who asked for it can carry it out now."),
    "done": _("Approved and carried out."),
    "void": _("It is void: account or seats have changed since it was asked for. Nothing was done."),
    "lapsed": _("It had lapsed: nobody approved it in time. Nothing was done."),
    "refused": _("Refused. Nothing changes."),
    "withdrawn": _("Taken back."),
}


@require_GET
def approvals(request: Any) -> HttpResponse:
    """What waits, then what became of the rest, the newest first."""
    actor = asker(request, SECOND)
    rows = _rows(actor)
    waiting = list(rows.filter(state__in=AccountProposal.WAITING).order_by("expires_at")[:100])
    found, older, newer = paging.cut(rows.exclude(state__in=AccountProposal.WAITING), request.GET, 50)
    context = {
        "waiting": waiting,
        "rows": found,
        "older": f"?{older}" if older else "",
        "newer": f"?{newer}" if newer else "",
    }
    return render(request, "people/approvals.html", context)


def _rows(actor: Any) -> Any:
    rows = AccountProposal.objects.visible_to(actor)
    return rows.select_related(
        "subject", "desk__function", "proposer", "approver_seat__user", "party", "home_seat__user"
    )


@require_GET
def approval(request: Any, uid: Any) -> HttpResponse:
    """One proposal: who asked, what would change, and the buttons."""
    actor = asker(request, SECOND)
    it = one(_rows(actor), uid)
    offers = [
        {
            "verb": offer.verb,
            "label": offer.label,
            "allowed": offer.allowed,
            "why_not": offer.why_not,
            "url": reverse("people:approval_do", args=[it.uid, offer.verb]),
            "asks": True,
            "danger": offer.verb in {"refuse", "decline"},
        }
        for offer in doors.offers(actor, it)
        if offer.allowed or it.state != AccountProposal.State.AWAITED
    ]
    own = it.subject.home_party_id == actor.party_code
    # of a person of another party one is not told what has become of his account
    knows = own or it.verb != deciding.SECONDS
    context = {
        "it": it,
        "offers": offers,
        "own": own,
        "moved": knows and it.state in {"open", "awaited"} and deciding.changed_since(it, it.subject),
        "change": what_he_would_see(actor, it),
    }
    return render(request, "people/approval.html", context)


@require_http_methods(["GET", "POST"])
def approval_do(request: Any, uid: Any, verb: str) -> HttpResponse:
    """Approve, refuse or take back, on a page of its own."""
    actor = asker(request, SECOND)
    it = one(_rows(actor), uid)
    spec = spec_of("proposal", verb)
    ask(actor, it, spec)
    form = form_for(spec)(request.POST if request.method == "POST" else None, actor=actor, row=it)
    status = 200
    if request.method == "POST":
        done, status = attempted(form, partial(spec.run, actor, it))
        if done is not None:
            messages.success(request, SAID[done.state])
            return redirect("people:approvals")
    return render(request, "people/approval_do.html", {"it": it, "form": form, "spec": spec}, status=status)
