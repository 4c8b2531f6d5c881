"""What was changed about how a person signs in: noted, told, mailed beside the notice."""

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.entrance import policy
from apps.entrance.models import AccountChange
from apps.entrance.queries import sign_in
from apps.people.models import User

A = AccountChange.State
AGAIN_AFTER = datetime.timedelta(hours=1)


@action(
    "accountchange.note",
    model=AccountChange,
    label=_("Record a sign-in change"),
    done=_("Noted a change of how somebody signs in"),
    policy=policy.may_meet,
    ends=A.NOTED,
    automatic=True,
)
def note_account_change(actor: Actor, _row: None, *, user: int, what: str, at: str, **where: Any) -> AccountChange:
    """Note a change (AccountChange.What) that was made `at` (ISO 8601), so that the account's owner is told of it.

    `where` are the columns device, address, by_another and former. A code that is tried again and again is noted once
    in an hour: the note of it then stands for all.
    """
    User.objects.select_for_update().get(pk=user)
    moment = datetime.datetime.fromisoformat(at)
    if what == AccountChange.What.CODE_AGAIN:
        known = sign_in.told_of_code(user, since=moment - AGAIN_AFTER)
        if known is not None:
            return known
    change = AccountChange.objects.create(user_id=user, what=what, at=moment, **where)
    emit("account.changed", change)
    if change.former or sign_in.desk_of(user) is None:
        emit("account.mail", change)
    return change


@action(
    "accountchange.close",
    model=AccountChange,
    label=_("Record delivery of the mail"),
    done=_("Recorded the delivery of a mail about an account"),
    policy=policy.may_meet,
    starts={A.NOTED},
    ends={A.MAILED, A.FAILED},
    automatic=True,
)
def close_change_mail(actor: Actor, change: AccountChange, *, state: str) -> AccountChange:
    """Note that the mail to the former address was handed over, or cannot be; the address is forgotten."""
    change.former, change.state = "", state
    return change
