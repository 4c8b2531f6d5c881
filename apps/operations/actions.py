"""Operating the portal: switching rooms, maintenance."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.access.refusal import Refused
from apps.operations import policy, queries
from apps.operations.models import Feature, FeatureSwitch, Maintenance
from apps.operations.refusals import Refusals
from apps.people.models import Party

F, M = FeatureSwitch.State, Maintenance.State
LONGEST = 72


@action(
    "feature.switch_off",
    model=FeatureSwitch,
    label=pgettext_lazy("button, operations", "Switch off"),
    done=_("Closed a part of the portal to a party"),
    policy=policy.may_operate,
    ends=F.OFF,
    takes={
        "feature": forms.CharField(label=pgettext_lazy("field, operations", "Area"), max_length=20),
        "party": forms.CharField(label=pgettext_lazy("field, operations", "Party"), max_length=8),
        "why": forms.CharField(label=pgettext_lazy("field, operations", "Reason"), max_length=200),
    },
)
def switch_off_feature(actor: Actor, _row: None, *, feature: str, party: str, why: str) -> FeatureSwitch:
    """Close an app of the portal to a party: its pages and API are not there for its people."""
    room = Feature.objects.filter(pk=feature).first()
    whose = Party.objects.filter(pk=party).first()
    if room is None:
        raise ValidationError({"feature": _("No area has this name.")})
    if whose is None:
        raise ValidationError({"party": _("No party has this code.")})
    if FeatureSwitch.objects.filter(feature=room, party=whose, valid_to=None).exists():
        raise ValidationError({"feature": _("It is already switched off for this party.")})
    transaction.on_commit(queries.forget_now)
    return FeatureSwitch.objects.create(feature=room, party=whose, why=why)


@action(
    "feature.switch_on",
    model=FeatureSwitch,
    label=pgettext_lazy("button, operations", "Switch on"),
    done=_("Opened a part of the portal to a party"),
    policy=policy.may_operate,
    starts={F.OFF},
    ends=F.ENDED,
)
def switch_on_feature(actor: Actor, switch: FeatureSwitch) -> FeatureSwitch:
    """Open the room again."""
    switch.valid_to = timezone.now()
    transaction.on_commit(queries.forget_now)
    return switch


@action(
    "maintenance.begin",
    model=Maintenance,
    label=pgettext_lazy("button, operations", "Start maintenance"),
    done=pgettext_lazy("words, audit", "Started maintenance"),
    policy=policy.may_operate,
    ends=M.RUNNING,
    takes={
        "notice": forms.CharField(label=_("Message on every page"), max_length=300),
        "hours": forms.IntegerField(
            label=pgettext_lazy("field, operations", "Expected hours"), min_value=1, max_value=LONGEST
        ),
    },
)
def begin_maintenance(actor: Actor, _row: None, *, notice: str, hours: int) -> Maintenance:
    """Let everybody read and nobody change anything, but passenger and crew lists still come in."""
    if Maintenance.objects.filter(state=M.RUNNING).exists():
        raise Refused("wrong-state", Refusals.MAINTENANCE_RUNS)
    transaction.on_commit(queries.forget_now)
    return Maintenance.objects.create(notice=notice, until=timezone.now() + datetime.timedelta(hours=hours))


@action(
    "maintenance.end",
    model=Maintenance,
    label=pgettext_lazy("button, operations", "End maintenance"),
    done=pgettext_lazy("words, audit", "Ended maintenance"),
    policy=policy.may_operate,
    starts={M.RUNNING},
    ends=M.ENDED,
)
def end_maintenance(actor: Actor, maintenance: Maintenance) -> Maintenance:
    """Open the portal for work again."""
    maintenance.ended_at = timezone.now()
    transaction.on_commit(queries.forget_now)
    return maintenance
