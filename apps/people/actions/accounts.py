"""Accounts of people: given, suspended and renewed by their own party's administrators."""

import re
import secrets
import unicodedata
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.access import sealing
from apps.access.actor import DECIDES, Actor
from apps.access.doors import action, also, do_also, emit
from apps.access.refused import Refused
from apps.people import policy
from apps.people.actions.seats import call_back, keep_administered
from apps.people.models import AccountProposal, Desk, Party, Seat, User
from apps.people.queries import administrators, approval_for, takes_two

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for another: i l o 0 1
GROUPS, GROUP_LETTERS = 4, 5  # 31^20: 99 bits
USERNAME = re.compile(r"[a-z0-9]{1,60}(\.[a-z0-9-]{1,60}){1,6}")
CLEARANCES = [(1, _("Official")), (2, _("Confidential"))]
ALL_CLEARANCES = [*CLEARANCES, (3, _("Secret"))]


def address_field() -> forms.EmailField:
    """The address that notices are mailed to; may be empty."""
    wrong = {"invalid": _("Write the address as name@ministry.example, without spaces.")}
    return forms.EmailField(label=_("Mail address for notices"), required=False, max_length=254, error_messages=wrong)


NAMED = {
    "username": forms.CharField(label=_("User name"), max_length=150),
    "name": forms.CharField(label=_("Full name"), max_length=150),
}


@action(
    "account.open",
    model=User,
    label=_("Open an account"),
    policy=policy.may_open_account,
    ends="active",
    takes={
        **NAMED,
        "clearance": forms.TypedChoiceField(label=_("Clearance"), choices=CLEARANCES, coerce=int),
        "email": address_field(),
    },
)
def open_account(actor: Actor, _row: None, *, username: str, name: str, clearance: int, email: str = "") -> User:
    """Give a person of one's own party an account with a one-time password.

    The password is on the returned row as `.secret`, this once.
    """
    if clearance not in dict(CLEARANCES):
        raise ValidationError({"clearance": _("An account begins with clearance official or confidential.")})
    user = made(Party.objects.get(pk=actor.party_code), username, name, email=email)
    raise_clearance(user, clearance)
    return user


def raise_clearance(user: User, clearance: int) -> None:
    """As a part of giving an account: set its clearance, or ask a second person for it."""
    if clearance == user.clearance:
        return
    if takes_two("account.clear", user, {"clearance": clearance}):
        do_also("proposal.make", asks_for="account.clear", subject=user, payload={"clearance": clearance})
    else:
        User.objects.filter(pk=user.pk).update(clearance=clearance)


@action(
    "user.set_address",
    model=User,
    label=_("Set my mail address"),
    policy=policy.may_change_own_address,
    starts={"active"},
    ends="active",
    takes={"email": address_field()},
    in_emergency=True,
)
def set_address(actor: Actor, user: User, *, email: str = "") -> User:
    """Say where one's own notices are mailed; empty: nowhere, they stand in the portal alone."""
    if email != user.email:
        former = sealing.sealed(user.email) if user.email else ""
        about = {"what": "address", "address": actor.address, "former": former}
        emit("account.touched", user, about | {"at": timezone.now().isoformat()})
    user.email = email
    return user


@action(
    "account.suspend",
    model=User,
    label=_("Suspend"),
    policy=policy.may_change_account,
    starts={"active"},
    ends="suspended",
    takes={
        "reason": forms.CharField(label=_("Reason"), max_length=200),
        "for_cause": forms.BooleanField(label=_("For cause: two people open the account again"), required=False),
    },
)
def suspend(actor: Actor, user: User, *, reason: str, for_cause: bool = False) -> User:
    """Shut a person out now: sessions end, open pages and streams close within a second, seats stay.

    Seats at desks of other parties end: a secondment is for who may work at home.
    """
    keep_administered(user)
    call_back(user)
    user.reason, user.for_cause = reason, for_cause
    end_sessions(user)
    return user


@action(
    "account.reactivate",
    model=User,
    label=_("Reactivate"),
    policy=policy.may_change_account,
    starts={"suspended"},
    ends="active",
)
def reactivate(actor: Actor, user: User, *, approval: Any = None) -> User:
    """Let a suspended person sign in again, with the password, second factor and seats that he had.

    After a suspension for cause it is refused without the `approval` (AccountProposal) that carries it out.
    """
    if approval is None and takes_two("account.reactivate", user, {}):
        raise Refused("may-not", "needs-approval")
    user.reason, user.for_cause = "", False
    return user


