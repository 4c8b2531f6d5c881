"""What the pages of the verbs of reports have in common: their address, pictures, and an approval that waits."""

from typing import Any

from django.urls import reverse

from apps.access.actor import Actor
from apps.access.declared_actions import Spec, offers
from apps.pages.verb_pages import VerbPages

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


class ReportVerbs(VerbPages):
    """Buttons with pictures; who may not approve reads beside the button why."""

    def buttons(self, actor: Actor, row: Any) -> list[dict[str, Any]]:
        """What the seat may do with a record, for components/actions.html."""
        return [
            {
                "verb": offer.verb,
                "label": offer.label,
                "allowed": offer.allowed,
                "why_not": offer.why_not,
                "picture": PICTURES.get(offer.verb, ""),
                "url": self.place(row, offer.verb),
                "asks": bool(offer.spec.takes) or offer.spec.danger,
                "danger": offer.spec.danger,
            }
            for offer in offers(actor, row)
            if (offer.allowed or offer.verb == "approve") and offer.verb not in self.elsewhere
        ]


def report_verbs(model: Any, noun: str, collection: str, **more: Any) -> ReportVerbs:
    """The pages of the verbs of a collection, whose records have the page reports:NOUN."""
    ways: dict[str, Any] = {
        "rows": model.objects.visible_to,
        "page": lambda row: reverse(f"reports:{noun}", args=[row.pk]),
        "prepare": _begin,
        **more,
    }
    return ReportVerbs(noun=noun, address="reports:act", arguments=(collection,), tries_first=True, **ways)


def _begin(request: Any, row: Any, spec: Spec) -> dict[str, Any]:
    """What a verb's form holds to begin with."""
    if spec.verb == "fact.correct":
        return {"initial": {name: getattr(row, name) for name in ("content", "valid_from", "valid_to", "source")}}
    if spec.verb == "report.issue":
        return {"initial": {"to": row.addressee}}
    return {"initial": {"key": request.GET.get("key", "")}} if spec.name == "return" else {}
