"""Writing a report: one form for the draft, its changes, the next version and a variant; and who would see it."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from apps.access.declared_actions import REGISTRY, Spec
from apps.access.forms import form_for, posted_version
from apps.access.guards import guarded
from apps.access.marking import of
from apps.access.refusal import Refused
from apps.pages.form_steps import FormSteps, Step
from apps.pages.pickers import desk_picker
from apps.pages.sent_once import SentBefore, SentOnce, once_key
from apps.pages.verb_pages import answer_form, refuse_early
from apps.rifc import policy
from apps.rifc.actions import approvals, drafts
from apps.rifc.actions.fields import SPLIT, Desks
from apps.rifc.models import Report
from apps.rifc.queries import audience, rule, sealed_texts, texts, vocabulary
from apps.rifc.queries import report_pages as shown
from apps.rifc.queries import reports as queries
from apps.rifc.views import openings as opening_pages
from apps.sealing.queries import all_holders, for_scripts, seals

RECIPIENTS, CHECK = "recipients", "check"
STEPS = FormSteps(
    Step(
        "text",
        pgettext_lazy("heading, rifc", "Text"),
        (
            *("title", "title_portion", "kind", "change_note", "summary", "paragraphs", "threat_categories"),
            *("event_from", "event_to", "event_precision", "event_place", "info_cutoff", "valid_to", "language"),
            *("kept_open", "file", "checklist", "discloses"),
        ),
    ),
    Step(
        "grading",
        gettext_lazy("Grading and handling"),
        ("paragraphs", "classification", "tlp", "orcon", "handling", "eyes", "named_persons"),
    ),
    Step(RECIPIENTS, pgettext_lazy("heading, rifc", "Recipients")),
    Step(CHECK, pgettext_lazy("heading, rifc", "Check")),
    plain=("paragraphs", "file"),
)
GRADING = ("scheme", "value", "source_type", "source_ref", "releasable", "cites", "corroborated_by")
PARTS = ("text", "portion", *GRADING, "pid")


@require_http_methods(["GET", "POST"])
def show_new_rifc_report(request: Any) -> HttpResponse:
    """Begin a report."""
    refuse_early(request.actor, None, REGISTRY["rifc_report.draft"])
    return _form(request, "rifc_report.draft", None, _("Write a report"), None)


@require_http_methods(["GET", "POST"])
def show_new_sealed_report(request: Any) -> HttpResponse:
    """Begin a report whose text the browser seals under the State's own keys."""
    refuse_early(request.actor, None, REGISTRY["rifc_report.draft"])
    if not seals(request.actor.party_code):
        raise Refused("not-visible")
    return _form(request, "rifc_report.draft", None, _("Write a sealed report"), None, sealing=True)


@require_http_methods(["GET", "POST"])
def show_rifc_report_revision(request: Any, pk: Any) -> HttpResponse:
    """Change a text that is not handed in."""
    spec = REGISTRY["rifc_report.revise"]
    row = queries.meant(request.actor, pk, spec)
    refuse_early(request.actor, row, spec)
    return _form(request, "rifc_report.revise", row, _("Change the text"), None, sealing=row.sealed)


@require_http_methods(["GET", "POST"])
def following(request: Any, pk: Any) -> HttpResponse:
    """Write the next version, beginning with the text as it stands."""
    row = _source(request, pk, {Report.State.SHARED, Report.State.RECALLED})
    begin = drafts.supersede_rifc_report
    return _form(request, "rifc_report.supersede", row, _("Write the next version"), begin, sealing=row.sealed)


@require_http_methods(["GET", "POST"])
def sanitise(request: Any, pk: Any) -> HttpResponse:
    """Write a variant with less in it."""
    row = _source(request, pk, {Report.State.SHARED, Report.State.APPROVED})
    return _form(
        request, "rifc_report.sanitise", row, _("Write a variant for a wider audience"), drafts.sanitise_rifc_report
    )


def _source(request: Any, pk: Any, states: set[str]) -> Report:
    found = queries.versions(request.actor, queries.meant(request.actor, pk).thread)
    row = next((one for one in found if one.state in states), found[0])
    verdict = policy.may_change(request.actor, row)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    if row.state not in states:
        raise Refused("wrong-state", record=row)
    return row


