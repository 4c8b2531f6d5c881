"""Everything that changes how people sign in."""

from apps.entrance.actions import audit_verbs
from apps.entrance.actions.changes import close_change_mail, note_account_change
from apps.entrance.actions.devices import end_session, forget_device, record_device, seen_again
from apps.entrance.actions.directories import confirm_directory, end_directory, propose_directory, withdraw_directory
from apps.entrance.actions.keys import alarm_of_key_use, rotate_api_key, set_key_limit, warn_of_key_expiry
from apps.entrance.actions.links import end_directory_link, link_directory, unlink_directory, used
from apps.entrance.actions.rules import set_sign_in_rule

__all__ = [
    "alarm_of_key_use",
    "audit_verbs",
    "close_change_mail",
    "confirm_directory",
    "end_directory",
    "end_directory_link",
    "end_session",
    "forget_device",
    "link_directory",
    "note_account_change",
    "propose_directory",
    "record_device",
    "rotate_api_key",
    "seen_again",
    "set_key_limit",
    "set_sign_in_rule",
    "unlink_directory",
    "used",
    "warn_of_key_expiry",
    "withdraw_directory",
]
