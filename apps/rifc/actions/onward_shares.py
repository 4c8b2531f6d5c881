"""Passing a report on without asking: inside one's own State, and what is for the whole community."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.exchange.refusals import Refusals as ExchangeRefusals
from apps.rifc import policy
from apps.rifc.actions import fields, sealing
from apps.rifc.actions.event_facts import about
from apps.rifc.actions.shares import desks_of, refuse_unfit, send
from apps.rifc.models import Receipt, Report
from apps.rifc.queries import rule, violations
from apps.rifc.rules.facts import Facts, Finding, Viewer
from apps.rifc.rules.onward import BY_NPC, FORBIDDEN, FREE, onward


@action(
    "receipt.forward",
    model=Receipt,
    label=pgettext_lazy("button, rifc", "Forward"),
    done=_("Passed a report on to other desks"),
    policy=policy.may_ask,
    ends=Receipt.State.SENT,
    takes={"to": fields.Desks(label=pgettext_lazy("field, rifc", "To"))},
)
def forward_rifc_report(actor: Actor, _row: None, *, of: Report, to: Iterable[str]) -> Receipt:
    """Let other desks have a report where its marking allows it; the originator sees to whom."""
    report: Report = visible_or_404(Report.objects.visible_to(actor).select_for_update(of=("self",)), actor, of.pk)
    if report.state != Report.State.SHARED:
        raise Refused("wrong-state", record=report)
    facts, viewer = rule.facts(report), rule.viewer_of(actor)
    desks = desks_of(report, list(to))
    desks = [desk for desk in desks if desk.pk != actor.desk_id]
    if not desks:
        raise ValidationError({"to": _now("Enter at least one desk to receive the report.")})
    _ask_the_rule(facts, viewer, desks)
    refuse_unfit(facts, desks)
    sealing.refuse_keyless(report, {desk.party_id for desk in desks})
    have = Receipt.objects.filter(report=report, desk__in=desks, user=None).exclude(state=Receipt.State.WITHDRAWN)
    twice = sorted(have.values_list("desk__code", flat=True))
    if twice:
        raise violations.broken("to", [Finding("V12", code) for code in twice])
    dropped = sorted(desk.code for desk in desks if desk.code in facts.dropped)
    if dropped:
        # the originator took it from them: only they give it back
        raise violations.broken("to", [Finding("O13", code) for code in dropped])
    rows = send(actor, report, desks, rule.INTERNAL, timezone.now(), None)
    emit("rifc.shared", report, about(report, [desk.pk for desk in desks]))
    return rows[0]


def _ask_the_rule(facts: Facts, viewer: Viewer, desks: list[object]) -> None:
    targets = rule.targets([desk.code for desk in desks])  # type: ignore[attr-defined]
    found = {code: onward(facts, viewer, target) for code, target in targets.items()}
    if any(one.result == BY_NPC for one in found.values()):
        raise Refused(ExchangeRefusals.NEEDS_NPC)
    wrong = [Finding(one.rule, code) for code, one in found.items() if one.result != FREE]
    if wrong:
        if all(one.result == FORBIDDEN and one.rule == "O01" for one in found.values()):
            raise Refused("not-visible")
        raise violations.broken("to", wrong)
