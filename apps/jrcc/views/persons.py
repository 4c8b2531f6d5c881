"""A traveller's dossier: journeys, likeness, companions, hits; joining and taking apart."""

import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.acts import ask, buttons, carry_out, spec_of
from apps.access.doors import REGISTRY
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.jrcc import boards, dossier, policy
from apps.jrcc.actions import persons as actions
from apps.jrcc.models import Person, PersonChange, Traveller
from apps.jrcc.persons import charts, queries
from apps.jrcc.receipts import day_words

MOST_HITS = 50
WHY = {
    "booking": gettext_lazy("same booking"),
    "contact": gettext_lazy("same telephone or address"),
    "seat": gettext_lazy("same row of seats"),
    "again": gettext_lazy("travels with him again and again"),
}


@require_GET
def of_traveller(request: Any, pk: Any) -> HttpResponse:
    """The dossier of the person whom a traveller is: what the seat may see, and who he may be elsewhere."""
    row = queries.person_of(request.actor, pk)
    members = queries.appearances(request.actor, row, pk)
    if pk not in {one.pk for one in members}:
        raise Refused("not-visible")
    return _page(request, row, members, pk)


@require_GET
def person(request: Any, pk: Any) -> HttpResponse:
    """The same, of a person by his number; what was taken apart or joined with another says so."""
    row = _person(request, pk)
    members = queries.appearances(request.actor, row)
    return _page(request, row, members, members[0].pk if members else None)


def _person(request: Any, pk: Any) -> Any:
    return visible_or_404(queries.persons(request.actor), request.actor, pk)


def _page(request: Any, row: Any, members: Sequence[Any], anchor: Any) -> HttpResponse:
    actor = request.actor
    for member in members:
        note_read(request, "traveller.read", member)
    hits = boards.hit_rows(actor).filter(traveller__in=[member.pk for member in members]).order_by("-pk")[:MOST_HITS]
    lines = [boards.hit_line(actor, hit) for hit in hits]
    beside, papers = queries.companions(actor, members), queries.papers_of(members)
    context = {
        "row": row,
        "anchor": anchor,
        "name": boards.name_of(members[0]) if members else "",
        "own": row is None or row.owner_id == actor.desk_id,
        "may_join": bool(policy.may_identify(actor, None)),
        "people": [_line(actor, member) for member in members],
        "papers": papers,
        "likely": [_likely(actor, found) for found in queries.likely(actor, members)],
        "companions": [_companion(found) for found in beside],
        "hits": lines,
        "clearances": queries.clearances_of(actor, members),
        "changes": [_change(done) for done in row.done] if row else [],
        "offers": buttons(actor, row, partial(_place, row.pk), {"undo", "split"}) if row else [],
        "primary": "",
        "version": row.version if row else None,
        "marking": dossier.MARKING if lines else {"level": 1, "caveat": ""},
        **_drawn(members, lines, papers, beside),
    }
    return render(request, "jrcc/person.html", context)


def _drawn(
    members: Sequence[Traveller], lines: Sequence[boards.HitLine], papers: Sequence[Any], beside: Sequence[Any]
) -> dict[str, Any]:
    """Both drawings, with nothing on them that the tables do not say."""
    hits: dict[Any, int] = {}
    for line in lines:
        hits[line.it.journey_id] = hits.get(line.it.journey_id, 0) + 1
    spans = [(str(one.journey), *_span(one), hits.get(one.journey_id, 0)) for one in members]
    around = [("document", f"{paper['issuer']} {paper['number']}".strip()) for paper in papers]
    around += [("hit", line.it.reference) for line in lines]
    around += [("companion", boards.name_of(one.it)) for one in beside]
    name = boards.name_of(members[0]) if members else ""
    return {"timeline": charts.timeline(spans), "links": charts.links(name, around) if around else {}}


def _span(one: Traveller) -> tuple[datetime.datetime, datetime.datetime]:
    day = datetime.datetime.combine(one.journey.date, datetime.time(12), datetime.UTC)
    begins = one.journey.departs_at or one.journey.arrives_at or day
    return begins, max(begins, one.journey.arrives_at or begins)


