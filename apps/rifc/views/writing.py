"""Writing a report: one form for the draft, its changes, the next version and a variant; and who would see it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.access.acts import ask
from apps.access.doors import REGISTRY
from apps.access.forms import form_for
from apps.access.refused import Refused
from apps.rifc import policy
from apps.rifc.actions import writing
from apps.rifc.actions.fields import SPLIT
from apps.rifc.models import Report
from apps.rifc.queries import audience, rule, texts, vocabulary
from apps.rifc.queries import reading as shown
from apps.rifc.queries import reports as queries
from apps.rifc.views import acts

EMPTY_ROWS, MORE_ROWS = 2, 3
PARTS = (
    "text",
    "portion",
    "scheme",
    "value",
    "source_type",
    "source_ref",
    "releasable",
    "cites",
    "corroborated_by",
    "pid",
)


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Begin a report."""
    verdict = policy.may_write(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    return _form(request, "rifc_report.draft", None, _("Write a report"), None)


@require_http_methods(["GET", "POST"])
def revise(request: Any, pk: Any) -> HttpResponse:
    """Change a text that is not handed in."""
    spec = REGISTRY["rifc_report.revise"]
    row = queries.meant(request.actor, pk, spec)
    ask(request.actor, row, spec)
    return _form(request, "rifc_report.revise", row, _("Change the text"), None)


@require_http_methods(["GET", "POST"])
def following(request: Any, pk: Any) -> HttpResponse:
    """Write the next version, beginning with the text as it stands."""
    row = _source(request, pk, {Report.State.SHARED, Report.State.RECALLED})
    return _form(request, "rifc_report.supersede", row, _("Write the next version"), writing.supersede)


@require_http_methods(["GET", "POST"])
def sanitise(request: Any, pk: Any) -> HttpResponse:
    """Write a variant with less in it."""
    row = _source(request, pk, {Report.State.SHARED, Report.State.APPROVED})
    return _form(request, "rifc_report.sanitise", row, _("Write a variant for a wider circle"), writing.sanitise)


def _source(request: Any, pk: Any, states: set[str]) -> Report:
    found = queries.versions(request.actor, queries.meant(request.actor, pk).thread)
    row = next((one for one in found if one.state in states), found[0])
    verdict = policy.may_change(request.actor, row)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    if row.state not in states:
        raise Refused("wrong-state", record=row)
    return row


def _form(request: Any, verb: str, row: Any, title: str, begin: Callable[..., Any] | None) -> HttpResponse:
    """The form, and on POST the action; `more` adds empty rows, `look` shows who would see it, neither saves."""
    actor, spec = request.actor, REGISTRY[verb]
    initial = _begun(actor, row) if row is not None else {}
    back = reverse("rifc:report", args=[row.thread]) if row is not None else reverse("rifc:reports")
    context: dict[str, Any] = {
        "template": "rifc/report_edit.html",
        "title": title,
        "back": back,
        "schemes": shown.scheme_choices(),
        "portions": [(term.extra["portion"], code) for code, term in _levels()],
        "source_types": vocabulary.choices("source_type"),
        "marking": shown.marking(row) if row is not None else {"level": 1, "label": "RESTRICTED"},
        "initial": initial,
    }
    if request.method == "POST" and ("more" in request.POST or "look" in request.POST):
        form = form_for(spec)(request.POST, files=request.FILES, actor=actor, row=row)
        form.is_valid()
        extra = {"look": _look(actor, form)} if "look" in request.POST else {}
        if "more" in request.POST:
            form.errors.clear()
        rows = _rows(request.POST, MORE_ROWS if "more" in request.POST else 0)
        extra["plan"] = request.POST.get("plan", "")[:400]
        shown_now = {"form": form, "spec": spec, "row": row, "rows": rows, **context, **extra}
        shown_now["version"] = None if spec.creates else row.version
        return render(request, "rifc/report_edit.html", shown_now)
    rows = _rows(request.POST, 0) if request.method == "POST" else _blank(initial.get("paragraphs", []))
    run = (lambda **fields: begin(actor, None, of=row, **fields)) if begin is not None else None
    return acts.carry_out(
        request, spec, row, lambda done: reverse("rifc:report", args=[done.thread]), run=run, rows=rows, **context
    )


def _levels() -> Any:
    return vocabulary.terms("classification", vocabulary.today()).items()


def _begun(actor: Any, row: Report) -> dict[str, Any]:
    rows = texts.paragraphs(actor, [row])[row.pk]
    return shown.as_given(row, rows, texts.named_usernames(row))


def _blank(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the form with empty ones after them, numbered from 1."""
    found = [*rows, *({} for _row in range(EMPTY_ROWS if rows else EMPTY_ROWS + 1))]
    return [{"n": number, **one} for number, one in enumerate(found, start=1)]


def _rows(data: Any, more: int) -> list[dict[str, Any]]:
    """Rows as they were sent, and `more` empty ones."""
    numbers = sorted(int(key.split("-")[1]) for key in data if key.startswith("paragraphs-") and key.endswith("-text"))
    sent = [{part: data.get(f"paragraphs-{number}-{part}", "") for part in PARTS} for number in numbers[:200]]
    return [{"n": number, **one} for number, one in enumerate([*sent, *({} for _row in range(more))], start=1)]


def _look(actor: Any, form: Any) -> Any:
    """Who would see it, by what the form holds so far."""
    facts = audience.facts_of_input(actor, form.cleaned_data)
    return audience.look(actor, facts, _codes(form.data.get("plan", "")[:400]))


def _codes(text: str) -> list[str]:
    """Codes of desks, parties and groups as they are written: `jam.Contact` is JAM.contact."""
    groups = dict(vocabulary.choices("group"))
    pairs = [(word, *word.partition(".")) for word in SPLIT.split(text) if word]
    return [
        word.lower() if word.lower() in groups else f"{party.upper()}{dot}{function.lower()}"
        for word, party, dot, function in pairs
    ]


@require_POST
def look(request: Any) -> HttpResponse:
    """Who would see the report that is being written: a part of its form."""
    form = form_for(REGISTRY["rifc_report.draft"])(request.POST, actor=request.actor)
    form.is_valid()
    return render(request, "rifc/_audience.html", {"look": _look(request.actor, form)})


@require_POST
def look_share(request: Any, pk: Any) -> HttpResponse:
    """Who would see a report once it is shared with the desks chosen: a part of that form."""
    row = queries.meant(request.actor, pk)
    if row.owner_id != request.actor.desk_id:
        raise Refused("not-visible")
    found = audience.look(request.actor, rule.facts(row), request.POST.getlist("to"))
    return render(request, "rifc/_audience.html", {"look": found})
