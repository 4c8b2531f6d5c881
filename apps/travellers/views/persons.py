"""A traveller's dossier: journeys, likeness, companions, hits; joining and taking apart."""

import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.declared_actions import REGISTRY, Spec
from apps.access.marking import of
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.journeys import policy
from apps.journeys.models import Traveller
from apps.jrcc.queries import dossier, floor
from apps.jrcc.queries.gate import gates
from apps.jrcc.queries.gate_words import Gate
from apps.jrcc.rules.gate import AT_WORK, CODES
from apps.manifests.queries.receipts import day_words
from apps.pages.verb_pages import TEMPLATE, VerbPages, answer_form
from apps.travellers.actions import persons as actions
from apps.travellers.models import Person, PersonChange
from apps.travellers.queries import person_charts, persons

NOT_OVER = datetime.timedelta(hours=24)
"""How long after the landing the counter still asks about somebody."""
WHY = {
    "booking": pgettext_lazy("words, jrcc", "same booking"),
    "contact": gettext_lazy("same telephone or address"),
    "seat": gettext_lazy("same row of seats"),
    "again": gettext_lazy("travels along again and again"),
}


def _prepare(request: Any, row: Any, spec: Spec) -> dict[str, Any]:
    """Whom the form offers: to be taken apart, or to be joined."""
    if not spec.takes:
        return {}
    actor = request.actor
    members, choices = persons.appearances(actor, row), list[tuple[str, str]]()
    if spec.name == "split":
        choices = [(str(one.pk), _said(one)) for one in members]
    elif spec.name == "merge":
        choices = [(str(found.it.pk), _choice(found)) for found in persons.likely(actor, members)]
    return {"beside": partial(_choose, choices)}


verbs = VerbPages(
    noun="person",
    address="jrcc:person_do",
    rows=persons.persons,
    page=lambda row: reverse("jrcc:person", args=[row.pk]),
    title=lambda row: row.reference,
    prepare=_prepare,
)


@require_GET
def of_traveller(request: Any, pk: Any) -> HttpResponse:
    """The dossier of the person whom a traveller is: what the seat may see, and who they may be elsewhere."""
    row = persons.person_of(request.actor, pk)
    members = persons.appearances(request.actor, row, pk)
    if pk not in {one.pk for one in members}:
        raise Refused("not-visible")
    return _page(request, row, members, pk)


@require_GET
def person(request: Any, pk: Any) -> HttpResponse:
    """The same, of a person by their number; what was taken apart or joined with another says so."""
    row = verbs.find(request.actor, pk)
    members = persons.appearances(request.actor, row)
    return _page(request, row, members, members[0].pk if members else None)


def _page(request: Any, row: Any, members: Sequence[Any], anchor: Any) -> HttpResponse:
    actor = request.actor
    for member in members:
        note_read(request, "traveller.read", member)
    hits = floor.hit_rows(actor).filter(traveller__in=[member.pk for member in members]).order_by("-pk")
    lines = [floor.hit_line(actor, hit) for hit in hits]
    beside, papers = persons.companions(actor, members), persons.papers_of(members)
    stand = gates(actor, (), [(member, member.journey) for member in members]).of_person
    context = {
        "row": row,
        "anchor": anchor,
        "name": floor.name_of(members[0]) if members else "",
        "own": row is None or row.owner_id == actor.desk_id,
        "may_join": bool(policy.may_identify(actor, None)),
        "people": [_line(actor, member) | {"gate": stand[member.pk]} for member in members],
        "gate": _gravest([(member, stand[member.pk]) for member in members]),
        "papers": papers,
        "likely": [_likely(actor, found) | {"anchor": anchor} for found in persons.likely(actor, members)],
        "companions": [_companion(found) for found in beside],
        "hits": lines,
        "clearances": persons.clearances_of(actor, members),
        "changes": [_change(done) for done in row.done] if row else [],
        "offers": verbs.buttons(actor, row) if row else [],
        "primary": "",
        "version": row.version if row else None,
        "marking": dossier.MARKING if lines else {"level": 1, "caveat": ""},
        **_drawn(members, lines, papers, beside),
    }
    return render(request, "jrcc/person.html", context)


def _gravest(stands: Sequence[tuple[Any, Gate]]) -> Gate | None:
    """How the person stands: by what is at work on any journey, else by the journeys that are not over."""
    since = timezone.now() - NOT_OVER
    counted = [
        gate for one, gate in stands
        if gate.code in AT_WORK or one.journey.arrives_at is None or one.journey.arrives_at >= since
    ]  # fmt: skip
    return min(counted, key=lambda gate: CODES.index(gate.code), default=None)


