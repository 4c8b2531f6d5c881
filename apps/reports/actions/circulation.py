"""A draft goes to those who clear it, and comes back."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, change_also, emit
from apps.access.grants import share
from apps.council.queries.audience import ministries
from apps.people.models import PartyPeriod
from apps.people.queries import STATE_KINDS, desk_ids
from apps.reports import policy
from apps.reports.actions.drafts import CLOCK
from apps.reports.models import Clearance, Report
from apps.reports.queries import compilation
from apps.reports.queries.drafts import gaps, moved, sentences_of

S = Report.State


@action(
    "report.clear",
    model=Report,
    label=_("Send to States for approval"),
    done=_("Sent a report to States for clearance"),
    policy=policy.may_write,
    starts={S.COMPILED},
    ends=S.IN_CLEARANCE,
)
def send_report_to_clearance(actor: Actor, report: Report) -> Report:
    """Ask each State that a sensitive sentence names about that sentence; nothing may be open in the draft."""
    open_keys = gaps(report)
    if open_keys:
        sentence = _now("Sentences with a gap: %(keys)s. Record the missing facts first.")
        raise ValidationError(sentence % {"keys": ", ".join(open_keys)})
    open_keys = moved(report)
    if open_keys:
        sentence = _now("Changed figures not yet accepted: %(keys)s. Compare and accept them first.")
        raise ValidationError(sentence % {"keys": ", ".join(open_keys)})
    days = compilation.read_record(report.template).clearance_days
    due = timezone.now().date() + datetime.timedelta(days=days)
    for party, texts in _named(report).items():
        _ask(actor, report, party, texts, due)
    return report


def _named(report: Report) -> Mapping[str, list[tuple[str, str]]]:
    """{State: [(key, text)]} of sensitive sentences that name it."""
    states = set(PartyPeriod.objects.filter(kind__in=STATE_KINDS).values_list("party_id", flat=True))
    found: dict[str, list[tuple[str, str]]] = {}
    for row in sentences_of(report).filter(sensitive=True, unnamed=False):
        for party in row.named:
            if party in states:
                found.setdefault(party, []).append((row.key, row.said))
    return dict(sorted(found.items()))


def _ask(actor: Actor, report: Report, party: str, texts: list[tuple[str, str]], due: datetime.date) -> None:
    clearance = Clearance.objects.create(
        report=report,
        party_id=party,
        draft=report.draft,
        keys=[key for key, _text in texts],
        texts=texts,
        due_on=due,
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        level=report.level,
        changed_by_seat_id=actor.seat_id,
    )
    share(actor, clearance, [actor.desk_id, *ministries([party]), *desk_ids(CLOCK)], basis=report.reference)
    also("clearance.ask", clearance, after=clearance.state)
    emit("clearance.asked", clearance)


@action(
    "report.return",
    model=Report,
    label=pgettext_lazy("button, reports", "Return"),
    done=_("Took a draft out of clearance"),
    policy=policy.may_write,
    starts={S.IN_CLEARANCE},
    ends=S.RETURNED,
    takes={
        "key": forms.CharField(
            label=pgettext_lazy("field, reports", "Sentence"), max_length=60, help_text=_("its code, for example C2")
        ),
        "comment": forms.CharField(label=_("What must change"), max_length=300),
    },
    danger=True,
)
def return_report(actor: Actor, report: Report, *, key: str, comment: str) -> Report:
    """Take a draft out of clearance because of one sentence; what was asked of States ends."""
    if not sentences_of(report).filter(key=key).exists():
        raise ValidationError({"key": _now("No sentence of the report has this code.")})
    report.reason = f"{key}: {comment}"[:300]
    end_clearances(report)
    return report


def end_clearances(report: Report, but: Any = None) -> None:
    """End what is still asked about a report that left clearance."""
    rows = Clearance.objects.filter(report=report, state=Clearance.State.ASKED).select_for_update()
    for row in rows.exclude(pk=but).order_by("pk"):
        before, row.state = row.state, Clearance.State.ENDED
        change_also("clearance.end", row, "state", before=before)
        emit("clearance.over", row)
