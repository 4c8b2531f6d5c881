"""What a round of a party's seats looks at, who is dormant, and where emergency seats are."""

import datetime
from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from apps.access.actor import Actor
from apps.access.service_clock import add_working_days
from apps.audit.models import AuditRecord
from apps.people.models import AccessReview, AccountRule, Desk, Party, ReviewItem, Seat, SeatConflict, User
from apps.people.queries.governance import rule
from apps.people.queries.register import elsewhere


def emergency_rank(desk: Desk) -> int:
    """The rank that an emergency seat at this desk has; 0 where there is none."""
    rows = AccountRule.objects.on(timezone.now().date()).filter(code=f"emergency.{desk.function_id}")
    return int(rows.values_list("value", flat=True).first() or 0)


def emergency_desks(actor: Actor) -> list[Any]:
    """Desks of the actor's party that have emergency seats and where they do not sit."""
    codes = AccountRule.objects.on(timezone.now().date()).filter(code__startswith="emergency.", unit="rank")
    functions = [code.partition(".")[2] for code in codes.values_list("code", flat=True)]
    own = Seat.objects.in_force().filter(user=actor.user_id).values("desk_id")
    desks = Desk.objects.filter(party_id=actor.party_code, active=True, function_id__in=functions)
    return list(desks.exclude(pk__in=own).select_related("function").order_by("code"))


def working_days_after(start: datetime.datetime, days: int, party: Party) -> datetime.datetime:
    """The end of the day, by the party's clocks, that is `days` Mondays to Fridays after `start`."""
    day = add_working_days(start.astimezone(ZoneInfo(party.time_zone)).date(), days)
    return datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), ZoneInfo(party.time_zone))


def seats_to_review(party: Party, now: datetime.datetime) -> list[dict[str, Any]]:
    """[{seat, dormant, unused, conflicting}] of the party's seats in force, without programs and emergencies."""
    kinds = [Seat.Kind.STANDING, Seat.Kind.ACTING]
    rows = Seat.objects.in_force(now).filter(desk__party=party, kind__in=kinds).exclude(user__state="left")
    seats = list(rows.select_related("user", "desk").order_by("pk"))
    since = now - datetime.timedelta(days=31 * rule("review_every"))
    busy = active_seats([seat.pk for seat in seats], since)
    asleep = now - datetime.timedelta(days=rule("dormant_notice"))
    pairs = [{row.one, row.other} for row in SeatConflict.objects.on(now.date())]
    held: dict[int, set[str]] = {}
    # of its own people a party knows where else they sit; of others only the seats here
    for seat in [*seats, *elsewhere(party.pk)]:
        held.setdefault(seat.user_id, set()).add(seat.desk.function_id)
    return [
        {
            "seat": seat,
            "dormant": (seat.user.last_login or seat.user.date_joined) < asleep,
            "unused": seat.pk not in busy and seat.valid_from < since,
            "conflicting": any(pair <= held[seat.user_id] and seat.desk.function_id in pair for pair in pairs),
        }
        for seat in seats
    ]


def active_seats(seat_ids: Collection[int], since: datetime.datetime) -> set[int]:
    """Those of the seats in which something was done or read since then."""
    rows = AuditRecord.objects.filter(seat_id__in=seat_ids, at__gte=since, outcome__in=["done", "read"])
    return set(rows.exclude(verb="seat.switch").values_list("seat_id", flat=True).distinct())


def desks_to_answer(review: AccessReview) -> list[int]:
    """Group ids of the desks of the round's seats that nobody has answered for, and of its administration."""
    open_items = ReviewItem.objects.filter(review=review, state=ReviewItem.State.OPEN)
    desks = set(open_items.values_list("seat__desk_id", flat=True).distinct())
    administration = Desk.objects.filter(party=review.party_id, function_id="administration", active=True)
    return sorted(desks | set(administration.values_list("pk", flat=True))) if desks else []


def parties_to_review(now: datetime.datetime) -> list[Any]:
    """Parties whose last round, or first seat, began longer ago than the rule allows."""
    months = rule("review_every")
    since = now - datetime.timedelta(days=30 * months)
    recent = AccessReview.objects.filter(party=OuterRef("pk")).filter(Q(opened_at__gt=since) | Q(state="running"))
    people = Seat.objects.in_force(now).filter(desk__party=OuterRef("pk"), kind="standing", valid_from__lte=since)
    administered = Desk.objects.filter(party=OuterRef("pk"), function_id="administration", active=True)
    rows = Party.objects.filter(~Exists(recent), Exists(people), Exists(administered))
    return list(rows.order_by("pk"))


def dormant_accounts(now: datetime.datetime) -> list[Any]:
    """Active accounts of people with which nobody has signed in for the days of the rule, or since they were made.

    People of the demonstration do not count.
    """
    return list(_asleep(now, rule("dormant_suspend")).order_by("pk"))


def sleeping_accounts(now: datetime.datetime) -> list[Any]:
    """Such accounts that will be dormant soon, of which nobody was told since the last sign-in; with `seen`, when."""
    told = AuditRecord.objects.filter(
        object_type="people.user", object_id=Cast(OuterRef("pk"), CharField()), verb="account.warn_asleep",
        at__gte=OuterRef("seen"),
    )  # fmt: skip
    return list(_asleep(now, rule("dormant_notice")).filter(~Exists(told)).order_by("pk"))


def _asleep(now: datetime.datetime, days: int) -> Any:
    since = now - datetime.timedelta(days=days)
    programs = Seat.objects.filter(user=OuterRef("pk"), kind=Seat.Kind.SERVICE)
    rows = User.objects.filter(~Exists(programs), state=User.State.ACTIVE, is_demo=False)
    return rows.annotate(seen=Coalesce("last_login", "date_joined")).filter(seen__lt=since)
