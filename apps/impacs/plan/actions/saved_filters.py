"""A person's own filters under a name: kept, renamed, dropped. Nobody else ever sees them."""

from urllib.parse import parse_qsl, urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action
from apps.impacs.models import SavedFilter
from apps.impacs.plan.policy import plan as policy

S = SavedFilter.State
MOST = 30
VIEWS = [
    ("board", pgettext_lazy("words, impacs", "Overview")),
    ("list", pgettext_lazy("view, impacs", "List")),
    ("timeline", pgettext_lazy("words, impacs", "Timeline")),
    ("calendar", pgettext_lazy("words, impacs", "Calendar")),
]
PLACES = {"after", "before", "at"}
"""Parameters that say where in a list one is, which is nothing to keep."""


def _name() -> forms.CharField:
    return forms.CharField(
        label=pgettext_lazy("field, impacs", "Name"),
        max_length=80,
        error_messages={"required": _("Enter a name, for example “Late at the JRCC”.")},
    )


@action(
    "saved_filter.save",
    model=SavedFilter,
    label=_("Save these filters"),
    done=_("Saved the filters of a view"),
    policy=policy.may_keep,
    ends=S.KEPT,
    takes={
        "name": _name(),
        "view": forms.ChoiceField(label=pgettext_lazy("field, impacs", "View"), choices=VIEWS),
        "query": forms.CharField(label=pgettext_lazy("field, impacs", "Address"), max_length=1000, required=False),
    },
)
def save_filter(actor: Actor, _row: None, *, name: str, view: str, query: str = "") -> SavedFilter:
    """Keep the filters of a view under a name; the same name again takes its place."""
    own = SavedFilter.objects.filter(user=actor.user_id, state=S.KEPT).select_for_update()
    others = [row for row in own if row.name != name]
    if len(others) >= MOST:
        raise ValidationError(
            {"name": _now("You already have %(most)s saved filters. Delete one first.") % {"most": MOST}}
        )
    own.filter(name=name).update(state=S.DROPPED)
    pairs = [(key, value) for key, value in parse_qsl(query) if key not in PLACES and "\x00" not in value]
    return SavedFilter.objects.create(user_id=actor.user_id, name=name, view=view, query=urlencode(pairs))


@action(
    "saved_filter.rename",
    model=SavedFilter,
    label=pgettext_lazy("button, impacs", "Rename"),
    done=_("Renamed saved filters"),
    policy=policy.may_keep,
    starts={S.KEPT},
    ends=S.KEPT,
    takes={"name": _name()},
)
def rename_saved_filter(actor: Actor, row: SavedFilter, *, name: str) -> SavedFilter:
    """Give kept filters another name."""
    if SavedFilter.objects.filter(user=actor.user_id, state=S.KEPT, name=name).exclude(pk=row.pk).exists():
        raise ValidationError({"name": _now("You already have filters with this name. Choose another name.")})
    row.name = name
    return row


@action(
    "saved_filter.drop",
    model=SavedFilter,
    label=pgettext_lazy("button, impacs", "Delete"),
    done=_("Deleted saved filters"),
    policy=policy.may_keep,
    starts={S.KEPT},
    ends=S.DROPPED,
)
def drop_saved_filter(actor: Actor, row: SavedFilter) -> SavedFilter:
    """Keep these filters no longer."""
    return row
