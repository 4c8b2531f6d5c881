"""One page for every verb of tasks, mandates, money and templates: its fields and faults, as over the API."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.access.acts import spec_of
from apps.access.doors import offers
from apps.access.queries import visible_or_404
from apps.council.views import acts
from apps.impacs.models import BudgetLine, Mandate, Task, TaskTemplate

# collection in the address: (model, noun of its verbs, url name of the record's page)
RECORDS: dict[str, tuple[Any, str, str]] = {
    "tasks": (Task, "task", "impacs:task"),
    "mandates": (Mandate, "mandate", "impacs:mandate"),
    "budget": (BudgetLine, "budget_line", "impacs:line"),
    "templates": (TaskTemplate, "task_template", "impacs:template"),
}
DANGEROUS = frozenset({"cancel", "revoke", "withdraw", "block"})
"""Verbs whose button is outlined in red and never the default."""
PARALLEL = frozenset({"answer", "comment", "tick", "watch", "log_effort", "attach"})
"""Verbs on a part of the task: two people do them at once, and neither is out of date for it."""


@require_http_methods(["GET", "POST"])
def act(request: Any, pk: Any, verb: str, collection: str) -> HttpResponse:
    """Ask for the input of a verb, and carry it out on POST; a refused verb says why before anything is typed."""
    model, noun, page = RECORDS[collection]
    spec = spec_of(noun, verb)
    row = visible_or_404(model, request.actor, pk)
    if request.method == "GET":
        acts.ask(request.actor, row, spec)
    back = reverse(page, args=[row.pk])
    context: dict[str, Any] = {"back": back, "initial": {}}
    if verb in PARALLEL:
        context["version"] = None
    return acts.carry_out(request, spec, row, lambda _done: _onward(request, back), **context)


def _onward(request: Any, back: str) -> str:
    """Where the button stood: the board, if the card was moved there."""
    return reverse("impacs:tasks") if request.GET.get("from") == "board" else back


def buttons(actor: Any, row: Any, collection: str, but: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """What the seat may do with a record, for components/actions.html; what is not its work is absent."""
    found = [
        {
            "verb": offer.verb,
            "label": offer.label,
            "allowed": True,
            "why_not": "",
            "url": reverse(f"impacs:act_{collection}", args=[row.pk, offer.verb]),
            "asks": bool(offer.spec.takes) or offer.verb in DANGEROUS,
            "danger": offer.verb in DANGEROUS,
        }
        for offer in offers(actor, row)
        if offer.allowed and offer.verb not in but
    ]
    return sorted(found, key=lambda one: bool(one["danger"]))
