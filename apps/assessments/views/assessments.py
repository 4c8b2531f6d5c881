"""The list of assessments, one assessment, and the page of its work: parties, contributions, comments, persons."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import acts as shared
from apps.access import paging
from apps.access.doors import REGISTRY
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.assessments import policy
from apps.assessments.models import Assessment, Comment
from apps.assessments.queries import checks, parts, reading, track
from apps.assessments.views import acts

PAGE = 50
PRIMARY = {
    "proposed": "agree_terms",
    "terms_agreed": "open_call",
    "call_open": "close_call",
    "drafting": "circulate",
    "coordination": "freeze",
    "positions": "close_positions",
    "sign_off": "release",
    "under_review": "reaffirm",
}
"""The one filled button, by state."""

OF_WORK = frozenset({"invite", "add_member", "remove_member", "hand_over", "set_dates", "add_section", "from_template"})
"""Verbs whose button stands on the page of the work."""


@require_GET
def assessments(request: Any) -> HttpResponse:
    """Assessments of a box, newest first."""
    actor, box = request.actor, request.GET.get("box", "open")
    box = box if box in {code for code, _label, _states in reading.BOXES} else "open"
    try:
        before = paging.key(Assessment, request.GET, "before")
        seen = Assessment.objects.visible_to(actor, before=before).select_related("originator", "lead")
        rows, older, newer = paging.cut(reading.boxed(seen, box), request.GET, PAGE)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    today = timezone.now().date()
    shown = [{"it": row, "step": next((s for s in reading.steps(row, today) if s.now), None)} for row in rows]
    context = {
        "rows": shown,
        "boxes": reading.BOXES,
        "box": box,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "may_propose": bool(policy.may_propose(actor, None)),
    }
    return render(request, "assessments/assessments.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Propose an assessment."""
    verdict = policy.may_propose(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    spec, back = REGISTRY["assessment.propose"], reverse("assessments:assessments")
    return shared.carry_out(
        request,
        spec,
        None,
        "assessments/act.html",
        lambda made: reverse("assessments:assessment", args=[made.pk]),
        run=lambda **fields: spec.run(request.actor, None, **fields),
        back=back,
    )


@require_GET
def assessment(request: Any, pk: Any) -> HttpResponse:
    """One assessment: its steps, judgements with positions, sections, signatures, and what the seat may do."""
    actor = request.actor
    seen = Assessment.objects.visible_to(actor).select_related("lead", "originator", "successor")
    rows = reading.with_parts(seen)
    row = visible_or_404(rows, actor, pk)
    judged, said = parts.judgements(row, actor), parts.positions(row)
    written = parts.texts(row)
    names = reading.names_of()
    sha256 = parts.fingerprint(row, written, judged, said)
    writes = bool(policy.may_write(actor, row)) and row.state in {
        "terms_agreed",
        "call_open",
        "drafting",
        "coordination",
    }
    offers = [one for one in acts.buttons(actor, row) if one["verb"] not in OF_WORK]
    for one in offers:
        if one["verb"] == "sign":
            one["url"] += f"?content_sha256={sha256}"
    signed = reading.signed(row, reading.signatures(row), sha256, names)
    cards = reading.cards(actor, row, judged, said, advice=writes)
    context = {
        "row": row,
        "steps": reading.steps(row, timezone.now().date()),
        "cards": cards,
        "lost": [checks.place(one.row) for one in cards if one.lost],
        "written": written,
        "advice": reading.advice(row, written, names) if writes else [],
        "signed": signed,
        "done": sum(one.state in {"signed", "refused"} for one in signed),
        "sha256": sha256,
        "void": any(one.state == "void" for one in signed),
        "matrix": reading.table(row, judged, said, names),
        "judged": judged,
        "offers": offers,
        "primary": PRIMARY.get(row.state),
        "writes": writes,
        "may_sign": bool(policy.may_sign(actor, row)) and row.state == "positions",
        "may_comment": bool(policy.may_comment(actor, row)) and row.state == "coordination",
        "outcomes": track.of_assessment(actor, row, judged),
        "marking": reading.marking(row),
    }
    return render(request, "assessments/assessment.html", context)


@require_GET
def work(request: Any, pk: Any) -> HttpResponse:
    """Who takes part, what was contributed, which comments are open, who works by name, and until when."""
    actor = request.actor
    row = visible_or_404(Assessment.objects.visible_to(actor).select_related("lead", "originator"), actor, pk)
    made, given = parts.comments(row), reading.contributions(actor, row)
    context = {
        "row": row,
        "answers": reading.answers(row),
        "contributions": given,
        "owing": sorted(set(row.accepted) - {one.party_id for one in given if one.withdrawn_at is None}),
        "comments": [(one, _verbs(actor, row, one)) for one in made],
        "members": reading.members(row),
        "steps": reading.steps(row, timezone.now().date()),
        "offers": [one for one in acts.buttons(actor, row) if one["verb"] in OF_WORK],
        "may_take_back": bool(policy.may_take_back(actor, row)),
        "marking": reading.marking(row),
    }
    return render(request, "assessments/work.html", context)


def _verbs(actor: Any, row: Assessment, one: Comment) -> list[tuple[str, Any]]:
    """(verb, label) of what the seat may do with a comment."""
    if row.state != "coordination":
        return []
    o = Comment.Outcome
    own = one.party_id == actor.party_code and bool(policy.may_comment(actor, row))
    answered = one.outcome in {o.ACCEPTED, o.REJECTED}
    can = {
        "resolve": bool(policy.may_lead(actor, row)) and (answered or one.outcome == o.OPEN),
        "confirm": own and answered,
        "escalate": own and one.outcome == o.REJECTED and one.kind == Comment.Kind.BLOCKING,
        "decide": bool(policy.may_direct(actor, row)) and one.outcome == o.ESCALATED,
    }
    return [(verb, REGISTRY[acts.PARTS[verb][0]].label) for verb, may in can.items() if may]
