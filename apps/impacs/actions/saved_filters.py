"""A person's own filters under a name: kept, renamed, dropped. Nobody else ever sees them."""

from urllib.parse import parse_qsl, urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action
from apps.impacs.models import SavedFilter
from apps.impacs.policy import planning as policy

S = SavedFilter.State
MOST = 30
VIEWS = [("board", _("Overview")), ("list", _("List")), ("timeline", _("Timeline")), ("calendar", _("Calendar"))]
PLACES = {"after", "before", "at"}
"""Parameters that say where in a list one is, which is nothing to keep."""


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("Name"),
        max_length=80,
        error_messages={"required": _("Give it a name, for example “Late at the JRCC”.")},
    )


@action(
    "saved_filter.save",
    model=SavedFilter,
    label=_("Keep these filters"),
    policy=policy.may_keep,
    ends=S.KEPT,
    takes={
        "name": _name(),
        "view": forms.ChoiceField(label=_("View"), choices=VIEWS),
        "query": forms.CharField(label=_("Address"), max_length=1000, required=False),
    },
)
def save(actor: Actor, _row: None, *, name: str, view: str, query: str = "") -> SavedFilter:
    """Keep the filters of a view under a name; the same name again takes its place."""
    own = SavedFilter.objects.filter(user=actor.user_id, state=S.KEPT).select_for_update()
    others = [row for row in own if row.name != name]
    if len(others) >= MOST:
        raise ValidationError({"name": _now("You keep %(most)s filters already. Delete one first.") % {"most": MOST}})
    own.filter(name=name).update(state=S.DROPPED)
    pairs = [(key, value) for key, value in parse_qsl(query) if key not in PLACES and "\x00" not in value]
    return SavedFilter.objects.create(user_id=actor.user_id, name=name, view=view, query=urlencode(pairs))


@action(
    "saved_filter.rename",
    model=SavedFilter,
    label=_("Rename"),
    policy=policy.may_keep,
    starts={S.KEPT},
    ends=S.KEPT,
    takes={"name": _name()},
)
def rename(actor: Actor, row: SavedFilter, *, name: str) -> SavedFilter:
    """Give kept filters another name."""
    if SavedFilter.objects.filter(user=actor.user_id, state=S.KEPT, name=name).exclude(pk=row.pk).exists():
        raise ValidationError({"name": _now("You have kept other filters under this name. Choose another one.")})
    row.name = name
    return row


@action(
    "saved_filter.drop", model=SavedFilter, label=_("Delete"), policy=policy.may_keep, starts={S.KEPT}, ends=S.DROPPED
)
def drop(actor: Actor, row: SavedFilter) -> SavedFilter:
    """Keep these filters no longer."""
    return row
