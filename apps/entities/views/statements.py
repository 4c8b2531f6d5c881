"""One page for each verb of a person or thing, with the paragraphs that a statement may rest on."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from apps.access.declared_actions import REGISTRY, Spec
from apps.access.queries import visible_or_404
from apps.entities.models import Assertion, Entity, LinkEvidence, Sighting
from apps.entities.queries import entities, sources, statement_choices
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form, refuse_early

WITHDRAWN = {"entity_fact": Assertion, "link_evidence": LinkEvidence, "sighting": Sighting}


def _prepare(request: Any, row: Entity, spec: Spec) -> dict[str, Any]:
    """What a statement may rest on, and its other end; `?q=` looks for them."""
    actor, asked = request.actor, request.GET.get("q", "").strip()[:200]
    spot = statement_choices.spoken(actor, row.pk, request.GET.get("report", "")) if "paragraph" in spec.takes else []
    if request.method == "POST":
        request.POST = statement_choices.with_report(request.POST)
    return {
        "title": entities.titles(actor, [row.pk])[row.pk].text,
        "spoken": spot,
        "others": statement_choices.others(actor, row.pk, asked) if spec.name == "link" else [],
        "q": asked,
        "marking": statement_choices.marking(spot),
    }


verbs = VerbPages(
    noun="entity",
    address="entities:do",
    rows=lambda actor: Entity.objects.visible_to(actor),
    page=lambda row: reverse("entities:thing", args=[row.pk]),
    whence=(pgettext_lazy("heading, entities", "Entities"), "entities:things"),
    template="entities/record.html",
    prepare=_prepare,
)


@require_http_methods(["GET", "POST"])
def withdraw(request: Any, pk: Any, kind: str) -> HttpResponse:
    """Take a statement back."""
    spec = REGISTRY[f"{kind}.withdraw"]
    row = visible_or_404(WITHDRAWN[kind], request.actor, pk)
    if request.method == "GET":
        refuse_early(request.actor, row, spec)
    entity = row.link.from_entity_id if kind == "link_evidence" else row.entity_id
    back, title = reverse("entities:thing", args=[entity]), entities.titles(request.actor, [entity]).get(entity)

    def onward(_done: Any) -> str:
        gone = entities.entity(request.actor, entity) is None
        return reverse("entities:things") if gone else back

    said = [row, title] if title else [row]
    return answer_form(
        request, spec, row, TEMPLATE, onward,
        back=back, title=title.text if title else "", whence=verbs.crumb(),
        marking=sources.marking(sources.sources(request.actor, said).values()),
    )  # fmt: skip
