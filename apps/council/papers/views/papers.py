"""Pages of papers: the list, one paper, writing and correcting it."""

from operator import itemgetter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY, Spec, offers
from apps.access.forms import form_for_verb
from apps.access.marking import OFFICIAL, marked
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.council.lists import Papers
from apps.council.models import Paper
from apps.council.papers import policy
from apps.council.papers.actions import fields, texts
from apps.council.papers.queries import papers as queries
from apps.council.papers.queries import receipts, versions
from apps.council.views.verbs import council_verbs, room_of
from apps.files.queries.attachments import files_of
from apps.pages.verb_pages import TEMPLATE, answer_form, refuse_early

LANGUAGES = dict(fields.LANGUAGES)


def _begin(request: Any, row: Any, spec: Spec) -> dict[str, Any]:
    """What the form of a verb holds to begin with: the text as it stands, or the translation of `?language=`."""
    initial: dict[str, Any] = {}
    if spec.name == "revise":
        initial = {"title": row.title, "body": row.words}
    elif spec.name == "correct":
        initial = {"body": row.words}
    elif spec.name == "translate":
        initial = _translated(request, row)
    return {"initial": initial, "marking": marking(row)}


def _translated(request: Any, row: Any) -> dict[str, Any]:
    language = request.GET.get("language", "")
    old = next((one for one in queries.translations(request.actor, [row])[row.pk] if one.language == language), None)
    named = {"language": language} if language in LANGUAGES else {}
    return {**named, "kind": old.kind, "title": old.title, "body": old.body} if old else named


def _onward(request: Any, done: Any, spec: Spec) -> str:
    """The paper; after a correction the one that takes its place."""
    key = queries.successor_id(request.actor, done) if spec.name == "correct" else done.pk
    return room_of(request, done) or reverse("council:paper", args=[key])


verbs = council_verbs(
    Paper,
    "paper",
    "papers",
    rows=queries.whole,
    whence=(pgettext_lazy("link, council", "Papers"), "council:papers"),
    begin=_begin,
    onward=_onward,
    elsewhere=frozenset({"comment"}),
)
"""A comment has its form on the page of the paper itself."""


@require_safe
def papers(request: Any) -> HttpResponse:
    """Papers, newest first; `?q=` words or a number, `?meeting=`, `?state=`, `?language=`, `?unread=1`."""
    return Papers(request).answer()


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
    shown = versions.shown(request.actor, row, request.GET.get("language", ""))
    return render(request, "council/paper_print.html", {"paper": row, "shown": shown, "marking": marking(row)})


def page_of(request: Any, row: Any, form: Any = None) -> dict[str, Any]:
    """Everything that the page of a paper shows; `form` is a comment that came back with faults."""
    actor = request.actor
    shown = versions.shown(actor, row, request.GET.get("language", ""))
    lines = receipts.receipts(actor, [row]).get(row.pk)
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
        "offers": sorted(verbs.buttons(actor, row), key=itemgetter("danger")),
        "primary": {"draft": "submit", "returned": "revise", "in_clearance": "clear"}.get(row.state, ""),
        "version": row.version,
        "form": form,
        "comment_form": form or _comment_form(actor, row),
        "marking": marking(row),
    }


def _comment_form(actor: Actor, row: Any) -> Any:
    may = any(offer.verb == "comment" and offer.allowed for offer in offers(actor, row))
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
@marked(OFFICIAL)
def show_new_paper(request: Any) -> HttpResponse:
    """Begin a paper; `?meeting=` and `?item=` choose where it belongs."""
    spec = REGISTRY["paper.draft"]
    refuse_early(request.actor, None, spec)
    initial = {name: request.GET[name] for name in ("meeting", "item", "title") if name in request.GET}
    shown: dict[str, Any] = {
        "title": pgettext("link, council", "Papers"),
        "back": reverse("council:papers"),
        "initial": initial,
    }
    return answer_form(request, spec, None, TEMPLATE, verbs.page, **shown)


@require_POST
def comment(request: Any, pk: Any) -> HttpResponse:
    """Comment on a paper. What others said in the meantime is no reason to refuse it."""
    row = verbs.find(request.actor, pk)
    form = form_for_verb("paper.comment")(request.POST, actor=request.actor, row=row)
    status = 422
    if form.is_valid():
        try:
            texts.comment_on_paper(request.actor, row, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, _("Your comment is shown under the paper."))
            return redirect(f"{verbs.page(row)}#comments")
    return render(request, "council/paper.html", page_of(request, row, form), status=status)
