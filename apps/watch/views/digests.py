"""The weekly digest: its list, the page that shows each reader what their own rule gives them, and its making."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from apps.access import pagination
from apps.access.declared_actions import REGISTRY, Spec
from apps.access.marking import of
from apps.access.middleware import note_read
from apps.access.refusal import Refused
from apps.documents.models import IssuedDocument
from apps.documents.queries.issued_documents import documents_of
from apps.pages.verb_pages import VerbPages, answer_form, refuse_early
from apps.rifc.forms import TO_DESKS, beside_desks
from apps.rifc.queries import vocabulary
from apps.watch import policy
from apps.watch.actions import fields
from apps.watch.models import Digest
from apps.watch.queries import digests as queries

PAGE = 50


def _place_of(row: Digest) -> str:
    return reverse("watch:digest", args=[row.pk])


verbs = VerbPages(
    noun="digest",
    address="watch:digest_do",
    rows=queries.find_digests,
    page=_place_of,
    whence=(pgettext_lazy("link, watch", "Weekly digests"), "watch:digests"),
    onward=lambda _request, done, spec: reverse("watch:digests") if spec.name == "discard" else _place_of(done),
    own={"arrange": "watch:digest_arrange"},
)


@require_GET
def digests(request: Any) -> HttpResponse:
    """Digests that the seat sees, newest first."""
    actor = request.actor
    found = queries.find_digests(actor).exclude(state=Digest.State.DISCARDED)
    try:
        rows, older, newer = pagination.cut(found, request.GET, PAGE)
    except ValidationError as wrong:
        raise Refused("not-visible") from wrong
    context = {
        "rows": rows,
        "older": older and f"?{older}",
        "newer": newer and f"?{newer}",
        "may_write": bool(policy.may_assemble(actor, None)),
        "marking": of(*rows, intelligence=True),
    }
    return render(request, "watch/digests.html", context)


@require_GET
def digest(request: Any, pk: Any) -> HttpResponse:
    """A digest: each item is read through the reader's own rule at this moment; so are the figures."""
    actor = request.actor
    row = verbs.find(actor, pk)
    own = row.owner_id == actor.desk_id
    shown = queries.list_digest_items(actor, row)
    note_read(request, "digest.read", row)
    seen = {item.pk for item, _entry in shown}
    besides = queries.besides(actor, row, [entry for _item, entry in shown])
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
        "offers": verbs.buttons(actor, row),
        "primary": {"draft": "submit", "review": "issue"}.get(row.state, ""),
        "version": row.version,
        "marking": of(row, *besides),
    }
    return render(request, "watch/digest.html", context)


def _threats(entry: Any) -> list[str]:
    return [vocabulary.label_of("threat_category", code) for code in entry.threats]


@require_http_methods(["GET", "POST"])
def show_new_digest(request: Any) -> HttpResponse:
    """Choose the week and the audience; the rest is gathered."""
    onward = lambda done: reverse("watch:digest_arrange", args=[done.pk])  # noqa: E731
    return _begin(request, REGISTRY["digest.draft"], onward, {"to": ["community"]})


@require_http_methods(["GET", "POST"])
def ministries(request: Any) -> HttpResponse:
    """A draft for each ministry that is chosen."""
    codes = [code for code, _name in fields.ministries()]
    onward = lambda _done: reverse("watch:digests")  # noqa: E731
    return _begin(request, REGISTRY["digest.draft_ministries"], onward, {"week_to": vocabulary.today(), "to": codes})


def _begin(request: Any, spec: Spec, onward: Callable[[Any], str], initial: dict[str, Any]) -> HttpResponse:
    """The form of what begins digests, with its choice of desks as a picker."""
    refuse_early(request.actor, None, spec)
    return answer_form(
        request, spec, None, TO_DESKS, onward, initial=initial, beside=beside_desks,
        back=reverse("watch:digests"), title=pgettext("link, watch", "Weekly digests"),
        marking=of(least=1, intelligence=True),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def arrange(request: Any, pk: Any) -> HttpResponse:
    """Order, sentences, and what is left out."""
    actor, spec = request.actor, REGISTRY["digest.arrange"]
    row = verbs.find(actor, pk)
    refuse_early(actor, row, spec)
    every = queries.items(row)
    found = {queries.key_of(one): queries.entry_of(one) for one in queries.candidates(actor, row)}
    pairs = [(one, found.get((one.kind, str(one.subject)))) for one in every]
    context = {
        "title": _("Arrange the digest"),
        "back": _place_of(row),
        "digest": row,
        "lines": [_line(request, one, entry) for one, entry in pairs if entry is not None],
        "lost": sum(1 for _one, entry in pairs if entry is None),
        "marking": of(row),
    }
    return answer_form(request, spec, row, "watch/digest_edit.html", _place_of, initial={"intro": row.intro}, **context)


def _line(request: Any, one: Any, entry: Any) -> dict[str, Any]:
    """An item as its row of the form shows it: as typed, else as kept."""
    if request.method == "POST":
        data = request.POST
        typed = {name: data.get(f"item-{one.pk}-{name}", "") for name in ("position", "sentence", "kept")}
        return {"key": one.pk, "entry": entry, **typed}
    return {"key": one.pk, "entry": entry, "position": one.position, "sentence": one.sentence, "kept": one.kept}
