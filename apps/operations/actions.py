"""Operating the portal: switching rooms, maintenance."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.access.refused import Refused
from apps.operations import policy, queries
from apps.operations.models import Feature, FeatureSwitch, Maintenance
from apps.people.models import Party

F, M = FeatureSwitch.State, Maintenance.State
LONGEST = 72


@action(
    "feature.switch_off", model=FeatureSwitch, label=_("Switch off"), policy=policy.may_operate, ends=F.OFF,
    takes={
        "feature": forms.CharField(label=_("Room"), max_length=20),
        "party": forms.CharField(label=_("Party"), max_length=8),
        "why": forms.CharField(label=_("Why"), max_length=200),
    },
)  # fmt: skip
def switch_off(actor: Actor, _row: None, *, feature: str, party: str, why: str) -> FeatureSwitch:
    """Close a room of the portal to a party: its pages and API are not there for its people."""
    room = Feature.objects.filter(pk=feature).first()
    whose = Party.objects.filter(pk=party).first()
    if room is None:
        raise ValidationError({"feature": _("There is no room of this name.")})
    if whose is None:
        raise ValidationError({"party": _("There is no party of this code.")})
    if FeatureSwitch.objects.filter(feature=room, party=whose, valid_to=None).exists():
        raise ValidationError({"feature": _("It is off for this party already.")})
    transaction.on_commit(queries.forget_now)
    return FeatureSwitch.objects.create(feature=room, party=whose, why=why)


@action(
    "feature.switch_on",
    model=FeatureSwitch,
    label=_("Switch on"),
    policy=policy.may_operate,
    starts={F.OFF},
    ends=F.ENDED,
)
def switch_on(actor: Actor, switch: FeatureSwitch) -> FeatureSwitch:
    """Open the room again."""
    switch.valid_to = timezone.now()
    transaction.on_commit(queries.forget_now)
    return switch


@action(
    "maintenance.begin", model=Maintenance, label=_("Begin maintenance"), policy=policy.may_operate, ends=M.RUNNING,
    takes={
        "notice": forms.CharField(label=_("Notice on every page"), max_length=300),
        "hours": forms.IntegerField(label=_("Hours, as far as known"), min_value=1, max_value=LONGEST),
    },
)  # fmt: skip
def begin(actor: Actor, _row: None, *, notice: str, hours: int) -> Maintenance:
    """Let everybody read and nobody change anything, but passenger and crew lists still come in."""
    if Maintenance.objects.filter(state=M.RUNNING).exists():
        raise Refused("wrong-state", "maintenance-runs")
    transaction.on_commit(queries.forget_now)
    return Maintenance.objects.create(notice=notice, until=timezone.now() + datetime.timedelta(hours=hours))


@action(
    "maintenance.end", model=Maintenance, label=_("End maintenance"), policy=policy.may_operate,
    starts={M.RUNNING}, ends=M.ENDED,
)  # fmt: skip
def end(actor: Actor, maintenance: Maintenance) -> Maintenance:
    """Open the portal for work again."""
    maintenance.ended_at = timezone.now()
    transaction.on_commit(queries.forget_now)
    return maintenance
