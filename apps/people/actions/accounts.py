"""Accounts of people: given, suspended and renewed by their own party's administrators."""

import re
import secrets
import unicodedata

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.access.actor import DECIDES, Actor
from apps.access.doors import action, also
from apps.access.refused import Refused
from apps.people import policy
from apps.people.actions.seats import keep_an_administrator
from apps.people.models import Desk, Party, Seat, User
from apps.people.queries import administrators

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for another: i l o 0 1
GROUPS, GROUP_LETTERS = 4, 5  # 31^20: 99 bits
USERNAME = re.compile(r"[a-z0-9]+(\.[a-z0-9-]+)+")
CLEARANCES = [(1, _("Official")), (2, _("Confidential"))]


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
    return _made(Party.objects.get(pk=actor.party_code), username, name, clearance, email)


@action(
    "user.set_address",
    model=User,
    label=_("Set my mail address"),
    policy=policy.may_change_own_address,
    starts={"active"},
    ends="active",
    takes={"email": address_field()},
)
def set_address(actor: Actor, user: User, *, email: str = "") -> User:
    """Say where one's own notices are mailed; empty: nowhere, they stand in the portal alone."""
    user.email = email
    return user


@action(
    "account.suspend",
    model=User,
    label=_("Suspend"),
    policy=policy.may_change_account,
    starts={"active"},
    ends="suspended",
    takes={"reason": forms.CharField(label=_("Reason"), max_length=200)},
)
def suspend(actor: Actor, user: User, *, reason: str) -> User:
    """Shut a person out now: sessions end, open pages and streams close within a second, seats stay."""
    for seat in Seat.objects.current().filter(user=user, desk__function_id="administration", rank=DECIDES):
        keep_an_administrator(seat.desk_id, leaving=user.pk)
    user.reason = reason
    _end_sessions(user)
    return user


@action(
    "account.reactivate",
    model=User,
    label=_("Reactivate"),
    policy=policy.may_change_account,
    starts={"suspended"},
    ends="active",
)
def reactivate(actor: Actor, user: User) -> User:
    """Let a suspended person sign in again, with the password, second factor and seats that he had."""
    user.reason = ""
    return user


@action(
    "account.renew",
    model=User,
    label=_("Give a new one-time password"),
    policy=policy.may_change_account,
    starts={"active"},
    ends="active",
)
def renew(actor: Actor, user: User) -> User:
    """Replace a lost password by a one-time one, remove the second factor and end all sessions.

    The password is on the returned row as `.secret`, this once.
    """
    _give_one_time_password(user)
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(user)
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
    user = _made(desk.party, username, name, desk.function.max_level)
    seat = Seat.objects.create(user=user, desk=desk, role=desk.function.roles[DECIDES - 1], rank=DECIDES)
    also("seat.appoint", seat, after=seat.state)
    return user


def _made(party: Party, username: str, name: str, clearance: int, email: str = "") -> User:
    prefix = f"{party.code.lower()}."
    if not username.startswith(prefix) or not USERNAME.fullmatch(username):
        words = _("Begin with %(prefix)s and use small letters, figures, full stops and hyphens.") % {"prefix": prefix}
        raise ValidationError({"username": words})
    user = User(
        username=username,
        full_name=unicodedata.normalize("NFC", " ".join(name.split())),
        home_party=party,
        clearance=clearance,
        email=email,
    )
    if not user.full_name:
        raise ValidationError({"name": _("Give the name as the person writes it.")})
    _give_one_time_password(user)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise ValidationError({"username": _("Somebody has this user name already.")}) from None
    return user


def _give_one_time_password(user: User) -> None:
    words = ["".join(secrets.choice(LETTERS) for _letter in range(GROUP_LETTERS)) for _group in range(GROUPS)]
    user.secret = "-".join(words)
    user.set_password(user.secret)
    user.must_change_password = True


def _end_sessions(user: User) -> None:
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