def _form(
    request: Any, verb: str, row: Any, title: str, begin: Callable[..., Any] | None, *, sealing: bool = False
) -> HttpResponse:
    """The form in its steps, and on POST the action; `more` adds a paragraph, `look` shows who would see it.

    With `sealing` the page has no field for the text: its script seals what is typed, all of it at once, so that the
    form is not cut into steps.
    """
    actor, spec = request.actor, REGISTRY[verb]
    initial = _begun(actor, row, verb) if row is not None else {}
    back = reverse("rifc:report", args=[row.thread]) if row is not None else reverse("rifc:reports")
    saved = row is not None and begin is None
    if saved and not sealing and request.method == "GET" and STEPS.asked(request).code == CHECK:
        return _check(request, row, title)
    asked = {"more", "look"} & set(request.POST)
    context: dict[str, Any] = {
        "title": title,
        "back": back,
        "schemes": shown.scheme_choices(),
        "portions": [(term.extra["portion"], code) for code, term in _levels()],
        "source_types": vocabulary.choices("source_type"),
        "marking": shown.marking(row) if row is not None else of(least=1, intelligence=True),
        "initial": initial,
        "rows": _blank(initial.get("paragraphs", [])),
        "seals": seals(actor.party_code),
        "once": once_key(request) if spec.creates else "",
        "tried": not asked,
        "beside": partial(_beside, request, row, saved=saved, sealing=sealing),
    }
    if sealing:
        initial["classification"] = "SECRET"
        context["sealing"] = _sealing(request, row)
    if request.method == "POST":
        context["rows"] = _rows(request.POST, 1 if "more" in asked else 0)
    if saved and STEPS.is_stale(request, row):  # the other steps are as they are now, and the next press saves this one
        kept = form_for(spec)(actor=actor, row=row, initial=initial)
        context["rows"] = _blank(_joined(context["rows"], initial["paragraphs"], STEPS.asked(request).code))
        context["beside"] = partial(_beside, request, row, saved=True, sealing=False, kept=kept)
        context |= {"version": row.version, "refused": Refused("stale", message=_stale())}
    run = partial(_write, request, spec, row, begin)
    return answer_form(request, spec, row, "rifc/report_edit.html", partial(_onward, request), run=run, **context)


def _write(request: Any, spec: Any, row: Any, begin: Callable[..., Any] | None, **fields: Any) -> Any:
    """The action, unless the step asks nothing; a step after the text needs a paragraph."""
    if STEPS.way(request) is not None and not spec.creates and not STEPS.asked(request).fields:
        return row
    if STEPS.way(request) not in {None, STEPS.steps[0]} and not fields.get("paragraphs"):
        raise ValidationError({"paragraphs": _("Write at least one paragraph to go on.")})
    if not spec.creates:
        return spec.run(request.actor, row, version=posted_version(request), **fields)
    run = partial(begin, request.actor, None, of=row) if begin is not None else partial(spec.run, request.actor, None)
    try:
        with guarded(SentOnce(request, lambda made: made.thread)):
            return run(**fields)
    except SentBefore as before:  # what was typed since changes the draft that there is
        found = queries.meant(request.actor, before.named, _revise())
        more = {name: value for name, value in fields.items() if name in _revise().takes}
        return found if before.same else _revise().run(request.actor, found, **more)


def _onward(request: Any, done: Any) -> str:
    """The step that the press leads to, with the recipients tried so far; else the report's page."""
    step = STEPS.way(request)
    if step is None:
        return reverse("rifc:report", args=[done.thread])
    words = [("step", step.code), *(("plan", code) for code in _plan(request))]
    return f"{reverse('rifc:report_revise', args=[done.thread])}?{urlencode(words)}"


def _stale() -> str:
    return _(
        "The report was changed since you opened this page. What you entered is kept below; the other steps show what "
        "is saved now. Continue to save your entries."
    )


def _joined(sent: list[dict[str, Any]], saved: list[dict[str, Any]], step: str) -> list[dict[str, Any]]:
    """Paragraphs as they are saved now, with what this step asks of each as it was sent, and those it began."""
    asked = {"text": ("text", "portion"), "grading": GRADING}.get(step, ())
    by_pid = {one.get("pid"): one for one in sent if one.get("pid")}
    found = [{**one, **{part: by_pid.get(one["pid"], one).get(part, "") for part in asked}} for one in saved]
    return found + [one for one in sent if step == "text" and one.get("text") and not one.get("pid")]


def _beside(request: Any, row: Any, form: Any, *, saved: bool, sealing: bool, kept: Any = None) -> dict[str, Any]:
    """The form at its step, and who would see it where that is asked; nothing is wrong yet where a row is added."""
    looks, more = "look" in request.POST, "more" in request.POST
    if looks or more:
        form.is_valid()
    found: dict[str, Any] = {"look": _look(request, form)} if looks else {}
    if more:
        form.errors.clear()
    if sealing:
        return found
    at = STEPS.asked(request).code if looks or more or kept is not None else ""
    stepped = STEPS.shown(request, form, notes=_notes(row, form.initial), saved=saved, at=at, kept=kept)
    found |= {"stepped": stepped, "plan": _plan(request)}
    if stepped.now.code == RECIPIENTS:
        found["desks"] = _desks(request)
        if "look" not in found and not form.is_bound and row is not None:
            found["look"] = audience.look(request.actor, rule.facts(row), _plan(request))
    return found


def _desks(request: Any) -> Any:
    """The picker of desks to try out who would see it."""
    actor = request.actor
    offered = Desks()
    offered.scope(actor, None)
    return desk_picker("plan", offered.choices, _plan(request), own=actor.party_code)


def _notes(row: Any, given: dict[str, Any]) -> dict[str, Any]:
    """A second line for each step."""
    notes = {RECIPIENTS: _("who can read it"), CHECK: _("nothing is sent before")}
    if row is None:
        return notes
    written = len(given.get("paragraphs") or ())
    return notes | {
        "text": ngettext("%(n)d paragraph", "%(n)d paragraphs", written) % {"n": written},
        "grading": f"{vocabulary.classification(row.level).label}, TLP:{row.tlp}",
    }


