"""Rounds of access: what is to be answered, how far the party is, and the evidence of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from apps.access import declared_actions
from apps.access.marking import OFFICIAL, marked
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.pages.verb_pages import VerbPages
from apps.people.models import AccessReview, ReviewItem
from apps.people.queries import elsewhere
from apps.people.queries.review_evidence import items_of, sheet, taken_along
from apps.people.rules.registers import REGISTERS
from apps.people.rules.review_progress import by_desk
from apps.people.views.page_context import one


def _rows(actor: Any) -> Any:
    """Answers that the seat may give or see; of one item its round, its person and the desk are needed."""
    rows = ReviewItem.objects.visible_to(_knowing(actor))
    return rows.select_related("review", "seat__user", "seat__desk__function")


def _title(row: ReviewItem) -> str:
    return f"{row.seat.user.get_full_name()}: {row.seat.desk.code}, {row.seat.role}"


def _onward(request: Any, done: ReviewItem, _spec: Any) -> str:
    said = pgettext("words, people", "Answered for %(name)s.") % {"name": done.seat.user.get_full_name()}
    messages.success(request, said)
    return verbs.page(done)


verbs = VerbPages(
    noun="reviewitem",
    address="people:review_do",
    rows=_rows,
    key="uid",
    page=lambda row: reverse("people:review", args=[row.review.uid]),
    title=_title,
    whence=(pgettext_lazy("link, people", "Access reviews"), "people:reviews"),
    onward=_onward,
)


@require_GET
@marked(OFFICIAL)
def reviews(request: Any) -> HttpResponse:
    """The party's rounds, the newest first; straight to the one that runs for who has seats to answer for."""
    actor = _knowing(request.actor)
    rounds = AccessReview.objects.visible_to(actor).order_by("-opened_at")[:20]
    return render(request, "people/reviews.html", {"rounds": rounds})


def _knowing(actor: Any) -> Any:
    """The actor, if the rounds are their work; for all others the pages are not there."""
    if actor is None or not (actor.function in REGISTERS or actor.rank >= 3) or actor.function == "carrier":
        raise Refused("not-visible")
    return actor


@require_GET
@marked(OFFICIAL)
def review(request: Any, uid: Any) -> HttpResponse:
    """One round: its progress, and the seats that this seat may see."""
    actor = _knowing(request.actor)
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
            "url": verbs.place(item, offer.verb),
            "asks": offer.verb != "keep",
            "danger": offer.spec.danger,
        }
        for offer in declared_actions.offers(actor, item)
        if offer.allowed
    ]


@require_GET
def evidence(request: Any, uid: Any) -> HttpResponse:
    """The round as CSV, for the party's registers. Its SHA-256 stands in the audit, so that it can be proved later."""
    actor = request.actor
    if actor is None or actor.function not in REGISTERS:
        raise Refused("not-visible")
    it = one(AccessReview.objects.visible_to(actor), uid)
    return taken_along(request, it, sheet(it, items_of(actor, it)))