def _line(actor: Any, one: Any) -> dict[str, Any]:
    """An appearance; of mere transit through the seat's State without seat and booking."""
    hidden = queries.narrowed(actor, one)
    return {
        "it": one,
        "name": boards.name_of(one),
        "born": day_words(one.birth_date),
        "route": boards.route_of(one.journey),
        "seat": "" if hidden else one.seat,
        "pnr": "" if hidden else one.pnr,
        "papers": one.shown,
    }


def _change(done: Mapping[str, Any]) -> dict[str, Any]:
    """What was done to a person, in words."""
    words = {"kind": PersonChange.Kind(done["kind"]).label, "ground": Person.Ground(done["ground"]).label}
    return {**done, **words, "at": datetime.datetime.fromisoformat(done["at"])}


def _likely(actor: Any, found: queries.Likely) -> dict[str, Any]:
    line = _line(actor, found.it)
    return line | {"percent": boards.percent(found.comparison.score), "evidence": found.comparison.evidence}


def _companion(found: queries.Companion) -> dict[str, Any]:
    return {
        "it": found.it,
        "name": boards.name_of(found.it),
        "why": [WHY[code] for code in WHY if code in found.why],
        "times": len(found.journeys),
    }


@require_http_methods(["GET", "POST"])
def join(request: Any, pk: Any) -> HttpResponse:
    """Say that the traveller of the address and others are one person: a new one, or one that the desk has already."""
    actor = request.actor
    verdict = policy.may_identify(actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    one = visible_or_404(Traveller.objects.visible_to(actor).select_related("journey").defer("keys"), actor, pk)
    row = queries.person_of(actor, one.pk)
    if row is not None and row.owner_id != actor.desk_id:
        row = None
    chosen = [str(key) for key in request.GET.getlist("with")] or request.POST.getlist("travellers")
    held = next(filter(None, (_own(actor, key) for key in chosen)), None) if row is None else None
    place = reverse("jrcc:traveller_dossier", args=[pk])
    others = queries.likely(actor, queries.appearances(actor, row, one.pk))
    choices = [(str(found.it.pk), _choice(found)) for found in others]
    if row is None and held is None:
        spec, run = REGISTRY["person.join"], partial(actions.join, actor, None)
    else:
        spec, run = REGISTRY["person.merge"], partial(actions.merge, actor, row or held)
    return carry_out(
        request, spec, None, "jrcc/do.html", lambda _done: place,
        run=partial(_with_anchor, run, str(one.pk)), initial={"travellers": chosen or None},
        beside=partial(_choose, choices), title=boards.name_of(one), back=place,
    )  # fmt: skip


def _own(actor: Any, key: str) -> Any:
    """The person of the actor's own desk whose appearance somebody is."""
    seen = Traveller.objects.visible_to(actor)
    try:
        row = queries.person_of(actor, visible_or_404(seen, actor, key).pk)
    except Refused:
        return None
    return row if row is not None and row.owner_id == actor.desk_id else None


def _with_anchor(run: Any, anchor: str, *, travellers: Sequence[str], **fields: Any) -> Any:
    return run(travellers=[anchor, *travellers], **fields)


def _choose(choices: Sequence[tuple[str, str]], form: Any) -> dict[str, Any]:
    form.fields["travellers"].choices = choices
    return {}


def _choice(found: queries.Likely) -> str:
    words = {"who": _said(found.it), "percent": boards.percent(found.comparison.score)}
    return _("%(who)s: %(percent)s%%") % words


def _said(one: Traveller) -> str:
    return f"{boards.name_of(one)}, {one.journey} {boards.route_of(one.journey)}, {one.journey.date}"


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb of a person, and its try."""
    row, actor = _person(request, pk), request.actor
    spec = spec_of("person", verb)
    ask(actor, row, spec)
    members = queries.appearances(actor, row)
    place = reverse("jrcc:person", args=[pk])
    choices: list[tuple[str, str]] = []
    if verb == "split":
        choices = [(str(one.pk), _said(one)) for one in members]
    elif verb == "merge":
        choices = [(str(found.it.pk), _choice(found)) for found in queries.likely(actor, members)]
    more: Mapping[str, Any] = {"beside": partial(_choose, choices)} if spec.takes else {}
    return carry_out(request, spec, row, "jrcc/do.html", lambda _done: place, title=row.reference, back=place, **more)


def _place(pk: Any, verb: str) -> str:
    return reverse("jrcc:person_do", args=[pk, verb])
