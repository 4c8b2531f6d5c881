"""Facts of the register of reports: recorded with their source, corrected with a reason, never edited."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also
from apps.access.grants import groups_that_see, share
from apps.access.models import Level
from apps.council.actions.decision_fields import DayField
from apps.council.queries.audience import members
from apps.people.models import Party
from apps.reports import policy
from apps.reports.models import Fact
from apps.reports.rules.values import WrongValue, read_value

S = Fact.State
CODE = re.compile(r"[a-z]{1,40}(\.[A-Z0-9_-]{1,60}){1,8}")
CONTENT_HELP = _(
    'Names and values, for example {"n": 10, "date": {"day": "2007-12-06"}, "states": {"parties": ["BRB", "JAM"]}}.'
    ' Months are written {"month": "2006-07"}; lists of texts ["a", "b"].'
)


def _period() -> dict[str, forms.Field]:
    return {
        "content": forms.JSONField(
            label=pgettext_lazy("field, reports", "Content"), help_text=CONTENT_HELP, initial=dict
        ),
        "valid_from": DayField(label=pgettext_lazy("field, reports", "Valid from")),
        "valid_to": DayField(
            label=_("No longer valid from"), required=False, help_text=_("first day on which it is no longer valid")
        ),
        "source": forms.CharField(
            label=pgettext_lazy("field, reports", "Source"),
            max_length=300,
            help_text=_("document, paragraph, and what it leaves open"),
        ),
    }


@action(
    "fact.record",
    model=Fact,
    label=_("Record a fact"),
    done=_("Recorded a fact for reports"),
    policy=policy.may_write,
    ends=S.STANDING,
    takes={
        "code": forms.CharField(
            label=pgettext_lazy("field, reports", "Code"),
            max_length=60,
            help_text=_("what it is about, for example request.OAS or study.DEPORTEES"),
        ),
        "title": forms.CharField(label=pgettext_lazy("field, reports", "Title"), max_length=200),
        **_period(),
        "provenance": forms.ChoiceField(
            label=_("How it is known"), choices=Fact.Provenance.choices, initial=Fact.Provenance.DOCUMENT
        ),
        "level": forms.TypedChoiceField(
            label=pgettext_lazy("field, reports", "Marking"), choices=Level.choices, coerce=int, initial=Level.PUBLIC
        ),
    },
)
def record_fact(
    actor: Actor,
    _row: None,
    *,
    code: str,
    title: str,
    content: Any,
    valid_from: datetime.date,
    source: str,
    valid_to: datetime.date | None = None,
    provenance: str = Fact.Provenance.DOCUMENT,
    level: int = Level.PUBLIC,
) -> Fact:
    """Record a dated fact with its source, so that reports can use it."""
    if not CODE.fullmatch(code):
        raise ValidationError({"code": _now("Enter a kind and names in capitals, for example study.DEPORTEES.")})
    if level > actor.clearance:
        raise ValidationError({"level": _now("Choose a marking within your clearance.")})
    _check(content, valid_from, valid_to)
    _free(code, valid_from, valid_to)
    columns = {"title": title, "provenance": provenance, "level": level}
    row = _new(actor, code, content, (valid_from, valid_to), source, **columns)
    share(actor, row, {actor.desk_id, *members(timezone.now().date())}, basis=code)
    return row


@action(
    "fact.correct",
    model=Fact,
    label=pgettext_lazy("button, reports", "Correct"),
    done=_("Corrected a fact for reports"),
    policy=policy.may_write,
    starts={S.STANDING},
    ends=S.CORRECTED,
    takes={
        **_period(),
        "reason": forms.CharField(
            label=pgettext_lazy("field, reports", "Reason"),
            max_length=300,
            help_text=_("why the register is corrected"),
        ),
    },
)
def correct_fact(
    actor: Actor,
    fact: Fact,
    *,
    content: Any,
    valid_from: datetime.date,
    source: str,
    reason: str,
    valid_to: datetime.date | None = None,
) -> Fact:
    """Say what is known now in place of what was recorded; what was known before stays readable as of its time."""
    _check(content, valid_from, valid_to)
    now = timezone.now()
    # before the new row is written: the register holds one of the two at any moment
    Fact.objects.filter(pk=fact.pk).update(state=S.CORRECTED, superseded_at=now)
    fact.superseded_at, fact.reason = now, reason
    _free(fact.code, valid_from, valid_to)
    columns = {"title": fact.title, "provenance": fact.provenance, "level": fact.level, "corrects": fact}
    row = _new(actor, fact.code, content, (valid_from, valid_to), source, recorded_at=now, **columns)
    share(actor, row, groups_that_see(fact), basis=fact.code)
    also("fact.record", row, after=S.STANDING)
    return fact


def _new(actor: Actor, code: str, content: Any, period: tuple[Any, Any], source: str, **columns: Any) -> Fact:
    return Fact.objects.create(
        code=code,
        content=content,
        valid_from=period[0],
        valid_to=period[1],
        source=source,
        owner_id=actor.desk_id,
        originator_id=actor.party_code,
        changed_by_seat_id=actor.seat_id,
        **({"recorded_at": timezone.now()} | columns),
    )


def _check(content: Any, valid_from: datetime.date, valid_to: datetime.date | None) -> None:
    names = dict(Party.objects.values_list("code", "short_name"))
    try:
        read_value(content, names)
    except WrongValue as wrong:
        raise ValidationError({"content": str(wrong)}) from wrong
    if valid_to is not None and valid_to <= valid_from:
        raise ValidationError({"valid_to": _now("A fact must be valid for at least one day: enter a later date.")})


def _free(code: str, valid_from: datetime.date, valid_to: datetime.date | None) -> None:
    rows = Fact.objects.filter(code=code, superseded_at=None).filter(Q(valid_to=None) | Q(valid_to__gt=valid_from))
    other = (rows.filter(valid_from__lt=valid_to) if valid_to else rows).order_by("valid_from").first()
    if other is not None:
        sentence = _now(
            "A fact with this code is already valid from %(day)s. Correct that one, or enter another period."
        )
        raise ValidationError({"valid_from": sentence % {"day": other.valid_from}})
