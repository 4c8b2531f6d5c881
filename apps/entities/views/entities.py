"""One person or thing: what is known of it, its chart, its times and places. Each for this viewer alone."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from apps.access.declared_actions import REGISTRY
from apps.access.downloads import state_marking
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.entities import policy
from apps.entities.actions import chart_exports
from apps.entities.actions.watchlist_entries import KINDS
from apps.entities.models import Entity
from apps.entities.queries import graph, pages
from apps.rifc.queries import rule
from apps.rifc.refusals import Refusals as RifcRefusals
from apps.rifc.rules.channels import NONE, PDF, channel
from apps.screening.policy import may_keep_lists


def page_or_404(request: Any, pk: Any) -> pages.Page:
    """What the seat knows of an entity; 404 where that is nothing."""
    found = pages.page(request.actor, pk)
    if found is None:
        raise Refused("not-visible")
    note_read(request, "entity.read", Entity(pk=pk))
    return found


@require_GET
def thing(request: Any, pk: Any) -> HttpResponse:
    """Facts, links, sightings, and the reports that they come from."""
    shown = page_or_404(request, pk)
    context = {
        "page": shown,
        "pk": pk,
        "offers": _offers(request.actor, pk, shown),
        "listed": pages.listed(request.actor, pk),
        "marking": shown.marking,
    }
    return render(request, "entities/thing.html", context)


def _offers(actor: Any, pk: Any, shown: pages.Page) -> list[dict[str, Any]]:
    """What the seat may do with it, for components/actions.html."""
    found: list[tuple[str, str]] = []
    if policy.may_record(actor, None):
        found = [(name, reverse("entities:do", args=[pk, name])) for name in ("record", "link", "sight")]
        found.append(("propose", reverse("entities:propose", args=[pk])))
    if shown.title.type in KINDS and may_keep_lists(actor, None):
        found.append(("enlist", reverse("entities:do", args=[pk, "enlist"])))
    labels = {name: REGISTRY[f"entity.{name}"].label for name, _url in found if name != "propose"}
    labels["propose"] = REGISTRY["twin.propose"].label
    plain = {"allowed": True, "asks": True, "danger": False}
    return [{"verb": name, "label": labels[name], "url": url, **plain} for name, url in found]


def opened(request: Any) -> list[Any]:
    """Entities that the address opens: `?open=` ids, parted by commas; what is no id is left out."""
    found = []
    for text in request.GET.get("open", "").split(",")[: graph.MOST_OPENED]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


@require_GET
def chart(request: Any, pk: Any) -> HttpResponse:
    """The link chart, and the same as a table."""
    wanted = opened(request)
    drawn = graph.chart_of(request.actor, pk, wanted)
    if not drawn.nodes:
        raise Refused("not-visible")
    note_read(request, "entity.read", Entity(pk=pk))
    here = reverse("entities:chart", args=[pk])
    seen = [one for one in wanted if any(node.title.pk == one for node in drawn.nodes)]
    nodes = [{"it": node, "more": _more(here, seen, node.title.pk)} for node in drawn.nodes]
    centre = next(node for node in drawn.nodes if node.centre)
    context = {
        "pk": pk,
        "chart": drawn,
        "nodes": nodes,
        "centre": centre,
        "here": here,
        "seen": ",".join(map(str, seen)),
        "sentence": _sentence(drawn, centre),
        "marking": drawn.marking,
    }
    return render(request, "entities/chart.html", context)


def _more(here: str, seen: list[Any], pk: Any) -> str:
    return f"{here}?open={','.join(map(str, dict.fromkeys([*seen, pk])))}"


def _sentence(drawn: graph.Chart, centre: graph.Node) -> str:
    others, links = len(drawn.nodes) - 1, len(drawn.edges)
    beside = ngettext("%(n)d other entity", "%(n)d other entities", others) % {"n": others}
    between = ngettext("%(n)d link", "%(n)d links", links) % {"n": links}
    words_of = {"name": centre.title.text, "others": beside, "links": between}
    return pgettext("words, entities", "%(name)s with %(others)s and %(links)s.") % words_of


@require_GET
def chart_file(request: Any, pk: Any) -> HttpResponse:
    """The chart as an SVG file with its marking in it; each report that it comes from is read, and logged, first.

    What comes from reports that leave the portal in no file (NOPRINT, TLP:RED) is not drawn.
    """
    actor, wanted = request.actor, opened(request)
    on_page = graph.chart_of(actor, pk, wanted)
    if not on_page.nodes:
        raise Refused("not-visible")
    reports = {one.report.pk: one.report for one in on_page.used}
    viewer, known = rule.viewer_of(actor), rule.facts_of(list(reports.values()))
    allowed = [row for key, row in reports.items() if channel(known[key], viewer, PDF).result != NONE]
    drawn = graph.chart_of(actor, pk, wanted, [row.thread for row in allowed])
    if not drawn.nodes:
        raise Refused(RifcRefusals.NO_PRINT)
    chart_exports.export_entity_chart(actor, Entity(pk=pk), reports={one.report.pk for one in drawn.used})
    note_read(request, "entity.read", Entity(pk=pk))
    body = render_to_string("entities/chart.svg", {"chart": drawn, "marking": drawn.marking, "actor": actor})
    answer = HttpResponse(body, content_type="image/svg+xml")
    name = slugify(next(node for node in drawn.nodes if node.centre).title.text) or "chart"
    answer["Content-Disposition"] = f'attachment; filename="{name}.svg"'
    state_marking(answer, drawn.marking)
    return answer


@require_GET
def when(request: Any, pk: Any) -> HttpResponse:
    """Timeline and map, each with a table."""
    shown = page_or_404(request, pk)
    spots = pages.spots(shown)
    context = {
        "pk": pk,
        "page": shown,
        "bars": pages.timeline(shown),
        "spots": spots,
        "inside": [one for one in spots if one.x is not None],
        "marking": shown.marking,
    }
    return render(request, "entities/when.html", context)