@action(
    "account.clear",
    model=User,
    label=_("Change the clearance"),
    policy=policy.may_clear,
    starts={"invited", "active", "suspended"},
    ends={"invited", "active", "suspended"},
    step_up=True,
    takes={
        "clearance": forms.TypedChoiceField(label=_("Clearance"), choices=ALL_CLEARANCES, coerce=int, empty_value=None)
    },
)
def clear(actor: Actor, user: User, *, clearance: int, approval: Any = None) -> User:
    """Give a person another clearance; a desk may cap it further.

    From the level on that takes two people it is refused without the `approval` that carries it out.
    """
    if clearance == user.clearance:
        raise ValidationError({"clearance": _("The person has this clearance.")})
    if approval is None and clearance > user.clearance and takes_two("account.clear", user, {"clearance": clearance}):
        raise Refused("may-not", "needs-approval")
    user.clearance = clearance
    return user


@action(
    "account.renew",
    model=User,
    label=_("Give a new one-time password"),
    policy=policy.may_change_account,
    starts={"active"},
    ends="active",
    step_up=True,
)
def renew(actor: Actor, user: User) -> User:
    """Replace a lost password by a one-time one, remove the second factor and end all sessions.

    The password is on the returned row as `.secret`, this once. Who has a second factor loses it only with an
    approved proposal of this administrator, which is used up by it.
    """
    if takes_two("account.renew", user, {}):
        approval = approval_for(actor, "account.renew", user)
        if approval is None:
            raise Refused("may-not", "needs-approval")
        AccountProposal.objects.filter(pk=approval.pk).update(state="done")
        also("proposal.use", approval, before="approved", after="done")
    _give_one_time_password(user)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    emit("account.touched", user, {"what": "renewed", "at": timezone.now().isoformat(), "by_another": True})
    return user


@action(
    "account.install",
    model=User,
    label=_("Install an administrator"),
    policy=policy.may_install,
    ends="active",
    takes={
        "party": forms.CharField(label=_("Party"), max_length=8),
        **NAMED,
        "force": forms.BooleanField(label=_("Although the party has an administrator"), required=False),
    },
    automatic=True,
)
def install(actor: Actor, _row: None, *, party: str, username: str, name: str, force: bool = False) -> User:
    """Give a party its first account administrator, or by force one more, with a one-time password.

    The password is on the returned row as `.secret`, this once. He sits at the party's administration desk at once.
    """
    desks = Desk.objects.select_for_update(of=("self",)).select_related("party", "function")
    desk = desks.filter(party_id=party, function_id="administration", active=True).first()
    if desk is None:
        raise ValidationError(
            {"party": _("There is no party %(party)s with an administration desk.") % {"party": party}}
        )
    if administrators(desk.pk).exists() and not force:
        raise Refused("may-not", "has-administrator")
    user = made(desk.party, username, name)
    seat = Seat.objects.create(user=user, desk=desk, role=desk.function.roles[DECIDES - 1], rank=DECIDES)
    also("seat.appoint", seat, after=seat.state)
    return user


def made(party: Party, username: str, name: str, *, email: str = "", state: str = User.State.ACTIVE) -> User:
    """A new account of a party, with clearance official; with a one-time password unless it is only invited."""
    prefix = f"{party.code.lower()}."
    if not username.startswith(prefix) or not USERNAME.fullmatch(username):
        words = _("Begin with %(prefix)s and use small letters, figures, full stops and hyphens.") % {"prefix": prefix}
        raise ValidationError({"username": words})
    user = User(username=username, full_name=written(name), home_party=party, email=email, state=state)
    if state == User.State.INVITED:
        user.set_unusable_password()
    else:
        _give_one_time_password(user)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise ValidationError({"username": _("Somebody has this user name already.")}) from None
    return user


def written(name: str) -> str:
    """A name as it is kept: NFC, single spaces; ValidationError for none."""
    full = unicodedata.normalize("NFC", " ".join(name.split()))
    if not full:
        raise ValidationError({"name": _("Give the name as the person writes it.")})
    return full


def _give_one_time_password(user: User) -> None:
    words = ["".join(secrets.choice(LETTERS) for _letter in range(GROUP_LETTERS)) for _group in range(GROUPS)]
    user.secret = "-".join(words)
    user.set_password(user.secret)
    user.must_change_password = True


def end_sessions(user: User) -> None:
    """End every session of a person; one that the list does not know of ends with its next request."""
    known = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=known.values("session_key")).delete()
    known.delete()


def prefer(user: User, *, theme: str | None = None, compact: bool | None = None) -> None:
    """Keep how a person wants his pages to look; nobody's record, so not an action."""
    wanted = {name: value for name, value in (("theme", theme), ("compact", compact)) if value is not None}
    if wanted:
        User.objects.filter(pk=user.pk).update(**wanted)


def session_moved(old_key: str, new_key: str) -> None:
    """Let the list "where you are signed in" follow a session to its new key."""
    UserSession.objects.filter(session_key=old_key).update(session_key=new_key)
