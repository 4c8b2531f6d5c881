"""Closing watchlists: nothing is written into them any more, and their entries are withdrawn."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.access.refusal import Refused
from apps.screening import policy
from apps.screening.actions.entries import LONGEST_WHY
from apps.screening.actions.files import UPDATED_AT_ONCE, put_out_of_use
from apps.screening.models import Entry, ListImport, WatchList
from apps.screening.refusals import Refusals

S = WatchList.State


@action(
    "list.close",
    model=WatchList,
    label=_("Close the list"),
    done=_("Closed a watchlist"),
    policy=policy.may_close_list,
    starts={S.OPEN},
    ends=S.CLOSED,
    takes={
        "reason": forms.CharField(
            label=_("Why it is closed"), max_length=LONGEST_WHY, help_text=_("kept in the history of each entry")
        )
    },
)
def close_watchlist(actor: Actor, home: WatchList, *, reason: str) -> WatchList:
    """Close a list for good. Its entries are withdrawn by the portal right afterwards, and their open hits with them.

    Refused("wrong-state", "import-running") while a file is being applied to it.
    """
    if ListImport.objects.filter(list=home, state=ListImport.State.APPLYING).exists():
        raise Refused("wrong-state", Refusals.IMPORT_RUNNING)
    home.why_closed = reason
    emit("list.closed", home, {"seat": actor.seat_id})
    return home


@action(
    "list.end_entries",
    model=WatchList,
    label=_("Withdraw the entries"),
    done=_("Withdrew the entries of a closed watchlist"),
    policy=policy.may_run_lists,
    starts={S.CLOSED},
    ends=S.CLOSED,
    automatic=True,
)
def end_watchlist_entries(actor: Actor, home: WatchList, *, seat_id: int) -> WatchList:
    """Withdraw some hundreds of a closed list's entries, expired ones too: a new last day would bring them back.

    `seat_id`, of who closed the list, stands in their history.
    """
    rows = Entry.objects.select_for_update().filter(list=home).exclude(state=Entry.State.WITHDRAWN)
    ended = list(rows.order_by("pk")[:UPDATED_AT_ONCE])
    if not ended:
        raise Refused("wrong-state")
    put_out_of_use(home, ended, Entry.State.WITHDRAWN, seat_id=seat_id, why=home.why_closed)
    # the next ones, in a transaction of their own
    emit("list.closed", home, {"seat": seat_id})
    return home
