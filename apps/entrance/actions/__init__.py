"""Everything that changes how people sign in."""

from apps.entrance.actions.changes import close_mail, note_change
from apps.entrance.actions.devices import end_session, forget_device, meet, seen_again
from apps.entrance.actions.directories import confirm, end, propose, withdraw
from apps.entrance.actions.keys import alarm, limit_key, rotate, warn
from apps.entrance.actions.links import end_link, link, unlink, used
from apps.entrance.actions.rules import set_rule

__all__ = [
    "alarm",
    "close_mail",
    "confirm",
    "end",
    "end_link",
    "end_session",
    "forget_device",
    "limit_key",
    "link",
    "meet",
    "note_change",
    "propose",
    "rotate",
    "seen_again",
    "set_rule",
    "unlink",
    "used",
    "warn",
    "withdraw",
]
