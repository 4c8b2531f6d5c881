"""What each verb is called once it is done. The apps hand their words in; this one knows none of them."""

from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DONE: dict[str, Any] = {}
"""Verb as the audit has it → its past tense, lazily translated."""

OPENED = _("Tried to open")
"""Of what could not be seen the audit has the page or collection that was asked for, in place of a verb."""

UNKNOWN = _("Did something that this version has no words for")
"""Of a verb that an older version wrote and that nobody declares any more."""


def noted(verb: str, done: Any) -> None:
    """Declare a verb of the audit and its past tense; `@action` does so for its own.

    For what is written without an action of that name: readings, and what an action does to a further record.
    Words that are not translated lazily are a TypeError, a second home of one verb is a ValueError.
    """
    if not isinstance(done, Promise):
        raise TypeError(f"{verb}: say what was done in lazily translated words, not {done!r}")
    if verb in DONE:
        raise ValueError(f"{verb} is declared twice")
    DONE[verb] = done


def is_page(verb: str) -> bool:
    """Whether it is the name of a page ("jrcc:hit", "page") or of a collection ("api.hit") that somebody asked for."""
    return ":" in verb or verb.startswith("api.") or "." not in verb


def past_tense(verb: str) -> str:
    """ "hit.refer" → "Referred the hit", in the reader's language."""
    return str(DONE.get(verb) or (OPENED if is_page(verb) else UNKNOWN))


def require_words(verb: str) -> None:
    """In tests LookupError for a verb that is written but nowhere declared; at work it is written all the same."""
    if settings.REFUSE_STRAY_WRITES and verb not in DONE and not is_page(verb):
        raise LookupError(f"{verb} is written into the audit, and nobody declares what it is called once it is done")
