"""One page for each verb of a person or thing, with the paragraphs that a statement may rest on."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.access.acts import ask
from apps.access.doors import REGISTRY, Spec
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.entities.models import Assertion, Entity, LinkEvidence, Sighting
from apps.entities.queries import choosing, things
from apps.rifc.views import acts

VERBS = frozenset({"record", "link", "sight", "enlist"})
WITHDRAWN = {"entity_fact": Assertion, "link_evidence": LinkEvidence, "sighting": Sighting}


def _spec(verb: str) -> Spec:
    if verb not in VERBS:
        raise Refused("not-visible")
    return REGISTRY[f"entity.{verb}"]


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """Ask for the input of a verb, and carry it out on POST; `?q=` looks for a paragraph or the other end."""
    spec = _spec(verb)
    row = visible_or_404(Entity, request.actor, pk)
    if request.method == "GET":
        ask(request.actor, row, spec)
    actor, back = request.actor, reverse("entities:thing", args=[pk])
    asked = request.GET.get("q", "").strip()[:200]
    spot = choosing.spoken(actor, pk, request.GET.get("report", "")) if "paragraph" in spec.takes else []
    context: dict[str, Any] = {
        "back": back,
        "title": things.titles(actor, [row.pk])[row.pk],
        "spoken": spot,
        "others": choosing.others(actor, pk, asked) if verb == "link" else [],
        "q": asked,
        "marking": choosing.marking(spot),
        "template": "entities/record.html",
    }
    if request.method == "POST":
        request.POST = choosing.with_report(request.POST)
    return acts.carry_out(request, spec, row, lambda _done: back, **context)


@require_http_methods(["GET", "POST"])
def withdraw(request: Any, pk: Any, kind: str) -> HttpResponse:
    """Take a statement back."""
    spec = REGISTRY[f"{kind}.withdraw"]
    row = visible_or_404(WITHDRAWN[kind], request.actor, pk)
    if request.method == "GET":
        ask(request.actor, row, spec)
    entity = row.link.from_entity_id if kind == "link_evidence" else row.entity_id
    back = reverse("entities:thing", args=[entity])

    def onward(_done: Any) -> str:
        gone = things.entity(request.actor, entity) is None
        return reverse("entities:things") if gone else back

    return acts.carry_out(request, spec, row, onward, back=back, template="entities/act.html")
