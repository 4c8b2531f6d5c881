"""The page of a verb and its buttons, for reports, clearances, facts and comments."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.access.acts import spec_of
from apps.access.doors import offers
from apps.access.queries import visible_or_404
from apps.council.views.acts import ask, carry_out
from apps.reports.models import Clearance, Fact, Report, ScoreComment

# collection in the address: (model, noun of its verbs, url name of the record's page)
RECORDS: dict[str, tuple[Any, str, str]] = {
    "reports": (Report, "report", "reports:report"),
    "clearances": (Clearance, "clearance", "reports:clearance"),
    "facts": (Fact, "fact", "reports:fact"),
    "comments": (ScoreComment, "score_comment", ""),
}
ELSEWHERE = frozenset({"edit", "accept"})
"""Verbs whose buttons stand beside the sentence that they are about."""
DANGEROUS = frozenset({"report.return", "report.correct", "clearance.object", "clearance.return"})
PICTURES = {
    "compile": "list-checks",
    "refresh": "history",
    "clear": "send",
    "approve": "check",
    "issue": "signature",
    "return": "undo",
    "agree": "check",
    "object": "minus",
    "correct": "pen",
}


@require_http_methods(["GET", "POST"])
def act(request: Any, collection: str, pk: Any, verb: str) -> HttpResponse:
    """Ask for the input of a verb, and carry it out on POST."""
    model, noun, page = RECORDS.get(collection, (None, "", ""))
    spec = spec_of(noun, verb)
    row = visible_or_404(model, request.actor, pk)
    if request.method == "GET":
        ask(request.actor, row, spec)
    here = reverse(page, args=[row.pk]) if page else reverse("reports:scorecards")
    return carry_out(request, spec, row, lambda _done: here, back=here, initial=_initial(spec.verb, row, request))


def _initial(verb: str, row: Any, request: Any) -> dict[str, Any]:
    """What a verb's form holds to begin with."""
    if verb == "fact.correct":
        return {name: getattr(row, name) for name in ("content", "valid_from", "valid_to", "source")}
    if verb == "report.issue":
        return {"to": row.addressee}
    return {"key": request.GET.get("key", "")} if verb.endswith(".return") else {}


def buttons(actor: Any, row: Any, collection: str) -> list[dict[str, Any]]:
    """What the seat may do with a record, for components/actions.html."""
    return [
        {
            "verb": offer.verb,
            "label": offer.label,
            "allowed": offer.allowed,
            "why_not": offer.why_not,
            "picture": PICTURES.get(offer.verb, ""),
            "url": reverse("reports:act", args=[collection, row.pk, offer.verb]),
            "asks": bool(offer.spec.takes),
            "danger": offer.spec.verb in DANGEROUS,
        }
        for offer in offers(actor, row)
        if (offer.allowed or offer.verb == "approve") and offer.verb not in ELSEWHERE
    ]
