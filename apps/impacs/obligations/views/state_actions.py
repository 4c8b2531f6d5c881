"""One State's action under one clause, its proofs and requests, and every act on them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from apps.access.declared_actions import Spec, offers
from apps.access.forms import posted_version
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.files.queries.attachments import files_of
from apps.impacs import titles
from apps.impacs.forms.acts import begin_with
from apps.impacs.models import AssistanceRequest, Evidence, ExtensionRequest, StateAction
from apps.impacs.obligations.queries.history import read_action_history
from apps.impacs.obligations.queries.next_step import next_verb
from apps.impacs.obligations.queries.page_parts import files_of as files_of_evidence
from apps.impacs.obligations.queries.page_parts import parts_of
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.obligations.rules.extensions import too_late
from apps.impacs.queries import lists
from apps.pages.verb_pages import VerbPages

REPORT = "state_action.report"


def _report_page(actor: Any, row: Any) -> dict[str, Any]:
    """What the form of a report shows beside it: the last report, the evidence, and what came back."""
    parts = parts_of(actor, row)
    returned = [one for one in parts["evidence"] if one.state == "rejected"]
    return {
        "template": "impacs/report_progress.html",
        "state_action": row,
        "evidence": [one for one in parts["evidence"] if one.state != "withdrawn"],
        "last": parts["reports"][-1] if parts["reports"] else None,
        "returned": returned[-1] if returned else None,
        "may": {offer.verb: offer for offer in offers(actor, row) if offer.allowed},
    }


def _verbs(model: Any, noun: str, page: str, related: tuple[str, ...], **more: Any) -> VerbPages:
    """The pages of the verbs of one kind of record, whose page has the address `page`.

    `related` is what the form of a verb reads of its record.
    """
    place: Callable[[Any], str] = lambda row: reverse(page, args=[row.pk])  # noqa: E731

    def onward(request: Any, done: Any, spec: Spec) -> str:
        messages.success(request, pgettext("words, impacs", "Done: %(what)s.") % {"what": spec.label})
        return place(done)

    return VerbPages(
        noun=noun,
        rows=lambda actor: model.objects.visible_to(actor).select_related(*related),
        page=place,
        prepare=lambda request, row, spec: {
            "initial": begin_with(spec.verb, row, request.GET),
            **(_report_page(request.actor, row) if spec.verb == REPORT else {}),
        },
        onward=onward,
        tries_first=True,
        **more,
    )


verbs = _verbs(StateAction, "state_action", "impacs:action", ("decision", "clause", "desk"), address="impacs:do")
OF_ACTION = {
    kind: _verbs(model, noun, f"impacs:{noun}", ("action__clause",), address="impacs:record_do", arguments=(kind,))
    for kind, model, noun in (
        ("evidence", Evidence, "evidence"),
        ("extensions", ExtensionRequest, "extension"),
        ("assistance", AssistanceRequest, "assistance"),
    )
}
"""The pages of the verbs of an action's proofs and requests, by their kind in the address."""

AT_ONCE = frozenset({"acknowledge"})
"""Verbs that need neither words nor a second thought: the button does it."""

COUNCIL = frozenset({"ministry", "secretariat"})
"""Functions that open the decision itself; other desks of a State read its clause here."""


@require_GET
def action(request: Any, pk: Any) -> HttpResponse:
    """How the action stands and why, what the State has done, proved, asked and lacks, and the next step."""
    actor = request.actor
    row = _action(actor, pk)
    told = read_action_history(row, today_of(actor))
    parts = parts_of(actor, row)
    files = files_of_evidence(actor, parts["evidence"]) if parts["evidence"] else {}
    for proof in parts["evidence"]:
        proof.files = files.get(proof.pk, [])
    offered = {offer.verb: offer for offer in offers(actor, row) if offer.allowed}
    if not _may_be_moved(told.now, parts["extensions"]):
        offered.pop("request_extension", None)
    demands = row.clause.evidence_required
    context = {
        "row": row,
        "title": titles.state_action(row.clause.text, row.party.short_name),
        "at": told.now,
        "history": told,
        **parts,
        "steps": [step for step in parts["steps"] if not step.removed_on],
        "reports": parts["reports"][::-1],
        "notes": parts["notes"][::-1],
        "demands": [(each, _answering(each, parts["evidence"])) for each in demands],
        "granted": told.now.facts.extensions,
        "is_own": actor.party_code == row.party_id,
        "reads_words": actor.party_code in {row.party_id, "IMPACS"},
        "opens_decision": actor.function in COUNCIL,
        "offered": offered,
        "next": next_verb(row.state, offered, demands, parts["evidence"]),
        "at_once": AT_ONCE,
        "version": posted_version(request) or row.version,
        "marking": {"level": row.level},
    }
    return render(request, "impacs/action.html", context)


def _may_be_moved(at: Any, extensions: list[Any]) -> bool:
    """Whether more time can be asked for at all: it is due on some day, not for long, and nothing waits yet."""
    due = at.facts.due(at.day)
    if due is None or any(one.state == "requested" for one in extensions):
        return False
    return not too_late(due, at.day, lists.extension_limits(at.day))


def _action(actor: Any, pk: Any) -> Any:
    rows = StateAction.objects.visible_to(actor)
    related = ("clause", "decision", "party", "desk__function", "focal_seat__user", "focal_seat__desk")
    return visible_or_404(rows.select_related(*related), actor, pk)


def _answering(demand: str, evidence: list[Any]) -> Any:
    """The proof that answers a demand: an accepted one first, else the newest that still counts."""
    of_demand = [one for one in evidence if one.requirement == demand and one.state not in {"withdrawn", "expired"}]
    return max(of_demand, key=lambda one: (one.state == "accepted", one.state != "rejected", one.pk), default=None)


@require_GET
def evidence(request: Any, pk: Any) -> HttpResponse:
    """One proof with its files, and what the seat may do with it."""
    row = _record(request.actor, Evidence, pk)
    note_read(request, "evidence.read", row)
    words = lists.labels()
    context = {
        "kind_label": words.get((lists.EVIDENCE, row.kind), row.kind),
        "reject_label": words.get((lists.REJECT, row.reject_code), row.reject_code),
        "files": files_of(request.actor, row),
    }
    return _page(request, row, "evidence", context)


@require_GET
def extension(request: Any, pk: Any) -> HttpResponse:
    """One request for a later due date: from when to when, why, who decides and by when."""
    row = _record(request.actor, ExtensionRequest, pk, "item", "decided_by")
    return _page(request, row, "extensions", {})


@require_GET
def assistance(request: Any, pk: Any) -> HttpResponse:
    """One request for help, and the answer to it."""
    row = _record(request.actor, AssistanceRequest, pk, "difficulty")
    words = lists.labels()
    return _page(request, row, "assistance", {"kind_label": words.get((lists.ASSISTANCE, row.kind), row.kind)})


def _record(actor: Any, model: Any, pk: Any, *more: str) -> Any:
    related = ("action__clause", "action__decision", "party", *more)
    return visible_or_404(model.objects.visible_to(actor).select_related(*related), actor, pk)


def _page(request: Any, row: Any, collection: str, context: dict[str, Any]) -> HttpResponse:
    # each leads to its page, also where it needs no words: what it does to a proof or a request is final
    buttons = [{**one, "asks": True} for one in OF_ACTION[collection].buttons(request.actor, row)]
    context |= {
        "row": row,
        "buttons": buttons,
        "primary": buttons[0]["verb"] if buttons else "",
        "marking": {"level": row.level},
    }
    return render(request, f"impacs/{collection}.html", context)
