"""Texts of sections, for the room whose sections they are; whether somebody may is asked there.

All are plain functions in the caller's transaction; open sockets are told after its commit.
"""

from apps.coedit.actions.documents import Frozen, Stale, TooLong, create, freeze, replace_text, thaw
from apps.coedit.actions.epochs import NotKept, forget, purge, restore
from apps.coedit.queries.history import Change, Moment, Share, at_moment, changes, compare, moments, shares
from apps.coedit.queries.texts import Rendered, rendered, rendered_many

__all__ = [
    "Change", "Frozen", "Moment", "NotKept", "Rendered", "Share", "Stale", "TooLong",
    "at_moment", "changes", "compare", "create", "forget", "freeze", "moments", "purge",
    "rendered", "rendered_many", "replace_text", "restore", "shares", "thaw",
]  # fmt: skip
