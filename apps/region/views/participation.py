"""Who takes part in what: the map on a day, a system, one State in one system, and where a number comes from."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from apps.access.downloads import download_csv
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.files.queries.attachments import files_of
from apps.region.lists.participation import matrix, states_without_record, system_strips
from apps.region.models import Participation, StagePeriod, System
from apps.region.policy import reads_evidence
from apps.region.queries import atlas, book
from apps.region.queries.shapes import KEY, LEGEND, shape_of
from apps.region.views.common import asked, kept_days, marking, page
from apps.region.views.verbs import register_verbs

CHANGES = 8
verbs = register_verbs(
    Participation,
    "participation",
    "participations",
    lambda row: reverse("region:participation", args=[row.pk]),
    whence=(pgettext_lazy("navigation, region", "Participation"), "region:map"),
)


@require_GET
def map_(request: Any) -> HttpResponse:
    """The map of one system on a day, the number over time, what changed, and the table of all systems."""
    form = asked(request)
    read = book.read_rule_book(request.actor, form.known)
    found = atlas.list_systems(read, form.day)
    chosen = _chosen(found, request.GET.get("system", ""))
    if chosen is None:
        return page(request, "region/empty.html", form)
    steps, day = read.days(chosen.system.code) or [form.day], form.day
    stepped = _stepped(request.GET.get("step", ""), steps)
    if stepped is not None:
        days = {"as_of": stepped.isoformat(), **({"known_at": form.known.isoformat()} if form.known else {})}
        return redirect(f"{reverse('region:map')}?{urlencode({'system': chosen.system.code, **days})}")
    whole = len(read.states(day)) > 1
    known = f"&known_at={form.known:%Y-%m-%d}" if form.known else ""
    own, kept = request.actor.party_code, kept_days(request, form)
    tallies = [atlas.tally(line) for line in found] if whole else []
    context = {
        "grid": matrix(found, own, whole, kept, known),
        "without": states_without_record(found, own, kept),
        "tallies": tallies,
        "systems": system_strips(tallies, kept),
        "system_kept": ("system", chosen.system.code),
        "day": day,
        "lines": found,
        "line": chosen,
        "places": atlas.on_map(chosen),
        "asked": atlas.list_states_underway(chosen),
        "steps": steps,
        "step": sum(each <= day for each in steps),
        "ticks": _ticks(steps),
        "earlier": max((each for each in steps if each < day), default=None),
        "later": min((each for each in steps if each > day), default=None),
        "bars": atlas.draw_system_bars(read, chosen.system.code, day),
        "changes": atlas.list_system_changes(read, chosen.system.code, day)[:CHANGES],
        "status": read.status(chosen.system.code, day),
        "legend": LEGEND,
        "key": KEY,
        "chosen_unsure": any(cell.unsure for cell in chosen.cells),
        "unsure": any(cell.unsure for line in found for cell in line.cells),
        "whole": whole,
    }
    return page(request, "region/map.html", form, **context)


def _chosen(found: list[atlas.Line], code: str) -> atlas.Line | None:
    return next((line for line in found if line.system.code == code), found[0] if found else None)


def _stepped(text: str, steps: list[datetime.date]) -> datetime.date | None:
    """The day of the slider's step, counted from 1; 0 is the day before anything was known."""
    if not text.isdecimal() or len(text) > 4:
        return None
    number = min(int(text), len(steps))
    return steps[number - 1] if number else steps[0] - datetime.timedelta(1)


def _ticks(steps: list[datetime.date]) -> list[tuple[str, datetime.date, str]]:
    """(place, day, anchor) of the first and the last step, and of one between, for the slider."""
    last = len(steps)
    places = {1: "middle", last: "end"} if last > 1 else {1: "end"}
    return [(f"{100 * number / last:.1f}%", steps[number - 1], anchor) for number, anchor in places.items()]


@require_GET
def export_participations(request: Any) -> HttpResponse:
    """The table of the day as CSV; the download is recorded."""
    form = asked(request)
    rows = atlas.make_participation_table(atlas.list_systems(book.read_rule_book(request.actor, form.known), form.day))
    note_read(request, "participation.export", Participation, rows=len(rows) - 1)
    return download_csv(rows, f"participation-{form.day:%Y-%m-%d}", marking())


@require_GET
def system(request: Any, code: str) -> HttpResponse:
    """One system: how far it is itself, who is at which stage, and everything that happened."""
    form = asked(request)
    row = _system(request.actor, code)
    read = book.read_rule_book(request.actor, form.known, systems=[row.code])
    line = atlas.describe_system(read, row, form.day)
    context = {
        "row": row,
        "line": line,
        "takes_part": bool(read.heads),
        "stages": atlas.stages_of(line),
        "status": read.status(row.code, form.day),
        "history": read.history.get(row.code, []),
        "changes": atlas.list_system_changes(read, row.code, form.day),
        "bars": atlas.draw_system_bars(read, row.code, form.day),
        "whole": len(read.states(form.day)) > 1,
    }
    return page(request, "region/system.html", form, **context)


def _system(actor: Any, code: str) -> System:
    row: System | None = System.objects.visible_to(actor).filter(code=code).first()
    if row is None:
        raise Refused("not-visible")
    return row


@require_GET
def number(request: Any, code: str) -> HttpResponse:
    """Where a number comes from: the rows that it was counted from, with source and day of recording."""
    form = asked(request)
    row = _system(request.actor, code)
    read = book.read_rule_book(request.actor, form.known, systems=[row.code])
    reported = read.reported().count(row.code, form.day)
    shown = read.count(row.code, form.day)
    states = {each.code: each for each in read.states(form.day)}
    facts = [each for each in read.facts.get(row.code, []) if each.pk in shown.row_ids]
    context = {
        "row": row,
        "shown": shown,
        "reported": reported,
        "rows": [
            {"state": states[code], "fact": each, "shape": shape_of(each)}
            for code in states
            for each in facts
            if _of(each) == code
        ],
        "stated": [each for each in read.stated.get(row.code, []) if each.pk in {*shown.row_ids, *reported.row_ids}],
        "unknown": [states[code] for code in reported.unknown],
        "differs": (shown.basis, shown.n) != (reported.basis, reported.n),
    }
    return page(request, "region/number.html", form, **context)


def _of(fact: StagePeriod) -> str:
    return str(fact.participation.party_id)


@require_GET
def participation(request: Any, pk: Any) -> HttpResponse:
    """One State in one system: its stages, what was corrected, its documents, and what the seat may do."""
    row = verbs.find(request.actor, pk)
    facts = list(StagePeriod.objects.visible_to(request.actor).filter(participation=row).order_by("valid_from", "pk"))
    evidence = reads_evidence(request.actor, row)
    context = {
        "row": row,
        "periods": [{"fact": each, "shape": shape_of(each)} for each in facts if each.superseded_at is None],
        "corrected": [each for each in facts if each.superseded_at is not None],
        "reads_files": evidence,
        "files": files_of(request.actor, row) if evidence else [],
        "offers": verbs.buttons(request.actor, row),
    }
    return page(request, "region/participation.html", None, **context)
