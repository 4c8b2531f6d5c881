"""Who is who, at which date, and what each asker may see of it: querysets of the people app."""

import datetime
from typing import Any, Self

from django.apps import apps
from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.access.actor import DECIDES, Actor
from apps.people.policy import ENOUGH, decides_on_keys
from apps.people.rules.registers import REGISTERS


def _in_force(now: datetime.datetime, seat: str = "") -> Q:
    """Seats in force at `now`, at desks that are active; `seat` is the way to them from another table."""
    begun = {f"{seat}state": "current", f"{seat}desk__active": True, f"{seat}valid_from__lte": now}
    return Q(**begun) & (Q(**{f"{seat}valid_to": None}) | Q(**{f"{seat}valid_to__gt": now}))


def _account_active(seat: str = "") -> Q:
    return Q(**{f"{seat}user__state": "active", f"{seat}user__is_active": True})


def _confirmed(seat: str = "") -> Q:
    waiting = apps.get_model("people", "Invitation").objects.filter(user=OuterRef(f"{seat}user_id"), state="awaits")
    return Q(~Exists(waiting))


class PartyQuerySet(models.QuerySet[Any]):
    """Parties are public within the portal, except that a carrier sees no other carrier."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All parties but other carriers for a carrier; none without an actor."""
        if actor is None:
            return self.none()
        if actor.function == "carrier":
            return self.filter(Q(pk=actor.party_code) | ~Q(periods__kind="carrier")).distinct()
        return self

    def as_of(self, day: datetime.date) -> Self:
        """Parties that were something on `day`, with `kind`, `since` of that period."""
        periods = self.model._meta.get_field("periods").related_model
        at = periods.objects.filter(party=OuterRef("pk"), valid_from__lte=day).filter(
            Q(valid_to=None) | Q(valid_to__gt=day)
        )
        return self.annotate(kind=Subquery(at.values("kind")[:1]), since=Subquery(at.values("valid_from")[:1])).exclude(
            kind=None
        )


class FunctionQuerySet(models.QuerySet[Any]):
    """What desks do."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All functions; none without an actor."""
        return self.none() if actor is None else self


class DeskQuerySet(models.QuerySet[Any]):
    """Desks are an address book, except that carriers see only their own."""

    def visible_to(self, actor: Actor | None) -> Self:
        """Active desks; a carrier sees its own alone, and nobody else sees carriers' desks but the JRCC."""
        if actor is None:
            return self.none()
        if actor.function == "carrier":
            return self.filter(pk=actor.desk_id)
        desks = self.filter(active=True)
        return desks if actor.party_code == "JRCC" else desks.exclude(function_id="carrier")


class SeatQuerySet(models.QuerySet[Any]):
    """Appointments: the register of a party is public to that party's administrators."""

    def visible_to(self, actor: Actor | None) -> Self:
        """One's own seats; those of one's desk for who decides there; for a party's registers all of its desks and
        those of its people elsewhere."""
        if actor is None:
            return self.none()
        if _is_clock(actor):
            return self
        seen = Q(user_id=actor.user_id)
        if actor.rank >= DECIDES:
            seen |= Q(desk_id=actor.desk_id)
        if actor.function in REGISTERS:
            seen |= Q(desk__party_id=actor.party_code) | Q(user__home_party_id=actor.party_code)
        return self.filter(seen)

    def seconded(self) -> Self:
        """Seats at desks of another party than the person's own; programs have none."""
        return self.exclude(user__home_party=None).exclude(desk__party_id=F("user__home_party_id"))

    def current(self, now: datetime.datetime | None = None) -> Self:
        """Seats in force at `now`, of people whose account is active, at desks that are active."""
        return self.in_force(now).filter(_account_active()).confirmed()

    def confirmed(self) -> Self:
        """Without seats of people who opened their account by an invitation and are not confirmed by their desk yet."""
        return self.filter(_confirmed())

    def in_force(self, now: datetime.datetime | None = None) -> Self:
        """Seats in force at `now`, at desks that are active, whatever the state of the account."""
        return self.filter(_in_force(now or timezone.now()))

    def standing_within(
        self, user: Any, desk: Any, begin: datetime.datetime, end: datetime.datetime | None, kind: str = "standing"
    ) -> Self:
        """The person's seats of a kind at the desk that overlap [begin, end)."""
        rows = self.filter(user=user, desk=desk, kind=kind).filter(Q(valid_to=None) | Q(valid_to__gt=begin))
        return rows.filter(valid_from__lt=end) if end else rows


