"""How tests come to a second administrator, an invitation, a round and a moment."""

import datetime
from typing import Any

from django.utils import timezone

from apps.access import encryption
from apps.access.actor import Actor
from apps.audit.actions import append_repetitions
from apps.audit.models import AuditRecord
from apps.people import actions
from apps.people.actions import approvals, emergency, reviews, secondments
from apps.people.models import Handover, Invitation, Party, ReviewItem, Seat, User
from apps.people.queries import actor_for, service_actor

ADMIN = "jam.administration.administrator"
OTHERS_ADMIN = "brb.administration.administrator"
PLATFORM = "portal.platform.head"
BROWN = {
    "username": "jam.border.brown", "name": "Ivy Brown", "email": "brown@border.example", "desk": "JAM.border",
    "role": "officer", "clearance": 1,
}  # fmt: skip
PASSWORD = "four words that nobody guesses"


def refusals(verb: str, reason: str) -> int:
    """How often the audit says that something was refused: repetitions are one entry with their number."""
    append_repetitions(timezone.now() + datetime.timedelta(hours=1))
    return sum(row.detail.get("times", 1) for row in AuditRecord.objects.filter(verb=verb, reason=reason))


def a_second_administrator(party: str = "JAM", name: str = "smith") -> Actor:
    """One more account administrator, as the operators install them."""
    platform = service_actor("IMPACS.platform", request_id="test")
    username = f"{party.lower()}.{name}"
    user = actions.install_administrator(
        platform, None, party=party, username=username, name="Second Smith", force=True
    )
    return at_seat(user, Seat.objects.get(user=user))


def at_seat(user: User, seat: Seat, **more: Any) -> Actor:
    """The actor at one seat of a person."""
    actor = actor_for(User.objects.get(pk=user.pk), seat.pk, request_id="test", **{"proven": True, **more})
    assert actor is not None
    return actor


def an_invitation(cast: Any, **more: Any) -> Invitation:
    """Ivy Brown, invited to Jamaica's border desk; with the code as `.secret`, as it is handed over to her."""
    return with_code(actions.send_invitation(cast[ADMIN], None, **{**BROWN, **more}))


def with_code(invitation: Invitation) -> Invitation:
    """An invitation with what somebody else hands over as `.secret`; it goes on waiting."""
    invitation.secret = left_of(invitation.user)
    return invitation


def whole(user: User) -> str:
    """The one-time password of a person who has been given both halves."""
    return f"{user.secret}-{left_of(user)}"


def left_of(user: User) -> str:
    """What waits to be handed over to a person; as nobody in the portal can read it before it is shown."""
    return encryption.opened(Handover.objects.get(user=user, state="waits").sealed)


def approved_to_renew(cast: Any, username: str) -> None:
    """The administrator of Jamaica has asked to renew this account, and the platform desk has approved it."""
    approvals.approve_proposal(cast[PLATFORM], actions.do_or_ask(cast[ADMIN], "account.renew", person(username)))


def approved_stand_in(cast: Any, **wanted: Any) -> Seat:
    """An acting seat that decides: the administrator has asked for it, and the platform desk has approved it."""
    approvals.approve_proposal(cast[PLATFORM], actions.do_or_ask(cast[ADMIN], "seat.delegate", None, **wanted))
    return Seat.objects.select_related("user").get(user__username=wanted["user"], kind="acting")


def clock() -> Actor:
    """The portal's own seat for what it does by the clock."""
    return service_actor("IMPACS.automation", request_id="test")


def person(username: str) -> User:
    return User.objects.get(username=username)


def seat_of(username: str, **more: Any) -> Seat:
    return Seat.objects.get(user__username=username, state="current", **more)


def some_governing(cast: Any) -> dict[str, Any]:
    """One of each for the matrix, of Jamaica; the person and the seat of the register stay as they are."""
    invitation = an_invitation(cast)
    wanted = {"user": "jam.ministry.reader", "desk": "JAM.customs", "role": "head"}
    proposal = actions.do_or_ask(cast[ADMIN], "seat.appoint", None, **wanted)
    round_ = reviews.open_access_review(clock(), None, party=Party.objects.get(pk="JAM"))
    day = timezone.now().date() + datetime.timedelta(days=9)
    about = {"user": "jam.ministry.reader", "last_day": day, "reason": "small desk"}
    acting = actions.delegate_stand_in(cast[ADMIN], None, desk="JAM.contact", role="reader", **about)
    why = "Nobody of the desk answers the telephone and a boat is missing."
    sent = {"desk": "JRCC.watch", "role": "officer", "last_day": day, "reason": "liaison"}
    jrcc = cast["jrcc.administration.administrator"]
    agreed = secondments.ask_for_person(jrcc, None, user="jam.contact.officer", **sent)
    secondments.agree_to_second_person(cast[ADMIN], agreed)
    return {
        "handover": Handover.objects.get(user=invitation.user),
        "secondment": secondments.ask_for_person(jrcc, None, user="jam.customs.officer", **sent),
        "sent_seat": Seat.objects.seconded().get(),
        "invitation": invitation,
        "proposal": proposal,
        "review": round_,
        "review_item": ReviewItem.objects.get(review=round_, seat__user__username="jam.border.officer"),
        "acting_seat": acting,
        "waiver": actions.record_people_waiver(cast[ADMIN], None, conflict="oversight+ministry", **about),
        "emergency_use": emergency.take_emergency_seat(
            cast["jam.border.head"], None, desk="JAM.intelligence", cause="life", why=why
        ),
    }
