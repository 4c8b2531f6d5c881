"""Invitations: a link by mail, a code by the hand of another person, and the invited one chooses their own password."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, also, do_also, emit
from apps.access.encryption import marking_key
from apps.access.refusal import Refused
from apps.access.write_guard import writing
from apps.people import policy
from apps.people.actions.account_changes import void_proposals
from apps.people.actions.accounts import (
    CLEARANCES,
    LETTERS,
    NAMED,
    address_field,
    end_sessions,
    made,
    note_clearance,
    raise_clearance,
)
from apps.people.actions.handovers import end_handovers, leave_to_another
from apps.people.actions.seats import close
from apps.people.models import AccountProposal, Desk, Handover, Invitation, Party, Seat, User
from apps.people.queries import invited_actor, rule, takes_two
from apps.people.refusals import Refusals

LEAST = 1  # the clearance with which every account begins
ASKED_ANEW = frozenset({"seat.appoint", "account.clear"})
CODE_LETTERS = 8  # 31^8: 39 bits, guessed five times at most
REASON = forms.CharField(label=pgettext_lazy("field, people", "Reason"), max_length=200)
CODE = forms.CharField(label=pgettext_lazy("field, people", "Code"), max_length=40)


def _address() -> forms.EmailField:
    field = address_field()
    field.label, field.required = pgettext_lazy("words, people", "Email address"), True
    return field


@action(
    "invitation.send",
    model=Invitation,
    label=pgettext_lazy("button, people", "Invite"),
    done=_("Invited a person"),
    policy=policy.may_invite,
    ends="sent",
    takes={
        **NAMED,
        "email": _address(),
        "desk": forms.CharField(label=pgettext_lazy("field, people", "Desk"), max_length=40),
        "role": forms.CharField(label=pgettext_lazy("field, people", "Role"), max_length=30),
        "clearance": forms.TypedChoiceField(
            label=pgettext_lazy("field, people", "Clearance"), choices=CLEARANCES, coerce=int
        ),
    },
)
def send_invitation(
    actor: Actor, _row: None, *, username: str, name: str, email: str, desk: str, role: str, clearance: int
) -> Invitation:
    """Invite a person of one's own party to a desk: a link goes to their mail address, somebody else hands over the
    code.

    A seat or clearance that takes two people waits for the second one meanwhile; the approval is for this address.
    """
    user = made(Party.objects.get(pk=actor.party_code), username, name, email=email, state=User.State.INVITED)
    also("account.invite", user, after=user.state)
    wanted = {"user": username, "desk": desk, "role": role}
    if takes_two("seat.appoint", None, wanted, actor.user_id):
        do_also("proposal.make", asks_for="seat.appoint", subject=user, payload=wanted)
    else:
        do_also("seat.appoint", user=username, desk=desk, role=role)
    raise_clearance(user, clearance)
    hands = {"inviter_id": actor.user_id, "addressed_by_id": actor.user_id}
    invitation = Invitation(user=user, by_seat_id=actor.seat_id, desk=Desk.objects.get(code=desk), **hands)
    code = _new_link(invitation)
    invitation.save()
    leave_to_another(actor, user, code, Handover.What.CODE, desk=invitation.desk)
    emit("invitation.sent", invitation, {"serial": invitation.serial})
    return invitation


@action(
    "invitation.resend",
    model=Invitation,
    label=_("Send a new link"),
    done=_("Sent a new link of an invitation"),
    policy=policy.may_invite,
    starts={"sent"},
    ends="sent",
    takes={"email": _address()},
)
def resend_invitation(actor: Actor, invitation: Invitation, *, email: str) -> Invitation:
    """Send a new link and make a new code; the old link opens nothing from now on.

    To another address, what a second person approved ends and is asked for anew, and the desk and oversight are told:
    an approval is for the person at the address that was approved.
    """
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    invitation.serial, invitation.by_seat_id = invitation.serial + 1, actor.seat_id
    if email != user.email:
        user.email, invitation.addressed_by_id = email, actor.user_id
        User.objects.filter(pk=user.pk).update(email=email)
        also("account.move", user)
        _ask_anew(user)
        emit("invitation.moved", invitation, {"serial": invitation.serial})
    code = _new_link(invitation)
    inviter, addressed_by = invitation.inviter_id or invitation.addressed_by_id, invitation.addressed_by_id
    leave_to_another(actor, user, code, Handover.What.CODE, desk=invitation.desk, hands=(inviter, addressed_by))
    emit("invitation.sent", invitation, {"serial": invitation.serial})
    return invitation


def _ask_anew(user: User) -> None:
    """What takes two people, given or asked for: it ends, and a second person is asked for it at the new address."""
    waiting = AccountProposal.objects.filter(subject=user, state__in=AccountProposal.WAITING, verb__in=ASKED_ANEW)
    asked = [(row.verb, row.payload) for row in waiting.order_by("pk")]
    void_proposals(user)
    for seat in Seat.objects.in_force().filter(user=user).select_related("desk").order_by("pk"):
        place = {"desk": seat.desk.code, "role": seat.role}
        if takes_two("seat.appoint", None, place):
            do_also("seat.end", seat, reason=_now("the address of the invitation was changed"))
            asked.append(("seat.appoint", {"user": user.username, **place}))
    if user.clearance > LEAST:
        asked.append(("account.clear", {"clearance": user.clearance}))
        also("account.clear", user)
        note_clearance(user, LEAST)
        User.objects.filter(pk=user.pk).update(clearance=LEAST)
        user.clearance = LEAST
    for verb, payload in asked:
        do_also("proposal.make", asks_for=verb, subject=user, payload=payload)


@action(
    "invitation.revoke",
    model=Invitation,
    label=pgettext_lazy("button, people", "Revoke"),
    done=_("Revoked an invitation"),
    policy=policy.may_invite,
    starts={"sent", "awaits"},
    ends="revoked",
    takes={"reason": REASON},
    danger=True,
)
def revoke_invitation(actor: Actor, invitation: Invitation, *, reason: str) -> Invitation:
    """Take an invitation back: the link opens nothing, the account stays closed for good, its seats end."""
    for seat in Seat.objects.in_force().filter(user=invitation.user_id):
        do_also("seat.end", seat, reason=reason)
    return _close(invitation, reason)


@action(
    "invitation.reject",
    model=Invitation,
    label=_("This is not the person"),
    done=_("Said that it is not the person who was invited"),
    policy=policy.may_confirm,
    starts={"awaits"},
    ends="revoked",
    takes={"reason": REASON},
    danger=True,
)
def reject_newcomer(actor: Actor, invitation: Invitation, *, reason: str) -> Invitation:
    """Say that somebody else has opened the account: it is closed for good, its seats end, oversight is told."""
    invitation.confirmed_by_id = actor.seat_id
    for seat in Seat.objects.select_for_update().filter(user=invitation.user_id, state="current").order_by("pk"):
        close(seat, reason)  # not as who may end seats: nobody was ever let into these
        Seat.objects.filter(pk=seat.pk).update(
            state="ended", reason=seat.reason, valid_from=seat.valid_from, valid_to=seat.valid_to
        )
        also("seat.end", seat, before="current", after="ended")
    emit("invitation.rejected", invitation, {"serial": invitation.serial})
    return _close(invitation, reason)


@action(
    "invitation.confirm",
    model=Invitation,
    label=_("Confirm the person"),
    done=_("Confirmed the person who was invited"),
    policy=policy.may_confirm,
    starts={"awaits"},
    ends="accepted",
    step_up=True,
)
def confirm_newcomer(actor: Actor, invitation: Invitation) -> Invitation:
    """Say that who has opened the account is the person who was invited: from now on they act in their seats."""
    invitation.confirmed_by_id = actor.seat_id
    return invitation


def _close(invitation: Invitation, reason: str) -> Invitation:
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    void_proposals(user)
    end_handovers(user)
    User.objects.filter(pk=user.pk).update(state=User.State.LEFT, reason=reason)
    also("account.leave", user, before=user.state, after=User.State.LEFT)
    end_sessions(user)
    invitation.decided_at = timezone.now()
    return invitation


@action(
    "invitation.accept",
    model=Invitation,
    label=pgettext_lazy("button, people", "Accept"),
    done=_("Accepted an invitation"),
    policy=policy.may_accept,
    starts={"sent"},
    ends={"awaits", "accepted"},
    automatic=True,
)
def accept_invitation(actor: Actor, invitation: Invitation, *, link: str, code: str, password: str) -> Invitation:
    """Open one's account with the code and a password of one's own.

    One acts in no seat before somebody who decides at the desk has confirmed that it is oneself.
    """
    known = Invitation.objects.opened_by(_digest(link), timezone.now(), rule("invitation_misses") + 1)
    if known is None or known.pk != invitation.pk:
        raise Refused("not-visible")
    if not check_password(_plain(code), invitation.code):
        raise Refused(Refusals.WRONG_INVITATION_CODE)
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    user.set_password(password)
    user.state, user.must_change_password = User.State.ACTIVE, False
    user.save(update_fields=["password", "state", "must_change_password"])
    also("account.activate", user, before=User.State.INVITED, after=user.state)
    end_handovers(user)
    invitation.decided_at = timezone.now()
    invitation.state = Invitation.State.AWAITS if invitation.desk_id else Invitation.State.ACCEPTED
    if invitation.desk_id:
        emit("invitation.opened", invitation, {"serial": invitation.serial})
    return invitation


def opened(link: str) -> Any:
    """The invitation that a link opens now, with its `user`; None for every other link, whatever is wrong with it."""
    return Invitation.objects.opened_by(_digest(link), timezone.now(), rule("invitation_misses"))


def join(link: str, *, code: str, password: str, **request: Any) -> User:
    """Accept by a link; the person with their account open. Refused: not-visible, or the code wrong-invitation-code.

    The guess is counted before it is looked at, so that many at once are no more guesses than one after the other.
    """
    invitation = opened(link)
    with writing("sign-in"):
        counted = invitation and Invitation.objects.filter(
            pk=invitation.pk, misses=invitation.misses, misses__lt=rule("invitation_misses")
        ).update(misses=F("misses") + 1)
    if not counted:
        raise Refused("not-visible")
    accept_invitation(invited_actor(invitation.user, **request), invitation, link=link, code=code, password=password)
    person: User = User.objects.get(pk=invitation.user_id)
    return person


def link_of(invitation: Invitation) -> str:
    """The secret of the link that is valid now; made anew each time, so that it is kept nowhere."""
    said = f"{invitation.uid}:{invitation.serial}"
    return salted_hmac("people.invitation", said, secret=marking_key(), algorithm="sha256").hexdigest()


def _new_link(invitation: Invitation) -> str:
    """Make link and code anew; the code."""
    code = "".join(secrets.choice(LETTERS) for _letter in range(CODE_LETTERS))
    invitation.link, invitation.code, invitation.misses = _digest(link_of(invitation)), make_password(code), 0
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + timedelta(hours=rule("invitation"))
    return f"{code[:4]}-{code[4:]}"


def _plain(code: str) -> str:
    return "".join(code.lower().split()).replace("-", "")


def _digest(link: str) -> str:
    return hashlib.sha256(link.encode()).hexdigest()
