"""Pages of papers: the list, one paper, writing and correcting it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.access import paging
from apps.access.actor import Actor
from apps.access.doors import REGISTRY
from apps.access.forms import form_for_verb
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.council.actions import paper_fields, paper_texts
from apps.council.models import Paper
from apps.council.policy import may_propose
from apps.council.policy import papers as policy
from apps.council.queries import paper_reading, paper_receipts
from apps.council.queries import papers as queries
from apps.council.views import acts
from apps.files.queries import files_of

PAGE = 50
LANGUAGES = dict(paper_fields.LANGUAGES)
OWN_FORMS = frozenset({"comment"})
"""Verbs whose form stands on the page of the paper itself."""


@require_safe
def papers(request: Any) -> HttpResponse:
    """Papers, newest first; `?q=` words or a number, `?meeting=`, `?state=`, `?language=`, `?unread=1`."""
    actor = request.actor
    meetings = queries.meetings_with_papers(actor)
    asked = _asked(request.GET, meetings)
    found, older, newer = paging.cut(_narrowed(actor, asked, _place(request)), request.GET, PAGE)
    context = {
        "rows": found,
        "asked": asked,
        "narrowed": any(asked.values()),
        "meetings": meetings,
        "states": Paper.State.choices,
        "languages": paper_fields.LANGUAGES,
        "unread": queries.unread_keys(actor, found),
        "older": f"?{older}" if older else "",
        "newer": f"?{newer}" if newer else "",
        "may_write": bool(may_propose(actor, None)),
        "marking": {"level": max((row.level for row in found), default=1)},
    }
    return render(request, "council/papers.html", context)


def _asked(params: Any, meetings: list[tuple[str, str]]) -> dict[str, str]:
    """The filters of the address; a value that is none of the choices is left out."""
    choices: dict[str, dict[Any, Any]] = {
        "meeting": dict(meetings),
        "state": dict(Paper.State.choices),
        "language": LANGUAGES,
        "unread": {"1": ""},
    }
    kept = {name: params.get(name, "") for name in choices if params.get(name, "") in choices[name]}
    return {"q": params.get("q", "").strip()[:200], **kept}


def _narrowed(actor: Actor, asked: dict[str, str], before: Any) -> Any:
    rows = queries.found(queries.rows(actor, before), asked["q"])
    for name in ("meeting", "state", "language"):
        if asked.get(name):
            rows = rows.filter(**{name: asked[name]})
    return queries.unread(rows, actor) if asked.get("unread") else rows


def _place(request: Any) -> Any:
    """The key in the address; an address that was tampered with is simply not there."""
    try:
        paging.key(Paper, request.GET, "after")
        return paging.key(Paper, request.GET, "before")
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong


@require_safe
def paper(request: Any, pk: Any) -> HttpResponse:
    """One paper in its original or, with `?language=`, in translation; who cleared it, who opened it, what was said."""
    row = visible_or_404(queries.whole(request.actor), request.actor, pk)
    note_read(request, "paper.read", row, version=row.current)
    return render(request, "council/paper.html", page_of(request, row))


@require_safe
def printed(request: Any, pk: Any) -> HttpResponse:
    """The text alone, for the minister's folder."""
    row = visible_or_404(queries.rows(request.actor), request.actor, pk)
    note_read(request, "paper.read", row, version=row.current)
    shown = paper_reading.shown(request.actor, row, request.GET.get("language", ""))
    return render(request, "council/paper_print.html", {"paper": row, "shown": shown, "marking": marking(row)})


def page_of(request: Any, row: Any, form: Any = None) -> dict[str, Any]:
    """Everything that the page of a paper shows; `form` is a comment that came back with faults."""
    actor = request.actor
    shown = paper_reading.shown(actor, row, request.GET.get("language", ""))
    lines = paper_receipts.receipts(actor, [row]).get(row.pk)
    buttons = acts.buttons(actor, row, "papers")
    return {
        "paper": row,
        "shown": shown,
        "versions": shown.versions,
        "comments": queries.comments(actor, row),
        "clearances": queries.clearances(actor, row),
        "files": files_of(actor, row),
        "receipts": lines,
        "opened": sum(1 for line in lines or [] if line.opened_at),
        "all_receipts": policy.sees_receipts(actor, row),
        "without_financial": row.silent if row.issued_at else [],
        "embargoed": row.embargo_until is not None and row.shared_at is None,
        "because": because(actor, row),
        "offers": sorted((one for one in buttons if one["verb"] not in OWN_FORMS), key=lambda one: one["danger"]),
        "primary": {"draft": "submit", "returned": "revise", "in_clearance": "clear"}.get(row.state, ""),
        "version": row.version,
        "form": form,
        "comment_form": form or _comment_form(actor, row, buttons),
        "marking": marking(row),
    }


