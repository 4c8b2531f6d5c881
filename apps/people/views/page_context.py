"""What a page of people starts from: the desk that may open it, and the row that its address names."""

from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from apps.access.refusal import Refused


def asker(request: Any, functions: frozenset[str]) -> Any:
    """The actor, if their desk has one of these functions; for all others the page is not there."""
    if request.actor is None or request.actor.function not in functions:
        raise Refused("not-visible")
    return request.actor


def one(rows: Any, uid: Any) -> Any:
    """The row with this public id; what is not among the rows does not exist."""
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Refused("not-visible")
    return found


def about_account(it: Any) -> dict[str, Any]:
    """What the page of a verb of an account says of whom it is about, for pages/verb.html."""
    return {
        "it": it,
        "title": it.get_full_name(),
        "back": reverse("people:person", args=[it.uid]),
        "whence": (pgettext("link, people", "Accounts"), reverse("people:register")),
    }
