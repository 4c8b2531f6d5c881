"""The list of assessments, one assessment, and the page of its work: parties, contributions, comments, persons."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import pagination
from apps.access.declared_actions import REGISTRY
from apps.access.marking import of
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.assessments import policy
from apps.assessments.lists.judgements import position_grid
from apps.assessments.lists.work import contribution_rows
from apps.assessments.models import Assessment, Comment
from apps.assessments.queries import checks, pages, parts, track
from apps.assessments.views.verbs import PARTS, verbs
from apps.pages.verb_pages import TEMPLATE, answer_form, refuse_early

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
    box = box if box in {code for code, _label, _states in pages.BOXES} else "open"
    try:
        before = pagination.key(Assessment, request.GET, "before")
        seen = Assessment.objects.visible_to(actor, before=before).select_related("originator", "lead")
        rows, older, newer = pagination.cut(pages.filter_assessment_box(seen, box), request.GET, PAGE)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    today = timezone.now().date()
    shown = [
        {"it": row, "step": next((s for s in pages.list_assessment_steps(row, today) if s.now), None)} for row in rows
    ]
    context = {
        "rows": shown,
        "marking": of(*rows, intelligence=True),
        "boxes": pages.BOXES,
        "box": box,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "may_propose": bool(policy.may_propose(actor, None)),
    }
    return render(request, "assessments/assessments.html", context)


@require_http_methods(["GET", "POST"])
def show_new_assessment(request: Any) -> HttpResponse:
    """Propose an assessment."""
    spec = REGISTRY["assessment.propose"]
    refuse_early(request.actor, None, spec)
    place, back = verbs.crumb() or ("", "")
    context: dict[str, Any] = {"title": place, "back": back, "marking": of(least=1, intelligence=True)}
    return answer_form(request, spec, None, TEMPLATE, verbs.page, **context)


@require_GET
def assessment(request: Any, pk: Any) -> HttpResponse:
    """One assessment: its steps, judgements with positions, sections, signatures, and what the seat may do."""
    actor = request.actor
    seen = Assessment.objects.visible_to(actor).select_related("lead", "originator", "successor")
    rows = pages.with_parts(seen)
    row = visible_or_404(rows, actor, pk)
    judged, said = parts.judgements(row, actor), parts.positions(row)
    written = parts.texts(row)
    names = pages.names_of()
    sha256 = parts.fingerprint(row, written, judged, said)
    writes = bool(policy.may_write(actor, row)) and row.state in {
        "terms_agreed",
        "call_open",
        "drafting",
        "coordination",
    }
    offers = [one for one in verbs.buttons(actor, row) if one["verb"] not in OF_WORK]
    for one in offers:
        if one["verb"] == "sign":
            one["url"] += f"?content_sha256={sha256}"
    signed = pages.signed(row, pages.signatures(row), sha256, names)
    cards = pages.cards(actor, row, judged, said, advice=writes)
    context = {
        "row": row,
        "steps": pages.list_assessment_steps(row, timezone.now().date()),
        "cards": cards,
        "lost": [checks.name_judgement(one.row) for one in cards if one.lost],
        "written": written,
        "advice": pages.advice(row, written, names) if writes else [],
        "signed": signed,
        "done": sum(one.state in {"signed", "refused"} for one in signed),
        "sha256": sha256,
        "void": any(one.state == "void" for one in signed),
        "positions": position_grid(judged, pages.make_position_table(row, judged, said, names)),
        "judged": judged,
        "offers": offers,
        "primary": PRIMARY.get(row.state),
        "writes": writes,
        "may_sign": bool(policy.may_sign(actor, row)) and row.state == "positions",
        "may_comment": bool(policy.may_comment(actor, row)) and row.state == "coordination",
        "outcomes": track.of_assessment(actor, row, judged),
        "marking": pages.marking(row),
    }
    return render(request, "assessments/assessment.html", context)


@require_GET
def work(request: Any, pk: Any) -> HttpResponse:
    """Who takes part, what was contributed, which comments are open, who works by name, and until when."""
    actor = request.actor
    row = visible_or_404(Assessment.objects.visible_to(actor).select_related("lead", "originator"), actor, pk)
    made, given = parts.comments(row), pages.list_read_contributions(actor, row)
    takes_back = actor.party_code if policy.may_take_back(actor, row) else ""
    context = {
        "row": row,
        "answers": pages.list_party_answers(row),
        "contributions": contribution_rows(given, takes_back),
        "owing": sorted(set(row.accepted) - {one.party_id for one in given if one.withdrawn_at is None}),
        "comments": [{"it": one, "verbs": _verbs(actor, row, one)} for one in made],
        "members": pages.members(row),
        "steps": pages.list_assessment_steps(row, timezone.now().date()),
        "offers": [one for one in verbs.buttons(actor, row) if one["verb"] in OF_WORK],
        "marking": pages.marking(row),
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
    return [(verb, REGISTRY[PARTS[verb][0]].label) for verb, may in can.items() if may]
