"""One request: whole for the desk that asks, its own part for a desk that is asked; and what the seat may do."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY, Spec
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.exchange.lists import STATES
from apps.exchange.models import Addressee, Request
from apps.exchange.queries import requests as queries
from apps.exchange.queries import vocabulary
from apps.exchange.refusals import Refusals
from apps.exchange.rules.lines import line_of
from apps.exchange.views.lists import marking
from apps.pages.verb_pages import VerbPages, find_verb


class RequestPages(VerbPages):
    """Pages of the verbs of a request, for the desk that asks, and of the part of a desk that is asked."""

    def find(self, actor: Actor, key: Any) -> Request | Addressee:
        """The request of an address as the actor knows it."""
        return queries.meant(actor, key)

    def asked(self, actor: Actor, key: Any, verb: str) -> tuple[Request | Addressee, Spec]:
        """The request or the part, and the verb; Refused("may-not") for a verb of the other side."""
        row, spec = self.find(actor, key), find_verb("rfi" if f"rfi.{verb}" in REGISTRY else "rfi_addressee", verb)
        if not isinstance(row, spec.model):
            raise Refused("may-not", Refusals.NOT_ASKING_DESK if spec.model is Request else Refusals.NOT_ADDRESSEE)
        return row, spec


def _prepare(request: Any, row: Request | Addressee, spec: Spec) -> dict[str, Any]:
    """`?desk=` names one of those asked."""
    initial = {"desk": request.GET.get("desk", "")[:40]} if "desk" in spec.takes else None
    return {"initial": initial, "marking": marking(row)}


verbs = RequestPages(
    noun="rfi",
    address="exchange:do",
    rows=queries.known,
    key="told_as",
    page=lambda row: reverse("exchange:request", args=[row.told_as]),
    whence=(_("Requests for information"), "exchange:requests"),
    prepare=_prepare,
    elsewhere={"withdraw", "extend", "refuse_extension", "reply"},
    own={"change": "exchange:change", "answer": "exchange:answer"},
)


@require_GET
def request(request: Any, pk: Any) -> HttpResponse:
    """The page of a request."""
    row = verbs.find(request.actor, pk)
    note_read(request, "rfi.read", row)
    offers = verbs.buttons(request.actor, row)
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
    offered = {offer["verb"] for offer in context["offers"]}
    draft = queries.draft_of(request.actor, part)
    context |= {
        "subject": queries.subject_of(part),
        "thread": thread,
        "draft": draft,
        "live": part.state in Addressee.LIVE,
        "primary": "answer" if "answer" in offered else "",
        "priority": vocabulary.label_of("priority", part.priority),
        "marking": marking(part, *thread["said"]),
        "level_word": dict(line_of(part.line).levels())[part.level],
    }
    return render(request, "exchange/received.html", context)


def _asked(request: Any, row: Request, context: dict[str, Any]) -> HttpResponse:
    actor = request.actor
    parts = queries.parts(actor, [row]).get(row.pk, [])
    variants, subjects = queries.texts(actor, [row])[row.pk]
    found = threads(actor, parts)
    offered = {offer["verb"] for offer in context["offers"]}
    context |= {
        "parts": [{"it": part, **found[part.pk], "live": part.state in Addressee.LIVE} for part in parts],
        "variants": variants,
        "subjects": subjects,
        "open": row.state in Request.OPEN,
        "may_work": row.owner_id == actor.desk_id and actor.rank >= 2,
        "done": sum(part.state not in Addressee.LIVE for part in parts),
        "primary": next((verb for verb in ("send", "close") if verb in offered), ""),
        "priority": vocabulary.label_of("priority", row.priority),
        "feedback": vocabulary.label_of("feedback", row.feedback) if row.feedback else "",
        "marking": marking(row, *(said for one in found.values() for said in one["said"])),
        "level_word": dict(line_of(row.line).levels())[row.level],
    }
    return render(request, "exchange/asked.html", context)


def threads(actor: Any, parts: Any) -> dict[Any, dict[str, Any]]:
    """{part: its questions, each with answers and messages; messages about none; all answers}. Six queries."""
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
        found[part.pk] = {"questions": rows, "messages": general, "said": said[part.pk]}
    return found


@require_GET
def part(request: Any, pk: Any) -> HttpResponse:
    """The request of a part that a notice tells of."""
    return redirect("exchange:request", queries.part_named(request.actor, pk).request_id)
