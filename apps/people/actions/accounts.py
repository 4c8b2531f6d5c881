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
from django.utils.translation import pgettext_lazy

from apps.access import encryption
from apps.access.actor import DECIDES, Actor
from apps.access.declared_actions import action, also, do_also, emit
from apps.access.refusal import Refused
from apps.access.write_guard import writing
from apps.people import policy
from apps.people.actions.handovers import leave_to_another
from apps.people.actions.seats import call_back, keep_administered
from apps.people.models import AccountProposal, ClearanceChange, Desk, Handover, Party, Seat, User
from apps.people.queries import administrators, approval_for, seat_at_home, takes_two
from apps.people.refusals import Refusals

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for another: i l o 0 1
GROUPS, GROUP_LETTERS = 4, 5  # 31^20: 99 bits
USERNAME = re.compile(r"[a-z0-9]{1,60}(\.[a-z0-9-]{1,60}){1,6}")
CLEARANCES = [(1, pgettext_lazy("words, people", "Official")), (2, pgettext_lazy("words, people", "Confidential"))]
ALL_CLEARANCES = [*CLEARANCES, (3, pgettext_lazy("words, people", "Secret"))]


def address_field() -> forms.EmailField:
    """The address that notices are mailed to; may be empty."""
    wrong = {"invalid": _("Enter an e-mail address without spaces, for example name@ministry.example.")}
    return forms.EmailField(
        label=_("E-mail address for notifications"), required=False, max_length=254, error_messages=wrong
    )


NAMED = {
    "username": forms.CharField(label=pgettext_lazy("field, people", "Username"), max_length=150),
    "name": forms.CharField(label=pgettext_lazy("field, people", "Full name"), max_length=150),
}


@action(
    "account.open",
    model=User,
    label=_("Open an account"),
    done=_("Opened an account"),
    policy=policy.may_open_account,
    ends="active",
    takes={
        **NAMED,
        "clearance": forms.TypedChoiceField(
            label=pgettext_lazy("field, people", "Clearance"), choices=CLEARANCES, coerce=int
        ),
        "email": address_field(),
    },
)
def open_account(actor: Actor, _row: None, *, username: str, name: str, clearance: int, email: str = "") -> User:
    """Give a person of one's own party an account with a one-time password in two halves.

    The first half is on the returned row as `.secret`, this once; another person hands over the second one.
    """
    if clearance not in dict(CLEARANCES):
        raise ValidationError({"clearance": _("Choose Official or Confidential clearance for a new account.")})
    user = made(Party.objects.get(pk=actor.party_code), username, name, email=email)
    raise_clearance(user, clearance)
    keep_one_half(actor, user)
    return user


def raise_clearance(user: User, clearance: int) -> None:
    """As a part of giving an account: set its clearance, or ask a second person for it."""
    if clearance == user.clearance:
        return
    if takes_two("account.clear", user, {"clearance": clearance}):
        do_also("proposal.make", asks_for="account.clear", subject=user, payload={"clearance": clearance})
    else:
        note_clearance(user, clearance)
        User.objects.filter(pk=user.pk).update(clearance=clearance)


def note_clearance(user: User, level: int, by_seat: int | None = None) -> None:
    """As a part of changing a clearance, before it is changed: keep from when on it is which."""
    ClearanceChange.objects.create(user=user, former=user.clearance, level=level, by_seat_id=by_seat)


@action(
    "user.set_address",
    model=User,
    label=_("Set my e-mail address"),
    done=_("Set their own mail address"),
    policy=policy.may_change_own_address,
    starts={"active"},
    ends="active",
    takes={"email": address_field()},
    in_emergency=True,
)
def set_mail_address(actor: Actor, user: User, *, email: str = "") -> User:
    """Say where one's own notices are mailed; empty: nowhere, they stand in the portal alone."""
    if email != user.email:
        former = encryption.sealed(user.email) if user.email else ""
        about = {"what": "address", "address": actor.address, "former": former}
        emit("account.touched", user, about | {"at": timezone.now().isoformat()})
    user.email = email
    return user


@action(
    "account.suspend",
    model=User,
    label=pgettext_lazy("button, people", "Suspend"),
    done=_("Suspended an account"),
    policy=policy.may_change_account,
    starts={"active"},
    ends="suspended",
    takes={
        "reason": forms.CharField(label=pgettext_lazy("field, people", "Reason"), max_length=200),
        "for_cause": forms.BooleanField(label=_("For cause: reactivation needs two people"), required=False),
    },
    danger=True,
)
def suspend_account(actor: Actor, user: User, *, reason: str, for_cause: bool = False) -> User:
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
    label=pgettext_lazy("button, people", "Reactivate"),
    done=_("Reactivated an account"),
    policy=policy.may_change_account,
    starts={"suspended"},
    ends="active",
)
def reactivate_account(actor: Actor, user: User, *, approval: Any = None) -> User:
    """Let a suspended person sign in again, with the password, second factor and seats that they had.

    After a suspension for cause it is refused without the `approval` (AccountProposal) that carries it out.
    """
    if approval is None and takes_two("account.reactivate", user, {}):
        raise Refused(Refusals.NEEDS_APPROVAL)
    user.reason, user.for_cause = "", False
    return user