def _comment_form(actor: Actor, row: Any, buttons: list[dict[str, Any]]) -> Any:
    may = any(button["verb"] == "comment" for button in buttons)
    return form_for_verb("paper.comment")(actor=actor, row=row) if may else None


def marking(row: Any) -> dict[str, Any]:
    """The banner of a paper."""
    return {"level": row.level, "caveat": row.caveat}


def because(actor: Actor, row: Any) -> str:
    """Why the seat sees the paper."""
    if actor.desk_id == row.owner_id:
        return _("You see this because your desk wrote it.")
    if actor.desk_id in row.asked:
        return _("You see this because your desk is asked to clear it.")
    if actor.function == "secretariat":
        return _("You see this because the Secretariat keeps the papers of the Council.")
    if queries.is_restricted(row):
        return _("You see this because it was issued to the Member States, for a restricted item of the agenda.")
    return _("You see this because it was issued to the Member States, the Associate Members and the Secretariat.")


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Begin a paper; `?meeting=` and `?item=` choose where it belongs."""
    if not (verdict := may_propose(request.actor, None)):
        raise Refused("may-not", getattr(verdict, "code", ""))
    initial = {name: request.GET[name] for name in ("meeting", "item", "title") if name in request.GET}
    return acts.carry_out(
        request, REGISTRY["paper.draft"], None, _page, initial=initial, back=reverse("council:papers")
    )


@require_http_methods(["GET", "POST"])
def revise(request: Any, pk: Any) -> HttpResponse:
    """Write a new version, beginning with the text as it stands."""
    row = _for(request, pk, "revise")
    initial = {"title": row.title, "body": row.words}
    return acts.carry_out(request, REGISTRY["paper.revise"], row, _page, initial=initial, marking=marking(row))


@require_http_methods(["GET", "POST"])
def correct(request: Any, pk: Any) -> HttpResponse:
    """Correct an issued paper, beginning with the text as it stands; then on to the paper that takes its place."""
    row = _for(request, pk, "correct")
    onward = lambda done: reverse("council:paper", args=[queries.successor_id(request.actor, done)])  # noqa: E731
    return acts.carry_out(
        request, REGISTRY["paper.correct"], row, onward, initial={"body": row.words}, marking=marking(row)
    )


@require_http_methods(["GET", "POST"])
def translate(request: Any, pk: Any) -> HttpResponse:
    """Add a translation, or with `?language=` bring one up to date, beginning with what it says now."""
    row = _for(request, pk, "translate")
    language = request.GET.get("language", "")
    old = next((one for one in queries.translations(request.actor, [row])[row.pk] if one.language == language), None)
    named = {"language": language} if language in LANGUAGES else {}
    initial = {**named, "kind": old.kind, "title": old.title, "body": old.body} if old else named
    return acts.carry_out(request, REGISTRY["paper.translate"], row, _page, initial=initial, marking=marking(row))


@require_POST
def comment(request: Any, pk: Any) -> HttpResponse:
    """Comment on a paper. What others said in the meantime is no reason to refuse it."""
    row = _for(request, pk, "comment")
    form = form_for_verb("paper.comment")(request.POST, actor=request.actor, row=row)
    status = 422
    if form.is_valid():
        try:
            paper_texts.comment(request.actor, row, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, _("Your comment stands under the paper."))
            return redirect(f"{_page(row)}#comments")
    return render(request, "council/paper.html", page_of(request, row, form), status=status)


def _page(row: Any) -> str:
    return reverse("council:paper", args=[row.pk])


def _for(request: Any, pk: Any, verb: str) -> Any:
    """The paper; before anything is typed, only if it is in a state for the verb and the seat may do it."""
    row = visible_or_404(queries.whole(request.actor), request.actor, pk)
    if request.method == "GET":
        acts.ask(request.actor, row, REGISTRY[f"paper.{verb}"])
    return row
