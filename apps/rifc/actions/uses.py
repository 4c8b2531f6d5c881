"""What recipients say a report was good for, and what parties give and get by month."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.queries import visible_or_404
from apps.access.refusal import Refused
from apps.rifc import policy
from apps.rifc.actions import fields
from apps.rifc.actions.event_facts import about
from apps.rifc.models import Balance, Flow, Report, Use
from apps.rifc.queries import balance, flows
from apps.rifc.refusals import Refusals

NOT = "not"
TAKES = {
    "usefulness": fields.Terms("usefulness", label=pgettext_lazy("field, rifc", "It was"), widget=forms.RadioSelect),
    "used_for": fields.CodeList("use", label=pgettext_lazy("words, rifc", "Result"), required=False),
    "note": fields.reason_field(
        pgettext_lazy("words, rifc", "In your own words"), required=False, help_text=_("shown to the originator")
    ),
}


@action(
    "report_use.tell",
    model=Use,
    label=pgettext_lazy("button, rifc", "Give feedback"),
    done=_("Reported what a report was good for"),
    policy=policy.may_tell_use,
    ends="told",
    takes=TAKES,
)
def record_report_use(
    actor: Actor, _row: None, *, of: Report, usefulness: str, used_for: Iterable[str] = (), note: str = ""
) -> Use:
    """Tell the originator how useful a report was to your desk, and what it was used for."""
    report: Report = visible_or_404(Report.objects.visible_to(actor), actor, of.pk)
    if report.originator_id == actor.party_code:
        raise Refused(Refusals.OF_OWN_PARTY)
    if report.shared_at is None:
        raise Refused("wrong-state", record=report)
    if Use.objects.filter(report=report, desk_id=actor.desk_id).exists():
        raise Refused("wrong-state", Refusals.TOLD_ALREADY, record=report)
    row = Use(report=report, desk_id=actor.desk_id)
    return _say(actor, row, usefulness, used_for, note)


@action(
    "report_use.change",
    model=Use,
    label=_("Change your feedback"),
    done=_("Changed what a report was said to be good for"),
    policy=policy.may_tell_use,
    starts={"told"},
    ends="told",
    takes=TAKES,
)
def change_report_use(actor: Actor, row: Use, *, usefulness: str, used_for: Iterable[str] = (), note: str = "") -> Use:
    """Say it anew, for example when something has come of the report since."""
    return _say(actor, row, usefulness, used_for, note)


def _say(actor: Actor, row: Use, usefulness: str, used_for: Iterable[str], note: str) -> Use:
    uses = sorted(set(used_for))
    if usefulness == NOT and uses:
        raise ValidationError({"used_for": _now("A report with a result was useful. Change one of the two answers.")})
    row.usefulness, row.used_for, row.note = usefulness, uses, note
    row.at, row.seat_id = timezone.now(), actor.seat_id
    if row._state.adding:
        row.save()
    emit("rifc.used", row, about(row.report, [row.report.owner_id], step=f"{row.pk}:{row.at:%Y%m%d%H%M%S}"))
    return row


@action(
    "balance.count",
    model=Balance,
    label=_("Count reports shared and received"),
    done=_("Counted what parties give and get"),
    policy=policy.is_clock,
    ends="counted",
    automatic=True,
)
def count_exchange_balance(actor: Actor, _row: None, *, month: datetime.date, now: datetime.datetime) -> Balance:
    """Count a month anew for each member of the MoU, the median of the region, and what each gave each."""
    figures = balance.counted(actor, month)
    for party, values in figures.items():
        Balance.objects.update_or_create(month=month, party_id=party, defaults={**values, "counted_at": now})
    Flow.objects.filter(month=month).delete()
    Flow.objects.bulk_create(Flow(month=month, **one) for one in flows.counted(actor, month))
    median: Any = balance.medians(list(figures.values()))
    row, _made = Balance.objects.update_or_create(
        month=month, party=None, defaults={**median, "members": len(figures), "counted_at": now}
    )
    return row
