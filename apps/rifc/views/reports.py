"""One report: its text, who has it, what became of it, and what the seat may do with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.acts import ask, spec_of
from apps.access.doors import REGISTRY
from apps.access.forms import carried_out, form_for_verb
from apps.access.queries import visible_or_404
from apps.access.refused import Refused
from apps.documents.markdown import to_html
from apps.files.queries import files_of
from apps.rifc import policy
from apps.rifc.actions import forwarding, reading, recalling, releasing
from apps.rifc.models import RecallAck, Report
from apps.rifc.queries import audience, balance, rule, sending, standing, texts, vocabulary
from apps.rifc.queries import reading as shown
from apps.rifc.queries import reports as queries
from apps.rifc.rules.channels import as_file
from apps.rifc.views import acts

FIRST_READINGS = 100
PRIMARY = {"draft": "submit", "returned": "submit", "review": "approve", "approved": "share"}
"""The one filled button, by state."""

OWN_PAGES = {"revise": "rifc:report_revise"}
"""Verbs that have a page of their own."""


@require_GET
def report(request: Any, pk: Any) -> HttpResponse:
    """A report in the newest version, or with `?v=` an earlier one; the reading is noted before it is sent."""
    actor = request.actor
    try:
        row = _named(request, pk)
        reading.read(actor, None, report=row, channel="web")
        return render(request, "rifc/report.html", page_of(request, queries.meant(actor, row.pk, edition=row.edition)))
    except Refused as refusal:
        if refusal.reason != "not-visible":
            raise
        return _gone(request, pk, refusal)


def _named(request: Any, pk: Any) -> Report:
    wanted = request.GET.get("v", "")
    edition = int(wanted) if wanted.isdecimal() and len(wanted) < 5 else None
    return queries.meant(request.actor, pk, edition=edition)


def _gone(request: Any, pk: Any, refusal: Refused, form: Any = None, status: int = 410) -> HttpResponse:
    """What stands in place of a report that was taken back; 404 for who never had it."""
    actor = request.actor
    stone = queries.tombstone(actor, pk)
    if stone is None:
        raise refusal
    ack = queries.own_ack(actor, pk)
    may = ack is not None and ack.state in ack.WAITING and bool(policy.is_recipient(actor, ack))
    if may and form is None:
        form = form_for_verb("recall_ack.answer")(actor=actor, row=ack)
    marking = {"level": stone["report"].level, "label": shown.marking(stone["report"])["label"]}
    context = {"stone": stone, "ack": ack, "form": form if may else None, "marking": marking, "pk": pk}
    return render(request, "rifc/tombstone.html", context, status=status)


def page_of(request: Any, row: Report, ack_form: Any = None) -> dict[str, Any]:
    """Everything that the page of a report shows to this seat."""
    actor = request.actor
    versions = queries.versions(actor, row.thread)
    rows = texts.paragraphs(actor, [row])[row.pk]
    paragraphs = shown.shown(rows, texts.source_references(actor, row))
    own_party = actor.party_code == row.originator_id
    entries = sending.receipts(actor, row) if own_party else []
    mine = (
        next((one for one in entries if _is_mine(actor, one)), None) if own_party else sending.own_receipt(actor, row)
    )
    offers = acts.buttons(actor, row, lambda verb: _place(row, verb))
    offers = [one for one in offers if one["verb"] != "self_approve" or rule.releasable_alone(row)]
    own_use = None if own_party else balance.own_use(actor, row)
    offers += _more_offers(actor, row, own_use)
    return {
        "report": row,
        "standing": standing.said_of(row),
        "number": row.register_number if own_party else row.number,
        "versions": versions,
        "newest": versions[0],
        "paragraphs": [(one, to_html(one.row.text, top=4)) for one in paragraphs],
        "summary": to_html(row.summary, top=4) if row.summary else "",
        "span": shown.span(paragraphs),
        "handling": shown.handling_words(row),
        "kind": vocabulary.label_of("kind", row.kind),
        "threats": [vocabulary.label_of("threat_category", code) for code in row.threat_categories],
        "files": files_of(actor, row),
        "mine": mine,
        "may_ack": mine is not None and mine.ack_at is None and bool(policy.is_recipient(actor, mine)),
        "ack_form": ack_form,
        "own_party": own_party,
        "entries": entries,
        "opened": sum(1 for one in entries if one.opened_at),
        "readings": _readings(actor, row) if own_party else [],
        "uses": [use_in_words(one) for one in (balance.uses_of(actor, row) if own_party else [own_use]) if one],
        "recall": queries.last_recall(actor, row) if row.recalled_at and own_party else None,
        "answers": queries.recall_acks(actor, row.thread) if row.recalled_at and own_party else [],
        "offers": sorted(offers, key=lambda one: one["danger"]),
        "primary": PRIMARY.get(row.state, ""),
        "version": row.version,
        "may_copy": as_file(row),
        "marking": shown.marking(row),
    }


def use_in_words(one: Any) -> dict[str, Any]:
    """What a desk says of a report, in the words of the lists."""
    came = [vocabulary.label_of("use", code) for code in one.used_for]
    return {"row": one, "was": vocabulary.label_of("usefulness", one.usefulness), "came": came}


def _is_mine(actor: Any, one: Any) -> bool:
    return bool(one.user_id == actor.user_id if one.user_id else one.desk_id == actor.desk_id)


def _readings(actor: Any, row: Report) -> list[dict[str, Any]]:
    """The read log; persons of one's own party and of parties that show them."""
    found = list(sending.read_log(actor, row)[:FIRST_READINGS])
    if not found:
        return []
    known = {party for party, one in rule.members().items() if one.readlog_person_visible} | {actor.party_code}
    return [{"row": one, "person": one.user.get_full_name() if one.party_id in known else ""} for one in found]