def _check(request: Any, row: Report, title: str) -> HttpResponse:
    """The last step: what is written, what is missing, who would see it; nothing to fill in."""
    actor = request.actor
    rows = texts.paragraphs(actor, [row])[row.pk]
    form = form_for(_revise())(actor=actor, row=row, initial={"paragraphs": rows})
    missing = []
    try:
        approvals.ready(row)
    except ValidationError as wrong:
        missing = [
            (words, STEPS.steps[1] if name == "paragraphs" else STEPS.steps[0])
            for name, sentences in wrong.message_dict.items()
            for words in sentences
        ]
    context = {
        "title": title,
        "row": row,
        "spec": _revise(),
        "back": reverse("rifc:report", args=[row.thread]),
        "stepped": STEPS.shown(request, form, notes=_notes(row, {"paragraphs": rows}), saved=True),
        "missing": missing,
        "paragraphs": shown.shown(rows, {}),
        "classification": vocabulary.classification(row.level).label,
        "handling": shown.handling_words(row),
        "kind": vocabulary.label_of("kind", row.kind),
        "plan": _plan(request),
        "look": audience.look(actor, rule.facts(row), _plan(request)),
        "marking": shown.marking(row),
        "version": row.version,
    }
    return render(request, "rifc/report_check.html", context)


def _revise() -> Spec:
    """The verb that changes a draft."""
    return REGISTRY["rifc_report.revise"]


def _levels() -> Any:
    return vocabulary.terms("classification", vocabulary.today()).items()


def _begun(actor: Any, row: Report, verb: str) -> dict[str, Any]:
    rows = texts.paragraphs(actor, [row])[row.pk]
    found = shown.as_given(row, rows, texts.named_usernames(row))
    if row.sealed and verb == "rifc_report.sanitise":
        found |= {"paragraphs": [], "summary": ""}  # what is sealed is opened, read, and written anew with less in it
    return found


def _sealing(request: Any, row: Report | None) -> dict[str, Any]:
    """What the page's script needs: holders of the States that seal, and of a version that there is its text."""
    actor = request.actor
    text = sealed_texts.text_of(row) if row is not None and row.sealed else None
    states = for_scripts(all_holders())
    if request.method == "POST":
        kept = request.POST.get("sealed", "")[:2_000_000]
    else:
        kept = json.dumps(sealed_texts.envelope_for(actor, text)) if text is not None else ""
    return {
        "states": states,
        "others": sorted(set(states) - {actor.party_code}),
        "kept": kept,
        "for": sorted(sealed_texts.parties_of(row)) if text is not None and row is not None else [],
        "openings": opening_pages.for_script(sealed_texts.openings_of(actor, row)) if row is not None else [],
    }


def _blank(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the form, numbered from 1; an empty one where there is none."""
    return [{"n": number, **one} for number, one in enumerate(rows or [{}], start=1)]


def _rows(data: Any, more: int) -> list[dict[str, Any]]:
    """Rows as they were sent, at least one, and `more` empty ones."""
    numbers = sorted(int(key.split("-")[1]) for key in data if key.startswith("paragraphs-") and key.endswith("-text"))
    sent = [{part: data.get(f"paragraphs-{number}-{part}", "") for part in PARTS} for number in numbers[:200]]
    return _blank([*sent, *({} for _row in range(more))])


def _look(request: Any, form: Any) -> Any:
    """Who would see it, by what the form holds so far."""
    facts = audience.facts_of_input(request.actor, form.cleaned_data)
    return audience.look(request.actor, facts, _plan(request))


def _plan(request: Any) -> list[str]:
    """Desks, parties and groups that the writer tries out as recipients: sent along, or named in the address."""
    data = request.POST if request.method == "POST" else request.GET
    return _codes(" ".join(data.getlist("plan"))[:2000])


def _codes(text: str) -> list[str]:
    """Codes of desks, parties and groups as they are written: `jam.Contact` is JAM.contact."""
    groups = dict(vocabulary.choices("group"))
    pairs = [(word, *word.partition(".")) for word in SPLIT.split(text) if word]
    return [
        word.lower() if word.lower() in groups else f"{party.upper()}{dot}{function.lower()}"
        for word, party, dot, function in pairs
    ]


@require_POST
def preview_report(request: Any) -> HttpResponse:
    """Who would see the report that is being written: a part of its form."""
    form = form_for(REGISTRY["rifc_report.draft"])(request.POST, actor=request.actor)
    form.is_valid()
    return render(request, "rifc/_audience.html", {"look": _look(request, form)})


@require_POST
def look_share(request: Any, pk: Any) -> HttpResponse:
    """Who would see a report once it is shared with the desks chosen: a part of that form."""
    row = queries.meant(request.actor, pk)
    if row.owner_id != request.actor.desk_id:
        raise Refused("not-visible")
    found = audience.look(request.actor, rule.facts(row), request.POST.getlist("to"))
    return render(request, "rifc/_audience.html", {"look": found})
