"""Bulletins: those in force by how soon they end, one with its receipts, and the form that shows who gets it."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access import pagination, stream_log
from apps.access.declared_actions import REGISTRY, Spec
from apps.access.forms import form_for_verb
from apps.access.marking import Banner, of
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.documents.queries.downloads import as_copy
from apps.documents.rendering import to_pdf, watermarked
from apps.documents.rules.markdown import to_html
from apps.entities.models import Entity
from apps.exchange.refusals import Refusals as ExchangeRefusals
from apps.pages.verb_pages import VerbPages, answer_form, refuse_early
from apps.rifc.forms import beside_desks
from apps.rifc.queries import vocabulary
from apps.rifc.refusals import Refusals as RifcRefusals
from apps.rifc.rules.channels import as_file
from apps.rifc.rules.facts import Facts
from apps.watch import policy
from apps.watch.actions import receipts as acting
from apps.watch.models import Bulletin
from apps.watch.queries import brief, printed_documents
from apps.watch.queries import bulletins as queries
from apps.watch.queries import entities as named

PAGE = 50
BOXES = [
    ("active", pgettext_lazy("words, watch", "In force"), gettext_lazy("Bulletins in force, ending soonest first.")),
    ("drafts", pgettext_lazy("words, watch", "In writing"), gettext_lazy("Only your desk sees these.")),
    ("ended", pgettext_lazy("words, watch", "Ended"), gettext_lazy("Bulletins that have ended or were cancelled.")),
]


def marking(row: Bulletin) -> Banner:
    """The banner of a bulletin."""
    return of(row)


def _place_of(row: Bulletin) -> str:
    return reverse("watch:bulletin", args=[row.pk])


def _prepare(_request: Any, row: Bulletin, spec: Spec) -> dict[str, Any]:
    """What is renewed begins with the text as it stands."""
    return {"initial": {"text": row.text, "short_text": row.short_text}} if spec.name == "renew" else {}


verbs = VerbPages(
    noun="bulletin",
    address="watch:bulletin_do",
    rows=queries.rows,
    page=_place_of,
    whence=(pgettext_lazy("link, watch", "Bulletins"), "watch:bulletins"),
    prepare=_prepare,
    onward=lambda _request, done, spec: reverse("watch:bulletins") if spec.name == "discard" else _place_of(done),
    own={"revise": "watch:bulletin_revise", "link": "watch:bulletin_things"},
    elsewhere={"unlink"},
)


def _highest(rows: list[Bulletin]) -> Banner:
    return of(*rows, intelligence=True)


@require_GET
def bulletins(request: Any) -> HttpResponse:
    """Bulletins of a box, `?box=`; those in force by their end."""
    actor, since = request.actor, stream_log.here()
    issues = bool({actor.function, actor.desk_code} & policy.ISSUERS)
    boxes = [one for one in BOXES if issues or one[0] != "drafts"]
    box = request.GET.get("box", "active")
    box = box if box in dict((code, label) for code, label, _text in boxes) else "active"
    found = queries.boxed(queries.rows(actor), box, actor)
    older = newer = None
    if box == "active":
        rows = list(found.order_by("valid_to", "pk")[:200])
    else:
        try:
            rows, older, newer = pagination.cut(found, request.GET, PAGE)
        except ValidationError as wrong:
            raise Refused("not-visible") from wrong
    mine = queries.own_receipts(actor, rows) if rows else {}
    now = timezone.now()
    context = {
        "since": since,
        "cards": [_card(row, mine.get(row.pk), now) for row in rows],
        "box": box,
        "boxes": boxes,
        "said": {code: text for code, _label, text in boxes}[box],
        "now": now,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "may_write": bool(policy.may_draft(actor, None)),
        "marking": _highest(rows),
    }
    partial = request.headers.get("HX-Request-Type") == "partial"
    return render(request, "watch/_bulletins.html" if partial else "watch/bulletins.html", context)


def _card(row: Bulletin, mine: Any, now: Any) -> dict[str, Any]:
    known = queries.how_known(mine) if mine else None
    return {"it": row, "mine": mine, "known": known, "soon": row.valid_to - now <= brief.ending_soon(), **_words(row)}


def _words(row: Bulletin) -> dict[str, str]:
    return {
        "kind": vocabulary.label_of("bulletin_kind", row.kind),
        "subject": vocabulary.label_of("bulletin_subject", row.subject) if row.subject else "",
        "instruction": vocabulary.label_of("bulletin_instruction", row.instruction),
    }


@require_GET
def bulletin(request: Any, pk: Any) -> HttpResponse:
    """A bulletin; the desk that reads it has opened it. Its issuer sees who has opened it and who knows."""
    actor = request.actor
    row = verbs.find(actor, pk)
    mine = acting.note_opened(actor, queries.own_receipt(actor, row))
    note_read(request, "bulletin.read", row)
    entries = queries.receipts(actor, row)
    things = named.of_bulletins(actor, [row.pk])[row.pk]
    if things:
        note_read(request, "entity.list", Entity, rows=len(things))
    context = {
        "bulletin": row,
        **_words(row),
        "handling": [(code, vocabulary.label_of("handling", code)) for code in row.handling],
        "things": things,
        "may_copy": as_file(row),
        "text": to_html(row.text, top=3),
        "mine": mine,
        "known_by": queries.how_known(mine) if mine else None,
        "may_ack": mine is not None and mine.state in mine.WAITING and bool(policy.is_recipient(actor, mine)),
        "entries": entries,
        "known": sum(1 for one in entries if one.ack_at),
        "own": row.owner_id == actor.desk_id,
        "offers": verbs.buttons(actor, row),
        "primary": {"draft": "issue"}.get(row.state, ""),
        "version": row.version,
        "now": timezone.now(),
        "marking": named.marking(row, things),
    }
    return render(request, "watch/bulletin.html", context)


@require_POST
def acknowledge(request: Any, pk: Any) -> HttpResponse:
    """Say for the desk that it knows."""
    actor = request.actor
    row = verbs.find(actor, pk)
    mine = queries.own_receipt(actor, row)
    if mine is None:
        raise Refused(ExchangeRefusals.NOT_ADDRESSEE)
    acting.acknowledge_bulletin(actor, mine)
    return redirect("watch:bulletin", row.pk)


@require_GET
def file(request: Any, pk: Any) -> HttpResponse:
    """A bulletin as a PDF of one page, marked with who took it. NOPRINT leaves no file (C03)."""
    actor = request.actor
    row = verbs.find(actor, pk)
    if not as_file(row):
        raise Refused(RifcRefusals.NO_PRINT)
    note_read(request, "bulletin.print", row)
    copy = watermarked(printed_documents.bulletin(row), actor.person, timezone.now(), holder=actor.desk_code)
    return as_copy(to_pdf(copy), "pdf", row.number or "draft", of(row))


@require_http_methods(["GET", "POST"])
def show_new_bulletin(request: Any) -> HttpResponse:
    """Write a bulletin."""
    return _form(request, "bulletin.draft", None, pgettext("heading, watch", "New bulletin"))


@require_http_methods(["GET", "POST"])
def show_bulletin_revision(request: Any, pk: Any) -> HttpResponse:
    """Change a draft."""
    row = verbs.find(request.actor, pk)
    refuse_early(request.actor, row, REGISTRY["bulletin.revise"])
    return _form(request, "bulletin.revise", row, _("Edit the bulletin"))


def _form(request: Any, verb: str, row: Bulletin | None, title: str) -> HttpResponse:
    """The form and, on POST, the action; `look` shows who would get it and saves nothing."""
    spec = REGISTRY[verb]
    if spec.creates:
        refuse_early(request.actor, None, spec)
    looks = "look" in request.POST
    return answer_form(
        request,
        spec,
        row,
        "watch/bulletin_edit.html",
        _place_of,
        initial=_given(row) if row is not None else {"classification": "RESTRICTED", "tlp": "AMBER"},
        tried=not looks,
        beside=partial(_beside, request.actor, looks=looks),
        title=title,
        back=_place_of(row) if row is not None else reverse("watch:bulletins"),
        marking=marking(row) if row is not None else of(least=1, intelligence=True),
    )


def _beside(actor: Any, form: Any, *, looks: bool) -> dict[str, Any]:
    """The picker of desks, and where it is asked for who would get it; of what is not yet written nothing is wrong."""
    found = beside_desks(form)
    if looks:
        found["look"] = _look(actor, form)
        form.errors.clear()
    return found


def _given(row: Bulletin) -> dict[str, Any]:
    names = ("kind", "subject", "instruction", "title", "text", "short_text", "area", "tlp", "handling", "eyes")
    return {
        **{name: getattr(row, name) for name in (*names, "valid_from", "valid_to")},
        "classification": vocabulary.classification(row.level).code,
        "to": row.to,
    }


def _look(actor: Any, form: Any) -> Any:
    """Who would get it, by what the form holds so far."""
    form.is_valid()
    given = form.cleaned_data
    known = Facts(
        state="draft",
        originator=actor.party_code,
        desk=actor.desk_code,
        classification=given.get("classification") or 0,
        tlp=given.get("tlp") or "AMBER",
        handling=frozenset(given.get("handling") or ()),
        eyes=frozenset(given.get("eyes") or ()),
    )
    return queries.look(actor, known, form.data.getlist("to")[:200])


@require_POST
def preview_bulletin(request: Any) -> HttpResponse:
    """Who would get the bulletin that is being written: a part of its form."""
    form = form_for_verb("bulletin.draft")(request.POST, actor=request.actor)
    return render(request, "rifc/_audience.html", {"look": _look(request.actor, form)})
