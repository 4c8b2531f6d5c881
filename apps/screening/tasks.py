"""What follows by itself: entries that run out, and files that were sent or are to be applied."""

import datetime
from typing import Any

from celery import shared_task
from django.utils.translation import gettext as _

from apps.access import outbox
from apps.access.clock import done
from apps.access.models import Dispatch
from apps.access.refusal import Refused
from apps.notices.actions import create_notices
from apps.people.queries import service_actor
from apps.screening import actions, queries
from apps.screening.actions import reviews
from apps.screening.actions import rules as targeting
from apps.screening.models import Entry, ListImport, Rule, TravellerClearance, WatchList
from apps.screening.queries import reviews as overdue
from apps.screening.queries import rules
from apps.screening.queries.visibility import region_today


@shared_task(name="screening.expire")
def expire() -> int:
    """End every entry, clearance and rule that has run out, and begin with entries whose first day has come.

    How many acts. What somebody changes meanwhile is left over.
    """
    actor, today = service_actor("JRCC.automation", request_id="expire"), region_today()
    ended = 0
    for pk in queries.run_out(actor):
        try:
            actions.expire_watchlist_entry(actor, Entry(pk=pk))
        except Refused:
            continue
        ended += 1
    for pk in queries.clearances_over(actor):
        ended += done(actions.end_traveller_clearance, actor, TravellerClearance(pk=pk))
    for pk in rules.run_out():
        ended += done(targeting.expire_screening_rule, actor, Rule(pk=pk))
    begun = sum(
        done(actions.begin_entries, actor, home, entries=entries, today=today)
        for home, entries in queries.by_list(queries.beginning(today))
    )
    return ended + begun


@shared_task(name="screening.reviews")
def look_after_reviews(today: datetime.date | None = None) -> int:
    """Remind owners of reviews, and suspend what they did not look at; how many acts. An hour's round."""
    actor, day, acts = service_actor("JRCC.automation", request_id="reviews"), today or region_today(), 0
    for home in overdue.lists_to_remind(actor, day):
        acts += done(reviews.remind_of_entry_reviews, actor, home, today=day)
    for home, entries in overdue.lists_to_suspend_in(day):
        acts += done(reviews.suspend_unreviewed_entries, actor, home, entries=entries, today=day)
    return acts


@outbox.on("list.closed", queue=outbox.SLOW)
def withdraw_entries(dispatch: Dispatch) -> None:
    """Withdraw the entries of a closed list, some hundreds at a time."""
    actor = service_actor("JRCC.automation", request_id=dispatch.request_id)
    home = WatchList.objects.visible_to(actor).get(pk=dispatch.object_id)
    left = Entry.objects.visible_to(actor).filter(list=home).exclude(state=Entry.State.WITHDRAWN)
    if left.exists():
        actions.end_watchlist_entries(actor, home, seat_id=dispatch.payload["seat"])


@outbox.on("list.reviews_due")
def tell_of_reviews(dispatch: Dispatch) -> None:
    """A notice to the desks that keep the entries."""
    words = _("%(n)d entries to review, the first by %(first)s")
    _tell(dispatch, "list.reviews_due", words % dispatch.payload)


@outbox.on("list.suspended")
def tell_of_suspension(dispatch: Dispatch) -> None:
    """The same for entries that were suspended."""
    words = _("%(n)d entries are suspended: no one has confirmed that they are still needed")
    _tell(dispatch, "list.suspended", words % dispatch.payload)


def _tell(dispatch: Dispatch, event: str, words: str) -> None:
    actor, said = service_actor("JRCC.automation", request_id=dispatch.request_id), dispatch.payload
    home = WatchList.objects.visible_to(actor).get(pk=dispatch.object_id)
    create_notices(
        actor,
        None,
        event=event,
        desks=said["desks"],
        object_type="screening.watchlist",
        object_id=home.pk,
        number=home.code,
        title=f"{home.name}: {words}",
        step=f"{said['day']} {said['first']}",
        level=home.level,
        url_name="screening:list",
    )


@outbox.on("import.received")
def read_import(dispatch: Dispatch) -> None:
    """Compare a file with its list as soon as it was sent."""
    actions.read_list_file(*_import(dispatch))


@outbox.on("import.confirmed", queue=outbox.SLOW)
def apply_import(dispatch: Dispatch) -> None:
    """Bring the list up to the file."""
    actions.carry_out_list_import(*_import(dispatch))


def _import(dispatch: Dispatch) -> tuple[Any, Any]:
    actor = service_actor("JRCC.automation", request_id=dispatch.request_id)
    return actor, ListImport.objects.visible_to(actor).get(pk=dispatch.object_id)
