"""Holding two to be the same: proposed, seen side by side, confirmed or refused, taken back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY, Spec
from apps.access.marking import of
from apps.access.refusal import Refused
from apps.entities.actions import duplicates as twin_acts
from apps.entities.models import Twin
from apps.entities.queries import entities, pages, sources
from apps.pages.verb_pages import VerbPages, answer_form, refuse_early


def _onward(request: Any, done: Twin, _spec: Spec) -> str:
    """To the pair; who sees it no more goes to the list."""
    if Twin.objects.visible_to(request.actor).filter(pk=done.pk).exists():
        return reverse("entities:twin", args=[done.pk])
    return reverse("entities:things")


verbs = VerbPages(
    noun="twin",
    address="entities:twin_do",
    rows=lambda actor: Twin.objects.visible_to(actor),
    page=lambda row: reverse("entities:twin", args=[row.pk]),
    title=lambda _row: pgettext("heading, entities", "Duplicate?"),
    whence=(pgettext_lazy("heading, entities", "Entities"), "entities:things"),
    prepare=lambda _request, _row, _spec: {"marking": of(least=1, intelligence=True)},
    onward=_onward,
)


@require_http_methods(["GET", "POST"])
def propose(request: Any, pk: Any) -> HttpResponse:
    """Say that another is the same; `?q=` looks for it."""
    actor = request.actor
    title = entities.titles(actor, [pk]).get(pk)
    if title is None:
        raise Refused("not-visible")
    spec = REGISTRY["twin.propose"]
    refuse_early(actor, None, spec)
    asked = request.GET.get("q", "").strip()[:200] or title.text
    others = [one for one in entities.search_entities(actor, asked, title.type) if one.pk != pk]
    back = reverse("entities:thing", args=[pk])
    if request.method == "POST":
        request.POST = request.POST.copy()
        request.POST["one"] = str(pk)
    run = lambda **given: twin_acts.propose_duplicate(actor, None, **given)  # noqa: E731
    onward = lambda made: reverse("entities:twin", args=[made.pk])  # noqa: E731
    context: dict[str, Any] = {
        "back": back,
        "title": title,
        "others": others,
        "q": asked,
        "marking": sources.marking(sources.sources(actor, [title, *others]).values()),
    }
    return answer_form(request, spec, None, "entities/propose.html", onward, run=run, **context)


@require_GET
def twin(request: Any, pk: Any) -> HttpResponse:
    """The two side by side, as the seat knows them."""
    actor = request.actor
    row = verbs.find(actor, pk)
    facts = entities.of_entity(actor, [row.one_id, row.other_id])
    found = sources.sources(actor, facts)
    sides = [[one for one in facts if one.entity_id == key] for key in (row.one_id, row.other_id)]
    involved = actor.party_code in {*row.parties, row.proposer_id}
    context = {
        "row": row,
        "sides": [(entities.title_of(own), pages.facts_of(actor, own, found)) for own in sides],
        "reason": row.reason if involved else "",
        "offers": verbs.buttons(actor, row),
        "primary": "agree",
        "marking": sources.marking(found.values()),
    }
    return render(request, "entities/twin.html", context)