class AccountManager(UserManager[Any]):
    """Accounts: one's own, those of one's party for its administrators, all administrators' for the platform."""

    def visible_to(self, actor: Actor | None) -> models.QuerySet[Any]:
        """See the class. The platform desk installs administrators, so it sees them and nobody else."""
        rows = self.get_queryset()
        if actor is None:
            return rows.none()
        if _is_clock(actor):
            return rows
        mine = Q(pk=actor.user_id)
        if actor.function in REGISTERS:
            return rows.filter(mine | Q(home_party_id=actor.party_code))
        if actor.function == "platform":
            seats = apps.get_model("people", "Seat").objects.filter(
                user=OuterRef("pk"), state="current", rank=DECIDES, desk__function_id="administration"
            )
            return rows.filter(mine | Exists(seats))
        return rows.filter(mine)


class TokenQuerySet(models.QuerySet[Any]):
    """Keys of one's party, for its administrators; of one's desk, for who decides there."""

    def visible_to(self, actor: Actor | None) -> Self:
        """Keys of the party's desks for its administration and oversight; all for the platform; those of one's desk."""
        if actor is None:
            return self.none()
        if actor.function == "platform" or _is_clock(actor):
            return self
        if actor.function in REGISTERS:
            return self.filter(seat__desk__party_id=actor.party_code)
        return self.filter(seat__desk_id=actor.desk_id) if decides_on_keys(actor) else self.none()

    def at_work(self, now: datetime.datetime) -> Self:
        """Live keys at `now` of seats that are in force then (SeatQuerySet.current), without asking for the seats anew:
        every request of a program asks this, and most of it was the planning of the joins."""
        rows = self.filter(state="live", expires_at__gt=now)
        return rows.filter(_in_force(now, "seat__"), _account_active("seat__"), _confirmed("seat__"))

    def with_hands(self) -> Self:
        """With the desk, and with who asked and who approved, so that nothing of it costs a query of its own."""
        seats = (f"{who}_seat__{what}" for who in ("maker", "approver") for what in ("user", "desk"))
        return self.select_related("seat__desk", *seats)


def _is_clock(actor: Actor) -> bool:
    """Whether the portal itself asks, whose automatic work ends what has run out of time."""
    return actor.desk_code == "IMPACS.automation" and actor.seat_kind == "service" and actor.via == "task"


class RuleQuerySet(models.QuerySet[Any]):
    """Dated rules of accounts: public within the portal."""

    def visible_to(self, actor: Actor | None) -> Self:
        """All rules; none without an actor."""
        return self.none() if actor is None else self

    def on(self, day: datetime.date) -> Self:
        """Rules that hold on this day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


class WaiverQuerySet(models.QuerySet[Any]):
    """Waivers of conflicts: open to the administration and the oversight of the person's party."""

    def visible_to(self, actor: Actor | None) -> Self:
        """See the class; also one's own."""
        if actor is None:
            return self.none()
        mine = Q(user_id=actor.user_id)
        own_party = Q(user__home_party_id=actor.party_code)
        return self.filter(mine | own_party) if actor.function in REGISTERS else self.filter(mine)


class InvitationQuerySet(models.QuerySet[Any]):
    """Invitations of one's party, for its administration and oversight desks; one's own."""

    def visible_to(self, actor: Actor | None) -> Self:
        """See the class."""
        if actor is None:
            return self.none()
        if _is_clock(actor):
            return self
        seen = Q(user_id=actor.user_id)
        if actor.function in REGISTERS:
            seen |= Q(user__home_party_id=actor.party_code)
        if actor.rank >= DECIDES:
            seen |= Q(desk_id=actor.desk_id, state="awaits") | Q(confirmed_by=actor.seat_id)
        if actor.function == "platform":
            seen |= Q(state="awaits", heads__lt=1, free__lt=1)
        hands = ("inviter_id", "addressed_by_id", "user_id")
        free = administering(but=hands, party="user__home_party_id")
        return self.annotate(heads=_deciding(hands), free=free).filter(seen)

    def opened_by(self, link: str, now: datetime.datetime, misses: int) -> Any:
        """The open invitation of a link (its SHA-256), or None: unknown, used, revoked, over, or too often missed."""
        rows = self.filter(link=link, state="sent", expires_at__gt=now, misses__lt=misses, user__state="invited")
        return rows.select_related("user__home_party").first()


