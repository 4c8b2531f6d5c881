"""One report: its text, who has it, what became of it, and what the seat may do with it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY, Spec
from apps.access.forms import carried_out, form_for_verb
from apps.access.marking import Mark, of
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.documents.rules.markdown import to_html
from apps.exchange.refusals import Refusals as ExchangeRefusals
from apps.files.queries.attachments import files_of
from apps.pages.verb_pages import VerbPages, answer_form, find_verb, refuse_early
from apps.rifc import policy
from apps.rifc.actions import onward_shares, recalls, receipts, release_requests
from apps.rifc.forms import TO_DESKS, beside_desks
from apps.rifc.models import RecallAck, Report
from apps.rifc.queries import audience, balance, report_status, rule, sealed_texts, shares, texts, vocabulary
from apps.rifc.queries import report_pages as shown
from apps.rifc.queries import reports as queries
from apps.rifc.rules.channels import as_file
from apps.rifc.views import openings as opening_pages
from apps.sealing.queries import all_holders, for_scripts

FIRST_READINGS = 100
PRIMARY = {"draft": "submit", "returned": "submit", "review": "approve", "approved": "share"}
"""The one filled button, by state."""

LOOKS = frozenset({"share", "add_recipient"})
"""Verbs beside whose form stands who would see the report."""


def _place_of(row: Report) -> str:
    return reverse("rifc:report", args=[row.thread])


def _prepare(request: Any, row: Report, spec: Spec) -> dict[str, Any]:
    more: dict[str, Any] = {"marking": shown.marking(row), "initial": {"reason_code": "inaccurate"}}
    if spec.name in LOOKS:
        more |= {"template": TO_DESKS, "beside": partial(_beside, request, row), "tried": "look" not in request.POST}
        more["look_at"] = reverse("rifc:look_share", args=[row.thread])
    if spec.name == "share":
        more["initial"] = {"to": ["RIFC.watch"], "ack_required": True}
    return more


def _beside(request: Any, row: Report, form: Any) -> dict[str, Any]:
    """The picker of desks, and where it is asked for who would see the report."""
    found = beside_desks(form)
    if "look" in request.POST:
        found["look"] = audience.look(request.actor, rule.facts(row), request.POST.getlist("to"))
    return found


class ReportPages(VerbPages):
    """Pages of the verbs of reports; an address means a report, its verb the version that is fit for it."""

    def asked(self, actor: Actor, key: Any, verb: str) -> tuple[Any, Spec]:
        """The newest version that takes the verb; where none does, the newest."""
        spec = find_verb(self.noun, verb)
        return queries.meant(actor, key, spec), spec


verbs = ReportPages(
    noun="rifc_report",
    address="rifc:do",
    rows=queries.rows,
    key="thread",
    page=_place_of,
    whence=(pgettext_lazy("link, rifc", "Reports"), "rifc:reports"),
    prepare=_prepare,
    onward=lambda _request, done, spec: reverse("rifc:reports") if spec.name == "discard" else _place_of(done),
    own={"revise": "rifc:report_revise"},
)


@require_GET
def report(request: Any, pk: Any) -> HttpResponse:
    """A report in the newest version, or with `?v=` an earlier one; the reading is noted before it is sent."""
    actor = request.actor
    try:
        row = _named(request, pk)
        receipts.read_rifc_report(actor, None, report=row, channel="web")
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
    marking = of(Mark(stone["report"].level), intelligence=True)
    context = {"stone": stone, "ack": ack, "form": form if may else None, "marking": marking, "pk": pk}
    return render(request, "rifc/tombstone.html", context, status=status)


def page_of(request: Any, row: Report, ack_form: Any = None) -> dict[str, Any]:
    """Everything that the page of a report shows to this seat."""
    actor = request.actor
    versions = queries.versions(actor, row.thread)
    rows = texts.paragraphs(actor, [row])[row.pk]
    paragraphs = shown.shown(rows, texts.source_references(actor, row))
    own_party = actor.party_code == row.originator_id
    entries = shares.receipts(actor, row) if own_party else []
    mine = next((one for one in entries if _is_mine(actor, one)), None) if own_party else shares.own_receipt(actor, row)
    offers = [one for one in verbs.buttons(actor, row) if one["verb"] != "self_approve" or rule.releasable_alone(row)]
    own_use = None if own_party else balance.own_use(actor, row)
    offers += _more_offers(actor, row, own_use)
    return {
        "report": row,
        "standing": report_status.said_of(row),
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
        "sealed": sealed_part(actor, row) if row.sealed else None,
    }


def sealed_part(actor: Actor, row: Report) -> dict[str, Any]:
    """What the page shows of a sealed text: who can open it, the seat's own openings, and who asked."""
    mine = sealed_texts.openings_of(actor, row)
    able = sealed_texts.parties_of(row)
    open_here = opening_pages.for_script(mine)
    states = for_scripts(all_holders()) if open_here else {}
    steers = policy.may_change(actor, row) or policy.may_steer(actor, row)
    givable = states if steers else {party: one for party, one in states.items() if party == actor.party_code}
    return {
        "able": sorted(able),
        "here": actor.party_code in able,
        "mine": mine,
        "open": open_here[0] if open_here else None,
        "states": givable,
        "told": sealed_texts.told_openings(actor, row),
    }