@action(
    "account.clear",
    model=User,
    label=_("Change the clearance"),
    done=_("Changed the clearance of a person"),
    policy=policy.may_clear,
    starts={"invited", "active", "suspended"},
    ends={"invited", "active", "suspended"},
    step_up=True,
    takes={
        "clearance": forms.TypedChoiceField(
            label=pgettext_lazy("field, people", "Clearance"), choices=ALL_CLEARANCES, coerce=int, empty_value=None
        )
    },
)
def change_account_clearance(actor: Actor, user: User, *, clearance: int, approval: Any = None) -> User:
    """Give a person another clearance; a desk may cap it further.

    From the level on that takes two people it is refused without the `approval` that carries it out.
    """
    if clearance == user.clearance:
        raise ValidationError({"clearance": _("The person already has this clearance.")})
    if approval is None and clearance > user.clearance and takes_two("account.clear", user, {"clearance": clearance}):
        raise Refused(Refusals.NEEDS_APPROVAL)
    note_clearance(user, clearance, actor.seat_id)
    user.clearance = clearance
    return user


@action(
    "account.renew",
    model=User,
    label=_("Issue a new one-time password"),
    done=_("Issued a new one-time password"),
    policy=policy.may_change_account,
    starts={"active"},
    ends="active",
    step_up=True,
)
def renew_account(actor: Actor, user: User) -> User:
    """Replace a lost password by a one-time one, remove the second factor and end all sessions.

    Its first half is on the returned row as `.secret`, this once; another person hands over the second one. Who has a
    second factor loses it only with an approved proposal of this administrator, which is used up by it.
    """
    if takes_two("account.renew", user, {}):
        approval = approval_for(actor, "account.renew", user)
        if approval is None:
            raise Refused(Refusals.NEEDS_APPROVAL)
        AccountProposal.objects.filter(pk=approval.pk).update(state="done")
        also("proposal.use", approval, before="approved", after="done")
    _give_one_time_password(user)
    at = seat_at_home(user)
    keep_one_half(actor, user, at.desk if at else None)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    emit("account.touched", user, {"what": "renewed", "at": timezone.now().isoformat(), "by_another": True})
    return user


@action(
    "account.install",
    model=User,
    label=_("Set up an administrator"),
    done=_("Installed an account administrator"),
    policy=policy.may_install,
    ends="active",
    takes={
        "party": forms.CharField(label=pgettext_lazy("field, people", "Party"), max_length=8),
        **NAMED,
        "force": forms.BooleanField(label=_("Even if the party has an administrator"), required=False),
    },
    automatic=True,
)
def install_administrator(
    actor: Actor, _row: None, *, party: str, username: str, name: str, force: bool = False
) -> User:
    """Give a party its first account administrator, or by force one more, with a one-time password.

    The password is on the returned row as `.secret`, this once. They sit at the party's administration desk at once.
    """
    desks = Desk.objects.select_for_update(of=("self",)).select_related("party", "function")
    desk = desks.filter(party_id=party, function_id="administration", active=True).first()
    if desk is None:
        raise ValidationError(
            {"party": _("No party %(party)s has an administration desk. Check the code.") % {"party": party}}
        )
    if administrators(desk.pk).exists() and not force:
        raise Refused(Refusals.HAS_ADMINISTRATOR)
    user = made(desk.party, username, name)
    seat = Seat.objects.create(user=user, desk=desk, role=desk.function.roles[DECIDES - 1], rank=DECIDES)
    also("seat.appoint", seat, after=seat.state)
    return user


def made(party: Party, username: str, name: str, *, email: str = "", state: str = User.State.ACTIVE) -> User:
    """A new account of a party, with clearance official; with a one-time password unless it is only invited."""
    prefix = f"{party.code.lower()}."
    if not username.startswith(prefix) or not USERNAME.fullmatch(username):
        words = _("Start with %(prefix)s and use lower-case letters, digits, full stops and hyphens.") % {
            "prefix": prefix
        }
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
        raise ValidationError({"username": _("This user name is taken. Choose another.")}) from None
    return user


def written(name: str) -> str:
    """A name as it is kept: NFC, single spaces; ValidationError for none."""
    full = unicodedata.normalize("NFC", " ".join(name.split()))
    if not full:
        raise ValidationError({"name": _("Enter the name as the person writes it.")})
    return full


def _give_one_time_password(user: User) -> None:
    words = ["".join(secrets.choice(LETTERS) for _letter in range(GROUP_LETTERS)) for _group in range(GROUPS)]
    user.secret = "-".join(words)
    user.set_password(user.secret)
    user.must_change_password = True


def keep_one_half(actor: Actor, user: User, desk: Desk | None = None) -> None:
    """Leave on the row the first half of a one-time password alone; another person hands over the second one."""
    words = user.secret.split("-")
    user.secret = "-".join(words[: GROUPS // 2])
    leave_to_another(actor, user, "-".join(words[GROUPS // 2 :]), Handover.What.HALF, desk=desk)


def end_sessions(user: User) -> None:
    """End every session of a person; one that the list does not know of ends with its next request."""
    known = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=known.values("session_key")).delete()
    known.delete()


def prefer(user: User, *, theme: str | None = None, compact: bool | None = None, language: str | None = None) -> None:
    """Keep how a person wants pages and mails (None: as it was); nobody's record, so not an action."""
    wishes = {"theme": theme, "compact": compact, "language": language}
    wanted = {name: value for name, value in wishes.items() if value is not None}
    if wanted:
        with writing("preferences"):
            User.objects.filter(pk=user.pk).update(**wanted)


def session_moved(old_key: str, new_key: str) -> None:
    """Let the list "where you are signed in" follow a session to its new key."""
    UserSession.objects.filter(session_key=old_key).update(session_key=new_key)