class ProposalQuerySet(models.QuerySet[Any]):
    """What waits for a second administrator."""

    def visible_to(self, actor: Actor | None) -> Self:
        """One's party's for its administration and oversight; for the platform those of parties with too few.

        A secondment also for those of the person's own party, once it is asked. Who decides at another desk sees what
        they asked for themselves.
        With `administrators`, the number of people who administer the party's accounts now.
        """
        if actor is None:
            return self.none()
        if _is_clock(actor):
            return self
        rows = self.annotate(administrators=administering())
        if actor.function in REGISTERS:
            return rows.filter(Q(party_id=actor.party_code) | Q(home_id=actor.party_code))
        if actor.rank >= DECIDES and actor.function != "platform":
            return rows.filter(proposer_id=actor.user_id)
        if actor.function == "platform":
            few = Q(administrators__lt=ENOUGH, state="open") | Q(approver_seat__desk_id=actor.desk_id)
            return rows.filter(few)
        return self.none()


def _deciding(but: tuple[str, ...]) -> Any:
    """Subquery: people who decide at the row's desk now, themselves and not for others, but for those in `but`."""
    seats = apps.get_model("people", "Seat").objects.current().filter(desk_id=OuterRef("desk_id"), rank=DECIDES)
    for column in but:
        seats = seats.exclude(user_id=Coalesce(OuterRef(column), 0))
    people = seats.filter(kind="standing").order_by().values("desk_id").annotate(people=Count("user_id", distinct=True))
    return Coalesce(Subquery(people.values("people")), 0)


def administering(but: tuple[str, ...] = (), party: str = "party_id") -> Any:
    """Subquery: people who administer the accounts of the row's party now, but for those in its columns `but`."""
    seats = apps.get_model("people", "Seat").objects.current()
    for column in but:
        seats = seats.exclude(user_id=Coalesce(OuterRef(column), 0))  # nobody: without it null would leave out all
    people = (
        seats.filter(desk__party_id=OuterRef(party), desk__function_id="administration", rank=DECIDES)
        .exclude(kind="service")
        .order_by()
        .values("desk__party_id")
        .annotate(people=Count("user_id", distinct=True))
    )
    return Coalesce(Subquery(people.values("people")), 0)


class HandoverQuerySet(models.QuerySet[Any]):
    """What waits to be handed over, and what was."""

    def visible_to(self, actor: Actor | None) -> Self:
        """One's party's for its registers, one's desk's for who decides there; the platform's where nobody is left.

        With `free`, the number of the party's administrators who had no hand in it.
        """
        if actor is None:
            return self.none()
        rows = self.annotate(free=administering(but=("first_id", "second_id")))
        if _is_clock(actor):
            return rows
        if actor.function in REGISTERS:
            return rows.filter(party_id=actor.party_code)
        if actor.function == "platform":
            return rows.filter(free__lt=1)
        return rows.filter(desk_id=actor.desk_id) if actor.rank >= DECIDES else self.none()


class ReviewQuerySet(models.QuerySet[Any]):
    """Rounds of one's party: for its registers, and for who decides at one of its desks."""

    def visible_to(self, actor: Actor | None) -> Self:
        """See the class; all for the clock."""
        if actor is None:
            return self.none()
        if _is_clock(actor):
            return self
        knows = actor.function in REGISTERS or actor.rank >= DECIDES
        return self.filter(party_id=actor.party_code) if knows else self.none()


class ReviewItemQuerySet(models.QuerySet[Any]):
    """Seats in rounds: the whole party's for its registers, one's own desk's for who decides there."""

    def visible_to(self, actor: Actor | None) -> Self:
        """See the class; all for the clock."""
        if actor is None:
            return self.none()
        if _is_clock(actor):
            return self
        if actor.function in REGISTERS:
            return self.filter(review__party_id=actor.party_code)
        return self.filter(seat__desk_id=actor.desk_id) if actor.rank >= DECIDES else self.none()


class EmergencyQuerySet(models.QuerySet[Any]):
    """Emergency seats: one's own, those at the desk for who decides there, the party's for its registers."""

    def visible_to(self, actor: Actor | None) -> Self:
        """See the class; all for the clock."""
        if actor is None:
            return self.none()
        if _is_clock(actor):
            return self
        seen = Q(seat__user_id=actor.user_id)
        if actor.rank >= DECIDES:
            seen |= Q(seat__desk_id=actor.desk_id)
        if actor.function in REGISTERS:
            seen |= Q(seat__desk__party_id=actor.party_code)
        return self.filter(seen)
