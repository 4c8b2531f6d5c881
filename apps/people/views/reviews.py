"""Rounds of access: what is to be answered, how far the party is, and the evidence of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import doors
from apps.access.acts import ask, attempted, spec_of
from apps.access.forms import form_for
from apps.access.middleware import note_read
from apps.access.refused import Refused
from apps.people.evidence import items_of, sheet, taken_along
from apps.people.managers import REGISTERS
from apps.people.models import AccessReview, ReviewItem
from apps.people.progress import by_desk
from apps.people.queries import elsewhere
from apps.people.views.found import one


@require_GET
def reviews(request: Any) -> HttpResponse:
    """The party's rounds, the newest first; straight to the one that runs for who has seats to answer for."""
    actor = _knows(request)
    rounds = AccessReview.objects.visible_to(actor).order_by("-opened_at")[:20]
    return render(request, "people/reviews.html", {"rounds": rounds})


def _knows(request: Any) -> Any:
    actor = request.actor
    if actor is None or not (actor.function in REGISTERS or actor.rank >= 3) or actor.function == "carrier":
        raise Refused("not-visible")
    return actor


@require_GET
def review(request: Any, uid: Any) -> HttpResponse:
    """One round: its progress, and the seats that this seat may see."""
    actor = _knows(request)
    it = one(AccessReview.objects.visible_to(actor), uid)
    items = list(items_of(actor, it))
    for item in items:
        item.review = it
    note_read(request, "review.read", it, rows=len(items))
    sent = elsewhere(it.party_id)
    context = {
        "it": it,
        "rows": [
            {
                "it": item,
                "offers": _offers(actor, item),
                "elsewhere": [seat for seat in sent if seat.user_id == item.seat.user_id],
            }
            for item in items
        ],
        "sent": sent,
        "progress": by_desk(items),
        "left": sum(item.state == ReviewItem.State.OPEN for item in items),
        "whole": actor.function in REGISTERS,
        "now": timezone.now(),
    }
    return render(request, "people/review.html", context)


def _offers(actor: Any, item: Any) -> list[dict[str, Any]]:
    return [
        {
            "verb": f"{offer.verb} {item.pk}",
            "label": offer.label,
            "allowed": True,
            "url": reverse("people:review_do", args=[item.uid, offer.verb]),
            "asks": offer.verb != "keep",
            "danger": offer.verb == "remove",
        }
        for offer in doors.offers(actor, item)
        if offer.allowed
    ]


@require_http_methods(["GET", "POST"])
def review_do(request: Any, uid: Any, verb: str) -> HttpResponse:
    """Keep, ask for a change, or remove: one seat at a time, never all at once."""
    actor = _knows(request)
    item = one(ReviewItem.objects.visible_to(actor).select_related("review", "seat__user", "seat__desk__function"), uid)
    spec = spec_of("reviewitem", verb)
    ask(actor, item, spec)
    form = form_for(spec)(request.POST if request.method == "POST" else None, actor=actor, row=item)
    status = 200
    if request.method == "POST":
        done, status = attempted(form, lambda **fields: spec.run(actor, item, **fields))
        if done is not None:
            messages.success(request, _("Answered for %(name)s.") % {"name": item.seat.user.get_full_name()})
            return redirect("people:review", uid=item.review.uid)
    return render(request, "people/review_do.html", {"it": item, "form": form, "spec": spec}, status=status)


@require_GET
def evidence(request: Any, uid: Any) -> HttpResponse:
    """The round as CSV, for the party's registers. Its SHA-256 stands in the audit, so that it can be proved later."""
    actor = request.actor
    if actor is None or actor.function not in REGISTERS:
        raise Refused("not-visible")
    it = one(AccessReview.objects.visible_to(actor), uid)
    return taken_along(request, it, sheet(it, items_of(actor, it)))
