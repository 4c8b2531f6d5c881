"""The weekly digest: its list, the page that shows each reader what his own rule gives him, and its making."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import paging
from apps.access.acts import ask, spec_of
from apps.access.doors import REGISTRY
from apps.access.middleware import note_read
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.documents.models import IssuedDocument
from apps.documents.queries import documents_of
from apps.rifc.queries import vocabulary
from apps.rifc.views import acts
from apps.watch import policy
from apps.watch.actions import fields
from apps.watch.models import Digest
from apps.watch.queries import digests as queries
from apps.watch.rules.digests import highest

PAGE = 50


def _marking(level: int, tlp: str = "") -> dict[str, Any]:
    label = vocabulary.classification(level).code
    return {"level": level, "label": label, "caveat": f"TLP:{tlp}" if tlp else ""}


@require_GET
def digests(request: Any) -> HttpResponse:
    """Digests that the seat sees, newest first."""
    actor = request.actor
    found = queries.rows(actor).exclude(state=Digest.State.DISCARDED)
    try:
        rows, older, newer = paging.cut(found, request.GET, PAGE)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    context = {
        "rows": rows,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "may_write": bool(policy.may_assemble(actor, None)),
        "marking": _marking(max((row.level for row in rows), default=0)),
    }
    return render(request, "watch/digests.html", context)


@require_GET
def digest(request: Any, pk: Any) -> HttpResponse:
    """A digest: each item is read through the reader's own rule at this moment; so are the figures."""
    actor = request.actor
    row = visible_or_404(queries.rows(actor), actor, pk)
    own = row.owner_id == actor.desk_id
    shown = queries.shown(actor, row)
    note_read(request, "digest.read", row)
    seen = {item.pk for item, _entry in shown}
    besides = queries.besides(actor, row, [entry for _item, entry in shown])
    level, tlp = highest((one.level, one.tlp) for one in [row, *besides])
    context = {
        "digest": row,
        "shown": [(item, entry, _threats(entry)) for item, entry in shown],
        # that something is gone is told to those who drafted it alone
        "lost": [one for one in queries.items(row) if one.kept and one.pk not in seen] if own else [],
        "left_out": sum(1 for one in queries.items(row) if not one.kept) if own else 0,
        "besides": [(entry, _threats(entry)) for entry in besides],
        "figures": queries.figures(queries.week_reports(actor, row)),
        "documents": [one for one in documents_of(actor, row) if one.state == IssuedDocument.State.ISSUED],
        "own": own,
        "offers": acts.buttons(actor, row, lambda verb: _place(row, verb)),
        "primary": {"draft": "submit", "review": "issue"}.get(row.state, ""),
        "version": row.version,
        "marking": _marking(level, tlp),
    }
    return render(request, "watch/digest.html", context)


def _threats(entry: Any) -> list[str]:
    return [vocabulary.label_of("threat_category", code) for code in entry.threats]


def _place(row: Digest, verb: str) -> str:
    if verb == "arrange":
        return reverse("watch:digest_arrange", args=[row.pk])
    return reverse("watch:digest_do", args=[row.pk, verb])


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Choose the week and the audience; the rest is gathered."""
    spec = REGISTRY["digest.draft"]
    verdict = spec.policy(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    return acts.carry_out(
        request,
        spec,
        None,
        lambda done: reverse("watch:digest_arrange", args=[done.pk]),
        initial={"to": ["community"]},
        template="watch/act.html",
        back=reverse("watch:digests"),
        marking=_marking(0),
    )


@require_http_methods(["GET", "POST"])
def ministries(request: Any) -> HttpResponse:
    """A draft for each ministry that is chosen."""
    spec = REGISTRY["digest.draft_ministries"]
    verdict = spec.policy(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    back = reverse("watch:digests")
    codes = [code for code, _name in fields.ministries()]
    initial = {"week_to": vocabulary.today(), "to": codes}
    more: dict[str, Any] = {"back": back, "marking": _marking(0), "template": "watch/act.html"}
    return acts.carry_out(request, spec, None, lambda _done: back, initial=initial, **more)


@require_http_methods(["GET", "POST"])
def arrange(request: Any, pk: Any) -> HttpResponse:
    """Order, sentences, and what is left out."""
    actor, spec = request.actor, REGISTRY["digest.arrange"]
    row = visible_or_404(queries.rows(actor), actor, pk)
    ask(actor, row, spec)
    every = queries.items(row)
    found = {queries.key_of(one): queries.entry_of(one) for one in queries.candidates(actor, row)}
    pairs = [(one, found.get((one.kind, str(one.subject)))) for one in every]
    context = {
        "title": _("Arrange the digest"),
        "back": reverse("watch:digest", args=[row.pk]),
        "digest": row,
        "lines": [_line(request, one, entry) for one, entry in pairs if entry is not None],
        "lost": sum(1 for _one, entry in pairs if entry is None),
        "marking": _marking(row.level, row.tlp),
    }
    return acts.carry_out(
        request,
        spec,
        row,
        lambda done: reverse("watch:digest", args=[done.pk]),
        initial={"intro": row.intro},
        template="watch/digest_edit.html",
        **context,
    )


def _line(request: Any, one: Any, entry: Any) -> dict[str, Any]:
    """An item as its row of the form shows it: as typed, else as kept."""
    if request.method == "POST":
        data = request.POST
        typed = {name: data.get(f"item-{one.pk}-{name}", "") for name in ("position", "sentence", "kept")}
        return {"key": one.pk, "entry": entry, **typed}
    return {"key": one.pk, "entry": entry, "position": one.position, "sentence": one.sentence, "kept": one.kept}


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """The page of a verb: hand in, return, issue, throw away."""
    actor = request.actor
    row = visible_or_404(queries.rows(actor), actor, pk)
    spec = spec_of("digest", verb)
    ask(actor, row, spec)
    here = reverse("watch:digest", args=[row.pk])
    return acts.carry_out(
        request,
        spec,
        row,
        lambda _done: reverse("watch:digests") if verb == "discard" else here,
        template="watch/act.html",
        back=here,
        marking=_marking(row.level, row.tlp),
    )
