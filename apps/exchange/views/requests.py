"""One request: whole for the desk that asks, its own part for a desk that is asked; and what the seat may do."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from apps.access.middleware import note_read
from apps.access.refused import Refused
from apps.exchange.lines import line_of
from apps.exchange.models import Addressee, Request
from apps.exchange.queries import requests as queries
from apps.exchange.queries import vocabulary
from apps.exchange.views import acts
from apps.exchange.views.lists import STATES, marking


@require_GET
def request(request: Any, pk: Any) -> HttpResponse:
    """The page of a request."""
    row = queries.meant(request.actor, pk)
    note_read(request, "rfi.read", row)
    place = lambda verb: reverse("exchange:do", args=[pk, verb])  # noqa: E731
    offers = acts.buttons(request.actor, row, place)
    for offer in offers:
        if offer["verb"] in acts.OWN_PAGE:
            offer["url"] = reverse(f"exchange:{offer['verb']}", args=[pk])
    context = {"row": row, "offers": offers, "version": row.version, "states": STATES, **_words()}
    if isinstance(row, Addressee):
        return _received(request, row, context)
    return _asked(request, row, context)


def _words() -> dict[str, Any]:
    return {
        "kinds": dict(vocabulary.choices("kind")),
        "reasons": dict(vocabulary.choices("refusal")),
        "subject_kinds": dict(vocabulary.choices("subject")),
    }


def _received(request: Any, part: Addressee, context: dict[str, Any]) -> HttpResponse:
    thread = threads(request.actor, [part])[part.pk]
    verbs = {offer["verb"] for offer in context["offers"]}
    draft = queries.draft_of(request.actor, part)
    context |= {
        "subject": queries.subject_of(part),
        "thread": thread,
        "draft": draft,
        "live": part.state in Addressee.LIVE,
        "primary": "answer" if "answer" in verbs else "",
        "priority": vocabulary.label_of("priority", part.priority),
        "marking": marking(max([part.level, *thread["levels"]])),
        "level_word": dict(line_of(part.line).levels())[part.level],
    }
    return render(request, "exchange/received.html", context)


def _asked(request: Any, row: Request, context: dict[str, Any]) -> HttpResponse:
    actor = request.actor
    parts = queries.parts(actor, [row]).get(row.pk, [])
    variants, subjects = queries.texts(actor, [row])[row.pk]
    found = threads(actor, parts)
    verbs = {offer["verb"] for offer in context["offers"]}
    context |= {
        "parts": [{"it": part, **found[part.pk], "live": part.state in Addressee.LIVE} for part in parts],
        "variants": variants,
        "subjects": subjects,
        "open": row.state in Request.OPEN,
        "may_work": row.owner_id == actor.desk_id and actor.rank >= 2,
        "done": sum(part.state not in Addressee.LIVE for part in parts),
        "primary": next((verb for verb in ("send", "close") if verb in verbs), ""),
        "priority": vocabulary.label_of("priority", row.priority),
        "feedback": vocabulary.label_of("feedback", row.feedback) if row.feedback else "",
        "marking": marking(max([row.level, *(level for one in found.values() for level in one["levels"])])),
        "level_word": dict(line_of(row.line).levels())[row.level],
    }
    return render(request, "exchange/asked.html", context)


def threads(actor: Any, parts: Any) -> dict[Any, dict[str, Any]]:
    """{part: its questions, each with answers and messages; messages about none; levels shown}. Six queries."""
    asked, said = queries.questions(actor, parts), queries.answers(actor, parts)
    told = queries.messages(actor, parts)
    keys = {one.report for rows in said.values() for one in rows if one.report}
    reports = line_of(parts[0].line).seen(actor, keys) if keys else {}
    files = queries.files(actor, parts)
    found = {}
    for part in parts:
        rows = [
            {
                "it": question,
                "answers": [
                    {
                        "it": one,
                        "report": reports.get(one.report) if one.report else None,
                        "word": dict(line_of(part.line).levels())[one.level],
                        "grade": line_of(part.line).grade_words(one.scheme, one.grade) if one.grade else "",
                        "files": files.get(one.pk, []),
                    }
                    for one in said[part.pk]
                    if one.question_id == question.pk
                ],
                "messages": [one for one in told[part.pk] if one.question_id == question.pk],
            }
            for question in asked[part.pk]
        ]
        general = [one for one in told[part.pk] if one.question_id is None]
        found[part.pk] = {"questions": rows, "messages": general, "levels": [one.level for one in said[part.pk]]}
    return found


@require_GET
def part(request: Any, pk: Any) -> HttpResponse:
    """The request of a part that a notice tells of."""
    return redirect("exchange:request", queries.part_named(request.actor, pk).request_id)


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """Ask for the input of a verb, and carry it out on POST; `?desk=` names one of those asked."""
    spec = acts.spec_of(verb)
    if verb in acts.OWN_PAGE:
        raise Refused("not-visible")
    row = queries.meant(request.actor, pk)
    if request.method == "GET" or not isinstance(row, spec.model):
        acts.ask(request.actor, row, spec)
    back = reverse("exchange:request", args=[pk])
    initial = {"desk": request.GET.get("desk", "")[:40]} if "desk" in spec.takes else None
    return acts.carry_out(request, spec, row, back, initial=initial, marking=marking(row.level), number=row.number)
