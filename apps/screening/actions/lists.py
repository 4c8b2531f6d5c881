"""Opening watchlists, and beginning with entries whose first day has come."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.grants import share_many
from apps.access.models import Level
from apps.access.refusal import Refused
from apps.people.queries import desk_ids
from apps.screening import policy, queries
from apps.screening.models import Entry, WatchList

KINDS = [(code, words) for code, words in WatchList.Kind.choices if code != WatchList.Kind.RULES]
"""Kinds of list that people open; the list of rules comes with a party's first rule in force."""

LIST_CODE = r"^[A-Z0-9]{2,8}-[A-Z0-9-]{1,20}$"


@action(
    "list.open",
    model=WatchList,
    label=_("Open a watchlist"),
    done=_("Opened a watchlist"),
    policy=policy.may_keep_lists,
    ends=WatchList.State.OPEN,
    takes={
        "code": forms.RegexField(
            LIST_CODE,
            label=pgettext_lazy("field, screening", "Code"),
            help_text=_("your party's code, a hyphen and a word in capitals: JAM-WATCH"),
        ),
        "name": forms.CharField(label=pgettext_lazy("field, screening", "Name"), max_length=100),
        "kind": forms.ChoiceField(label=pgettext_lazy("field, screening", "Kind"), choices=KINDS),
    },
)
def open_watchlist(actor: Actor, _row: None, *, code: str, name: str, kind: str) -> WatchList:
    """Open a list of one's own party; its code begins with the party's code."""
    if not code.startswith(f"{actor.party_code}-"):
        raise ValidationError({"code": _("Start the code with %(party)s-.") % {"party": actor.party_code}})
    return make_list(actor, code=code, name=name, kind=kind, owner_id=actor.desk_id, party=actor.party_code)


@action(
    "list.open_for",
    model=WatchList,
    label=_("Open a watchlist for a party"),
    done=_("Opened a watchlist for a party"),
    policy=policy.may_run_lists,
    ends=WatchList.State.OPEN,
    automatic=True,
)
def open_watchlist_for_party(actor: Actor, _row: None, *, code: str, desk_id: int, party: str) -> WatchList:
    """Open the list that an operator's file names, for the desk that will keep it."""
    return make_list(actor, code=code, name=code, kind=WatchList.Kind.NATIONAL, owner_id=desk_id, party=party)


@action(
    "list.begin",
    model=WatchList,
    label=_("Start with entries"),
    done=_("Began entries on their first day"),
    policy=policy.may_run_lists,
    starts=set(WatchList.State),
    ends=list(WatchList.State),
    automatic=True,
)
def begin_entries(actor: Actor, home: WatchList, *, entries: Sequence[Any], today: datetime.date) -> WatchList:
    """Have entries (`queries.beginning`) compared with everybody still to arrive on their first day; each once."""
    rows = queries.beginning(today).filter(list=home, pk__in=entries).select_for_update(of=("self",))
    found = list(rows.order_by("pk").values_list("pk", flat=True))
    if not found:
        raise Refused("wrong-state")
    Entry.objects.filter(pk__in=found).update(begins_on=None)
    emit("list.changed", home, {"entries": [str(pk) for pk in found]})
    return home


def make_list(actor: Actor, *, code: str, name: str, kind: str, owner_id: int, party: str) -> WatchList:
    """A new open list of a party, seen by the desks that keep lists; inside an action."""
    if WatchList.objects.filter(code=code).exists():
        raise ValidationError({"code": _("This code is taken. Choose another.")})
    row = WatchList.objects.create(
        code=code, name=name, kind=kind, owner_id=owner_id, originator_id=party, level=Level.OFFICIAL
    )
    share_many(actor, [row], readers(party, owner_id))
    return row


def readers(party: str, *desks: int) -> set[int]:
    """Who sees a party's lists and entries: the desks that keep them, and the JRCC that screens with them."""
    named = desk_ids(f"{party}.intelligence", f"{party}.border", "JRCC.watch", "JRCC.automation")
    return {*named, *desks}