def _place(row: Report, verb: str) -> str:
    name = OWN_PAGES.get(verb)
    return reverse(name, args=[row.thread]) if name else reverse("rifc:do", args=[row.thread, verb])


def _more_offers(actor: Any, row: Report, said: Any) -> list[dict[str, Any]]:
    """Verbs that begin something else: the next version, a variant, passing on, asking for a release."""
    plain = {"allowed": True, "asks": True, "danger": False}
    found = []
    if policy.may_change(actor, row):
        if row.state in {Report.State.SHARED, Report.State.RECALLED}:
            found.append(("next", _("Write the next version"), "rifc:report_next"))
        if row.state in {Report.State.SHARED, Report.State.APPROVED} and row.tlp != "CLEAR":
            found.append(("sanitise", _("Write a variant"), "rifc:report_sanitise"))
    if row.state == Report.State.SHARED and policy.may_ask(actor, None) and actor.desk_id != row.owner_id:
        found.append(("forward", _("Pass on"), "rifc:forward"))
        found.append(("ask", _("Ask for its release"), "rifc:ask_release"))
    if row.shared_at and actor.party_code != row.originator_id and policy.may_tell_use(actor, None):
        found.append(("use", _("Change what you said of it") if said else _("Was it of use?"), "rifc:use"))
    return [
        {"verb": verb, "label": label, "url": reverse(name, args=[row.thread]), **plain} for verb, label, name in found
    ]


