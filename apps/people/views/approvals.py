"""What waits for a second person: the list, one proposal with what it changes, and the answer to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from apps.access import declared_actions
from apps.access.marking import OFFICIAL, marked
from apps.access.refusal import Refused
from apps.pages.verb_pages import VerbPages
from apps.people.actions import approvals as deciding
from apps.people.lists import Decided
from apps.people.models import AccountProposal
from apps.people.queries.seat_additions import proposal_additions
from apps.people.rules.registers import REGISTERS
from apps.people.views.secondments import what_he_would_see

SECOND = REGISTERS | {"platform"}
SAID = {
    "awaited": _("Approved. The person's own party is asked next."),
    "approved": _("Approved. The person who asked can now carry it out."),
    "done": _("Approved and carried out."),
    "void": _("The request is void: the account or its appointments have changed since. Nothing was changed."),
    "lapsed": _("The request expired: it was not approved in time. Nothing was changed."),
    "refused": _("Refused. Nothing changes."),
    "withdrawn": pgettext_lazy("words, people", "Request withdrawn."),
}


def _rows(actor: Any) -> Any:
    """For who may be a second person; for every other seat there are none."""
    if actor is None or actor.function not in SECOND:
        raise Refused("not-visible")
    rows = AccountProposal.objects.visible_to(actor)
    return rows.select_related(
        "subject", "desk__function", "proposer", "approver_seat__user", "party", "home_seat__user"
    )


def _onward(request: Any, done: AccountProposal, _spec: Any) -> str:
    messages.success(request, SAID[done.state])
    return reverse("people:approvals")


verbs = VerbPages(
    noun="proposal",
    address="people:approval_do",
    rows=_rows,
    key="uid",
    page=lambda row: reverse("people:approval", args=[row.uid]),
    title=lambda row: row.subject.get_full_name(),
    whence=(pgettext_lazy("link, people", "Second approval"), "people:approvals"),
    template="people/approval_do.html",
    onward=_onward,
)


@require_GET
@marked(OFFICIAL)
def approvals(request: Any) -> HttpResponse:
    """What waits, then what became of the rest, the newest first."""
    rows = _rows(request.actor)
    waiting = list(rows.filter(state__in=AccountProposal.WAITING).order_by("expires_at")[:100])
    return Decided(request).answer(waiting=waiting)


@require_GET
@marked(OFFICIAL)
def approval(request: Any, uid: Any) -> HttpResponse:
    """One proposal: who asked, what would change, and the buttons."""
    actor, it = request.actor, verbs.find(request.actor, uid)
    offers = [
        {
            "verb": offer.verb,
            "label": offer.label,
            "allowed": offer.allowed,
            "why_not": offer.why_not,
            "url": verbs.place(it, offer.verb),
            "asks": True,
            "danger": offer.spec.danger,
        }
        for offer in declared_actions.offers(actor, it)
        if offer.allowed or it.state != AccountProposal.State.AWAITED
    ]
    own = it.subject.home_party_id == actor.party_code
    # of a person of another party one is not told what has become of their account
    knows = own or it.verb != deciding.SECONDS
    context = {
        "it": it,
        "offers": offers,
        "own": own,
        "moved": knows and it.state in {"open", "awaited"} and deciding.changed_since(it, it.subject),
        "change": what_he_would_see(actor, it),
        "adds": proposal_additions(it),
    }
    return render(request, "people/approval.html", context)
