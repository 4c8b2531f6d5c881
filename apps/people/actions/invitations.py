"""Invitations: a link by mail, a code by hand, and the invited person chooses his own password."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, also, do_also, emit
from apps.access.refused import Refused
from apps.people import policy
from apps.people.actions.accounts import CLEARANCES, LETTERS, NAMED, address_field, made, raise_clearance
from apps.people.actions.leaving import void_proposals
from apps.people.models import Invitation, Party, Seat, User
from apps.people.queries import invited_actor, rule, takes_two

CODE_LETTERS = 8  # 31^8: 39 bits, guessed five times at most
CODE = forms.CharField(label=_("Code"), max_length=40)


def _address() -> forms.EmailField:
    field = address_field()
    field.label, field.required = _("Mail address"), True
    return field


@action(
    "invitation.send",
    model=Invitation,
    label=_("Invite"),
    policy=policy.may_invite,
    ends="sent",
    takes={
        **NAMED,
        "email": _address(),
        "desk": forms.CharField(label=_("Desk"), max_length=40),
        "role": forms.CharField(label=_("Role"), max_length=30),
        "clearance": forms.TypedChoiceField(label=_("Clearance"), choices=CLEARANCES, coerce=int),
    },
)
def invite(
    actor: Actor, _row: None, *, username: str, name: str, email: str, desk: str, role: str, clearance: int
) -> Invitation:
    """Invite a person of one's own party to a desk: a link goes to his mail address, the code is handed over.

    The code is on the returned row as `.secret`, this once. A seat or clearance that takes two people waits for the
    second one meanwhile.
    """
    user = made(Party.objects.get(pk=actor.party_code), username, name, email=email, state=User.State.INVITED)
    also("account.invite", user, after=user.state)
    wanted = {"user": username, "desk": desk, "role": role}
    if takes_two("seat.appoint", None, wanted):
        do_also("proposal.make", asks_for="seat.appoint", subject=user, payload=wanted)
    else:
        do_also("seat.appoint", user=username, desk=desk, role=role)
    raise_clearance(user, clearance)
    invitation = Invitation(user=user, by_seat_id=actor.seat_id)
    _new_link(invitation)
    invitation.save()
    emit("invitation.sent", invitation, {"serial": invitation.serial})
    return invitation


@action(
    "invitation.resend",
    model=Invitation,
    label=_("Send a new link"),
    policy=policy.may_invite,
    starts={"sent"},
    ends="sent",
    takes={"email": _address()},
)
def resend(actor: Actor, invitation: Invitation, *, email: str) -> Invitation:
    """Send a new link and make a new code; the old link opens nothing from now on.

    The code is on the returned row as `.secret`, this once.
    """
    invitation.serial, invitation.by_seat_id = invitation.serial + 1, actor.seat_id
    User.objects.filter(pk=invitation.user_id).update(email=email)
    _new_link(invitation)
    emit("invitation.sent", invitation, {"serial": invitation.serial})
    return invitation


@action(
    "invitation.revoke",
    model=Invitation,
    label=_("Revoke"),
    policy=policy.may_invite,
    starts={"sent"},
    ends="revoked",
    takes={"reason": forms.CharField(label=_("Reason"), max_length=200)},
)
def revoke(actor: Actor, invitation: Invitation, *, reason: str) -> Invitation:
    """Take an invitation back: the link opens nothing, the account stays closed for good, its seats end."""
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    for seat in Seat.objects.in_force().filter(user=user):
        do_also("seat.end", seat, reason=reason)
    void_proposals(user)
    User.objects.filter(pk=user.pk).update(state=User.State.LEFT, reason=reason)
    also("account.leave", user, before=user.state, after=User.State.LEFT)
    invitation.decided_at = timezone.now()
    return invitation


@action(
    "invitation.accept",
    model=Invitation,
    label=_("Accept"),
    policy=policy.may_accept,
    starts={"sent"},
    ends="accepted",
    automatic=True,
)
def accept(actor: Actor, invitation: Invitation, *, link: str, code: str, password: str) -> Invitation:
    """Open one's account with the code and a password of one's own."""
    known = Invitation.objects.opened_by(_digest(link), timezone.now(), rule("invitation_misses") + 1)
    if known is None or known.pk != invitation.pk:
        raise Refused("not-visible")
    if not check_password(_plain(code), invitation.code):
        raise Refused("may-not", "wrong-invitation-code")
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    user.set_password(password)
    user.state, user.must_change_password = User.State.ACTIVE, False
    user.save(update_fields=["password", "state", "must_change_password"])
    also("account.activate", user, before=User.State.INVITED, after=user.state)
    invitation.decided_at = timezone.now()
    return invitation


def opened(link: str) -> Any:
    """The invitation that a link opens now, with its `user`; None for every other link, whatever is wrong with it."""
    return Invitation.objects.opened_by(_digest(link), timezone.now(), rule("invitation_misses"))


def join(link: str, *, code: str, password: str, **request: Any) -> User:
    """Accept by a link; the person with his account open. Refused: not-visible, or the code wrong-invitation-code.

    The guess is counted before it is looked at, so that many at once are no more guesses than one after the other.
    """
    invitation = opened(link)
    counted = invitation and Invitation.objects.filter(
        pk=invitation.pk, misses=invitation.misses, misses__lt=rule("invitation_misses")
    ).update(misses=F("misses") + 1)
    if not counted:
        raise Refused("not-visible")
    accept(invited_actor(invitation.user, **request), invitation, link=link, code=code, password=password)
    person: User = User.objects.get(pk=invitation.user_id)
    return person


def link_of(invitation: Invitation) -> str:
    """The secret of the link that is valid now; made anew each time, so that it is kept nowhere."""
    said = f"{invitation.uid}:{invitation.serial}"
    return salted_hmac("people.invitation", said, secret=settings.FIELD_KEY, algorithm="sha256").hexdigest()


def _new_link(invitation: Invitation) -> None:
    code = "".join(secrets.choice(LETTERS) for _letter in range(CODE_LETTERS))
    invitation.secret = f"{code[:4]}-{code[4:]}"
    invitation.link, invitation.code, invitation.misses = _digest(link_of(invitation)), make_password(code), 0
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + timedelta(hours=rule("invitation"))


def _plain(code: str) -> str:
    return "".join(code.lower().split()).replace("-", "")


def _digest(link: str) -> str:
    return hashlib.sha256(link.encode()).hexdigest()