@require_http_methods(["GET", "POST"])
def do(request: Any, pk: Any, verb: str) -> HttpResponse:
    """Ask for the input of a verb, and carry it out on POST."""
    spec = spec_of("rifc_report", verb)
    row = queries.meant(request.actor, pk, spec)
    if request.method == "GET":
        ask(request.actor, row, spec)
    onward = reverse("rifc:report", args=[row.thread])
    looks = verb in {"share", "add_recipient"}
    context: dict[str, Any] = {
        "back": onward,
        "look_at": reverse("rifc:look_share", args=[row.thread]) if looks else "",
        "marking": shown.marking(row),
    }
    if looks and "look" in request.POST:
        form = form_for_verb(spec.verb)(request.POST, actor=request.actor, row=row)
        context |= {"form": form, "spec": spec, "row": row, "version": row.version, "desks": acts.desk_table(form)}
        context["look"] = audience.look(request.actor, rule.facts(row), request.POST.getlist("to"))
        return render(request, "rifc/act.html", context)
    initial = {"to": ["RIFC.watch"], "ack_required": True} if verb == "share" else {"reason_code": "inaccurate"}
    place = lambda _done: reverse("rifc:reports") if verb == "discard" else onward  # noqa: E731
    return acts.carry_out(request, spec, row, place, initial=initial, **context)


@require_POST
def acknowledge(request: Any, pk: Any) -> HttpResponse:
    """Give the receipt of one's desk."""
    row = queries.meant(request.actor, pk)
    mine = sending.own_receipt(request.actor, row)
    if mine is None:
        raise Refused("may-not", "not-addressee")
    spec = REGISTRY["receipt.ack"]
    form = form_for_verb(spec.verb)(request.POST, actor=request.actor, row=mine)
    if not form.is_valid():
        reading.read(request.actor, None, report=row, channel="web")
        return render(request, "rifc/report.html", page_of(request, row, form), status=422)
    spec.run(request.actor, mine, **form.cleaned_data)
    messages.success(request, _("Your receipt is given."))
    return redirect("rifc:report", pk=row.thread)


@require_http_methods(["GET", "POST"])
def forward(request: Any, pk: Any) -> HttpResponse:
    """Pass a report on where its marking allows it."""
    row = queries.meant(request.actor, pk)
    spec = REGISTRY["receipt.forward"]
    verdict = spec.policy(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    back = reverse("rifc:report", args=[row.thread])
    run = lambda **fields: forwarding.forward(request.actor, None, of=row, **fields)  # noqa: E731
    return acts.carry_out(request, spec, row, lambda _made: back, run=run, back=back, marking=shown.marking(row))


@require_http_methods(["GET", "POST"])
def ask_release(request: Any, pk: Any) -> HttpResponse:
    """Ask the originators to let somebody else have it."""
    row = queries.meant(request.actor, pk)
    spec = REGISTRY["release_request.submit"]
    verdict = spec.policy(request.actor, None)
    if not verdict:
        raise Refused("may-not", getattr(verdict, "code", ""))
    run = lambda **fields: releasing.submit(request.actor, None, of=row, **fields)  # noqa: E731
    onward = lambda made: reverse("rifc:request", args=[made.pk])  # noqa: E731
    back = reverse("rifc:report", args=[row.thread])
    return acts.carry_out(request, spec, row, onward, run=run, back=back, marking=shown.marking(row))


@require_http_methods(["GET", "POST"])
def answer_recall(request: Any, pk: Any) -> HttpResponse:
    """Say what became of the copies of a recalled report."""
    row = queries.own_ack(request.actor, pk)
    if row is None:
        raise Refused("not-visible")
    if request.method == "GET":
        return _gone(request, pk, Refused("not-visible"), status=200)
    form = form_for_verb("recall_ack.answer")(request.POST, actor=request.actor, row=row)
    if carried_out(form, lambda: recalling.answer(request.actor, row, **form.cleaned_data)) is None:
        return _gone(request, pk, Refused("not-visible"), form, 422)
    messages.success(request, _("The originator has your answer."))
    return redirect("rifc:report", pk=pk)


@require_POST
def close_answer(request: Any, pk: Any) -> HttpResponse:
    """Take an answer to a recall as it is."""
    row = visible_or_404(RecallAck.objects.visible_to(request.actor).select_related("report"), request.actor, pk)
    recalling.close(request.actor, row)
    return redirect("rifc:report", pk=row.report.thread)
