"""Bulletins: those in force by how soon they end, one with its receipts, and the form that shows who gets it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access import paging, stream_log
from apps.access.acts import ask, spec_of
from apps.access.doors import REGISTRY
from apps.access.forms import form_for, form_for_verb
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.documents.markdown import to_html
from apps.documents.rendering import to_pdf, watermarked
from apps.documents.serving import as_copy
from apps.entities.models import Entity
from apps.rifc.queries import vocabulary
from apps.rifc.rules.channels import as_file
from apps.rifc.rules.facts import Facts
from apps.rifc.views import acts
from apps.watch import policy
from apps.watch.actions import receipts as acting
from apps.watch.models import Bulletin
from apps.watch.queries import brief, printing
from apps.watch.queries import bulletins as queries
from apps.watch.queries import things as named

PAGE = 50
BOXES = [
    ("active", gettext_lazy("In force"), gettext_lazy("What holds now, what ends first on top.")),
    ("drafts", gettext_lazy("In writing"), gettext_lazy("Nobody but your desk sees these.")),
    ("ended", gettext_lazy("Ended"), gettext_lazy("Bulletins that have ended or were cancelled.")),
]


def marking(row: Bulletin) -> dict[str, Any]:
    """The banner of a bulletin."""
    caveats = [f"TLP:{row.tlp}", *([f"EYES {'/'.join(row.eyes)}"] if row.eyes else []), *row.handling]
    return {"level": row.level, "label": vocabulary.classification(row.level).code, "caveat": " ".join(caveats)}


def _highest(rows: list[Bulletin]) -> dict[str, Any]:
    level = max((row.level for row in rows), default=0)
    return {"level": level, "label": vocabulary.classification(level).code}


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
            rows, older, newer = paging.cut(found, request.GET, PAGE)
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
    return {"it": row, "mine": mine, "soon": row.valid_to - now <= brief.ending_soon(), **_words(row)}


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
    row = visible_or_404(queries.rows(actor), actor, pk)
    mine = acting.note_opened(actor, queries.own_receipt(actor, row))
    note_read(request, "bulletin.read", row)
    entries = queries.receipts(actor, row)
    things = named.of_bulletins(actor, [row.pk])[row.pk]
    if things:
        note_read(request, "entity.list", Entity, rows=len(things))
    offers = acts.buttons(actor, row, lambda verb: _place(row, verb))
    context = {
        "bulletin": row,
        **_words(row),
        "handling": [(code, vocabulary.label_of("handling", code)) for code in row.handling],
        "things": things,
        "may_copy": as_file(row),
        "text": to_html(row.text, top=3),
        "mine": mine,
        "may_ack": mine is not None and mine.state in mine.WAITING and bool(policy.is_recipient(actor, mine)),
        "entries": entries,
        "known": sum(1 for one in entries if one.ack_at),
        "own": row.owner_id == actor.desk_id,
        "offers": [one for one in offers if one["verb"] != "unlink"],
        "primary": {"draft": "issue"}.get(row.state, ""),
        "version": row.version,
        "now": timezone.now(),
        "marking": named.marking(marking(row), things),
    }
    return render(request, "watch/bulletin.html", context)


def _place(row: Bulletin, verb: str) -> str:
    if verb == "revise":
        return reverse("watch:bulletin_revise", args=[row.pk])
    if verb == "link":
        return reverse("watch:bulletin_things", args=[row.pk])
    return reverse("watch:bulletin_do", args=[row.pk, verb])


@require_POST
def acknowledge(request: Any, pk: Any) -> HttpResponse:
    """Say for the desk that it knows."""
    actor = request.actor
    row = visible_or_404(queries.rows(actor), actor, pk)
    mine = queries.own_receipt(actor, row)
    if mine is None:
        raise Refused("may-not", "not-addressee")
    acting.acknowledge(actor, mine)
    return redirect("watch:bulletin", row.pk)


@require_GET
def file(request: Any, pk: Any) -> HttpResponse:
    """A bulletin as a PDF of one page, marked with who took it. NOPRINT leaves no file (C03)."""
    actor = request.actor
    row = visible_or_404(queries.rows(actor), actor, pk)
    if not as_file(row):
        raise Refused("may-not", "no-print")
    note_read(request, "bulletin.print", row)
    copy = watermarked(printing.bulletin(row), actor.person, timezone.now(), holder=actor.desk_code)
    return as_copy(to_pdf(copy), "pdf", row.number or "draft")


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Write a bulletin."""
    return _form(request, "bulletin.draft", None, _("New bulletin"))


@require_http_methods(["GET", "POST"])
def revise(request: Any, pk: Any) -> HttpResponse:
    """Change a draft."""
    row = visible_or_404(queries.rows(request.actor), request.actor, pk)
    ask(request.actor, row, REGISTRY["bulletin.revise"])
    return _form(request, "bulletin.revise", row, _("Change the bulletin"))


def _form(request: Any, verb: str, row: Bulletin | None, title: str) -> HttpResponse:
    """The form and, on POST, the action; `look` shows who would get it and saves nothing."""
    spec, actor = REGISTRY[verb], request.actor
    initial = _given(row) if row is not None else {"classification": "RESTRICTED", "tlp": "AMBER"}
    context: dict[str, Any] = {
        "title": title,
        "back": reverse("watch:bulletin", args=[row.pk]) if row is not None else reverse("watch:bulletins"),
        "marking": marking(row) if row is not None else {"level": 1, "label": "RESTRICTED"},
    }
    if request.method == "POST" and "look" in request.POST:
        form = form_for(spec)(request.POST, actor=actor, row=row)
        shown = {"form": form, "spec": spec, "row": row, "look": _look(actor, form), **context}
        form.errors.clear()
        return render(request, "watch/bulletin_edit.html", shown | {"version": row.version if row else None})
    if spec.creates:
        verdict = spec.policy(actor, None)
        if not verdict:
            raise Refused("may-not", getattr(verdict, "code", ""))
    return acts.carry_out(
        request,
        spec,
        row,
        lambda done: reverse("watch:bulletin", args=[done.pk]),
        initial=initial,
        template="watch/bulletin_edit.html",
        **context,
    )


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
def look(request: Any) -> HttpResponse:
    """Who would get the bulletin that is being written: a part of its form."""
    form = form_for_verb("bulletin.draft")(request.POST, actor=request.actor)
    return render(request, "rifc/_audience.html", {"look": _look(request.actor, form)})


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb: issue, renew, cancel, throw away."""
    actor = request.actor
    row = visible_or_404(queries.rows(actor), actor, pk)
    spec = spec_of("bulletin", verb)
    ask(actor, row, spec)
    here = reverse("watch:bulletin", args=[row.pk])
    gone = reverse("watch:bulletins")
    initial = {"text": row.text, "short_text": row.short_text} if verb == "renew" else None
    return acts.carry_out(
        request,
        spec,
        row,
        lambda _done: gone if verb == "discard" else here,
        initial=initial,
        template="watch/act.html",
        back=here,
        marking=marking(row),
        bulletin=row,
    )
