"""Texts of sections, for the room whose sections they are; whether somebody may is asked there.

All are plain functions in the caller's transaction; open sockets are told after its commit.
"""

from apps.coedit.actions.documents import (
    Frozen,
    NotThere,
    Stale,
    TooLong,
    create,
    freeze,
    replace_text,
    replace_words,
    thaw,
)
from apps.coedit.actions.epochs import NotKept, forget, purge_epochs, restore
from apps.coedit.queries.history import (
    Change,
    Moment,
    Share,
    at_moment,
    authors,
    changes,
    compare_moments,
    moments,
    shares,
)
from apps.coedit.queries.texts import Rendered, quoted, rendered, rendered_many
from apps.coedit.yjs.quotes import is_anchor

__all__ = [
    "Change",
    "Frozen",
    "Moment",
    "NotKept",
    "NotThere",
    "Rendered",
    "Share",
    "Stale",
    "TooLong",
    "at_moment",
    "authors",
    "changes",
    "compare_moments",
    "create",
    "forget",
    "freeze",
    "is_anchor",
    "moments",
    "purge_epochs",
    "quoted",
    "rendered",
    "rendered_many",
    "replace_text",
    "replace_words",
    "restore",
    "shares",
    "thaw",
]