def use_in_words(one: Any) -> dict[str, Any]:
    """What a desk says of a report, in the words of the lists."""
    came = [vocabulary.label_of("use", code) for code in one.used_for]
    return {"row": one, "was": vocabulary.label_of("usefulness", one.usefulness), "came": came}


def _is_mine(actor: Any, one: Any) -> bool:
    return bool(one.user_id == actor.user_id if one.user_id else one.desk_id == actor.desk_id)


def _readings(actor: Any, row: Report) -> list[dict[str, Any]]:
    """The read log; persons of one's own party and of parties that show them."""
    found = list(shares.read_log(actor, row)[:FIRST_READINGS])
    if not found:
        return []
    known = {party for party, one in rule.members().items() if one.readlog_person_visible} | {actor.party_code}
    return [{"row": one, "person": one.user.get_full_name() if one.party_id in known else ""} for one in found]


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
        found.append(("forward", pgettext("button, rifc", "Forward"), "rifc:forward"))
        found.append(("ask", pgettext("button, rifc", "Request release"), "rifc:ask_release"))
    if row.shared_at and actor.party_code != row.originator_id and policy.may_tell_use(actor, None):
        found.append(
            ("use", _("Change your feedback") if said else pgettext("button, rifc", "Give feedback"), "rifc:use")
        )
    return [
        {"verb": verb, "label": label, "url": reverse(name, args=[row.thread]), **plain} for verb, label, name in found
    ]


@require_POST
def acknowledge(request: Any, pk: Any) -> HttpResponse:
    """Give the receipt of one's desk."""
    row = queries.meant(request.actor, pk)
    mine = shares.own_receipt(request.actor, row)
    if mine is None:
        raise Refused(ExchangeRefusals.NOT_ADDRESSEE)
    spec = REGISTRY["receipt.ack"]
    form = form_for_verb(spec.verb)(request.POST, actor=request.actor, row=mine)
    if not form.is_valid():
        receipts.read_rifc_report(request.actor, None, report=row, channel="web")
        return render(request, "rifc/report.html", page_of(request, row, form), status=422)
    spec.run(request.actor, mine, **form.cleaned_data)
    messages.success(request, _("You have acknowledged receipt."))
    return redirect("rifc:report", pk=row.thread)


@require_http_methods(["GET", "POST"])
def forward(request: Any, pk: Any) -> HttpResponse:
    """Pass a report on where its marking allows it."""
    row = queries.meant(request.actor, pk)
    spec = REGISTRY["receipt.forward"]
    refuse_early(request.actor, None, spec)
    run = lambda **fields: onward_shares.forward_rifc_report(request.actor, None, of=row, **fields)  # noqa: E731
    return _to_desks(request, spec, row, lambda _made: _place_of(row), run)


@require_http_methods(["GET", "POST"])
def ask_release(request: Any, pk: Any) -> HttpResponse:
    """Ask the originators to let somebody else have it."""
    row = queries.meant(request.actor, pk)
    spec = REGISTRY["release_request.submit"]
    refuse_early(request.actor, None, spec)
    run = lambda **fields: release_requests.submit_release_request(request.actor, None, of=row, **fields)  # noqa: E731
    return _to_desks(request, spec, row, lambda made: reverse("rifc:request", args=[made.pk]), run)


def _to_desks(request: Any, spec: Spec, row: Report, onward: Any, run: Any) -> HttpResponse:
    """The form of something that a report begins, with its choice of desks as a picker."""
    return answer_form(
        request, spec, row, TO_DESKS, onward, run=run, beside=beside_desks,
        back=_place_of(row), title=row, whence=verbs.crumb(), marking=shown.marking(row),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def answer_recall(request: Any, pk: Any) -> HttpResponse:
    """Say what became of the copies of a recalled report."""
    row = queries.own_ack(request.actor, pk)
    if row is None:
        raise Refused("not-visible")
    if request.method == "GET":
        return _gone(request, pk, Refused("not-visible"), status=200)
    form = form_for_verb("recall_ack.answer")(request.POST, actor=request.actor, row=row)
    if carried_out(form, lambda: recalls.answer_recall(request.actor, row, **form.cleaned_data)) is None:
        return _gone(request, pk, Refused("not-visible"), form, 422)
    messages.success(request, _("The originator has your answer."))
    return redirect("rifc:report", pk=pk)


@require_POST
def close_answer(request: Any, pk: Any) -> HttpResponse:
    """Take an answer to a recall as it is."""
    row = visible_or_404(RecallAck.objects.visible_to(request.actor).select_related("report"), request.actor, pk)
    recalls.close_recall_answer(request.actor, row)
    return redirect("rifc:report", pk=row.report.thread)