def _drawn(
    members: Sequence[Traveller], lines: Sequence[floor.HitLine], papers: Sequence[Any], beside: Sequence[Any]
) -> dict[str, Any]:
    """Both drawings, with nothing on them that the tables do not say."""
    hits: dict[Any, int] = {}
    for line in lines:
        hits[line.it.journey_id] = hits.get(line.it.journey_id, 0) + 1
    spans = [(str(one.journey), *_span(one), hits.get(one.journey_id, 0)) for one in members]
    around = [("document", f"{paper['issuer']} {paper['number']}".strip()) for paper in papers]
    around += [("hit", line.it.reference) for line in lines]
    around += [("companion", floor.name_of(one.it)) for one in beside]
    name = floor.name_of(members[0]) if members else ""
    return {
        "timeline": person_charts.draw_journey_timeline(spans),
        "links": person_charts.links(name, around) if around else {},
    }


def _span(one: Traveller) -> tuple[datetime.datetime, datetime.datetime]:
    day = datetime.datetime.combine(one.journey.date, datetime.time(12), datetime.UTC)
    begins = one.journey.departs_at or one.journey.arrives_at or day
    return begins, max(begins, one.journey.arrives_at or begins)


def _line(actor: Any, one: Any) -> dict[str, Any]:
    """An appearance; of mere transit through the seat's State without seat and booking."""
    hidden = persons.narrowed(actor, one)
    return {
        "it": one,
        "name": floor.name_of(one),
        "born": day_words(one.birth_date),
        "route": floor.route_of(one.journey),
        "seat": "" if hidden else one.seat,
        "pnr": "" if hidden else one.pnr,
        "papers": one.shown,
    }


def _change(done: Mapping[str, Any]) -> dict[str, Any]:
    """What was done to a person, in words."""
    words = {"kind": PersonChange.Kind(done["kind"]).label, "ground": Person.Ground(done["ground"]).label}
    return {**done, **words, "at": datetime.datetime.fromisoformat(done["at"])}


def _likely(actor: Any, found: persons.Likely) -> dict[str, Any]:
    line = _line(actor, found.it)
    return line | {"percent": floor.percent(found.comparison.score), "evidence": found.comparison.evidence}


def _companion(found: persons.Companion) -> dict[str, Any]:
    return {
        "it": found.it,
        "name": floor.name_of(found.it),
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
    row = persons.person_of(actor, one.pk)
    if row is not None and row.owner_id != actor.desk_id:
        row = None
    chosen = [str(key) for key in request.GET.getlist("with")] or request.POST.getlist("travellers")
    held = next(filter(None, (_own(actor, key) for key in chosen)), None) if row is None else None
    place = reverse("jrcc:traveller_dossier", args=[pk])
    others = persons.likely(actor, persons.appearances(actor, row, one.pk))
    choices = [(str(found.it.pk), _choice(found)) for found in others]
    if row is None and held is None:
        spec, run = REGISTRY["person.join"], partial(actions.join_travellers, actor, None)
    else:
        spec, run = REGISTRY["person.merge"], partial(actions.merge_person, actor, row or held)
    return answer_form(
        request, spec, None, TEMPLATE, lambda _done: place,
        run=partial(_with_anchor, run, str(one.pk)), initial={"travellers": chosen or None},
        beside=partial(_choose, choices), title=floor.name_of(one), back=place,
        marking=of(one, *filter(None, (row, held))),
    )  # fmt: skip


def _own(actor: Any, key: str) -> Any:
    """The person of the actor's own desk whose appearance somebody is."""
    seen = Traveller.objects.visible_to(actor)
    try:
        row = persons.person_of(actor, visible_or_404(seen, actor, key).pk)
    except Refused:
        return None
    return row if row is not None and row.owner_id == actor.desk_id else None


def _with_anchor(run: Any, anchor: str, *, travellers: Sequence[str], **fields: Any) -> Any:
    return run(travellers=[anchor, *travellers], **fields)


def _choose(choices: Sequence[tuple[str, str]], form: Any) -> dict[str, Any]:
    form.fields["travellers"].choices = choices
    return {}


def _choice(found: persons.Likely) -> str:
    words = {"who": _said(found.it), "percent": floor.percent(found.comparison.score)}
    return _("%(who)s: %(percent)s%%") % words


def _said(one: Traveller) -> str:
    return f"{floor.name_of(one)}, {one.journey} {floor.route_of(one.journey)}, {one.journey.date}"
